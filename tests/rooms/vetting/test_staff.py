"""What a line manager sees of those they manage: where clearance stands, what falls due, and words made for them."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from peelian.people import actions as people
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from peelian.vetting import actions, queries
from peelian.vetting.kept_rows import StaffRow
from tests import worlds
from tests.statements import counted
from tests.vettings import Vetted, vetted
from tests.worlds import Someone

pytestmark = pytest.mark.django_db
TOLD = "No duty alone with children."


@pytest.fixture
def made(at: datetime) -> Vetted:
    return vetted(at)


@pytest.fixture
def boss(made: Vetted) -> Someone:
    """The line manager of the person who is vetted."""
    found = worlds.user(made.at, "Bea Boss", "line_manager")
    under(made, made.person, found)
    return found


def under(made: Vetted, person: str, boss: Someone) -> None:
    given: dict[str, Any] = {"unit_ref": worlds.unit(made.at, f"Team of {person}"), "on": made.on}
    people.post_to(by=worlds.peelian(made.at), person_ref=person, title="Gaoler", supervisor_ref=boss.ref, **given)


def seen(boss: Someone) -> StaffRow:
    [row] = queries.staff(boss.viewer).rows
    return row


def tell(made: Vetted, by: Someone, words: str = TOLD) -> None:
    actions.tell_manager(by=by.viewer, application_ref=made.ref, number=1, words=words, on=made.on)


def test_whoever_is_not_cleared_stands_first_with_their_work(made: Vetted, boss: Someone) -> None:
    made.cleared()
    other = worlds.officer(made.at, "Ash", "Zed")
    under(made, other, boss)
    rows = queries.staff(boss.viewer).rows
    assert [(one.name, one.work, one.stands, one.enough) for one in rows] == [
        ("Zed Ash", "Gaoler", "No clearance on record", False),
        ("Ada Shaw", "Gaoler", "Held", True),
    ]
    assert queries.staff(boss.viewer).not_cleared == 1
    assert (rows[1].level, rows[1].review_is_late) == ("RV", False)


def test_nobody_else_is_shown_and_nobody_else_may_look(made: Vetted, boss: Someone) -> None:
    stranger = worlds.user(made.at, "Sid Stranger", "line_manager")
    assert queries.staff(stranger.viewer).rows == ()
    with pytest.raises(NotAllowed):
        queries.staff(made.officer.viewer)
    assert not queries.staff(replace(boss.viewer, person_id=None)).is_known
    with pytest.raises(NotAllowed):
        queries.clearances_of(boss.viewer, made.person)
    people.leave_service(by=worlds.peelian(made.at), person_ref=made.person, on=made.on)
    assert queries.staff(boss.viewer).rows == ()


def test_a_manager_reads_the_words_made_for_them_and_never_the_control(made: Vetted, boss: Someone) -> None:
    made.cleared(outcome="grant_controls")
    assert (seen(boss).stands, seen(boss).told) == ("Held", ())
    with pytest.raises(NotAllowed):
        tell(made, made.officer)
    with pytest.raises(NotValid, match="must know"):
        tell(made, made.manager, " ")
    tell(made, made.manager, "No cash.")
    tell(made, made.manager)
    assert seen(boss).told == ((TOLD, made.on + timedelta(days=90)),)
    assert "No work alone with children" not in repr(seen(boss))
    [control] = queries.application(made.officer.viewer, made.ref).decision.controls  # type: ignore[union-attr]  # decided
    assert control.told == TOLD
    given: dict[str, Any] = {"application_ref": made.ref, "number": 1, "words": "It can end.", "on": made.on}
    actions.review_control(by=made.manager.viewer, next_on=None, **given)
    assert (seen(boss).stands, seen(boss).told) == ("Held", ())
    with pytest.raises(NotValid, match="has ended"):
        tell(made, made.manager)


def test_what_came_of_a_matter_that_hides_from_the_manager_shows_nothing(made: Vetted, boss: Someone) -> None:
    made.cleared()
    matter = worlds.open_complaint(worlds.peelian(made.at), made.on, officers=[made.person])
    before = repr(queries.staff(boss.viewer))
    made.asks("review", matter_ref=matter)
    made.answered()
    made.recommends("retain_controls")
    made.decides("retain_controls")
    tell(made, made.manager)
    assert repr(queries.staff(boss.viewer)) == before
    with pytest.raises(NotFound):
        actions.tell_manager(by=made.manager.viewer, application_ref=made.ref, number=9, words="No.", on=made.on)


def test_one_or_many_are_read_in_so_many_statements(made: Vetted, boss: Someone) -> None:
    made.cleared()
    with counted() as one:
        queries.staff(boss.viewer)
    for number in range(3):
        under(made, worlds.officer(made.at, f"Ash{number}", "Zed"), boss)
    with counted() as many:
        queries.staff(boss.viewer)
    assert len(one) == len(many)


def sign(boss: Someone, person: str, *, raises: bool = False, days: int = 0, words: str = "All is well.") -> None:
    on = boss.viewer.today - timedelta(days=days)
    actions.sign_year(by=boss.viewer, person_ref=person, words=words, raises=raises, on=on)


def test_a_manager_signs_the_annual_review_of_somebody_of_their_line(made: Vetted, boss: Someone) -> None:
    ref = made.cleared()
    later = replace(boss, viewer=worlds.later(boss, made.at + timedelta(days=350)))
    assert (seen(later).review_is_late, seen(later).review_is_near, queries.staff(later.viewer).near) == (
        False,
        True,
        1,
    )
    [due] = queries.board(later.viewer).duties
    assert (due.clock, due.page, due.ref, due.is_overdue) == ("VET-05", queries.SIGNS, made.person, False)
    sign(later, made.person)
    assert (seen(later).reviewed_on, seen(later).review_is_near) == (later.viewer.today, False)
    assert queries.board(later.viewer).duties == ()
    officer = worlds.later(made.officer, made.at + timedelta(days=350))
    assert [(words, by) for _, words, by in queries.clearance(officer, ref).reviews] == [
        ("All is well.", "Bea Boss, as their line manager")
    ]
    assert queries.clearance(officer, ref).review_due == seen(later).review_due


def test_nobody_outside_the_line_signs_and_the_refusal_does_not_tell_who_there_is(made: Vetted, boss: Someone) -> None:
    made.cleared()
    stranger = worlds.user(made.at, "Sid Stranger", "line_manager")
    said = set()
    for by, person in ((stranger, made.person), (stranger, "PN-00000-00000"), (boss, boss.ref), (boss, stranger.ref)):
        with pytest.raises(NotAllowed) as refused:
            sign(by, person)
        said.add(refused.value.refusal)
        with pytest.raises(NotAllowed):
            queries.staff_member(by.viewer, person)
    assert len(said) == 1
    with pytest.raises(NotAllowed):
        sign(made.officer, made.person)
    people.leave_service(by=worlds.peelian(made.at), person_ref=made.person, on=made.on)
    with pytest.raises(NotAllowed, match="works under you today"):
        sign(boss, made.person)


def test_without_clearance_in_force_there_is_nothing_to_sign(made: Vetted, boss: Someone) -> None:
    with pytest.raises(NotAllowed, match="no clearance that is in force"):
        sign(boss, made.person)
    made.cleared()
    for days, words, wrong in ((1, "Early.", "before"), (-1, "Ahead.", "day"), (0, " ", "talked over")):
        with pytest.raises(NotValid, match=wrong):
            sign(boss, made.person, days=days, words=words)
    sign(boss, made.person)
    assert seen(boss).reviewed_on == made.on


def test_what_a_manager_raises_is_weighed_and_tells_them_nothing_of_what_is_open(made: Vetted, boss: Someone) -> None:
    made.cleared()
    sign(boss, made.person, raises=True, words="Debts came up.")
    sign(boss, made.person, raises=True, words="More debts.")
    first, second = queries.of_person(made.officer.viewer, made.person)
    [opened] = {first.ref, second.ref} - {made.ref}
    held = queries.application(made.officer.viewer, opened)
    assert held.trigger == "Annual integrity and vetting review"
    assert [(row.kind, row.words) for row in held.against] == [
        ("Raised at the annual review", "Debts came up."),
        ("Raised at the annual review", "More debts."),
    ]
