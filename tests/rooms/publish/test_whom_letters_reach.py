"""No letter cites to or about somebody a law that does not apply to them; who asks for one is told what to write."""

from datetime import date

import pytest

from peelian import statute
from peelian.people import actions as people
from peelian.publish import actions, queries
from peelian.publish.templates import templates
from peelian.statute.loading import forms_of
from peelian.terms.matters import Part
from peelian.terms.people import PersonKind
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from tests import worlds
from tests.rooms.publish.conftest import CAME, Desk

LAW = statute.product()
FORMS = forms_of(LAW.instruments)
TODAY = date(2026, 11, 23)
LEFT = date(2026, 11, 20)
SERVED = {
    "police officer": (PersonKind.OFFICER, None),
    "special constable": (PersonKind.SPECIAL_CONSTABLE, None),
    "former officer": (PersonKind.OFFICER, LEFT),
    "member of staff": (PersonKind.STAFF, None),
    "designated volunteer": (PersonKind.VOLUNTEER, None),
}
# matters.toml, [[worker]]: whom the Conduct and Performance Regulations and the barred list reach
SWORN = {"police officer", "special constable", "former officer"}
TO_SWORN_ALONE = {
    "SI 2020/4",
    "SI 2020/3",
    "SI 2020/1",
    "SI 2012/2632",
    "SI 2025/558",
    "Home Office statutory guidance",
}
BARRED = {f"s88{letter}" for letter in "ABCDEFG"}
NOT_AFTER_LEAVING = {  # what has no meaning once there is no office: SI 2020/4 regs 11, 42, Part 6, Sch 1; SI 2020/3
    *("suspension-confirmed", "suspension-review", "written-warning", "final-written-warning"),
    *("improvement-notice", "referral-to-meeting", "reflective-practice"),
}


@pytest.mark.parametrize("served", sorted(SERVED))
@pytest.mark.parametrize("key", sorted(templates()))
def test_a_letter_cites_no_law_that_does_not_apply_to_whom_it_is_to_or_about(key: str, served: str) -> None:
    template, (kind, left) = templates()[key], SERVED[served]
    if template.why_not(kind, left, TODAY):
        return
    for cited in FORMS.read(template.law):
        assert cited.instrument not in TO_SWORN_ALONE or served in SWORN, cited
        if cited.instrument == "Police Act 1996":
            on_barred = cited.provision.replace("ss", "s").partition(",")[0] in BARRED
            assert not on_barred or served != "designated volunteer", cited
    assert not (served == "former officer" and key in NOT_AFTER_LEAVING)
    assert "Local rule" not in template.law or served not in SWORN


def test_special_constables_are_under_the_regulations_as_officers_are() -> None:
    """“Police officer” in SI 2020/4 reg 2 is a member of a police force or a special constable."""
    for template in templates().values():
        reached = [template.reaches(kind) for kind in (PersonKind.OFFICER, PersonKind.SPECIAL_CONSTABLE)]
        assert reached[0] == reached[1], template.key


@pytest.mark.parametrize("served", sorted(SERVED))
def test_whatever_is_closed_to_somebody_has_a_letter_in_its_place_where_their_own_rules_have_one(served: str) -> None:
    kind, left = SERVED[served]
    told = {one.key for one in templates().values() if one.parts == (Part.OFFICER_CONCERNED,)}
    open_to = {key for key in told if not templates()[key].why_not(kind, left, TODAY)}
    if served in SWORN:
        assert {"notice-of-investigation", "revised-severity", "outcome-of-proceedings", "update-officer"} <= open_to
    else:
        needed = {one.instead_of for one in templates().values() if one.instead_of}
        assert (
            {
                "suspension-confirmed",
                "suspension-review",
                "revised-severity",
                "case-to-answer-delayed",
                "timeliness-report-conduct",
                "notice-of-investigation",
            }
            <= needed
            <= set(templates())
        )
        assert {one.instead_of for one in templates().values() if one.key in open_to} >= needed & told


def test_letters_to_a_complainant_speak_of_hearings_only_where_the_regulations_reach_somebody(desk: Desk) -> None:
    dara = people.register_person(
        by=worlds.peelian(desk.at), kind=PersonKind.STAFF, family="Finch", given="Dara", joined=None, on=desk.today
    )
    matter = about(desk, dara)
    assert "hearing-date-told" in keys(desk, desk.matter)
    assert "hearing-date-told" not in keys(desk, matter)
    found = queries.why_unfit(desk.writes, matter, "hearing-date-told")
    assert found.reasons == ("Nobody concerned here is somebody whom SI 2020/4 reg 40 reaches.",)


def test_whoever_asks_for_a_letter_that_is_not_for_somebody_is_told_why_and_which_to_write(desk: Desk) -> None:
    dara = people.register_person(
        by=worlds.peelian(desk.at), kind=PersonKind.STAFF, family="Finch", given="Dara", joined=None, on=desk.today
    )
    matter = about(desk, dara)
    found = queries.why_unfit(desk.writes, matter, "suspension-confirmed")
    assert found.reasons == (
        "Dara Finch: This letter is for somebody who serves as police officer or special constable; "
        "its law reaches nobody else.",
    )
    assert [one.key for one in found.instead] == ["staff-suspension"]
    back = queries.why_unfit(desk.writes, desk.matter, "staff-suspension")
    assert [one.key for one in back.instead] == ["suspension-confirmed"]
    nobody = queries.why_unfit(desk.writes, desk.matter, "update-interested")
    assert (nobody.lacks_person, nobody.instead) == (True, ())
    other = queries.why_unfit(desk.writes, desk.matter, "timeliness-report-conduct")
    assert "It is for a conduct matter, and this is a " in other.reasons[0]
    with pytest.raises(NotFound):
        queries.why_unfit(desk.writes, desk.matter, "no-such-letter")


def test_nobody_is_suspended_from_an_office_that_they_have_left(desk: Desk) -> None:
    ref = desk.draft("update-officer")
    begun = {"by": desk.writes, "matter_ref": desk.matter, "person_key": desk.officer, "on": desk.today}
    people.leave_service(by=worlds.peelian(desk.at), person_ref=desk.officer, on=desk.today, reason="Resigned.")
    with pytest.raises(NotValid, match="for somebody who still serves, and they left on Monday 23 November 2026"):
        actions.draft(template="suspension-confirmed", **begun)
    assert "suspension-confirmed" not in keys(desk, desk.matter)
    assert {"revised-severity", "referral-to-hearing"} <= keys(desk, desk.matter)
    assert desk.submit(ref)


def test_somebody_who_left_by_a_step_of_the_matter_has_left_for_its_letters_before_the_register_says_so(
    desk: Desk,
) -> None:
    begun = {"by": desk.writes, "matter_ref": desk.matter, "person_key": desk.officer, "on": desk.today}
    ref = desk.draft("written-warning")
    desk.event("person_left_force", LEFT, desk.officer)
    with pytest.raises(NotValid, match="and they left on Friday 20 November 2026"):
        actions.draft(template="suspension-confirmed", **begun)
    assert "suspension-confirmed" not in keys(desk, desk.matter)
    assert (
        "left on Friday 20 November 2026" in queries.why_unfit(desk.writes, desk.matter, "written-warning").reasons[0]
    )
    with pytest.raises(NotAllowed, match="Give this letter up and begin another"):
        desk.submit(ref)
    elsewhere = about(desk, desk.officer)
    assert "suspension-confirmed" in keys(desk, elsewhere)  # what one matter knows is not told on another


def test_the_earlier_day_counts_where_both_say_that_somebody_left(desk: Desk) -> None:
    people.leave_service(by=worlds.peelian(desk.at), person_ref=desk.officer, on=desk.today, reason="Resigned.")
    desk.event("person_left_force", LEFT, desk.officer)
    assert "20 November 2026" in queries.why_unfit(desk.writes, desk.matter, "written-warning").reasons[0]


def test_a_letter_begun_before_somebody_left_is_not_submitted_after(desk: Desk) -> None:
    ref = desk.draft("written-warning")
    people.leave_service(by=worlds.peelian(desk.at), person_ref=desk.officer, on=desk.today, reason="Resigned.")
    with pytest.raises(NotAllowed, match="Give this letter up and begin another") as refused:
        desk.submit(ref)
    assert refused.value.refusal.law == "SI 2020/4 reg 42"


def about(desk: Desk, person: str) -> str:
    return worlds.open_complaint(
        desk.writes, CAME, officers=[person], complainants=[desk.complainant], handler_ref=desk.writer.user_ref
    )


def keys(desk: Desk, matter: str) -> set[str]:
    return {one.template.key for one in queries.choices(desk.writes, matter)}
