"""Clearances granted before or elsewhere come from a file through a column map; rows that cannot be used are kept."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from peelian.intake import loading
from peelian.journal.models import Entry
from peelian.loads import actions as loads
from peelian.loads import queries as reports
from peelian.loads.rows import LoadRow
from peelian.people import actions as people
from peelian.terms.acts import RecordKind
from peelian.terms.people import IdentifierKind
from peelian.terms.vetting import ClearanceState
from peelian.terms.viewer import Viewer
from peelian.vetting import actions, queries
from tests import worlds
from tests.vettings import Vetted, vetted

pytestmark = pytest.mark.django_db
HEADER = "Employee Number,Clearance,Date Granted,Expiry Date,Granted By,Contractor"
REVIEWED = "Employee Number,Clearance,Date Granted,Last Review,Granted By"
Load = Callable[..., LoadRow]


@pytest.fixture
def made(at: datetime) -> Vetted:
    made = vetted(at)
    by = worlds.peelian(at)
    people.add_identifier(by=by, person_ref=made.person, kind=IdentifierKind.STAFF_NUMBER, value="E100", on=made.on)
    return made


@pytest.fixture
def load(made: Vetted, tmp_path: Path) -> Load:
    def run(*rows: str, header: str = HEADER, by: Viewer | None = None) -> LoadRow:
        file = tmp_path / "clearances.csv"
        file.write_text("\n".join((header, *rows)) + "\n")
        by = by or worlds.peelian(made.at)
        started = loads.run(by=by, path=file, clock=lambda: made.at)
        return reports.load(by, started.ref)

    return run


def test_a_clearance_of_another_force_stands_on_day_one(made: Vetted, load: Load) -> None:
    report = load("E100,Recruitment Vetting,01/02/2020,31/01/2030,Southby Police,No")
    assert (report.state, report.accepted, report.set_aside) == ("published", 1, 0)
    [held] = queries.clearances_of(made.officer.viewer, made.person)
    assert (held.level, held.granted_on, held.expires_on) == ("RV", date(2020, 2, 1), date(2030, 1, 31))
    assert (held.state, held.force, held.load_ref) == (ClearanceState.HELD, "Southby Police", report.ref)
    assert made.person not in {row.person.ref for row in queries.in_post(made.officer.viewer).rows}
    assert queries.overrides(made.officer.viewer) == ()
    opened = actions.open_withdrawal(by=made.officer.viewer, clearance_ref=held.ref, words="A rumour.", on=made.on)
    actions.take(by=made.manager.viewer, withdrawal_ref=opened, step="suspended", words="He has a key.", on=made.on)
    assert queries.clearance(made.officer.viewer, held.ref).state is ClearanceState.SUSPENDED


def test_an_expired_one_is_told_from_none_and_falls_due(made: Vetted, load: Load) -> None:
    load("E100,RV,01/02/2010,,Southby Police,No")
    [held] = queries.clearances_of(made.officer.viewer, made.person)
    assert (held.state, held.expires_on, held.law) == (ClearanceState.EXPIRED, date(2020, 1, 31), "Vetting APP")
    rows = {row.person.ref: row for row in queries.in_post(made.officer.viewer).rows}
    assert rows[made.person].why == "RV: expired"
    assert "Renew RV" in {one.what for one in queries.board(made.officer.viewer).duties}


def test_the_next_annual_review_is_counted_from_the_one_the_file_gives(made: Vetted, load: Load) -> None:
    load("E100,RV,01/02/2020,,Southby Police", "E100,MV,01/02/2024,20/01/2026,Southby Police", header=REVIEWED)
    rows = {row.level: row for row in queries.clearances_of(made.officer.viewer, made.person)}
    assert (rows["RV"].reviewed_on, rows["RV"].review_due) == (None, date(2021, 1, 31))
    assert (rows["MV"].reviewed_on, rows["MV"].review_due) == (date(2026, 1, 20), date(2027, 1, 19))
    due = {one.ref: one.due_on for one in queries.board(made.officer.viewer).duties if one.clock == "VET-05"}
    assert due == {rows["RV"].ref: date(2021, 1, 31)}


def test_an_annual_review_to_come_or_before_the_grant_is_set_aside(made: Vetted, load: Load) -> None:
    rows = ("E100,RV,01/02/2020,01/02/2030,Southby Police", "E100,MV,01/02/2024,31/01/2024,Southby Police")
    report = load(*rows, header=REVIEWED)
    assert (report.accepted, report.set_aside) == (0, 2)
    aside = {row.row_number: row.column for row in loading.aside_rows(_key(report.ref), after=0)}
    assert aside == {2: "Last Annual Review", 3: "Granted On"}


def test_whoever_loads_has_a_row_of_their_own(made: Vetted, load: Load) -> None:
    loader = worlds.user(made.at, "Lee Loader", "analyst")
    given: dict[str, Any] = {"kind": IdentifierKind.STAFF_NUMBER, "value": "E200", "on": made.on}
    people.add_identifier(by=worlds.peelian(made.at), person_ref=loader.ref, **given)
    report = load("E200,RV,01/02/2020,31/01/2030,Southby Police,No", by=loader.viewer)
    assert (report.accepted, report.set_aside) == (1, 0)
    assert [row.level for row in queries.clearances_of(made.officer.viewer, loader.ref)] == ["RV"]


def test_each_row_that_cannot_be_used_is_set_aside_with_its_field_and_reason(made: Vetted, load: Load) -> None:
    report = load(
        "E100,RV,01/02/2020,31/01/2030,Southby Police,No",
        "E999,RV,01/02/2020,,Southby Police,No",
        "E100,Gold,02/02/2020,,Southby Police,No",
        "E100,RV,01/02/2030,,Southby Police,No",
        "E100,MV,01/02/2020,31/01/2019,Southby Police,No",
        "E100,MV,yesterday,,Southby Police,No",
        "E100,MV,03/02/2020,,,No",
    )
    assert (report.read, report.accepted, report.set_aside) == (7, 1, 6)
    aside = {row.row_number: (row.column, row.reason) for row in loading.aside_rows(_key(report.ref), after=0)}
    assert {number: column for number, (column, _) in aside.items()} == {
        3: "Staff Number",
        4: "Level",
        5: "Granted On",
        6: "Granted On",
        7: "Granted On",
        8: "Granting Force",
    }
    assert "nobody in the register" in aside[3][1]
    assert "“Gold”" in aside[4][1]


def test_the_same_file_again_changes_nothing_and_another_word_is_set_aside(made: Vetted, load: Load) -> None:
    row = "E100,RV,01/02/2020,31/01/2030,{force},No"
    load(row.format(force="Southby Police"))
    again = load(row.format(force="Southby Police"))
    assert (again.accepted, again.already_held) == (0, 1)
    other = load(row.format(force="Northbeck Police"))
    assert (other.accepted, other.set_aside) == (0, 1)
    [held] = queries.clearances_of(made.officer.viewer, made.person)
    assert held.force == "Southby Police"


def test_a_newer_annual_review_in_a_later_file_is_taken_up_and_entered(made: Vetted, load: Load) -> None:
    row = "E100,RV,01/02/2020,{review},Southby Police"
    load(row.format(review="20/01/2025"), header=REVIEWED)
    later = load(row.format(review="18/02/2026"), header=REVIEWED)
    assert (later.state, later.accepted, later.set_aside, later.figures["changed"]) == ("published", 1, 0, 1)
    assert later.figures["changed_fields"] == {"reviewed_on": 1}
    [held] = queries.clearances_of(made.officer.viewer, made.person)
    assert (held.reviewed_on, held.reviewed_there) == (date(2026, 2, 18), date(2026, 2, 18))
    assert held.review_due == date(2027, 2, 17)
    assert [by for _, _, by in held.reviews] == [f"as Southby Police gave it (load {later.ref})"]
    entry = f"annual review of clearance {held.ref}, as Southby Police gave it, load {later.ref}"
    assert entry in list(Entry.objects.filter(key=made.person).values_list("summary", flat=True))
    again = load(row.format(review="18/02/2026"), header=REVIEWED)
    assert (again.accepted, again.already_held) == (0, 1)
    [held] = queries.clearances_of(made.officer.viewer, made.person)
    assert len(held.reviews) == 1


def test_a_first_annual_review_in_a_later_file_is_taken_up(made: Vetted, load: Load) -> None:
    load("E100,RV,01/02/2020,n/a,Southby Police", header=REVIEWED)
    later = load("E100,RV,01/02/2020,18/02/2026,Southby Police", header=REVIEWED)
    assert (later.accepted, later.set_aside) == (1, 0)
    [held] = queries.clearances_of(made.officer.viewer, made.person)
    assert held.reviewed_on == date(2026, 2, 18)
    due = {one.due_on for one in queries.board(made.officer.viewer).duties if one.clock == "VET-05"}
    assert due == set()


def test_a_review_that_goes_back_or_came_with_another_word_is_set_aside_by_its_field(made: Vetted, load: Load) -> None:
    load("E100,RV,01/02/2020,20/01/2025,Southby Police", header=REVIEWED)
    rows = {
        "E100,RV,01/02/2020,19/01/2025,Southby Police": ("Last Annual Review", "nothing is taken back by a file"),
        "E100,RV,01/02/2020,,Southby Police": ("Last Annual Review", "nothing is taken back by a file"),
        "E100,RV,01/02/2020,01/02/2027,Southby Police": ("Last Annual Review", "a day to come"),
        "E100,RV,01/02/2020,18/02/2026,Northbeck Police": ("Granting Force", "a file does not rewrite it"),
    }
    for row, (column, reason) in rows.items():
        report = load(row, header=REVIEWED)
        assert (report.accepted, report.set_aside) == (0, 1), row
        [aside] = loading.aside_rows(_key(report.ref), after=0)
        assert (aside.row_number, aside.column) == (2, column)
        assert reason in aside.reason
    [held] = queries.clearances_of(made.officer.viewer, made.person)
    assert (held.reviewed_on, held.force, held.reviews) == (date(2025, 1, 20), "Southby Police", ())


def test_a_last_day_is_moved_by_a_decision_and_not_by_a_file(made: Vetted, load: Load) -> None:
    load("E100,RV,01/02/2020,31/01/2030,Southby Police,No")
    report = load("E100,RV,01/02/2020,31/01/2035,Southby Police,No")
    [aside] = loading.aside_rows(_key(report.ref), after=0)
    assert (aside.column, aside.row_number) == ("Expires On", 2)
    assert "whoever vets decides what follows" in aside.reason


def test_a_clearance_decided_here_is_not_held_twice_and_its_review_is_taken_up(made: Vetted, load: Load) -> None:
    made.cleared()
    [held] = queries.clearances_of(made.officer.viewer, made.person)
    granted = f"{held.granted_on:%d/%m/%Y}"
    report = load(f"E100,RV,{granted},{granted},Our own system", header=REVIEWED)
    assert (report.accepted, report.set_aside) == (1, 0)
    [now] = queries.clearances_of(made.officer.viewer, made.person)
    assert (now.ref, now.reviewed_on, now.load_ref) == (held.ref, held.granted_on, "")
    other = load(f"E100,RV,{granted},01/01/2029,Our own system,No")
    assert other.set_aside == 1


def test_a_review_recorded_late_for_an_earlier_day_moves_nothing_back(made: Vetted, load: Load) -> None:
    load("E100,RV,01/02/2020,18/02/2026,Southby Police", header=REVIEWED)
    [held] = queries.clearances_of(made.officer.viewer, made.person)
    early = date(2022, 1, 10)
    actions.review_year(by=made.officer.viewer, clearance_ref=held.ref, words="Found late.", raises=False, on=early)
    [now] = queries.clearances_of(made.officer.viewer, made.person)
    assert (now.reviewed_on, now.review_due) == (date(2026, 2, 18), date(2027, 2, 17))
    assert not [one for one in queries.board(made.officer.viewer).duties if one.clock == "VET-05"]


def test_what_a_later_file_changed_in_clearances_is_for_those_who_read_vetting(made: Vetted, load: Load) -> None:
    load("E100,RV,01/02/2020,20/01/2025,Southby Police", header=REVIEWED)
    later = load("E100,RV,01/02/2020,18/02/2026,Southby Police", header=REVIEWED)
    assert reports.changes(worlds.user(made.at, "Sue Super", "supervisor").viewer, later.ref).rows == ()
    [seen] = reports.changes(worlds.user(made.at, "Hugh Head", "head_of_professional_standards").viewer, later.ref).rows
    assert seen.fields == (("last annual review", "2025-01-20", "2026-02-18"),)


def test_what_a_file_of_clearances_says_is_for_those_who_read_vetting(made: Vetted, load: Load) -> None:
    load("E100,RV,01/02/2020,31/01/2030,Southby Police,No")
    said = reports.said_of(worlds.peelian(made.at), RecordKind.PERSON, worlds.key(made.at, made.person))
    assert said == ()


def _key(ref: str) -> int:
    return loading.open_load(ref).id
