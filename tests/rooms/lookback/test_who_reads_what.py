"""Who may review, what stays hidden until when, what stays as it was written, and what follows."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from peelian.intake import queries as intake
from peelian.lookback import actions, queries
from peelian.lookback.criteria import Criteria, criteria_of, in_words, stored
from peelian.lookback.models import Case, Cohort, Review
from peelian.matters import actions as matters
from peelian.matters import queries as records
from peelian.matters.queries import MustSign
from peelian.matters.rows import InvolvedDraft, PastCriteria
from peelian.terms.lookback import Consent, Position, Recontact, Stage
from peelian.terms.matters import Capacity, MatterKind, Part
from peelian.terms.people import PersonKind
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from tests import worlds
from tests.lookbacks import CAME, NEW, NONE, RISK, enquiry, look_back, past_matter

pytestmark = pytest.mark.django_db


def witness(at: datetime, ref: str, person_ref: str) -> None:
    """Somebody turns out to have seen it."""
    by = worlds.peelian(at)
    version = records.matter(by, ref).version
    draft = InvolvedDraft(person_ref)
    matters.add_person(by=by, matter_ref=ref, version=version, part=Part.WITNESS, involved=draft, on=by.today)


def test_criteria_choose_by_day_worker_category_and_leave_out_what_is_in_a_look_back(at: datetime) -> None:
    made = look_back(at, 2, frozen=False)
    officer = worlds.officer(at, "Quill")
    named = past_matter(
        at, CAME, officers=[officer], allegations=(worlds.allegation(category="A1", factors=("arrest",)),)
    )
    worlds.open_complaint(worlds.peelian(at), made.today)
    leader = made.leader.viewer

    def chosen(fresh: bool = False, **asked: object) -> list[str]:
        return [one.ref for one in queries.preview(leader, Criteria(PastCriteria(**asked), fresh)).chosen]  # type: ignore[arg-type]  # keyword by keyword

    everything = {*made.refs, named}
    assert set(chosen()) == everything
    assert chosen(workers=(PersonKind.OFFICER,)) == [named]
    assert chosen(workers=(PersonKind.STAFF,)) == []
    assert chosen(categories=("A",)) == chosen(categories=("A1",)) == [named]
    assert chosen(factors=("arrest",)) == [named]
    assert chosen(from_on=CAME + timedelta(days=1)) == [made.refs[1]]
    assert set(chosen(to_on=CAME + timedelta(days=1))) == {made.refs[0], named}
    assert chosen(kinds=(MatterKind.CONDUCT_MATTER,)) == []
    assert chosen(forces=("Elsewhere",)) == []
    assert len(chosen(closed=False)) == 4
    made.freeze(Criteria(PastCriteria(workers=(PersonKind.OFFICER,))))
    assert set(chosen(fresh=True)) == set(made.refs)


def test_criteria_are_kept_as_they_were_and_said_in_words() -> None:
    criteria = Criteria(
        PastCriteria(from_on=CAME, to_on=CAME, undated=True, categories=("A1",), forces=("this force",)), fresh=True
    )
    assert criteria_of(stored(criteria)) == criteria
    words = dict(in_words(criteria))
    assert words["Came to attention"] == "from 4 March 2024 to 3 March 2024, or on a day not known"
    assert words["Forces"] == "This force"
    assert words["Besides"] == "No case of another look-back"


def test_what_a_wall_hides_from_the_leader_is_neither_chosen_nor_counted(at: datetime) -> None:
    made = look_back(at, 1, frozen=False)
    head = worlds.user(at, "Hugo Head", "head_of_professional_standards")
    hidden = past_matter(at, CAME, officers=[made.leader.ref])
    made.freeze()
    assert made.figures.partition.total == 1
    made.leader = head
    made.freeze(Criteria(PastCriteria(), fresh=True))
    assert [case.matter_ref for case in Case.objects.filter(cohort__ref=made.ref)] == [hidden]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"),
        ({"purpose": ""}, "purpose"),
        ({"reasons": ""}, "reasons"),
        ({"expected": 5}, "criteria"),
        ({"follow_up_days": 0}, "follow_up_days"),
        ({"owner_ref": "PU-NOBODY"}, "owner"),
    ],
)
def test_a_cohort_is_not_frozen_without_what_it_needs(at: datetime, wrong: dict[str, object], field: str) -> None:
    made = look_back(at, 1, frozen=False)
    with pytest.raises(NotValid) as refused:
        made.freeze(**wrong)
    assert refused.value.field == field


def test_nobody_reviews_what_they_had_a_part_in(at: datetime) -> None:
    made = look_back(at, 1)
    ref, (ada, ben, cyd, dot) = made.refs[0], made.reviewers
    by = worlds.peelian(at)
    matters.allocate(by=by, matter_ref=ref, user_ref=ada.user_ref, capacity=Capacity.SUPERVISOR, on=made.today)
    witness(at, ref, ben.ref)
    why = {one.user.name: one.why_not for one in queries.candidates(made.leader.viewer, made.ref, ref)}
    assert why == {
        "Ada Reader": "Has or had a place on the matter",
        "Ben Reader": "Not eligible",
        "Cyd Reader": "",
        "Dot Reader": "",
        "Lena Leader": "Chose the cohort",
    }
    for one in (ada, ben, made.leader):
        with pytest.raises(NotAllowed):
            made.give(ref, Position.FIRST, one)
    made.allocate(ref, cyd, dot)
    with pytest.raises(NotValid):
        made.give(ref, Position.FIRST, cyd)


def test_whoever_worked_on_a_matter_neither_leads_nor_reads_its_case(at: datetime) -> None:
    made = look_back(at, 1)
    ref = made.refs[0]
    other = worlds.user(at, "Otto Authority", "appropriate_authority")
    by = worlds.peelian(at)
    matters.allocate(
        by=by, matter_ref=ref, user_ref=other.user_ref, capacity=Capacity.APPROPRIATE_AUTHORITY, on=made.today
    )
    matters.sign(by=other.viewer, matter_ref=ref, on=made.today)
    with pytest.raises(NotAllowed, match="You have or had a place on this matter"):
        queries.case(other.viewer, made.ref, ref)


def test_a_case_opens_only_to_a_reviewer_who_signed(at: datetime) -> None:
    made = look_back(at, 1)
    ref, ada = made.refs[0], made.reviewers[0]
    made.allocate(ref, ada)
    with pytest.raises(MustSign):
        made.case(ada.viewer, ref)
    with pytest.raises(MustSign):
        made.lock(ref, ada, NONE)
    made.sign(ref, ada)
    assert made.case(ada.viewer, ref).may_write


def test_the_first_review_and_what_follows_of_it_stay_hidden_until_the_second_is_locked(at: datetime) -> None:
    made = look_back(at, 1)
    ref, (ada, ben, *_) = made.refs[0], made.reviewers
    made.allocate(ref, ada, ben)
    made.sign(ref, ada, ben)
    contact = {"consent": Consent.GIVEN, "consent_on": made.today}
    made.lock(ref, ada, NEW, enquiries=(enquiry(ben, made.today),), **contact)
    for viewer in (ben.viewer, made.leader.viewer):
        case = made.case(viewer, ref)
        assert (case.reviews, case.hidden, case.tasks, case.consents, case.proposed) == ((), 1, (), (), None)
    assert len(made.case(ada.viewer, ref).reviews) == 1
    assert made.figures.agreement.cases == 0
    assert queries.my_reviews(ben.viewer).tasks == ()
    made.lock(ref, ben, NEW)
    case = made.case(ben.viewer, ref)
    assert (len(case.reviews), case.hidden, case.stage, case.proposed) == (2, 0, Stage.WITH_PANEL, NEW)
    assert [task.owner.name for task in case.tasks] == ["Ben Reader"]
    assert [one.consent for one in case.consents] == [Consent.GIVEN]


def test_a_locked_review_and_a_frozen_list_stay_as_they_are(at: datetime) -> None:
    made = look_back(at, 1)
    ref, (ada, *_) = made.refs[0], made.reviewers
    made.allocate(ref, ada)
    made.sign(ref, ada)
    made.lock(ref, ada, NEW)
    with pytest.raises(NotAllowed, match="is locked, and stays"):
        made.lock(ref, ada, NONE)
    for write in (
        lambda: Review.objects.update(category="no_further_action"),
        lambda: Case.objects.all().delete(),
        lambda: Cohort.objects.update(title="Another"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            write()


def test_the_panel_sends_a_case_back_and_the_third_reviewer_says_anew(at: datetime) -> None:
    made = look_back(at, 1)
    ref, (ada, ben, cyd, _) = made.refs[0], made.reviewers
    pia, quin = made.panel
    made.allocate(ref, ada, ben)
    made.sign(ref, ada, ben)
    made.lock(ref, ada, NONE)
    made.lock(ref, ben, NONE)
    made.agree(ref, pia, agrees=False)
    assert made.case(made.leader.viewer, ref).stage is Stage.TO_THIRD
    with pytest.raises(NotAllowed, match="not before the panel"):
        made.agree(ref, quin)
    made.give(ref, Position.THIRD, cyd)
    made.sign(ref, cyd)
    made.lock(ref, cyd, RISK)
    made.agree(ref, pia, signed=True)
    with pytest.raises(NotAllowed, match="You wrote of this case already"):
        made.agree(ref, pia, signed=True)
    assert made.figures.partition.decided == 0
    made.agree(ref, quin, signed=True)
    case = made.case(made.leader.viewer, ref)
    assert (case.category, case.decided_on) == (RISK, made.today)
    assert [(one.round, one.agrees) for one in case.notes] == [(0, False), (1, True), (1, True)]


def test_a_reviewer_never_sits_on_the_panel_of_their_own_case(at: datetime) -> None:
    made = look_back(at, 1)
    ref, (ada, ben, *_) = made.refs[0], made.reviewers
    made.seat(ada)
    made.allocate(ref, ada, ben)
    made.sign(ref, ada, ben)
    made.lock(ref, ada, NONE)
    made.lock(ref, ben, NONE)
    assert [one.name for one in made.case(made.leader.viewer, ref).readers] == ["Pia Panel", "Quin Panel"]
    with pytest.raises(NotFound):
        made.agree(ref, ada, signed=True)


def test_a_new_assessment_of_a_sensitive_matter_is_as_hidden_as_the_matter(at: datetime) -> None:
    made = look_back(at, 1, frozen=False)
    head = worlds.user(at, "Hugo Head", "head_of_professional_standards")
    ref = made.refs[0]
    by = worlds.peelian(at)
    matters.make_sensitive(by=by, matter_ref=ref, version=2, reason="It concerns a source.", on=made.today)
    matters.allocate(by=by, matter_ref=ref, user_ref=head.user_ref, capacity=Capacity.NAMED, on=made.today)
    matters.sign(by=head.viewer, matter_ref=ref, on=made.today)
    made.leader = head
    made.freeze()
    made.seat(*made.panel)
    made.decide(ref, NEW)
    assert made.case(head.viewer, ref).intake_ref
    outsider = worlds.user(at, "Ola Assessor", "assessor")
    assert intake.items(outsider.viewer).total == 0
    assert intake.items(by).total == 1


def test_nobody_is_contacted_twice_because_two_people_planned_it(at: datetime) -> None:
    made = look_back(at, 1)
    ref, (ada, ben, *_) = made.refs[0], made.reviewers
    made.allocate(ref, ada, ben)
    made.sign(ref, ada, ben)
    for one, days in ((ada, 9), (ben, 5)):
        plan = {"recontact": Recontact.PLANNED, "recontact_how": "By letter.", "recontact_owner_ref": one.user_ref}
        made.lock(ref, one, NONE, recontact_due_on=made.today + timedelta(days=days), **plan)
    tasks = made.case(made.leader.viewer, ref).tasks
    assert [(task.owner.name, task.due_on) for task in tasks] == [("Ben Reader", made.today + timedelta(days=5))]


def test_lateness_is_told_of_cases_and_tasks(at: datetime) -> None:
    made = look_back(at, 2)
    ref, (ada, ben, *_) = made.refs[0], made.reviewers
    made.allocate(ref, ada, ben)
    made.sign(ref, ada, ben)
    made.lock(ref, ada, NONE, enquiries=(enquiry(ada, made.today),))
    made.lock(ref, ben, NONE)
    made.agree(ref, *made.panel)
    later = worlds.later(made.leader, at + timedelta(days=61))
    found = queries.board(later, made.ref).figures
    assert (found.late, found.in_time, found.days_left) == (1, 1, -1)
    assert (found.tasks, found.tasks_late) == (1, 1)
    lines = {line.matter.ref: line.is_late for line in queries.export_cases(later, made.ref)}
    assert lines == {made.refs[0]: False, made.refs[1]: True}


def test_cases_are_shared_evenly_and_a_reviewer_is_replaced(at: datetime) -> None:
    made = look_back(at, 4)
    refs = [one.user_ref for one in made.reviewers]
    given = actions.allocate_evenly(by=made.leader.viewer, cohort_ref=made.ref, user_refs=refs, on=made.today)
    assert {number for _, number, _ in given.shares} == {2}
    case = made.case(made.leader.viewer, made.refs[0])
    first = next(one for one in made.reviewers if one.user_ref == case.reviewers[0].user.ref)
    asked = {"cohort_ref": made.ref, "matter_ref": made.refs[0], "position": Position.FIRST}
    actions.replace(by=made.leader.viewer, **asked, reason="On leave.", on=made.today)
    assert made.refs[0] not in [row.matter_ref for row in queries.my_reviews(first.viewer).reviews]
    with pytest.raises(NotAllowed, match="holds another position on this case, or did"):
        made.give(made.refs[0], Position.FIRST, first)
