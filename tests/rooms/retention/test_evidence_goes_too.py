"""A disposal is refused while an exhibit is held or examined, and then takes files and words with it."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from peelian.evidence import actions as evidence
from peelian.evidence import queries as held
from peelian.evidence import store
from peelian.evidence.states import EndingKind
from peelian.retention import actions, queries
from peelian.terms.refusals import NotAllowed
from tests import worlds
from tests.lookbacks import past_matter
from tests.rooms.retention.test_retention import LONG_AGO

pytestmark = pytest.mark.django_db


def test_files_and_the_words_of_exhibits_go_with_their_matter_once_nothing_is_held(
    at: datetime, tmp_path: Path, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.PEELIAN_HOME = tmp_path
    head = worlds.user(at, "Hedda Keeper", "head_of_professional_standards")
    chief = worlds.user(at, "Cleo Chief", "chief_officer")
    keeper, second = worlds.user(at, "Kay Store", "complaint_handler"), worlds.user(at, "Sol Store", "supervisor")
    matter, day = past_matter(at, LONG_AGO), at.date()
    exhibit = evidence.book_in(
        by=keeper.viewer,
        matter_ref=matter,
        mark="A/1",
        description="A red scarf",
        where="The yard",
        found_by="A Collier",
        found_on=LONG_AGO,
        on=day,
    )
    evidence.keep(by=keeper.viewer, matter_ref=matter, name="scarf.txt", content=b"red", on=day)
    said: dict[str, Any] = {"kind": "matter", "ref": matter, "reasons": "Read it all.", "on": day}
    with pytest.raises(NotAllowed, match="Exhibits are neither returned nor destroyed: A/1"):
        actions.propose(by=head.viewer, **said)
    actions.hold(by=head.viewer, **said)
    end: dict[str, Any] = {"exhibit_ref": exhibit, "how": "Burned", "reasons": "Nobody asks.", "on": day}
    with pytest.raises(NotAllowed, match="A legal hold stands on this matter"):
        evidence.propose_ending(by=keeper.viewer, kind=EndingKind.DESTROYED, **end)
    with pytest.raises(NotAllowed, match="A legal hold stands on this matter"):
        evidence.erase_evidence(by=head.viewer, matter_ref=matter, reason="Asked.", on=day)
    actions.lift(by=head.viewer, **said)
    ending = evidence.propose_ending(by=keeper.viewer, kind=EndingKind.DESTROYED, **end)
    answer: dict[str, Any] = {"exhibit_ref": exhibit, "ending_ref": ending, "agreed": True, "reasons": "", "on": day}
    evidence.answer_ending(by=second.viewer, **answer)
    actions.propose(by=head.viewer, **said)
    with django_capture_on_commit_callbacks(execute=True):
        actions.answer(by=chief.viewer, agreed=True, **said)
    row = held.exhibit(keeper.viewer, exhibit)
    assert (row.line.mark, row.line.description, row.line.state.value) == ("A/1", "", "destroyed")
    assert [one.is_erased for one in held.files_of(keeper.viewer, matter)] == [True]
    assert list(store.names()) == []
    assert any("files" in words for words in queries.certificate(head.viewer, "matter", matter).went)
