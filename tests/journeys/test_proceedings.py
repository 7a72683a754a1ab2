"""Two cases that end before a panel: a hearing and an accelerated hearing."""

from datetime import timedelta

from tests.journeys import sittings
from tests.journeys.casework import Case
from tests.journeys.stretches import assessed, investigated, told_of

HEARING = "Notice of a misconduct hearing"


def test_gross_misconduct_to_a_hearing_dismissal_the_barred_list_and_publication(case: Case) -> None:
    """The chair holds the place back: the notice that names it is refused, and the one that leaves does not."""
    case.concerns("Ada Shaw", "conduct_matter")
    told_of(case, "A colleague says that he sold what he knew.", heading="Knowledge sold", alleged="He sold it.")
    assessed(case, "gross_misconduct")
    investigated(case)
    both, authority, chair, handler = (case.desk(who) for who in ("both", "authority", "chair", "handler"))
    case.desk("handler").decides("live_warnings=none")
    case.desk("investigator").may_not("determination", "It needs the power to decide for the appropriate authority.")
    both.may_not("determination", "independent")
    authority.decides("determination=gross").decides("form=hearing")
    handler.is_owed(PRO_01=None)
    handler.decides("papers=supplied").opens("panel_named").sees("The panel cannot sit yet", "No panel is recorded")
    whole_panel(case)
    handler.decides("panel_named=told")
    sittings.replied(case, "Denied", "I told nobody anything.")
    handler.decides("bundle=supplied")
    authority.may_not("proceedings_day", "It needs the power to sit on a panel")
    chair.decides("proceedings_day=hearing", fixed=case.station.today + timedelta(days=30))
    sittings.directed(case, place="A witness lives beside it.")
    publish(case)
    chair.decides("proceedings_held=hearing").decides("finding=gross_misconduct").decides("action_gross=dismissal")
    handler.decides("action_notified=dismissal").is_owed(LST_01=None)
    handler.cannot_close("owed")
    chair.decides("proceedings_completed=completed").decides("chair_report=submitted")
    handler.decides("officer_told_outcome=told").decides("outcome_published=published_in_part")
    report_to_the_barred_list(case)
    handler.is_not_owed("LST-01")
    handler.decides("barred_report=reported", "Sent as a letter.").decides("barred_listed=gross_misconduct")
    authority.decides("matter_outcome=proceedings")
    handler.closes("Dismissed, published and reported.", runs_on=["PAT-01", "LST-04"])


def whole_panel(case: Case) -> None:
    """Those whom a hearing of this edition asks for: the chair, who has an account here, and three from outside."""
    sittings.opened(case, "hearing")
    sittings.takes_the_chair(case, "hearing-chair")
    sittings.named(case, "hearing-independent-members", "independent_list", "Maud Ferris")
    sittings.named(case, "hearing-independent-members", "independent_list", "Ines Okafor").sees("Cannot sit yet")
    sittings.named(case, "hearing-adviser", "legally_qualified_adviser", "Tobias Wray").sees("Eligible and whole")


def publish(case: Case) -> None:
    """The notice is written with the place in it, refused, and leaves without."""
    handler = case.desk("handler")
    handler.writes(
        HEARING,
        {
            "Where is the hearing?": "The Guildhall, Northgate",
            "What is the hearing about?": "It is said that he sold what he knew, at the Guildhall, Northgate.",
        },
    )
    handler.sees("It gives away somebody who may not be named", "The chair directed that this not be published")
    handler.sees("Given by Cora Chair", "Held back: A witness lives beside it.")
    handler.follows("Write").types("What is the hearing about?", "It is said that he sold what he knew.")
    handler.presses("Keep the letter").submits()
    case.desk("supervisor").approves(HEARING)
    handler.serves(HEARING, "Published on the force's website").sees_no("Guildhall")
    handler.goes(f"/matters/{case.ref}/").sees("Notice of the misconduct hearing published")


def report_to_the_barred_list(case: Case) -> None:
    handler = case.desk("handler")
    handler.writes(
        "Report to the barred list",
        {
            "How is the person known?": "Warrant number 1482",
            "What was found, and why were they dismissed?": "He sold it.",
        },
    )
    handler.submits()
    case.desk("supervisor").approves("Report to the barred list")
    handler.serves("Report to the barred list", "Email", address="lists@college.example")


def test_an_accelerated_hearing(case: Case) -> None:
    """The special conditions are met, so there is no wait for the report; the chair's report and the outcome follow."""
    case.concerns("Bram Holt", "conduct_matter")
    told_of(case, "He was filmed taking money.", heading="Filmed taking money", alleged="He took money.")
    assessed(case, "gross_misconduct")
    investigator, authority, chair, handler = (
        case.desk(who) for who in ("investigator", "authority", "chair", "handler")
    )
    investigator.decides("notice_of_investigation=given").decides("special_conditions_stated=may_be_met")
    authority.decides("special_conditions=met", "The film shows it, and he should leave without delay.")
    authority.decides("form=accelerated")
    handler.decides("live_warnings=none").decides("accelerated_notice=given").is_owed(ACC_02=None, ACC_05=None)
    handler.decides("accelerated_day=given")
    sittings.opened(case, "accelerated")
    sittings.takes_the_chair(case, "accelerated-chair").sees("Eligible and whole")
    sittings.directed(case)
    chair.decides("accelerated_notice_published=published")
    handler.decides("accelerated_notice_out=published").is_not_owed("ACC-04")
    chair.decides("accelerated_held=held").decides("accelerated_finding=gross_misconduct")
    chair.decides("action_gross=dismissal")
    handler.decides("action_notified=dismissal").is_owed(LST_01=None)
    chair.decides("accelerated_completed=completed").decides("accelerated_report=submitted")
    handler.decides("officer_told_outcome=told").decides("accelerated_outcome_published=published")
    handler.decides("barred_report=reported").decides("barred_listed=gross_misconduct").is_not_owed("LST-01")
    authority.decides("matter_outcome=proceedings")
    handler.closes("Dismissed at an accelerated hearing.", runs_on=["PAT-01", "ACC-07", "LST-04"])
