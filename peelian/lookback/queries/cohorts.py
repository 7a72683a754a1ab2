"""Cohorts: the list of them, and one with its figures and cases."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from peelian.lookback.criteria import criteria_of, in_words
from peelian.lookback.models import Cohort, Decision, Seat, SignOff, Task
from peelian.lookback.rows import (
    CaseFilters,
    CaseLine,
    CohortBoard,
    CohortLine,
    CohortRow,
    Figures,
    ReviewerRow,
    SeatRow,
    SignOffRow,
)
from peelian.lookback.states import CaseState, seen_cases, states_of
from peelian.matters import queries as matters
from peelian.rules.agreement import agreement, table
from peelian.rules.lookback import partition
from peelian.terms.lookback import Position, Reading, ReviewCategory, Stage
from peelian.terms.pages import SIZE, Page, Sort
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound, NotValid
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold
from peelian.walls.queries import users_by_id
from peelian.walls.rows import UserRow

EVERY_CASE = CaseFilters()
OLDEST = Sort("came_to_attention")
NEVER = date.max
STAGES = {one: place for place, one in enumerate(Stage)}
SORTS: dict[str, Callable[[CaseState], tuple[Any, ...]]] = {
    "came_to_attention": lambda case: (case.came is None, case.came.earliest if case.came else NEVER),
    "reference": lambda case: (),
    "stage": lambda case: (STAGES[case.stage],),
    "result": lambda case: (case.category is None, case.category or ""),
    "decided": lambda case: (case.decided_on is None, case.decided_on or NEVER),
}
CHUNK = 500


def cohorts(viewer: Viewer) -> tuple[CohortLine, ...]:
    """The cohorts of which the viewer sees a case, or that they chose; the latest first. Needs LOOK_BACK."""
    must_hold(viewer, Permission.LOOK_BACK)
    totals = Counter(seen_cases(viewer).values_list("cohort_id", flat=True))
    decided: dict[int, list[ReviewCategory]] = {}
    found = Decision.objects.filter(case__in=seen_cases(viewer))
    for cohort_id, category in found.values_list("case__cohort_id", "category"):
        decided.setdefault(cohort_id, []).append(ReviewCategory(category))
    undecided = Counter(seen_cases(viewer).filter(decision__isnull=True).values_list("cohort_id", flat=True))
    rows = Cohort.objects.order_by("-frozen_on", "title", "ref")
    return tuple(
        CohortLine(
            ref=row.ref,
            title=row.title,
            frozen_on=row.frozen_on,
            target_on=row.target_on,
            partition=partition(totals[row.pk], decided.get(row.pk, ()), undecided[row.pk]),
            is_late=bool(undecided[row.pk]) and viewer.today > row.target_on,
        )
        for row in rows
        if totals[row.pk] or viewer.user_id == row.leader_id
    )


def cohort(viewer: Viewer, ref: str) -> CohortRow:
    """One cohort as it was frozen. Needs LOOK_BACK. Raises NotFound, also where the viewer may see no case of it."""
    return row_of(held_cohort(viewer, ref))


def board(
    viewer: Viewer,
    ref: str,
    filters: CaseFilters = EVERY_CASE,
    sort: Sort = OLDEST,
    number: int = 1,
    size: int = SIZE,
) -> CohortBoard:
    """A cohort on one page, at a fixed number of statements. Needs LOOK_BACK. Raises NotFound, NotValid for a sort."""
    held = held_cohort(viewer, ref)
    states = states_of(list(seen_cases(viewer).filter(cohort=held)))
    users = users_by_id({one.user_id for state in states for one in state.held.values()})
    chosen = _sorted(_filtered(states, filters, held, viewer, users), sort)
    number = max(1, min(number, -(-len(chosen) // size)))
    lines = _lines(viewer, held, chosen[(number - 1) * size : number * size], users)
    seats = Seat.objects.filter(cohort=held).order_by("from_on", "pk")
    offs = SignOff.objects.filter(cohort=held).order_by("on", "pk")
    members = users_by_id([*seats.values_list("user_id", flat=True), *offs.values_list("user_id", flat=True)])
    return CohortBoard(
        row=row_of(held),
        figures=_figures(viewer, held, states),
        seats=tuple(SeatRow(members[seat.user_id], seat.from_on, seat.to_on) for seat in seats),
        sign_offs=tuple(SignOffRow(members[one.user_id].name, one.cases, one.words, one.on) for one in offs),
        reviewers=tuple(sorted(users.values(), key=lambda user: (user.name, user.ref))),
        found=Page(lines, len(chosen), number, size),
    )


def export_cases(
    viewer: Viewer, ref: str, filters: CaseFilters = EVERY_CASE, sort: Sort = OLDEST
) -> Iterator[CaseLine]:
    """Every line of the list in its order, some hundreds in memory at a time. Raises as `board` does."""
    held = held_cohort(viewer, ref)
    states = states_of(list(seen_cases(viewer).filter(cohort=held)))
    users = users_by_id({one.user_id for state in states for one in state.held.values()})
    chosen = _sorted(_filtered(states, filters, held, viewer, users), sort)
    for start in range(0, len(chosen), CHUNK):
        yield from _lines(viewer, held, chosen[start : start + CHUNK], users)


def held_cohort(viewer: Viewer, ref: str) -> Cohort:
    """The cohort, if the viewer follows look-backs and sees a case of it, or chose it. Raises NotAllowed, NotFound."""
    must_hold(viewer, Permission.LOOK_BACK)
    found = Cohort.objects.filter(ref=ref).first()
    if found is None:
        raise NotFound(f"cohort {ref}")
    chose = viewer.is_system or viewer.user_id == found.leader_id
    if not chose and not seen_cases(viewer).filter(cohort=found).exists():
        raise NotFound(f"cohort {ref}")
    return found


def row_of(held: Cohort) -> CohortRow:
    names = users_by_id({key for key in (held.owner_id, held.leader_id) if key})
    criteria = criteria_of(held.criteria)
    return CohortRow(
        id=held.pk,
        ref=held.ref,
        title=held.title,
        purpose=held.purpose,
        reasons=held.reasons,
        reading=Reading(held.reading),
        criteria=in_words(criteria),
        target_on=held.target_on,
        follow_up_days=held.follow_up_days,
        owner=names[held.owner_id].name,
        leader=names[held.leader_id].name if held.leader_id else "Peelian",
        frozen_on=held.frozen_on,
        frozen_at=held.frozen_at,
        chosen_by=criteria,
        leader_id=held.leader_id,
    )


def reviewers_of(case: CaseState, users: dict[int, UserRow]) -> tuple[ReviewerRow, ...]:
    return tuple(
        ReviewerRow(position, users[one.user_id], one.given_on, case.locked(position))
        for position, one in sorted(case.held.items())
    )


def _figures(viewer: Viewer, held: Cohort, states: Sequence[CaseState]) -> Figures:
    """The parts of the sum are counted apart, each by its own statement, so that `reconciles` can fail."""
    seen = seen_cases(viewer).filter(cohort=held)
    total = seen.count()
    categories = Decision.objects.filter(case__in=seen).values_list("category", flat=True)
    undecided = seen.filter(decision__isnull=True).count()
    keys = {state.id for state in states}
    tasks = [row for row in _tasks(held) if row[0] in keys]
    first_two = (Position.FIRST, Position.SECOND)
    pairs = [
        (state.facts.locked[Position.FIRST, 0], state.facts.locked[Position.SECOND, 0])
        for state in states
        if state.facts.both_locked
    ]
    stages = Counter(state.stage for state in states)
    today = viewer.today
    return Figures(
        partition=partition(total, (ReviewCategory(one) for one in categories), undecided),
        stages={one: stages[one] for one in Stage},
        locked=sum(state.locked(position) for state in states for position in first_two),
        wanted=2 * len(states),
        late=sum(state.is_late(held.target_on, today) for state in states),
        in_time=sum(bool(state.decided_on and state.decided_on <= held.target_on) for state in states),
        days_left=(held.target_on - today).days,
        tasks=sum(done is None for _, _, done in tasks),
        tasks_late=sum(done is None and due < today for _, due, done in tasks),
        tasks_done=sum(done is not None for _, _, done in tasks),
        agreement=agreement(pairs),
        table=table(pairs, tuple(ReviewCategory)),
    )


def _tasks(held: Cohort) -> list[tuple[int, date, date | None]]:
    return list(Task.objects.filter(case__cohort=held).values_list("case_id", "due_on", "done_on"))


def _filtered(
    states: Sequence[CaseState], filters: CaseFilters, held: Cohort, viewer: Viewer, users: dict[int, UserRow]
) -> list[CaseState]:
    found = list(states)
    if filters.stage:
        found = [one for one in found if one.stage is filters.stage]
    if filters.category:
        found = [one for one in found if one.category is filters.category]
    if filters.reviewer_ref:
        keys = {user.id for user in users.values() if user.ref == filters.reviewer_ref}
        found = [one for one in found if keys & {held.user_id for held in one.held.values()}]
    if filters.late:
        found = [one for one in found if one.is_late(held.target_on, viewer.today)]
    return found


def _sorted(states: list[CaseState], sort: Sort) -> list[CaseState]:
    """Ties are broken by the matter's reference; what is empty comes last in both directions."""
    if sort.key not in SORTS:
        raise NotValid("sort", f"This list is not sorted by {sort.key!r}.")
    key = SORTS[sort.key]
    if sort.key == "reference":
        return sorted(states, key=lambda one: one.matter_ref, reverse=sort.descending)
    ordered = sorted(states, key=lambda one: one.matter_ref)
    ordered.sort(key=key, reverse=sort.descending)
    if sort.descending and sort.key != "stage":
        ordered.sort(key=lambda one: key(one)[0])
    return ordered


def _lines(
    viewer: Viewer, held: Cohort, states: Sequence[CaseState], users: dict[int, UserRow]
) -> tuple[CaseLine, ...]:
    lines = matters.lines_by_id(viewer, [state.matter_id for state in states])
    return tuple(
        CaseLine(
            cohort_ref=held.ref,
            matter=lines[state.matter_id],
            kind=state.kind,
            came_to_attention=state.came,
            stage=state.stage,
            reviewers=reviewers_of(state, users),
            category=state.category,
            decided_on=state.decided_on,
            is_late=state.is_late(held.target_on, viewer.today),
        )
        for state in states
        if state.matter_id in lines
    )
