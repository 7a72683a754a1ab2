"""What waits for one person: reviews to sign for and to write, cases before the panel, tasks."""

from collections.abc import Iterable
from typing import Any

from peelian.lookback.models import Allocation, Case, Cohort, Draft, Review, Seat, Task
from peelian.lookback.queries.cases import held_case, may_write, task_of
from peelian.lookback.rows import MyReview, MyReviews, Said
from peelian.lookback.states import CaseState, open_cases, seen_cases, states_of
from peelian.terms.acts import RecordKind
from peelian.terms.lookback import Position, Stage, TaskKind
from peelian.terms.matters import Capacity
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer
from peelian.walls import queries as walls
from peelian.walls.holders import holders
from peelian.walls.rows import UserRow

MOST = 50  # of a list on one page
WORKERS = (Permission.REVIEW_PAST, Permission.SIT, Permission.LOOK_BACK, Permission.INVESTIGATE)
SIGN = "Sign that you have no conflict"
WRITE = "Write your review"
GO_ON = "Go on with your draft"
RESOLVE = "Resolve what the first two differ on"
RETURNED = "Resolve what the panel sent back"
READ = "Read it for the panel"


def my_reviews(viewer: Viewer) -> MyReviews:
    """What waits for the viewer in every look-back. Empty for whoever has no part in one."""
    reviews, panel = _reviews(viewer), _panel(viewer)
    tasks = Task.objects.filter(owner_id=viewer.user_id or 0, done_on__isnull=True, case__in=seen_cases(viewer))
    rows = list(tasks.select_related("case__cohort").order_by("due_on", "case__matter_ref", "number"))
    users = walls.users_by_id([viewer.user_id]) if rows and viewer.user_id else {}
    return MyReviews(
        reviews=reviews[:MOST],
        reviews_in_all=len(reviews),
        panel=panel[:MOST],
        panel_in_all=len(panel),
        tasks=tuple(task_of(row, row.case, users, viewer) for row in rows),
        to_sign=_tasks_to_sign(viewer),
        done=Review.objects.filter(user_id=viewer.user_id or 0, case__in=seen_cases(viewer)).count(),
    )


def open_tasks(viewer: Viewer) -> int:
    """Tasks of the viewer's own that are open, signed for or not. Lines of enquiry stand with those of the matter."""
    mine = Task.objects.filter(owner_id=viewer.user_id or 0, done_on__isnull=True, case__in=open_cases(viewer))
    return mine.exclude(kind=TaskKind.ENQUIRY).count()


def draft(viewer: Viewer, cohort_ref: str, matter_ref: str) -> Said:
    """What the form of the viewer's own draft held; empty where they saved none. Raises MustSign, NotFound."""
    held = held_case(viewer, cohort_ref, matter_ref)
    found = Draft.objects.filter(allocation__case=held, allocation__user_id=viewer.user_id or 0).first()
    return dict(found.said) if found else {}


def owners(viewer: Viewer) -> tuple[UserRow, ...]:
    """Users to whom a task may be given, by name. Whether a wall keeps one of them out is asked in the act."""
    found = {user for power in WORKERS[:1] + WORKERS[2:] for user in walls.users_holding(power, viewer.today)}
    return tuple(sorted(found, key=lambda user: (user.name, user.ref)))


def _reviews(viewer: Viewer) -> tuple[MyReview, ...]:
    given = Allocation.objects.filter(user_id=viewer.user_id or 0, ended_on__isnull=True)
    positions = {case_id: Position(place) for case_id, place in given.values_list("case_id", "position")}
    drafts = set(Draft.objects.filter(allocation__in=given).values_list("allocation__case_id", flat=True))
    cases, unsigned = _mine(viewer, Case.objects.filter(pk__in=positions))
    cohorts, found = {case.cohort_id: case.cohort for case in cases}, []
    for state in states_of(cases):
        must_sign = state.matter_id in unsigned
        position = positions[state.id]
        if may_write(state, position):
            what = SIGN if must_sign else _what(state, position, has_draft=state.id in drafts)
            found.append(
                _row(viewer, state, cohorts[state.cohort_id], part=position.words, what=what, must_sign=must_sign)
            )
    return _by_day(found)


def _what(state: CaseState, position: Position, *, has_draft: bool) -> str:
    if has_draft:
        return GO_ON
    if position is Position.THIRD:
        return RETURNED if state.noted else RESOLVE
    return WRITE


def _panel(viewer: Viewer) -> tuple[MyReview, ...]:
    """Cases before a panel on which the viewer sits and has a place, and of which they have yet to write."""
    seats = Seat.objects.filter(user_id=viewer.user_id or 0, to_on__isnull=True).values("cohort")
    cases, unsigned = _mine(viewer, Case.objects.filter(cohort__in=seats, decision__isnull=True))
    waiting = [state for state in states_of(cases) if state.stage is Stage.WITH_PANEL]
    wrote = set(Allocation.objects.filter(user_id=viewer.user_id or 0).values_list("case__matter_id", flat=True))
    placed = holders(viewer, RecordKind.MATTER, [state.matter_id for state in waiting])
    cohorts, found = {case.cohort_id: case.cohort for case in cases}, []
    for state in waiting:
        reads = viewer.user_id in {user.id for user in placed.get(state.matter_id, {}).get(Capacity.REVIEWER, ())}
        if reads and viewer.user_id not in state.noted and state.matter_id not in wrote:
            must_sign = state.matter_id in unsigned
            what = SIGN if must_sign else READ
            found.append(_row(viewer, state, cohorts[state.cohort_id], part="Panel", what=what, must_sign=must_sign))
    return _by_day(found)


def _tasks_to_sign(viewer: Viewer) -> tuple[MyReview, ...]:
    """Matters on which the viewer owns an open task and has yet to sign. What is to be done stays closed until then."""
    unsigned = walls.unsigned_keys(viewer, RecordKind.MATTER).values("record_id")
    tasks = Task.objects.filter(owner_id=viewer.user_id or 0, done_on__isnull=True, case__matter_id__in=unsigned)
    found: dict[int, MyReview] = {}
    for row in tasks.filter(case__in=open_cases(viewer)).select_related("case__cohort").order_by("due_on", "pk"):
        case, is_late = row.case, row.due_on < viewer.today
        first = MyReview(
            case.cohort.ref, case.cohort.title, case.matter_ref, "Owner of a task", SIGN, row.due_on, is_late, True
        )
        found.setdefault(case.pk, first)
    return tuple(found.values())


def _mine(viewer: Viewer, wanted: Any) -> tuple[list[Case], frozenset[int]]:
    """Of these cases, those that the viewer may see or may sign for; and the matters that wait for their signature."""
    unsigned = frozenset(walls.unsigned_keys(viewer, RecordKind.MATTER).values_list("record_id", flat=True))
    seen = list(wanted.filter(pk__in=seen_cases(viewer)).select_related("cohort"))
    to_sign = wanted.filter(pk__in=open_cases(viewer), matter_id__in=unsigned).select_related("cohort")
    keys = {case.pk for case in seen}
    return [*seen, *(case for case in to_sign if case.pk not in keys)], unsigned


def _row(viewer: Viewer, state: CaseState, cohort: Cohort, *, part: str, what: str, must_sign: bool) -> MyReview:
    return MyReview(
        cohort_ref=cohort.ref,
        cohort=cohort.title,
        matter_ref=state.matter_ref,
        part=part,
        what=what,
        target_on=cohort.target_on,
        is_late=state.is_late(cohort.target_on, viewer.today),
        must_sign=must_sign,
    )


def _by_day(rows: Iterable[MyReview]) -> tuple[MyReview, ...]:
    return tuple(sorted(rows, key=lambda row: (row.target_on, row.cohort_ref, row.matter_ref)))
