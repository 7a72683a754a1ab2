"""A refusal is told with its reasons; an appeal is heard by somebody who had no part, and may be decided afresh."""

from datetime import datetime
from typing import Any

import pytest

from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from peelian.vetting import actions, queries
from peelian.web.vetting.dossier import sheet_of
from tests import worlds
from tests.vettings import Vetted, vetted

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(at: datetime) -> Vetted:
    """Somebody whose clearance was refused, as recommended."""
    made = vetted(at)
    made.asks()
    made.answered()
    made.informs()
    made.recommends("refuse")
    made.decides("refuse")
    return made


def follows(made: Vetted, step: str, by: worlds.Someone, **said: Any) -> str:
    given: dict[str, Any] = {"words": f"Done: {step}.", "on": made.on, **said}
    return actions.follow(by=by.viewer, application_ref=made.ref, step=step, **given)


def test_nobody_is_left_untold_and_no_appeal_comes_before(made: Vetted) -> None:
    assert made.row.refused is not None
    assert [one.row.key for one in made.row.refused.nexts] == ["told"]
    with pytest.raises(NotAllowed, match="First record “Told of the refusal"):
        follows(made, "appeal", made.officer)
    follows(made, "told", made.officer)
    with pytest.raises(NotAllowed, match="done already"):
        follows(made, "told", made.officer)
    assert [one.row.key for one in made.row.refused.nexts] == ["appeal"]


def test_what_a_refusal_asks_for_waits_for_whoever_may_do_it(made: Vetted) -> None:
    def waits(by: worlds.Someone) -> list[tuple[str, str]]:
        return [(ref, words) for ref, _, words in queries.board(by.viewer).refused]

    tell, hear = (
        (made.ref, "Tell of a refusal and of the right of appeal"),
        (made.ref, "Hear an appeal against a refusal"),
    )
    assert (waits(made.officer), waits(made.chief), waits(made.manager)) == ([tell], [], [tell])
    follows(made, "told", made.officer)
    assert (waits(made.officer), waits(made.chief)) == ([], [])
    follows(made, "appeal", made.officer)
    assert (waits(made.officer), waits(made.chief)) == ([], [hear])
    follows(made, "upheld", made.chief)
    assert (waits(made.officer), waits(made.chief)) == ([], [])


def test_an_appeal_that_is_dismissed_ends_it(made: Vetted) -> None:
    follows(made, "told", made.officer)
    follows(made, "appeal", made.officer)
    with pytest.raises(NotAllowed):
        follows(made, "upheld", made.manager)
    assert follows(made, "upheld", made.chief) == ""
    assert made.row.refused is not None
    assert (made.row.refused.nexts, made.row.refused.opened) == ((), "")
    with pytest.raises(NotAllowed, match="was heard"):
        follows(made, "allowed", made.chief)


def test_an_appeal_that_is_allowed_opens_an_application_afresh_and_grants_nothing(made: Vetted) -> None:
    follows(made, "told", made.officer)
    follows(made, "appeal", made.officer)
    opened = follows(made, "allowed", made.chief)
    assert made.row.refused is not None
    assert made.row.refused.opened == opened
    fresh = queries.application(made.officer.viewer, opened)
    assert (fresh.is_open, fresh.line.level, fresh.areas) == (True, "RV", made.row.areas)
    assert made.ref in fresh.words
    assert queries.clearances_of(made.officer.viewer, made.person) == ()


def test_whoever_decided_does_not_hear_the_appeal(at: datetime) -> None:
    made = vetted(at)
    made.asks()
    made.answered()
    made.informs()
    made.recommends("grant_controls")
    made.decides("refuse", by=made.chief)
    follows(made, "told", made.officer)
    follows(made, "appeal", made.officer)
    with pytest.raises(NotAllowed, match="Somebody independent"):
        follows(made, "upheld", made.chief)
    follows(made, "upheld", worlds.user(at, "Olga Other", "chief_officer"))


def test_what_is_kept_back_has_a_ground_and_stands_in_the_dossier(made: Vetted) -> None:
    with pytest.raises(NotValid, match="grounds"):
        follows(made, "told", made.officer, withheld="A name.")
    follows(made, "told", made.officer, withheld="A name: they would not be safe.", grounds=["welfare_safety"])
    texts = [block.text for block in sheet_of(made.officer.viewer, made.row).blocks]
    assert any(one.startswith("Disclosed, ") and "Done: told." in one for one in texts)
    assert any(one.startswith("Kept back, ") and "A name: they would not be safe." in one for one in texts)


def test_nothing_follows_where_nothing_was_refused(at: datetime) -> None:
    made = vetted(at)
    made.cleared()
    assert made.row.refused is None
    with pytest.raises(NotFound):
        follows(made, "told", made.officer)
