"""A recommendation has an owner, a date and evidence; a second person accepts, and the public reads where it stands."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from peelian.recommendations import actions, queries
from peelian.recommendations.models import Charge
from peelian.rules.recommendations import Standing
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from tests import worlds
from tests.recommended import Recommended, recommended

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(at: datetime) -> Recommended:
    return recommended(at)


def standing_of(made: Recommended) -> Standing:
    return queries.recommendation(made.keeper.viewer, made.ref).line.standing


def answer(made: Recommended, evidence: str, accepted: bool = True, **said: object) -> None:
    given = {"by": made.second.viewer, "reasons": "I read it.", "on": made.at.date(), **said}
    actions.answer(evidence_ref=evidence, accepted=accepted, **given)  # type: ignore[arg-type]  # a table of words


def test_it_is_met_only_once_a_second_person_accepted_the_evidence(made: Recommended) -> None:
    assert standing_of(made) is Standing.RUNNING
    evidence = made.give()
    assert standing_of(made) is Standing.UNACCEPTED
    with pytest.raises(NotAllowed, match="somebody else must read it"):
        answer(made, evidence, by=made.owner.viewer)
    with pytest.raises(NotAllowed):
        answer(made, evidence, by=made.keeper.viewer)  # an analyst signs for nobody
    answer(made, evidence)
    assert standing_of(made) is Standing.MET
    with pytest.raises(NotAllowed, match="answered already"):
        answer(made, evidence)


def test_whoever_gave_the_evidence_does_not_accept_it(made: Recommended, at: datetime) -> None:
    head = worlds.user(at, "Gil Giver", "supervisor")
    said = {"what": "Done.", "where": "File", "completes": True, "on": at.date()}
    evidence = actions.give_evidence(by=head.viewer, recommendation_ref=made.ref, **said)
    with pytest.raises(NotAllowed, match="You gave this evidence"):
        answer(made, evidence, by=head.viewer)


def test_evidence_sent_back_says_why_and_counts_for_nothing(made: Recommended) -> None:
    evidence = made.give()
    with pytest.raises(NotValid, match="Say why"):
        answer(made, evidence, accepted=False, reasons=" ")
    answer(made, evidence, accepted=False, reasons="Half of them.")
    assert standing_of(made) is Standing.RUNNING
    row = queries.recommendation(made.keeper.viewer, made.ref).evidence[0]
    assert (row.accepted, row.reasons, row.answered_by) == (False, "Half of them.", "Chief Chiefly")


def test_the_public_reads_posts_and_accepted_words_and_no_name(made: Recommended) -> None:
    evidence = made.give()
    [report] = queries.published(worlds.peelian(made.at))
    assert report.items[0].done == ()
    answer(made, evidence)
    made.add("5", published=False)
    [report] = queries.published(worlds.peelian(made.at))
    assert [(one.number, one.owner, one.done) for one in report.items] == [
        ("4", "Head of Vetting", ((made.at.date(), "Every file was read."),))
    ]
    assert report.counts == ((Standing.MET, 1),)
    for name in ("Ana", "Hedda", "Chiefly"):
        assert name not in repr(report)


def test_a_date_that_is_moved_needs_reasons_and_the_first_one_is_published(made: Recommended) -> None:
    first, later = made.at.date() + timedelta(days=10), made.at.date() + timedelta(days=90)
    said = {"recommendation_ref": made.ref, "owner": "Director of People", "due_on": later, "on": made.at.date()}
    with pytest.raises(NotValid, match="Say why"):
        actions.charge(by=made.keeper.viewer, reasons="", **said)
    actions.charge(by=made.keeper.viewer, reasons="No provider.", **said)
    item = queries.published(worlds.peelian(made.at))[0].items[0]
    assert (item.owner, item.due_on, item.first_due_on) == ("Director of People", later, first)
    found = queries.recommendation(made.keeper.viewer, made.ref)
    assert [(row.due_on, row.holder, row.reasons) for row in found.charges] == [
        (later, "", "No provider."),
        (first, "Hedda Head", ""),
    ]
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        Charge.objects.update(due_on=later)


def test_what_one_owns_and_what_waits_for_a_second_person_stands_in_my_work(made: Recommended) -> None:
    assert [one.ref for one in queries.mine(made.owner.viewer).owned] == [made.ref]
    assert queries.mine(made.second.viewer).is_empty
    evidence = made.give()
    assert [one.ref for one in queries.mine(made.second.viewer).to_answer] == [made.ref]
    answer(made, evidence)
    assert queries.mine(made.owner.viewer).is_empty
    assert queries.mine(made.second.viewer).is_empty


def test_what_is_missing_or_twice_is_refused(made: Recommended, at: datetime) -> None:
    with pytest.raises(NotValid, match="stands here already"):
        made.add()
    for field in ("source", "words", "owner"):
        with pytest.raises(NotValid):
            made.add("6", **{field: " "})
    with pytest.raises(NotValid, match="keeps recommendations"):
        made.add("6", owner_ref=worlds.user(at, "Aster Lee", "assessor").user_ref)
    with pytest.raises(NotValid, match="where it can be read"):
        made.give(where="")
    with pytest.raises(NotFound):
        queries.recommendation(made.keeper.viewer, "PE-22222-22222")
    with pytest.raises(NotAllowed):
        actions.add(
            by=worlds.user(at, "Bryn Moss", "assessor").viewer,
            **{"source": "S", "number": "1", "words": "W", "owner": "O", "due_on": at.date(), "on": at.date()},
        )
