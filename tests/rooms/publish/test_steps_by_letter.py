"""Serving a letter takes the step of casework that it is: once, with the checks of the step, and the step keeps it."""

from datetime import date

import pytest

from peelian.clocks import queries as clocks
from peelian.decisions import actions as decisions
from peelian.decisions import queries as cases
from peelian.people import actions as people
from peelian.proceedings import actions as proceedings
from peelian.publish import actions, queries
from peelian.publish.states import LetterState
from peelian.terms.people import PersonKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotValid
from tests import panels, worlds
from tests.rooms.publish.conftest import Desk
from tests.stepping import TO_HEARING, TO_OUTCOME, TO_SEVERITY


def test_serving_the_notice_takes_the_step_and_the_step_points_to_the_letter(desk: Desk) -> None:
    desk.take(*TO_SEVERITY)
    ref = desk.issue("notice-of-investigation")
    [offered] = queries.serving(desk.writes, desk.matter, ref).steps
    assert (offered.step.key, [one.key for one in offered.options], offered.refusal) == (
        "notice_of_investigation",
        ["given"],
        None,
    )
    desk.serve(ref, "post", address="1 High Street")
    row = desk.standing()["notice_of_investigation"]
    assert (row.letter, row.option.key, row.on, row.person) == (ref, "given", desk.today, "Robin Shaw")
    [event] = [one for one in clocks.events(desk.writes, desk.matter) if one.key == "notice_of_investigation_given"]
    assert event.on.earliest == date(2026, 11, 25)  # the second working day after Monday 23 November
    assert event.note.startswith(f"Letter {ref}")


def test_a_step_that_may_not_be_taken_keeps_the_letter_from_being_served(desk: Desk) -> None:
    ref = desk.issue("notice-of-investigation")
    with pytest.raises(NotAllowed, match="comes after another step that has not been taken") as refused:
        desk.serve(ref, "post", address="1 High Street")
    assert "Serving this letter is the step" in refused.value.refusal.reason
    assert "reg 17" in refused.value.refusal.law
    assert desk.letter(ref).line.state is LetterState.ISSUED
    assert "notice_of_investigation_given" not in {one.key for one in clocks.events(desk.writes, desk.matter)}


def test_whoever_serves_needs_the_power_of_the_step(desk: Desk) -> None:
    desk.take(*TO_SEVERITY)
    desk.event("referral_required", desk.today)
    ref = desk.issue("referral-to-iopc")
    [offered] = queries.serving(desk.writes, desk.matter, ref).steps
    assert offered.step.owner is Permission.ASSESS_CONDUCT
    assert offered.refusal is not None
    with pytest.raises(NotAllowed):
        desk.serve(ref, "letter_email", address="referrals@example.org")


def test_a_step_taken_by_hand_says_that_no_letter_was_served(desk: Desk) -> None:
    desk.take(*TO_SEVERITY, "notice_of_investigation=given")
    row = desk.standing()["notice_of_investigation"]
    assert row.letter == ""
    assert set(row.option.events) <= queries.lettered()
    ref = desk.issue("notice-of-investigation")
    desk.serve(ref, "in_person")
    assert desk.standing()["notice_of_investigation"].letter == ref


def test_a_letter_that_tells_two_things_takes_both_steps(desk: Desk) -> None:
    desk.take(*TO_OUTCOME)
    ref = desk.issue("outcome-complainant", desk.complainant)
    desk.serve(ref, "letter_in_person")
    standing = desk.standing()
    assert (standing["outcome_told"].letter, standing["review_right_told"].letter) == (ref, ref)


def test_where_a_letter_leaves_more_than_one_outcome_whoever_serves_it_says_which(desk: Desk) -> None:
    ref = desk.issue("record-copy-complainant", desk.complainant)
    with pytest.raises(NotValid, match="Say which it is") as refused:
        desk.serve(ref, "letter_in_person")
    assert refused.value.field == "outcome"
    desk.serve(ref, "letter_in_person", outcome="supplied_in_part")
    assert desk.standing()["record_copy"].option.key == "supplied_in_part"


def test_a_timeliness_report_that_is_sent_is_the_step_with_the_bodies_that_it_is_owed_to(desk: Desk) -> None:
    desk.take(*TO_SEVERITY)
    ref = desk.issue("timeliness-report")
    [offered] = queries.serving(desk.writes, desk.matter, ref).steps
    assert (offered.step.key, [one.key for one in offered.options]) == ("timeliness_report", ["sent", "sent_in_part"])
    desk.serve(ref, "letter_email", address="reports@example.org", outcome="sent")
    assert desk.standing()["timeliness_report"].letter == ref
    assert desk.letter(ref).line.to == "Independent Office for Police Conduct and local policing body"


def test_the_lists_of_witnesses_and_the_bundle_go_to_the_chair_and_end_their_limits(desk: Desk) -> None:
    desk.take(*TO_HEARING)
    held = worlds.user(desk.at, "Ada Lunn", "appropriate_authority", "complaint_handler").viewer
    panels.replied(held, desk.matter, panels.opened(held, desk.matter, desk.officer))
    about = {"matter_ref": desk.matter, "person_key": desk.officer, "on": desk.today}
    exchanged = {"step": "witness_lists", "option": "exchanged", "reasons": "Both lists are here.", **about}
    proceedings.decide(by=held, **exchanged)
    assert {"PRO-05", "PRO-06"} <= owed(desk)
    for template, step in (("witness-lists-to-chair", "witness_lists_to_chair"), ("bundle-to-chair", "bundle")):
        ref = desk.issue(template, desk.officer)
        desk.serve(ref, "letter_email", address="chair@example.org")
        row = desk.standing()[step]
        assert (row.letter, row.option.key, row.person) == (ref, "supplied", "Robin Shaw")
    assert not {"PRO-05", "PRO-06"} & owed(desk)


def test_the_view_that_the_iopc_asked_for_is_given_by_whoever_decides_for_the_authority(desk: Desk) -> None:
    desk.take("referral=refer_must", "referral_sent=sent", "mode=independent", "iopc_view_sought=sought")
    ref = desk.issue("view-to-iopc")
    [offered] = queries.serving(desk.writes, desk.matter, ref).steps
    assert (offered.step.key, [one.key for one in offered.options]) == ("view_to_iopc", ["case", "no_case"])
    assert offered.refusal is not None
    assert "INV-10" in owed(desk)
    authority = worlds.user(desk.at, "Ada Lunn", "appropriate_authority", "complaint_handler").viewer
    shown = [line.ref for one in cases.joint(authority, desk.matter).people for line in one.matters]
    said = {"shown": shown, "together": False, "reasons": "Alone.", "on": desk.today}
    decisions.record_joint_view(by=authority, matter_ref=desk.matter, **said)
    post = {"way": "letter_email", "address": "views@example.org", "sent_on": desk.today, "outcome": "case"}
    actions.serve(**desk.on(ref), by=authority, **post)
    assert desk.standing()["view_to_iopc"].letter == ref
    assert "INV-10" not in owed(desk)


def test_a_member_of_staff_is_not_sent_a_notice_under_regulations_that_do_not_reach_them(desk: Desk) -> None:
    system = worlds.peelian(desk.at)
    on = desk.today
    dara = people.register_person(by=system, kind=PersonKind.STAFF, family="Finch", given="Dara", joined=None, on=on)
    matter = worlds.open_complaint(
        desk.writes, on, officers=[dara], complainants=[desk.complainant], handler_ref=desk.writer.user_ref
    )
    fitting = {one.template.key: one for one in queries.choices(desk.writes, matter)}
    assert {"staff-notice", "staff-outcome", "staff-update"} <= set(fitting)
    assert not {"notice-of-investigation", "referral-to-hearing", "outcome-public", "bundle-to-chair"} & set(fitting)
    assert not {"staff-notice"} & {one.template.key for one in queries.choices(desk.writes, desk.matter)}
    begun = {"matter_ref": matter, "person_key": dara, "on": on}
    with pytest.raises(NotValid, match="for somebody who serves as police officer or special constable") as refused:
        actions.draft(by=desk.writes, template="notice-of-investigation", **begun)
    assert refused.value.field == "person"
    assert actions.draft(by=desk.writes, template="staff-notice", **begun)


def owed(desk: Desk) -> set[str]:
    return {one.clock for one in clocks.matter_duties(desk.writes, desk.matter, desk.today).open}
