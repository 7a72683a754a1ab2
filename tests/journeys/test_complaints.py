"""Three complaints, each from first contact to close, with everybody at their own desk."""

from datetime import timedelta

from playwright.sync_api import expect

from tests.journeys.casework import Case, weeks_after
from tests.journeys.conftest import PASSWORD
from tests.journeys.stretches import investigated, taken_on

OUTSIDE = "Complaint handled outside Schedule 3"
UNDER = "Complaint recorded under Schedule 3"
OUTCOME = "The outcome of your complaint, and your right to a review"


def test_a_quick_resolution_outside_schedule_3(case: Case) -> None:
    """The handler signs in by hand, hears somebody at the counter, puts it right the same day and closes it."""
    case.concerns("Ada Shaw", "complaint_outside_s3")
    today = case.station.today
    handler = case.desk("handler")
    handler.page.context.clear_cookies()
    handler.page.goto(case.station.url)
    handler.types("Username", "hanna.handler").types("Password", PASSWORD).presses("Sign in")
    expect(handler.page.get_by_role("heading", level=1)).to_have_text("My work")
    handler.receives(
        "I rang four times about my bicycle and nobody rang me back.\nI only want to know what happens now.",
        heading="Nobody rang back about a bicycle",
        sender="Asha Bright, by telephone",
    )
    handler.assesses(OUTSIDE).records(came=today, alleged="Nobody rang her back.", category="A1")
    handler.sees("Nobody rang back about a bicycle", "I only want to know what happens now.", "Came of")
    handler.is_owed(CMP_03=weeks_after(today, 4))
    handler.decides("first_contact=reached", "She wants to know where her bicycle is.")
    handler.decides("outside_outcome=resolved", "She was rung, told, and is content.")
    handler.cannot_close("owed")
    handler.decides("outcome_told=told", "On the telephone, and by letter.")
    handler.is_not_owed("CMP-05", "CMP-03")
    handler.closes("She is content.")
    handler.goes(f"/matters/{case.ref}/casework/").sees_no("Open now")


def test_a_recorded_complaint_handled_otherwise_with_a_review(case: Case) -> None:
    """The outcome leaves as a letter that somebody else approves; its service meets two duties; a review is upheld."""
    case.concerns("Ada Shaw", "complaint_s3")
    today, came = case.station.today, case.station.today - timedelta(days=20)
    handler, assessor, authority = case.desk("handler"), case.desk("assessor"), case.desk("authority")
    handler.receives("He shouted at me in the street.", heading="Shouted at in the street", sender="Asha Bright")
    handler.assesses(UNDER, tests=["REC-1"]).records(came=came, alleged="He shouted at her.")
    handler.is_owed(CMP_01=None, CMP_02=None, CMP_03=weeks_after(today, 4))
    handler.decides("first_contact=reached").decides("record_copy=supplied")
    handler.may_not("referral", "It needs the power to decide on severity, referral and handling.")
    assessor.cannot_yet("handling", "comes after another step")
    assessor.decides("referral=no")
    assessor.opens("handling").sees("This decision needs the joint view first")
    assessor.decides("handling=otherwise", "There is nothing that an investigation would find.")
    handler.decides("update=given").decides("complaint_action=apology")
    authority.decides("complaint_outcome=not_acceptable", "He should not have shouted, whatever was said to him.")
    handler.decides("review_right=carries")
    assessor.decides("review_body=local_policing_body")
    handler.is_owed(CMP_05=None, CMP_06=None)
    handler.writes(
        OUTCOME,
        {
            "What did we look at?": "What you told us, and what the officer says.",
            "What did we decide, part by part?": "You were spoken to badly.",
            "Why?": "The officer agrees that he raised his voice.",
            "What happens because of it?": "He is sorry and has said so.",
            "Which body would hear a review?": "The local policing body",
        },
    )
    handler.submits().sees("Somebody else approves it.").sees_no("Approve\n")
    case.desk("supervisor").approves(OUTCOME)
    handler.serves(OUTCOME, "Given to them in person").sees("Counts as served on")
    handler.is_not_owed("CMP-05", "CMP-06").sees("Outcome told", "Right to apply for a review told")
    handler.decides("review_right_told=told").decides("review_application=in_time")
    handler.decides("review_decision=upheld", "The local policing body agrees with her.")
    authority.decides("complaint_outcome=not_acceptable", "The review is upheld: it should have been said sooner.")
    handler.decides("outcome_told=told", "By a second letter.")
    handler.closes("The review is at an end and its result was told.")


def test_a_withdrawn_complaint_goes_on_as_a_conduct_matter(case: Case) -> None:
    """Withdrawal is never an outcome: somebody else looks afresh, and a conduct matter is recorded (LES-08).

    Whoever complained is asked whether she wishes to be told how it goes, and then is, every four weeks and at the end.
    """
    case.concerns("Bram Holt", "complaint_s3")
    today = case.station.today
    handler, assessor = case.desk("handler"), case.desk("assessor")
    handler.receives("He grabbed my arm and twisted it.", heading="An arm was twisted", sender="Asha Bright")
    handler.assesses(UNDER, tests=["REC-1"]).records(came=today, alleged="He twisted her arm.", category="B4")
    handler.decides("withdrawal_letter=sent").decides("withdrawal_answer=withdraws", "She is afraid of him.")
    handler.may_not("withdrawal_decision", "It needs the power to")
    assessor.decides("withdrawal_decision=conduct_matter", "What she describes is an assault, whatever she wants now.")
    complaint = case.ref
    assessor.follows("Record the conduct matter").sees(f"That comes of {complaint}", "This is Bram Holt.")
    assessor.sees("Interested person 1", f"This is {case.complainant}.")
    assert assessor.page.get_by_label("What is alleged?").input_value() == "He twisted her arm."
    assessor.records_on("Conduct matter", "The complaint was withdrawn; what it says of him was not.")
    case.kind = "conduct_matter"
    assert case.ref != complaint
    kept_told(case)
    assessor.decides("referral=no")
    assessor.opens("conduct_handling").follows("Open the joint view").sees(complaint, "An arm was twisted", "As here")
    assessor.reads_joint_view("It is one incident, told once.", together=True)
    assessor.decides("conduct_handling=investigate")
    assessor.cannot_close("nobody has decided how it ends")
    taken_on(case, "misconduct")
    investigated(case)
    authority = case.desk("authority")
    authority.decides("determination=no_case", "Two people saw it; nobody took hold of her.", signed_by="head")
    authority.decides("form=no_action", signed_by="head")
    authority.decides("matter_outcome=other_action", "He was told why it looked as it did.")
    handler.cannot_close("CMP-05")
    handler.decides("outcome_told=told", "By the letter that she asked for.").closes("Nothing is left to do.")
    case.ref = complaint
    handler.closes("It went on as a conduct matter, and has ended.")


def kept_told(case: Case) -> None:
    """An interested person because she consents and her interest is found sufficient, and not before. PRA s21."""
    today, handler, assessor = case.station.today, case.desk("handler"), case.desk("assessor")
    handler.is_owed(CMP_03=weeks_after(today, 4))
    handler.decides("interest_asked=wants", "She wants letters to her sister's address and no calls.")
    handler.may_not("interest", "It needs the power to")
    assessor.decides("interest=accepted", "It was she who complained.")
    handler.is_owed(CMP_03=weeks_after(today, 4)).decides("update=given").is_owed(CMP_04=weeks_after(today, 4))
