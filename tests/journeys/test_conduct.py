"""A death or serious injury, a member of staff, and practice that requires improvement."""

from tests.journeys import sittings
from tests.journeys.casework import Case
from tests.journeys.stretches import assessed, investigated, places, told_of


def test_a_death_or_serious_injury_matter(case: Case) -> None:
    """It must be referred; the IOPC directs it; there turns out to be no case, and the family's view is asked."""
    case.concerns("Ada Shaw", "dsi")
    handler, assessor, authority = case.desk("handler"), case.desk("assessor"), case.desk("authority")
    handler.receives("A man fell ill in a cell in the night.", heading="Ill in a cell", sender="The custody sergeant")
    handler.assesses("Death or serious injury (DSI) matter")
    handler.records(
        came=case.station.today,
        alleged="Nobody looked in.",
        complainant=None,
        interested=("Nora", "Vale"),
        category="A1",
    )
    handler.is_owed(REF_02=None)
    assessor.decides("referral=refer_must").decides("referral_sent=sent").is_not_owed("REF-02", "REF-01")
    handler.decides("mode=directed")
    authority.decides("investigator=appointed")
    places(case)
    assessor.cannot_yet("severity", "comes after another step", of="Ada Shaw")
    case.desk("supervisor").decides("special_requirements=met")
    assessor.decides("severity=misconduct")
    investigated(case)
    handler.decides("live_warnings=none")
    authority.decides("determination=no_case", "She was looked in on each half hour.", signed_by="chair")
    authority.decides("form=no_action", signed_by="chair").decides("matter_outcome=other_action")
    handler.is_owed(CMP_05=None).decides("outcome_told=told").is_not_owed("CMP-05")
    handler.closes("Nobody is to blame, and the cells are looked into twice as often.")


def test_a_member_of_staff(case: Case) -> None:
    """Under the contract, not under the Conduct Regulations; whoever dismissed hears no appeal."""
    case.concerns("Dara Finch", "conduct_matter")
    told_of(case, "He looked up his neighbour.", heading="A neighbour looked up", alleged="He looked her up.")
    assessor, authority, chair, handler = (case.desk(who) for who in ("assessor", "authority", "chair", "handler"))
    assessor.decides("referral=no").decides("conduct_handling=investigate")
    assessor.cannot_yet("severity", "is not taken for police staff", of="Dara Finch")
    authority.decides("investigator=appointed")
    places(case)
    assessor.decides("staff_severity=gross_misconduct")
    case.desk("investigator").decides("staff_notice=given")
    authority.decides("staff_measures=suspend")
    case.desk("investigator").decides("staff_interview=held").decides("report=submitted")
    authority.cannot_yet("determination", "is not taken for police staff", of="Dara Finch")
    authority.decides("staff_determination=case")
    sittings.opened(case, "staff", seat="staff-conducts")
    sittings.named(case, "staff-conducts", "by_policy", "Maud Ferris").sees("Eligible and whole")
    authority.decides("staff_meeting=held").decides("staff_outcome=dismissal")
    handler.is_owed(LST_01=None)
    authority.may_not("staff_appeal", "independent")
    chair.decides("staff_appeal=confirmed")
    handler.decides("barred_report=reported").is_not_owed("LST-01")
    authority.decides("matter_outcome=proceedings")
    handler.closes("Dismissed, and the appeal is at an end.")


def test_practice_that_requires_improvement(case: Case) -> None:
    """No discipline: an account, a review, a report that is agreed and discussed."""
    case.concerns("Celia Marsh", "conduct_matter")
    told_of(case, "She lost her notebook twice.", heading="A notebook lost twice", alleged="She lost it.")
    assessed(case, "practice_requiring_improvement")
    assessor, authority, handler = case.desk("assessor"), case.desk("authority"), case.desk("handler")
    assessor.decides("neither_route=reflective_practice")
    handler.decides("reflective_invited=invited").decides("reflective_account=given")
    handler.decides("reflective_review=report_agreed").decides("reflective_appraisal=discussed")
    handler.cannot_close("nobody has decided how it ends")
    authority.decides("matter_outcome=other_action", "She keeps her notebook on a cord now.")
    handler.closes("The report was discussed.")
