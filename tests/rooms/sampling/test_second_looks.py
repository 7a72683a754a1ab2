"""Decisions drawn by lot and taken again by somebody who has not seen the first; reviews of open investigations."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from peelian.decisions import actions as decisions
from peelian.decisions import queries as cases
from peelian.demo.deliberations import answers_for
from peelian.evidence import actions as evidence
from peelian.journal import actions as journal
from peelian.journal.queries import entries
from peelian.matters import actions as matters
from peelian.matters import queries as records
from peelian.rules.sampling import is_drawn, month_ends
from peelian.sampling import actions, queries
from peelian.sampling.models import Draw, Redecision
from peelian.terms.acts import RecordKind
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from tests import worlds
from tests.second_looks import MONTH, SecondLook, second_look, seed_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(at: datetime) -> SecondLook:
    return second_look(at)


def test_the_same_seed_draws_the_same_and_each_by_itself() -> None:
    members = [f"PD-{number}" for number in range(2000)]
    drawn = {one for one in members if is_drawn("seed", one, 10)}
    assert drawn == {one for one in reversed(members) if is_drawn("seed", one, 10)}
    assert 140 < len(drawn) < 260  # 200 expected, standard deviation 13.4
    assert drawn != {one for one in members if is_drawn("another", one, 10)}
    assert month_ends(date(2026, 12, 31)) == date(2027, 1, 1)


def test_it_falls_to_somebody_qualified_who_took_no_part_and_opened_nothing(made: SecondLook) -> None:
    made.draw()
    assert [one.what for one in queries.mine(made.again.viewer).blind] == [
        "Decide again: Decisions on referral to the IOPC"
    ]
    for other in (made.first, made.head):
        assert queries.mine(other.viewer).blind == ()


def test_size_and_seed_go_to_the_journal(made: SecondLook) -> None:
    made.draw()
    entry = next(one for one in entries(worlds.peelian(made.at)).rows if "by lot: referral" in one.summary)
    assert entry.summary == "drew 1 of 1 by lot: referral, 2026-10"
    assert entry.decision.startswith(f"seed {Draw.objects.get().seed}; share 10")


def test_a_month_is_drawn_once_and_only_when_it_is_over(made: SecondLook) -> None:
    made.draw()
    with pytest.raises(NotValid, match="drawn already"):
        made.draw()
    with pytest.raises(NotValid, match="not over yet"):
        made.draw(month=made.on, seed="1")
    with pytest.raises(NotFound):
        actions.draw(by=worlds.peelian(made.at), sample="none", month=MONTH, seed="1", on=made.on)


def test_only_somebody_who_decides_for_the_force_draws(made: SecondLook) -> None:
    with pytest.raises(NotAllowed):
        made.draw(by=made.again.viewer)


def test_the_matter_is_closed_to_whoever_decides_again_until_they_have(made: SecondLook) -> None:
    assert records.matter(made.again.viewer, made.matter)
    made.draw()
    with pytest.raises(records.MustSign):
        records.matter(made.again.viewer, made.matter)
    blind = queries.blind(made.again.viewer, made.ref)
    assert "zebra" not in repr(blind)
    assert blind.before == ()
    made.again_as("no")
    assert records.matter(made.again.viewer, made.matter)


def test_the_evidence_of_then_is_listed_and_nothing_that_came_later(
    made: SecondLook, tmp_path: Path, settings: Any
) -> None:
    settings.PEELIAN_HOME = tmp_path
    before, after = (replace(made.first.viewer, at=made.at + timedelta(hours=hours)) for hours in (-1, 1))
    given = {"matter_ref": made.matter, "on": before.today}
    found = {"where": "A locker", "found_by": "A Reed", "found_on": before.today, **given}
    evidence.keep(by=before, name="Film of the door.txt", content=b"Seen.", about="The door", **given)
    evidence.book_in(by=before, mark="AR/1", description="A key", **found)
    evidence.keep(by=after, name="Letter about what was decided.txt", content=b"Later.", **given)
    evidence.book_in(by=after, mark="AR/2", description="A later key", **found)
    made.draw()
    blind = queries.blind(made.again.viewer, made.ref)
    assert [(one.name, one.words) for one in blind.evidence] == [
        ("AR/1", "A key"),
        ("Film of the door.txt", "The door"),
    ]
    assert "later" not in repr(blind).lower()


def test_it_is_locked_before_the_first_is_shown(made: SecondLook) -> None:
    made.draw()
    with pytest.raises(NotFound):
        queries.compared(made.again.viewer, made.ref)
    assert made.again_as("no") is True
    found = queries.compared(made.again.viewer, made.ref)
    assert (found.agrees, found.was_blind, found.first_row.reasons) == (
        True,
        True,
        "The zebra crossing was considered.",
    )
    with pytest.raises(NotAllowed, match="locked"):
        made.again_as("no")
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        Redecision.objects.update(agrees=False)


def test_somebody_elses_second_look_is_not_found(made: SecondLook) -> None:
    made.draw()
    for other in (made.first, made.head):
        with pytest.raises(NotFound):
            queries.blind(other.viewer, made.ref)


def test_every_question_is_answered_and_reasons_are_given(made: SecondLook) -> None:
    made.draw()
    with pytest.raises(NotValid, match="Answer every question"):
        made.again_as("no", answers={})
    with pytest.raises(NotValid, match="Give the reasons"):
        made.again_as("no", reasons=" ")


def test_a_difference_falls_to_somebody_who_took_neither(made: SecondLook) -> None:
    made.draw()
    assert made.again_as("refer_must") is False
    task = queries.mine(made.head.viewer).differ[0]
    assert (task.page, task.due_on) == ("second-look-compare", made.on + timedelta(days=28))
    with pytest.raises(NotAllowed):
        actions.look(by=made.again.viewer, drawn_ref=made.ref, words="I was right.", on=made.on)
    actions.look(by=made.head.viewer, drawn_ref=made.ref, words="The criterion was read narrowly.", on=made.on)
    assert queries.mine(made.head.viewer).differ == ()
    row = queries.draws(made.head.viewer)[0]
    assert (row.drawn, row.answered, row.differ, row.looked) == (1, 1, 1, 1)
    assert row.agreement is not None
    assert (row.agreement.cases, row.agreement.agreed) == (1, 0)


def test_who_opened_the_matter_in_between_does_not_count_as_blind(made: SecondLook) -> None:
    made.draw()
    matters.sign(by=made.again.viewer, matter_ref=made.matter, on=made.on)
    journal.look(by=made.again.viewer, kind=RecordKind.MATTER, key=made.matter, summary="opened the page matter")
    made.again_as("no")
    row = queries.draws(made.head.viewer)[0]
    assert (row.answered, row.not_blind, row.agreement, row.share_missing) == (1, 1, None, 1.0)


def test_who_looked_at_the_matter_before_is_not_asked(made: SecondLook) -> None:
    journal.look(by=made.again.viewer, kind=RecordKind.MATTER, key=made.matter, summary="opened the page matter")
    made.draw()
    row = queries.draws(made.head.viewer)[0]
    assert (row.drawn, row.missing, row.share_missing) == (1, 1, 1.0)


def test_whoever_has_a_conflict_says_so_and_the_matter_is_closed_to_them(made: SecondLook) -> None:
    made.draw()
    actions.decline(by=made.again.viewer, drawn_ref=made.ref, reason="A friend.", on=made.on)
    assert queries.mine(made.again.viewer).is_empty
    with pytest.raises(NotFound):
        records.matter(made.again.viewer, made.matter)
    assert queries.draws(made.head.viewer)[0].missing == 1


def test_a_wall_that_comes_later_closes_the_second_look(made: SecondLook) -> None:
    made.draw()
    walls_of = [(made.again.person_id, worlds.key(made.at, made.officer))]
    worlds.walls.tie_many(pairs=walls_of, ground="declared_relationship", on=made.on)
    assert queries.mine(made.again.viewer).is_empty
    with pytest.raises(NotFound):
        queries.blind(made.again.viewer, made.ref)


def test_an_open_investigation_is_reviewed_by_rule_and_sooner_by_lot(at: datetime) -> None:
    made = second_look(at)
    lead = worlds.user(at, "Sue Pervisor", "supervisor")
    assert queries.reviews(lead.viewer) == ()
    _investigate(made)
    row = queries.reviews(lead.viewer)[0]
    assert (row.since_on, row.due_on, row.drawn_by) == (made.on, made.on + timedelta(days=28), None)
    assert queries.mine(lead.viewer).reviews == ()
    seed = seed_for(made.matter, 10)
    actions.draw(by=worlds.peelian(at), sample="supervisor-review", month=made.on, seed=seed, on=made.on)
    row = queries.reviews(lead.viewer)[0]
    assert (row.drawn_by, row.is_mine, row.owner) == (made.on + timedelta(days=14), True, "Sue Pervisor")


def test_an_investigation_that_ended_with_its_report_is_reviewed_no_more(made: SecondLook) -> None:
    _investigate(made)
    lead = worlds.user(made.at, "Sue Pervisor", "supervisor")
    assert len(queries.reviews(lead.viewer)) == 1
    said = {"matter_ref": made.matter, "reasons": "Everybody was asked.", "on": made.on}
    decisions.decide(by=lead.viewer, step="report", option="submitted", **said)
    assert queries.reviews(lead.viewer) == ()


def _investigate(made: SecondLook) -> None:
    by = made.first.viewer
    nothing = {"shown": [], "together": False, "reasons": "Nothing else is known.", "on": made.on}
    decisions.record_joint_view(by=by, matter_ref=made.matter, **nothing)
    answers = dict(answers_for("conduct_handling", "conduct_matter", "investigate"))
    said = {"matter_ref": made.matter, "reasons": "As it is.", "on": made.on}
    decisions.decide(by=by, step="conduct_handling", option="investigate", answers=answers, **said)
    option = cases.asking(made.head.viewer, made.matter, "investigator").options[0].key
    decisions.decide(by=made.head.viewer, step="investigator", option=option, **said)
