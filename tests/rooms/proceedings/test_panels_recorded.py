"""A panel as it is recorded: who may be named, who may not and why, objections, and what waits for a whole panel."""

from datetime import date, datetime

import pytest

from peelian.clocks import actions as writes
from peelian.clocks import queries as clocks
from peelian.decisions import actions as decisions
from peelian.journal.verification import verify
from peelian.people import actions as people
from peelian.proceedings import actions, queries
from peelian.terms.known_dates import KnownDate
from peelian.terms.people import PersonKind
from peelian.terms.proceedings import Attendance, Attending, Named, Pleaded
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from tests import panels, worlds
from tests.rooms.proceedings.conftest import Case, made

pytestmark = pytest.mark.django_db
LIST = "independent_list"


def seat(case: Case, ref: str, seat: str, way: str, **who: str) -> str:
    return actions.name_member(
        by=case.decides,
        matter_ref=case.matter,
        proceeding_ref=ref,
        seat=seat,
        qualification=way,
        known_by="Asked; a letter.",
        on=case.decides.today,
        **who,
    )


def test_proceedings_open_only_after_the_decision_that_leads_to_them(case: Case) -> None:
    (reached,) = queries.openable(case.decides, case.matter)
    assert (reached.forum.key, reached.key) == ("hearing", case.officer)
    given = {"matter_ref": case.matter, "person_key": case.officer, "on": case.decides.today}
    with pytest.raises(NotAllowed, match="comes after a decision") as refused:
        actions.open_proceeding(by=case.decides, forum="meeting", **given)
    assert refused.value.refusal.law == "SI 2020/4 reg 28(1)(a), (3)"
    with pytest.raises(NotAllowed, match="decide for the appropriate authority"):
        actions.open_proceeding(by=case.records, forum="hearing", **given)
    actions.open_proceeding(by=case.decides, forum="hearing", **given)
    assert queries.openable(case.decides, case.matter) == ()
    with pytest.raises(NotValid, match="open already"):
        actions.open_proceeding(by=case.decides, forum="hearing", **given)


def test_the_officer_is_not_told_before_the_panel_is_whole_and_every_gap_is_said(case: Case) -> None:
    case.take("papers=supplied")
    with pytest.raises(NotAllowed, match="No panel is recorded"):
        case.take("panel_named=told")
    ref = panels.opened(case.decides, case.matter, case.officer)
    with pytest.raises(NotAllowed) as refused:
        case.take("panel_named=told")
    said = refused.value.refusal
    for words in ("Chair: one is wanted", "Independent member: two are wanted", "Legally qualified adviser"):
        assert words in said.reason
    assert "SI 2024/521 reg 3" in said.law
    chair = panels.servant(case.at, "Petra Lunn", rank="Chief Constable")
    seat(case, ref, "hearing-chair", "chief_officer", person_ref=chair)
    seat(case, ref, "hearing-independent-members", LIST, name="Maud Ferris")
    seat(case, ref, "hearing-independent-members", LIST, name="Ines Okafor")
    with pytest.raises(NotAllowed, match="Legally qualified adviser: one is wanted"):
        case.take("panel_named=told")
    seat(case, ref, "hearing-adviser", "legally_qualified_adviser", name="Corin Vale")
    case.take("panel_named=told")
    assert "panel_named" in [event.key for event in clocks.events(case.decides, case.matter)]
    assert verify().is_whole


def test_a_hearing_is_not_held_once_its_panel_may_no_longer_sit(case: Case) -> None:
    ref = case.whole()
    case.take("papers=supplied", "panel_named=told", "proceedings_day=hearing")
    chair = panels.about(case.decides, case.matter, ref).chair
    assert chair is not None
    given = {"by": case.decides, "matter_ref": case.matter, "proceeding_ref": ref, "on": case.decides.today}
    actions.stand_down(member_ref=chair.ref, reasons="Fell ill.", **given)
    with pytest.raises(NotAllowed, match="Chair: one is wanted, none named"):
        case.take("proceedings_held=hearing")
    another = panels.servant(case.at, "Odile Marr", rank="Deputy Chief Constable")
    seat(case, ref, "hearing-chair", "delegate_senior_officer", person_ref=another)
    case.take("proceedings_held=hearing")


def test_somebody_who_does_not_hold_the_rank_is_refused_with_reason_and_law(case: Case) -> None:
    ref = panels.opened(case.decides, case.matter, case.officer)
    who = panels.servant(case.at, "Petra Lunn", rank="Superintendent")
    with pytest.raises(NotAllowed) as refused:
        seat(case, ref, "hearing-chair", "chief_officer", person_ref=who)
    said = refused.value.refusal
    assert said.reason == "Petra Lunn: Chief officer of the force: the rank of superintendent is not enough."
    assert said.law == "SI 2020/4 reg 55; SI 2024/521 reg 3"
    with pytest.raises(NotValid, match="edition governing"):
        seat(case, ref, "hearing-chair-before-2024", "legally_qualified_chair", name="Corin Vale")


def test_a_serving_officer_is_no_independent_member(case: Case) -> None:
    ref = panels.opened(case.decides, case.matter, case.officer)
    who = panels.servant(case.at, "Petra Lunn", rank="Inspector")
    with pytest.raises(NotAllowed, match="serves in this force"):
        seat(case, ref, "hearing-independent-members", LIST, person_ref=who)


def test_whoever_decided_or_investigated_does_not_sit(case: Case) -> None:
    ref = panels.opened(case.decides, case.matter, case.officer)
    for role in ("appropriate_authority", "supervisor"):
        user = case.names[role]
        people.hold_rank(by=worlds.peelian(case.at), person_ref=user.ref, rank="Chief Constable", on=date(2026, 1, 1))
        with pytest.raises(NotAllowed) as refused:
            seat(case, ref, "hearing-chair", "chief_officer", user_ref=user.user_ref)
        assert "does not sit on the panel" in refused.value.refusal.reason
        assert "CI-6" in refused.value.refusal.law


def test_a_user_who_sits_is_given_a_place_and_loses_the_seat_with_it(case: Case) -> None:
    ref = case.whole()
    chair = panels.about(case.decides, case.matter, ref).chair
    assert chair is not None
    given = {"by": case.decides, "matter_ref": case.matter, "proceeding_ref": ref, "on": case.decides.today}
    actions.stand_down(member_ref=chair.ref, reasons="Another is chosen.", **given)
    user = case.names["chief_officer"]
    people.hold_rank(by=worlds.peelian(case.at), person_ref=user.ref, rank="Chief Constable", on=date(2026, 1, 1))
    member = seat(case, ref, "hearing-chair", "chief_officer", user_ref=user.user_ref)
    assert not panels.about(case.decides, case.matter, ref).against
    actions.stand_down(member_ref=member, reasons="Knows the officer.", **given)
    assert "Chair: one is wanted" in panels.about(case.decides, case.matter, ref).against[0].reason
    left = panels.about(case.decides, case.matter, ref).left
    assert [one.left_reasons for one in left] == ["Another is chosen.", "Knows the officer."]


def test_somebody_who_worked_with_the_officer_is_not_independent(case: Case) -> None:
    ref = panels.opened(case.decides, case.matter, case.officer)
    unit = worlds.unit(case.at, "Response")
    who = panels.servant(case.at, "Petra Lunn", rank="Chief Constable")
    for person in (case.officer, who):
        people.post_to(by=worlds.peelian(case.at), person_ref=person, unit_ref=unit, on=date(2026, 1, 5))
    with pytest.raises(NotAllowed, match="Shares a unit with a person concerned"):
        seat(case, ref, "hearing-chair", "chief_officer", person_ref=who)


def test_an_objection_that_is_upheld_empties_the_seat_and_the_officer_is_told_again(case: Case) -> None:
    ref = case.whole()
    case.take("papers=supplied", "panel_named=told")
    row = panels.about(case.decides, case.matter, ref)
    member = next(one for one in row.members if one.seat == "hearing-adviser")
    given = {"matter_ref": case.matter, "proceeding_ref": ref, "on": case.decides.today}
    objection = actions.record_objection(
        by=case.records, member_ref=member.ref, grounds="She acted against me before.", **given
    )
    assert "panel_objection_made" in [event.key for event in clocks.events(case.decides, case.matter)]
    about = {"objection_ref": objection, "upheld": True, "reasons": "She did.", **given}
    with pytest.raises(NotAllowed):
        actions.answer_objection(by=case.records, **about)
    actions.answer_objection(by=case.decides, **about)
    row = panels.about(case.decides, case.matter, ref)
    assert "Legally qualified adviser: one is wanted" in row.against[0].reason
    assert row.left[0].objections[0].answer is not None
    with pytest.raises(NotAllowed, match="cannot sit"):
        case.take("panel_named=told")
    seat(case, ref, "hearing-adviser", "legally_qualified_adviser", name="Tobias Wray")
    case.take("panel_named=told")
    with pytest.raises(NotValid, match="decided already"):
        actions.answer_objection(by=case.decides, **about)


def test_steps_that_say_something_are_taken_by_the_record_alone(case: Case) -> None:
    ref = case.whole()
    case.take("papers=supplied", "panel_named=told")
    person = {"matter_ref": case.matter, "person_key": case.officer, "reasons": "So.", "on": case.records.today}
    with pytest.raises(NotAllowed, match="page of the proceedings"):
        decisions.decide(by=case.records, step="officer_reply", option="denies", **person)
    with pytest.raises(NotAllowed, match="page of the proceedings"):
        decisions.decide(by=case.sits, step="proceedings_held", option="hearing", **person)
    panels.replied(case.records, case.matter, ref, Pleaded.IN_PART)
    (reply,) = panels.about(case.decides, case.matter, ref).replies
    assert [one.pleaded for one in reply.answers] == [Pleaded.IN_PART]
    assert "officer_replied" in [event.key for event in clocks.events(case.decides, case.matter)]
    given = {"matter_ref": case.matter, "proceeding_ref": ref, "on": case.records.today}
    with pytest.raises(NotValid, match="each allegation"):
        actions.record_reply(by=case.records, answers={}, **given)


def test_the_chair_directs_witnesses_publication_and_attendance(case: Case) -> None:
    ref = panels.opened(case.decides, case.matter, case.officer)
    given = {"matter_ref": case.matter, "proceeding_ref": ref, "on": case.sits.today}
    attend = {"who": Attending.OBSERVERS, "how": Attendance.REMOTE, "reasons": "The room is small.", **given}
    with pytest.raises(NotAllowed, match="Nobody sits in the chair"):
        actions.arrange(by=case.sits, **attend)
    chair = panels.servant(case.at, "Petra Lunn", rank="Chief Constable")
    seat(case, ref, "hearing-chair", "chief_officer", person_ref=chair)
    actions.arrange(by=case.sits, **attend)
    case.take("papers=supplied", "proceedings_day=hearing")
    with pytest.raises(NotValid, match="why the chair withholds"):
        actions.direct_publication(by=case.sits, fields=panels.ALL | {"name": (False, "")}, **given)
    fields = panels.ALL | {"name": (False, "To protect the complainant.")}
    actions.direct_publication(by=case.sits, fields=fields, **given)
    panels.replied(case.records, case.matter, ref)
    case.take("witness_lists=exchanged", "witness_lists_to_chair=supplied")
    named = {"about": "What she saw.", "listed_by": Named.OFFICER, **given}
    witness = actions.list_witness(by=case.records, name="Ines Okafor", **named)
    actions.direct_witnesses(by=case.sits, called={witness: True}, reasons="It is in dispute.", **given)
    row = panels.about(case.decides, case.matter, ref)
    assert row.direction is not None
    assert row.direction.withheld == {"name"}
    assert row.direction.chair == "Petra Lunn"
    assert [one.attends for one in row.witnesses] == [True]
    assert row.arrangements[0].how is Attendance.REMOTE
    said = queries.directed(case.decides, case.matter, case.officer)
    assert said is not None
    assert said.withheld == {"name"}


def test_before_7_may_2024_a_legally_qualified_person_chairs(at: datetime) -> None:
    case = made(at, came=date(2024, 2, 1))
    told = {"key": "papers_supplied", "on": KnownDate(date(2024, 5, 6)), "person_key": case.officer}
    writes.record_event(by=case.records, matter_ref=case.matter, **told)
    ref = panels.opened(case.decides, case.matter, case.officer)
    assert set(panels.seats_of(panels.about(case.decides, case.matter, ref))) == {
        "hearing-chair-before-2024",
        "hearing-senior-member-before-2024",
        "hearing-lay-member-before-2024",
    }
    seat(case, ref, "hearing-chair-before-2024", "legally_qualified_chair", name="Corin Vale")
    who = panels.servant(at, "Petra Lunn", rank="Superintendent")
    seat(case, ref, "hearing-senior-member-before-2024", "superintendent_senior", person_ref=who)
    seat(case, ref, "hearing-lay-member-before-2024", LIST, name="Ines Okafor")
    assert not panels.about(case.decides, case.matter, ref).against


def test_a_notice_given_on_7_may_2024_brings_the_chief_officer_into_the_chair(at: datetime) -> None:
    case = made(at, came=date(2024, 2, 1))
    told = {"key": "papers_supplied", "on": KnownDate(date(2024, 5, 7)), "person_key": case.officer}
    writes.record_event(by=case.records, matter_ref=case.matter, **told)
    ref = panels.opened(case.decides, case.matter, case.officer)
    assert "hearing-chair" in panels.seats_of(panels.about(case.decides, case.matter, ref))


def test_proceedings_are_hidden_with_their_matter(case: Case) -> None:
    ref = case.whole()
    stranger = worlds.user(case.at, "Olga Outside", "panel_member").viewer
    with pytest.raises(NotFound):
        queries.proceeding(stranger, case.matter, ref)
    assert len(queries.of_matter(case.decides, case.matter)) == 1


def test_staff_are_heard_under_their_contract(case: Case) -> None:
    clerk = panels.servant(case.at, "Corin Vale", PersonKind.STAFF)
    system = worlds.peelian(case.at)
    matter = worlds.open_complaint(
        system, date(2026, 10, 6), officers=[clerk], complainants=(), tests=(), kind=worlds.MatterKind.CONDUCT_MATTER
    )
    staff = Case(case.at, matter, clerk, case.by, case.names)
    staff.take("referral=no", "conduct_handling=investigate", "investigator=appointed")
    staff.take("staff_severity=gross_misconduct", "staff_notice=given", "staff_interview=held", "report=submitted")
    staff.take("staff_determination=case")
    with pytest.raises(NotAllowed, match="No panel is recorded") as refused:
        staff.take("staff_meeting=held")
    assert refused.value.refusal.law == "Local rule"
    ref = panels.opened(staff.decides, matter, clerk)
    row = panels.about(staff.decides, matter, ref)
    assert row.forum.key == "staff"
    assert row.forum.law == "Local rule"
    with pytest.raises(NotAllowed, match="one is wanted, none named"):
        staff.take("staff_meeting=held")
    seat(staff, ref, "staff-conducts", "by_policy", name="Maud Ferris")
    assert not panels.about(staff.decides, matter, ref).against
    staff.take("staff_meeting=held", "staff_outcome=warning")
