"""Lines of enquiry: added with an owner and a day, changed with a reason, ended with a result, cited by decisions."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from peelian.decisions import actions as decisions
from peelian.decisions import queries as cases
from peelian.investigations import actions, queries
from peelian.investigations.models import LineChange
from peelian.investigations.rows import LineDraft
from peelian.journal.queries import entries
from peelian.lookback import actions as look_backs
from peelian.matters import actions as matters
from peelian.terms.investigations import LineState, Priority
from peelian.terms.matters import MatterKind
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from peelian.terms.viewer import Viewer
from peelian.walls import actions as walls
from tests import worlds
from tests.lookbacks import NONE, enquiry, look_back
from tests.worlds import Someone

pytestmark = pytest.mark.django_db
CAME = date(2026, 10, 5)


@pytest.fixture
def officer(at: datetime) -> str:
    return worlds.officer(at, "Shaw", "Ada")


@pytest.fixture
def matter(at: datetime, officer: str) -> str:
    return worlds.open_complaint(worlds.peelian(at), CAME, officers=[officer], kind=MatterKind.CONDUCT_MATTER)


@pytest.fixture
def lead(at: datetime) -> Someone:
    return worlds.user(at, "Ivo Inquirer", "supervisor")


@pytest.fixture
def helper(at: datetime) -> Someone:
    """Sees only the matters on which they have a place."""
    return worlds.user(at, "Ines Investigator", "investigator")


def draft(owner: Someone, due_on: date, **said: Any) -> LineDraft:
    given = {"what": "Get the recording of the yard.", "why": "It shows who was there.", **said}
    return LineDraft(owner_ref=owner.user_ref, due_on=due_on, **given)


def add(by: Viewer, matter: str, owner: Someone, days: int = 7, **said: Any) -> int:
    drafted = draft(owner, by.today + timedelta(days=days), **said)
    return actions.add_line(by=by, matter_ref=matter, draft=drafted, on=by.today)


def test_a_line_says_what_why_for_whom_who_and_by_when(lead: Someone, matter: str, officer: str) -> None:
    number = add(lead.viewer, matter, lead, person_key=officer, allegation=1, source="CCTV", priority=Priority.HIGH)
    row = queries.line(lead.viewer, matter, number).row
    assert (row.number, row.owner.name, row.state, row.priority) == (1, "Ivo Inquirer", LineState.OPEN, Priority.HIGH)
    assert row.serves == ("Allegation 1", "Ada Shaw", "CCTV")
    assert [one.what for one in queries.my_lines(lead.viewer)] == ["Get the recording of the yard."]
    newest = entries(worlds.peelian(lead.viewer.at)).rows[0]
    assert newest.summary.startswith("added line of enquiry 1")
    assert "yard" not in newest.summary


@pytest.mark.parametrize(
    ("said", "field"),
    [({"what": " "}, "what"), ({"why": ""}, "why"), ({"allegation": 9}, "allegation"), ({"person_key": "x"}, "person")],
)
def test_what_is_left_out_or_is_not_on_the_matter_is_refused(
    lead: Someone, matter: str, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(NotValid) as refused:
        add(lead.viewer, matter, lead, **said)
    assert refused.value.field == field


def test_a_day_that_is_gone_is_no_plan(lead: Someone, matter: str) -> None:
    with pytest.raises(NotValid, match="today or later"):
        add(lead.viewer, matter, lead, days=-1)


def test_only_somebody_who_investigates_adds_one(at: datetime, lead: Someone, matter: str) -> None:
    with pytest.raises(NotAllowed, match="investigate"):
        add(worlds.user(at, "Hana Handler", "complaint_handler").viewer, matter, lead)


def test_an_owner_who_cannot_see_the_matter_is_named_on_it_and_signs_first(
    lead: Someone, helper: Someone, matter: str
) -> None:
    add(lead.viewer, matter, helper)
    assert queries.my_lines(helper.viewer) == ()
    matters.sign(by=helper.viewer, matter_ref=matter, on=helper.viewer.today)
    assert len(queries.my_lines(helper.viewer)) == 1


def test_somebody_in_the_matter_is_given_no_line(at: datetime, lead: Someone, matter: str, officer: str) -> None:
    concerned = worlds.user(at, "Ada Shaw", "investigator", person_ref=officer)
    with pytest.raises(NotValid, match="cannot take it"):
        add(lead.viewer, matter, concerned)


def test_a_line_behind_a_wall_leaves_the_work_of_its_owner(
    at: datetime, lead: Someone, matter: str, officer: str
) -> None:
    number = add(lead.viewer, matter, lead)
    walls.tie_many(pairs=[(lead.person_id, worlds.key(at, officer))], ground="declared_relationship", on=at.date())
    assert queries.my_lines(lead.viewer) == ()
    with pytest.raises(NotFound):
        queries.line(lead.viewer, matter, number)


def test_every_change_has_its_reason_and_stays(lead: Someone, helper: Someone, matter: str) -> None:
    number = add(lead.viewer, matter, lead)
    today = lead.viewer.today
    given: dict[str, Any] = {"by": lead.viewer, "matter_ref": matter, "number": number}
    actions.change_line(
        **given,
        version=1,
        owner_ref=helper.user_ref,
        due_on=today + timedelta(days=9),
        priority=Priority.HIGH,
        reason="On leave.",
        on=today,
    )
    actions.end_line(**given, version=2, state=LineState.STOPPED, words="The camera was off.", on=today)
    page = queries.line(lead.viewer, matter, number)
    assert [one.words for one in page.changes] == ["On leave.", "The camera was off."]
    assert ("Who", "Ivo Inquirer", "Ines Investigator") in page.changes[0].differed
    assert page.changes[1].differed == (("State", "Open", "Stopped"),)
    assert (page.row.result, page.row.ended_on) == ("The camera was off.", today)
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        LineChange.objects.all().delete()


def test_the_second_writer_overwrites_nothing(lead: Someone, matter: str) -> None:
    number = add(lead.viewer, matter, lead)
    said: dict[str, Any] = {"by": lead.viewer, "matter_ref": matter, "number": number, "on": lead.viewer.today}
    actions.end_line(**said, version=1, state=LineState.DONE, words="Seen.")
    with pytest.raises(actions.LineMoved, match="Nothing of yours was written"):
        actions.end_line(**said, version=1, state=LineState.STOPPED, words="Not needed.")
    assert queries.line(lead.viewer, matter, number).row.result == "Seen."


def test_its_owner_says_what_was_found_but_does_not_stop_it(at: datetime, lead: Someone, matter: str) -> None:
    owner = worlds.user(at, "Hana Handler", "complaint_handler")
    number = add(lead.viewer, matter, owner)
    said: dict[str, Any] = {"by": owner.viewer, "matter_ref": matter, "number": number, "on": at.date(), "version": 1}
    with pytest.raises(NotAllowed):
        actions.end_line(**said, state=LineState.STOPPED, words="Too long.")
    with pytest.raises(NotValid, match="what was found"):
        actions.end_line(**said, state=LineState.DONE, words=" ")
    actions.end_line(**said, state=LineState.DONE, words="Nobody was there.")
    assert queries.my_lines(owner.viewer) == ()


def test_what_is_overdue_comes_first(lead: Someone, matter: str) -> None:
    add(lead.viewer, matter, lead, days=5, what="Later.")
    add(lead.viewer, matter, lead, days=0, what="Sooner.")
    later = replace(lead.viewer, at=lead.viewer.at + timedelta(days=2))
    assert [(one.what, one.is_overdue) for one in queries.my_lines(later)] == [("Sooner.", True), ("Later.", False)]
    assert queries.lines(later, matter).overdue == 1


def take(by: Viewer, matter: str, step: str, option: str, **said: Any) -> str:
    given: dict[str, Any] = {"reasons": "As it is.", "on": by.today, **said}
    return decisions.decide(by=by, matter_ref=matter, step=step, option=option, **given)


@pytest.fixture
def planned(at: datetime, lead: Someone, matter: str) -> str:
    """The matter with terms of reference, so that its plan can be agreed."""
    everything = worlds.user(at, "Ada Authority", "head_of_professional_standards").viewer
    handler = worlds.user(at, "Aster Lee", "assessor").viewer
    questions = cases.asking(handler, matter, "referral").questions
    take(handler, matter, "referral", "no", answers={one.key: False for one in questions})
    asked = cases.asking(handler, matter, "conduct_handling")
    decisions.record_joint_view(
        by=handler, matter_ref=matter, shown=[], together=False, reasons="Nothing else.", on=handler.today
    )
    answers = {one.key: one.key == "indication" for one in asked.questions}
    take(handler, matter, "conduct_handling", "investigate", answers=answers)
    for step in ("investigator", "terms_of_reference"):
        option = cases.asking(everything, matter, step).options[0].key
        take(everything, matter, step, option)
    return matter


def test_a_plan_keeps_the_lines_as_they_stood_when_it_was_agreed(lead: Someone, planned: str) -> None:
    add(lead.viewer, planned, lead)
    read = cases.asking(lead.viewer, planned, "plan").lines_stamp
    add(lead.viewer, planned, lead, what="Ask the neighbours.")
    with pytest.raises(NotValid, match="changed while the page was open"):
        take(lead.viewer, planned, "plan", "agreed", lines_read=read)
    read = cases.asking(lead.viewer, planned, "plan").lines_stamp
    ref = take(lead.viewer, planned, "plan", "agreed", lines_read=read)
    said = {"by": lead.viewer, "matter_ref": planned, "number": 1, "version": 1, "on": lead.viewer.today}
    actions.end_line(**said, state=LineState.DONE, words="Seen.")
    kept = next(one for one in cases.decisions(lead.viewer, planned) if one.ref == ref)
    assert [(one.number, one.state) for one in kept.lines] == [(1, LineState.OPEN), (2, LineState.OPEN)]


def test_the_report_says_why_lines_stay_open(lead: Someone, planned: str) -> None:
    add(lead.viewer, planned, lead)
    with pytest.raises(NotValid, match="Why do lines of enquiry stay open") as refused:
        take(lead.viewer, planned, "report", "submitted")
    assert refused.value.field == "said_open_lines"
    ref = take(lead.viewer, planned, "report", "submitted", said={"open_lines": "The laboratory has not answered."})
    kept = next(one for one in cases.decisions(lead.viewer, planned) if one.ref == ref)
    assert kept.said == (("Why do lines of enquiry stay open?", "The laboratory has not answered."),)


def test_a_report_without_an_open_line_is_asked_nothing_more(lead: Someone, planned: str) -> None:
    assert take(lead.viewer, planned, "report", "submitted")


def test_a_supervisors_review_is_answered_in_words_not_by_ticks(lead: Someone, planned: str) -> None:
    asked = cases.asking(lead.viewer, planned, "supervisor_review").questions
    answers = {one.key: one.key in ("lines_followed", "told", "still_right") for one in asked}
    with pytest.raises(NotValid, match="Answer in words: Is each line"):
        take(lead.viewer, planned, "supervisor_review", "on_course", answers=answers)
    said = {one.key: f"I looked: {one.key}." for one in asked}
    ref = take(lead.viewer, planned, "supervisor_review", "on_course", answers=answers, said=said)
    kept = next(one for one in cases.decisions(lead.viewer, planned) if one.ref == ref)
    assert [words for _, words in kept.said] == list(said.values())


def test_what_a_look_back_finds_undone_becomes_a_line_and_follows_it(at: datetime) -> None:
    made = look_back(at, 1)
    ref, (one, other, *_) = made.refs[0], made.reviewers
    made.allocate(ref, one, other)
    made.sign(ref, one, other)
    made.lock(ref, one, NONE, enquiries=(enquiry(made.owner, made.today),))
    assert queries.lines(made.leader.viewer, ref).rows == ()
    made.lock(ref, other, NONE)
    row = queries.lines(made.leader.viewer, ref).rows[0]
    assert (row.what, row.came_from) == ("Ask the second witness.", f"{made.ref} task 1")
    assert [mine.number for mine in queries.my_lines(made.owner.viewer)] == [1]
    with pytest.raises(NotAllowed, match="came from a look-back"):
        actions.end_line(
            by=worlds.user(at, "Sue Per", "supervisor").viewer,
            matter_ref=ref,
            number=1,
            version=1,
            state=LineState.STOPPED,
            words="No.",
            on=at.date(),
        )
    look_backs.finish_task(
        by=made.owner.viewer, cohort_ref=made.ref, matter_ref=ref, number=1, words="She saw nothing.", on=at.date()
    )
    assert queries.line(made.leader.viewer, ref, 1).row.result == "She saw nothing."
    assert queries.my_lines(made.owner.viewer) == ()
