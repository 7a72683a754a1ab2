"""What a matter owes, who answers for it, and what happens when the facts change."""

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from peelian.clocks import actions, queries
from peelian.clocks.owners import fallbacks
from peelian.clocks.recordable import follows_a_decision
from peelian.clocks.rows import DutyRow, WorkFilters
from peelian.matters import actions as matters
from peelian.matters import queries as record
from peelian.matters.rows import InvolvedDraft
from peelian.people import actions as people
from peelian.terms.known_dates import KnownDate
from peelian.terms.matters import Capacity, MatterKind, MatterState, Part
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from tests import worlds

pytestmark = pytest.mark.django_db
CAME = date(2026, 11, 2)  # a Monday; first updates are due on 30 November


@pytest.fixture
def unit_ref(at: datetime) -> str:
    return worlds.unit(at)


@pytest.fixture
def handler(at: datetime, unit_ref: str) -> worlds.Someone:
    return worlds.user(at, "Hana Handler", "assessor", "supervisor", unit_ref=unit_ref)


def owed(rows, clock: str) -> list[tuple[str, date | None, str]]:
    return [(row.person, row.due_on, row.state) for row in rows if row.clock == clock]


def tell(by, ref: str, key: str, on: date, person_key: str = "") -> str:
    given = {"matter_ref": ref, "key": key, "on": KnownDate(on), "person_key": person_key}
    if key in follows_a_decision():
        return actions.record_past_event(by=worlds.peelian(by.at), note="From the paper file.", **given)
    return actions.record_event(by=by, **given)


@pytest.mark.parametrize("key", ["severity_assessed", "case_to_answer_decided", "hearing_held", "panel_named"])
def test_what_only_a_decision_records_is_written_down_by_nobody(at: datetime, handler, key: str) -> None:
    officer = worlds.officer(at, "Shaw", "Ada")
    ref = worlds.open_complaint(handler.viewer, CAME, officers=[officer])
    given = {"matter_ref": ref, "key": key, "on": KnownDate(at.date()), "person_key": officer}
    with pytest.raises(NotAllowed, match="follows from a decision") as refused:
        actions.record_event(by=handler.viewer, **given)
    assert refused.value.refusal.law
    with pytest.raises(NotAllowed, match="load an outside file"):
        actions.record_past_event(by=worlds.user(at, "Aster Lee", "assessor").viewer, note="A file.", **given)
    with pytest.raises(NotValid, match="from where"):
        actions.record_past_event(by=worlds.peelian(at), note=" ", **given)
    actions.record_past_event(by=worlds.peelian(at), note="The file of 2024.", **given)
    assert key in [event.key for event in queries.events(handler.viewer, ref)]


def test_a_first_update_is_owed_to_each_complainant_and_interested_person(at: datetime, handler) -> None:
    caller, friend = worlds.member_of_the_public(at, "Lee"), worlds.member_of_the_public(at, "May")
    ref = worlds.open_complaint(handler.viewer, CAME, complainants=(caller,), interested=(InvolvedDraft(friend),))
    found = queries.matter_duties(handler.viewer, ref, date(2026, 11, 23))
    # 28 days from the day after 2 November: day 1 is 3 November, day 28 is 30 November
    assert owed(found.open, "CMP-03") == [
        ("Robin Lee", date(2026, 11, 30), "open"),
        ("Robin May", date(2026, 11, 30), "open"),
    ]
    row = next(row for row in found.open if row.clock == "CMP-03")
    assert (row.provision, row.owner, row.is_mine) == ("SI 2020/2 reg 34(2)(a)(i)", "Hana Handler", True)
    assert any("28" in step for step in row.because)


def test_an_update_to_one_person_resets_their_clock_alone(at: datetime, handler) -> None:
    caller, friend = worlds.member_of_the_public(at, "Lee"), worlds.member_of_the_public(at, "May")
    ref = worlds.open_complaint(handler.viewer, CAME, complainants=(caller, friend))
    tell(handler.viewer, ref, "update_given", date(2026, 11, 10), caller)
    found = queries.matter_duties(handler.viewer, ref, date(2026, 12, 1))
    assert owed(found.open, "CMP-03") == [("Robin May", date(2026, 11, 30), "overdue")]
    assert owed(found.open, "CMP-04") == [("Robin Lee", date(2026, 12, 8), "open")]
    assert owed(found.done, "CMP-03") == [("Robin Lee", date(2026, 11, 30), "met")]


def test_somebody_unknown_is_owed_as_much_and_identified_without_losing_it(at: datetime, handler) -> None:
    ref = worlds.open_complaint(handler.viewer, CAME)
    key = next(one.key for one in record.parts(handler.viewer, ref).people if one.part is Part.COMPLAINANT)
    tell(handler.viewer, ref, "update_given", date(2026, 11, 10), key)
    caller = worlds.officer(at, "Caller")
    matters.identify_person(
        by=handler.viewer, matter_ref=ref, version=1, number=2, person_ref=caller, evidence="Rang back", on=CAME
    )
    found = queries.matter_duties(handler.viewer, ref, date(2026, 11, 23))
    assert owed(found.open, "CMP-04") == [("Sam Caller", date(2026, 12, 8), "open")]


def test_before_the_first_edition_no_clock_starts_and_the_page_says_so(handler) -> None:
    ref = worlds.open_complaint(handler.viewer, date(2020, 1, 31), on=date(2020, 2, 3))
    found = queries.matter_duties(handler.viewer, ref, date(2026, 11, 23))
    assert [row for row in found.open if row.clock.startswith("CMP")] == []
    assert {row.state for row in found.done if row.clock.startswith("CMP")} == {"not started"}
    assert "1 February 2020" in found.notes[0] or "2012" in found.notes[0]


def test_a_matter_does_not_close_while_the_outcome_is_owed(at: datetime, handler) -> None:
    caller = worlds.member_of_the_public(at, "Lee")
    ref = worlds.open_complaint(handler.viewer, CAME, complainants=(caller,))
    tell(handler.viewer, ref, "outcome_decided", date(2026, 11, 16))
    with pytest.raises(NotAllowed, match=r"CMP-05 Tell the outcome \(Robin Lee\)") as refused:
        actions.close_matter(by=handler.viewer, matter_ref=ref, version=1, on=date(2026, 11, 20), reasons="Explained")
    assert "reg 34(2)(b)" in refused.value.refusal.law
    tell(handler.viewer, ref, "outcome_told", date(2026, 11, 18), caller)
    actions.close_matter(by=handler.viewer, matter_ref=ref, version=1, on=date(2026, 11, 20), reasons="Explained")
    assert record.matter(handler.viewer, ref).line.state is MatterState.CLOSED
    assert queries.my_work(handler.viewer).rows == ()


def test_a_correction_stands_in_the_place_of_what_it_corrects_and_both_stay(at: datetime, handler) -> None:
    caller = worlds.member_of_the_public(at, "Lee")
    ref = worlds.open_complaint(handler.viewer, CAME, complainants=(caller,))
    wrong = tell(handler.viewer, ref, "update_given", date(2026, 11, 10), caller)
    right = actions.correct_event(
        by=handler.viewer, matter_ref=ref, event_ref=wrong, on=KnownDate(date(2026, 11, 12)), reason="The letter says"
    )
    found = queries.matter_duties(handler.viewer, ref, date(2026, 11, 23))
    assert owed(found.open, "CMP-04") == [("Robin Lee", date(2026, 12, 10), "open")]
    with pytest.raises(NotValid, match="corrected already"):
        actions.correct_event(by=handler.viewer, matter_ref=ref, event_ref=wrong, on=None, reason="Again")
    actions.correct_event(by=handler.viewer, matter_ref=ref, event_ref=right, on=None, reason="It was never sent")
    found = queries.matter_duties(handler.viewer, ref, date(2026, 11, 23))
    assert owed(found.open, "CMP-04") == []
    held = [row for row in queries.events(handler.viewer, ref) if row.key == "update_given"]
    assert [(row.corrected, row.withdrawn) for row in held] == [(True, False), (True, False), (False, True)]


@pytest.mark.parametrize("statement", ["UPDATE clocks_event SET note = 'x'", "DELETE FROM clocks_event"])
def test_the_database_keeps_dated_facts_as_they_were_written(handler, statement: str) -> None:
    worlds.open_complaint(handler.viewer, CAME)
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("key", "on", "person", "field"),
    [
        ("no_such_event", CAME, "", "key"),
        ("came_to_attention", CAME, "", "key"),
        ("period_shortened", CAME, "", "key"),
        ("quarter_ended", CAME, "", "key"),
        ("update_given", CAME, "", "person"),
        ("update_given", CAME, "PP-22222-22222", "person"),
        ("outcome_decided", date(2026, 12, 24), "", "on"),
    ],
)
def test_an_event_that_cannot_be_is_refused_by_field(handler, key: str, on: date, person: str, field: str) -> None:
    ref = worlds.open_complaint(handler.viewer, CAME)
    with pytest.raises(NotValid) as refused:
        tell(handler.viewer, ref, key, on, person)
    assert refused.value.field == field


def test_every_event_that_is_offered_can_be_recorded(at: datetime, handler) -> None:
    caller = worlds.member_of_the_public(at, "Lee")
    ref = worlds.open_complaint(handler.viewer, CAME, complainants=(caller,))
    offered = queries.may_record(handler.viewer, ref)
    assert len(offered) > 100
    moment = at - timedelta(days=1)
    for event in offered:
        actions.record_event(
            by=handler.viewer,
            matter_ref=ref,
            key=event.key,
            on=KnownDate(moment.date()),
            at=moment if event.has_time else None,
            person_key=event.people[0][0] if event.each_person else "",
        )
    assert queries.matter_duties(handler.viewer, ref, at.date()).open


def test_my_work_is_overdue_first_then_by_day(at: datetime, handler) -> None:
    for came in (date(2026, 11, 16), date(2026, 10, 1), date(2026, 11, 9)):
        worlds.open_complaint(handler.viewer, came)
    rows = queries.my_work(handler.viewer, WorkFilters(clock="CMP-03")).rows
    assert [(row.due_on, row.is_overdue) for row in rows] == [
        (date(2026, 10, 29), True),
        (date(2026, 12, 7), False),
        (date(2026, 12, 14), False),
    ]
    overdue = queries.my_work(handler.viewer, WorkFilters(clock="CMP-03", overdue_only=True))
    assert [row.due_on for row in overdue.rows] == [date(2026, 10, 29)]
    assert all(row.due_on for row in queries.calendar(handler.viewer))


def test_each_duty_has_one_owner_and_falls_to_the_next_in_the_table(at: datetime, handler, unit_ref: str) -> None:
    def owners(ref: str) -> set[str]:
        return {row.owner for row in queries.matter_duties(worlds.peelian(at), ref, date(2026, 11, 23)).open}

    ref = worlds.open_complaint(handler.viewer, CAME, unit_ref=unit_ref)
    assert owners(ref) == {"Hana Handler"}
    iva = worlds.user(at, "Iva Investigator", "investigator")
    matters.allocate(by=handler.viewer, matter_ref=ref, user_ref=iva.user_ref, capacity=Capacity.INVESTIGATOR, on=CAME)
    matters.end_place(
        by=handler.viewer,
        matter_ref=ref,
        user_ref=handler.user_ref,
        capacity=Capacity.HANDLER,
        reason="Moved",
        on=date(2026, 11, 20),
    )
    assert owners(ref) == {"Iva Investigator"}
    matters.end_place(
        by=handler.viewer,
        matter_ref=ref,
        user_ref=iva.user_ref,
        capacity=Capacity.INVESTIGATOR,
        reason="Moved",
        on=date(2026, 11, 20),
    )
    assert owners(ref) == {"Hana Handler"}  # the unit's supervisor


def test_where_nobody_answers_the_page_names_the_unit_that_must_allocate(at: datetime) -> None:
    place = worlds.unit(at, "Complaints North")
    ref = worlds.open_complaint(worlds.peelian(at), CAME, unit_ref=place)
    rows = queries.matter_duties(worlds.peelian(at), ref, date(2026, 11, 23)).open
    assert {(row.owner, row.owner_is_nobody) for row in rows} == {("nobody yet: Complaints North", True)}


def test_every_place_that_the_law_table_names_has_its_line_of_owners() -> None:
    assert set(fallbacks()) == set(Capacity) - {Capacity.NAMED, Capacity.REVIEWER}  # neither owes what the law asks


def test_a_unit_sees_its_own_work_and_that_of_its_parts(at: datetime, handler, unit_ref: str) -> None:
    team = worlds.unit(at, "Team 2", parent_ref=unit_ref)
    elsewhere = worlds.unit(at, "Elsewhere")
    mine, within, other = (
        worlds.open_complaint(handler.viewer, CAME, unit_ref=ref) for ref in (unit_ref, team, elsewhere)
    )
    seen = {row.matter_ref for row in queries.unit_work(handler.viewer, unit_ref).rows}
    assert seen == {mine, within}
    assert other not in seen
    with pytest.raises(NotAllowed):
        queries.unit_work(worlds.user(at, "Ana Analyst", "analyst").viewer, unit_ref)


def test_a_period_shortened_by_agreement_ends_when_agreed(at: datetime, handler) -> None:
    officer = worlds.officer(at, "Able")
    ref = worlds.open_complaint(handler.viewer, CAME, officers=(officer,))
    tell(handler.viewer, ref, "papers_supplied", date(2026, 11, 16), officer)

    def due() -> list[date | None]:
        rows = queries.matter_duties(handler.viewer, ref, date(2026, 11, 23)).open
        return [day for _, day, _ in owed(rows, "PRO-03")]

    assert due() == [date(2026, 12, 7)]  # fifteen working days after Monday 16 November
    actions.agree_shorter(
        by=handler.viewer,
        matter_ref=ref,
        clock="PRO-03",
        until_on=date(2026, 11, 25),
        agreed_words="The officer and the chair",
        person_key=officer,
        on=date(2026, 11, 17),
    )
    assert due() == [date(2026, 11, 25)]


def test_what_no_agreement_can_shorten_is_refused_with_its_law(handler) -> None:
    ref = worlds.open_complaint(handler.viewer, CAME)
    for clock, words, refusal in (
        ("CMP-03", "Everyone", NotAllowed),
        ("NONE-1", "Everyone", NotValid),
        ("PRO-03", " ", NotValid),
    ):
        with pytest.raises(refusal):
            actions.agree_shorter(
                by=handler.viewer, matter_ref=ref, clock=clock, until_on=CAME, agreed_words=words, on=CAME
            )
    with pytest.raises(NotAllowed, match="Nobody has power to extend"):
        actions.extend_period(
            by=handler.viewer, matter_ref=ref, clock="CMP-03", until_on=CAME, decided_words="Me", on=CAME
        )


def test_work_and_pages_cost_the_same_number_of_statements_at_any_size(
    at: datetime, handler, unit_ref: str, django_assert_num_queries
) -> None:
    def cost() -> None:
        with django_assert_num_queries(8):
            queries.my_work(handler.viewer)
        with django_assert_num_queries(9):
            queries.unit_work(handler.viewer, unit_ref)

    one = worlds.member_of_the_public(at, "Lee")
    first = worlds.open_complaint(handler.viewer, CAME, complainants=(one,), unit_ref=unit_ref)
    with django_assert_num_queries(7):
        queries.matter_duties(handler.viewer, first, CAME)
    cost()
    for number in range(40):
        caller = worlds.member_of_the_public(at, f"Lee{number}")
        worlds.open_complaint(handler.viewer, CAME, complainants=(caller,), unit_ref=unit_ref)
    cost()


def test_a_chronology_tells_a_service_and_its_matters_in_order(at: datetime, handler) -> None:
    by, ref = worlds.peelian(at), worlds.officer(at, "Able")
    place = worlds.unit(at, "North")
    people.hold_rank(by=by, person_ref=ref, rank="Constable", on=date(2019, 2, 1))
    people.post_to(by=by, person_ref=ref, unit_ref=place, title="Response", on=date(2020, 2, 1))
    people.restrict(by=by, person_ref=ref, kind="suspension", words="No duty", reason="r", on=date(2026, 11, 20))
    matter = worlds.open_complaint(handler.viewer, CAME, officers=(ref,))
    tell(handler.viewer, matter, "notice_of_investigation_given", date(2026, 11, 16), ref)
    entries = queries.chronology(handler.viewer, ref).dated
    told = [(entry.on.earliest, entry.kind, entry.title) for entry in entries if entry.kind != "event"]
    assert told == [
        (date(2019, 1, 1), "joined", "Joined"),
        (date(2019, 2, 1), "rank", "Constable"),
        (date(2020, 2, 1), "posting", "North"),
        (CAME, "matter", "Rude at the front counter"),
        (date(2026, 11, 20), "restriction", "Suspension"),
    ]
    assert any(entry.title.startswith("Notice of investigation") for entry in entries)


def test_a_chronology_leaves_out_what_a_wall_hides(at: datetime, handler) -> None:
    ref = worlds.officer(at, "Able")
    other = worlds.user(at, "Otto Other", "supervisor").viewer
    before = queries.chronology(other, ref)
    worlds.open_complaint(handler.viewer, CAME, officers=(ref,), sensitive_reason="Closely held")
    assert queries.chronology(other, ref) == before
    assert len(queries.chronology(handler.viewer, ref).dated) > len(before.dated)


def test_what_is_owed_on_a_hidden_matter_is_not_found(at: datetime, handler) -> None:
    ref = worlds.open_complaint(handler.viewer, CAME, sensitive_reason="Closely held")
    other = worlds.user(at, "Otto Other", "supervisor").viewer
    for question in (queries.events, queries.may_record):
        with pytest.raises(NotFound):
            question(other, ref)
    with pytest.raises(NotFound):
        queries.matter_duties(other, ref, CAME)


def test_each_kind_starts_the_clocks_its_recording_starts(at: datetime, handler) -> None:
    def clocks(kind: MatterKind, tests: tuple[str, ...] = ()) -> set[str]:
        ref = worlds.open_complaint(handler.viewer, CAME, kind=kind, tests=tests)
        rows: tuple[DutyRow, ...] = queries.matter_duties(handler.viewer, ref, date(2026, 11, 23)).open
        return {row.clock for row in rows}

    assert {"CMP-01", "CMP-02", "CMP-03"} <= clocks(MatterKind.COMPLAINT_UNDER_SCHEDULE_3, ("REC-1",))
    outside = clocks(MatterKind.COMPLAINT_OUTSIDE_SCHEDULE_3)
    assert {"CMP-01", "CMP-03"} <= outside
    assert "CMP-02" not in outside
    assert "INV-01" in clocks(MatterKind.RECORDABLE_CONDUCT_MATTER)
    assert "REF-02" in clocks(MatterKind.DSI_MATTER)
