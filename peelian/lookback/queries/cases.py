"""One case, whole, as far as the viewer may read it; and one task of it.

A review that is locked while the other of the first two is not is shown to its author and to nobody else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from peelian.lookback.independence import must_come_afresh, panel_readers
from peelian.lookback.models import Allocation, Case, ConsentSaid, Note, Review, Task
from peelian.lookback.queries.cohorts import reviewers_of, row_of
from peelian.lookback.rows import CaseRow, ConsentRow, EnquiryRow, NoteRow, ReviewRow, TaskRow
from peelian.lookback.states import CaseState, open_cases, seen_cases, states_of
from peelian.matters import queries as matters
from peelian.matters.queries import MustSign
from peelian.rules.lookback import proposed
from peelian.terms.acts import RecordKind
from peelian.terms.lookback import Consent, Position, Recontact, ReviewCategory, Stage, TaskKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer
from peelian.walls import queries as walls
from peelian.walls.powers import must_hold
from peelian.walls.rows import UserRow

READERS = (Permission.LOOK_BACK, Permission.REVIEW_PAST, Permission.SIT)


def case(viewer: Viewer, cohort_ref: str, matter_ref: str) -> CaseRow:
    """One case of a cohort: for whoever leads look-backs, its reviewers and its panel.

    Needs LOOK_BACK, REVIEW_PAST or SIT. Raises MustSign for somebody who has yet to sign; NotAllowed for somebody who
    worked on the matter; NotFound for everybody else, also behind the wall of the matter.
    """
    must_hold(viewer, *READERS)
    held = held_case(viewer, cohort_ref, matter_ref)
    state = states_of([held])[0]
    readers = panel_readers(viewer, state)
    own = list(Allocation.objects.filter(case=held, user_id=viewer.user_id or 0))
    is_reader = viewer.user_id in {user.id for user in readers}
    if not (viewer.may(Permission.LOOK_BACK) or own or is_reader):
        raise NotFound(f"case {cohort_ref} {matter_ref}")
    must_come_afresh(viewer, state)
    reviews = list(Review.objects.filter(case=held).order_by("round", "position").prefetch_related("enquiries"))
    shown = [one for one in reviews if state.facts.both_locked or one.user_id == viewer.user_id]
    notes = list(Note.objects.filter(case=held).order_by("round", "on", "pk")) if state.facts.both_locked else []
    tasks = list(Task.objects.filter(case=held).order_by("number"))
    users = _users(state, shown, notes, tasks)
    mine = next((place for place, one in state.held.items() if one.user_id == viewer.user_id), None)
    return CaseRow(
        cohort=row_of(held.cohort),
        matter=matters.lines_by_id(viewer, [state.matter_id])[state.matter_id],
        stage=state.stage,
        round=state.facts.round,
        reviewers=reviewers_of(state, users),
        reviews=tuple(_review(one, users) for one in shown),
        hidden=len(reviews) - len(shown),
        proposed=proposed(state.facts) if state.facts.both_locked else None,
        notes=tuple(NoteRow(one.round, users[one.user_id], one.agrees, one.words, one.on) for one in notes),
        readers=readers,
        category=state.category,
        decided_on=state.decided_on,
        intake_ref=state.decision[2] if state.decision else "",
        tasks=tuple(task_of(one, held, users, viewer) for one in tasks),
        consents=_consents(held),
        is_late=state.is_late(held.cohort.target_on, viewer.today),
        mine=mine,
        may_write=may_write(state, mine),
        may_note=is_reader and state.stage is Stage.WITH_PANEL and viewer.user_id not in state.noted,
        leads=viewer.may(Permission.LOOK_BACK),
    )


def task(viewer: Viewer, cohort_ref: str, matter_ref: str, number: int) -> TaskRow:
    """One task, for its owner and for whoever leads look-backs. Raises MustSign, NotFound."""
    held = held_case(viewer, cohort_ref, matter_ref)
    found = Task.objects.filter(case=held, number=number).first()
    if found is None or not (viewer.may(Permission.LOOK_BACK) or found.owner_id == viewer.user_id):
        raise NotFound(f"task {number} of {cohort_ref} {matter_ref}")
    row = task_of(found, held, walls.users_by_id([found.owner_id]), viewer)
    return replace(row, consents=_consents(held)) if row.kind is TaskKind.RECONTACT else row


def held_case(viewer: Viewer, cohort_ref: str, matter_ref: str) -> Case:
    """The case, if the viewer may see its matter. Raises MustSign for one who may once they have signed, NotFound."""
    wanted = {"cohort__ref": cohort_ref, "matter_ref": matter_ref}
    found = seen_cases(viewer).filter(**wanted).select_related("cohort").first()
    if found is None:
        waiting = open_cases(viewer).filter(**wanted).first()
        if waiting is not None and walls.unsigned(viewer, RecordKind.MATTER, waiting.matter_id):
            raise MustSign(matter_ref)
        raise NotFound(f"case {cohort_ref} {matter_ref}")
    return found


def may_write(state: CaseState, mine: Position | None) -> bool:
    """Whether the review of the position is still to be written."""
    if mine is Position.THIRD:
        return state.stage is Stage.WITH_THIRD
    return mine is not None and not state.locked(mine)


def task_of(row: Task, held: Case, users: dict[int, UserRow], viewer: Viewer) -> TaskRow:
    return TaskRow(
        cohort_ref=held.cohort.ref,
        matter_ref=held.matter_ref,
        number=row.number,
        kind=TaskKind(row.kind),
        words=row.words,
        owner=users[row.owner_id],
        due_on=row.due_on,
        done_on=row.done_on,
        done_words=row.done_words,
        is_late=(row.done_on or viewer.today) > row.due_on,
    )


def _users(state: CaseState, shown: Sequence[Any], notes: Iterable[Note], tasks: Iterable[Task]) -> Any:
    keys = {one.user_id for one in state.held.values()} | {one.user_id for one in [*shown, *notes]}
    keys |= {one.owner_id for one in tasks} | {one.recontact_owner_id for one in shown if one.recontact_owner_id}
    return walls.users_by_id(keys | {line.owner_id for one in shown for line in one.enquiries.all()})


def _review(row: Review, users: dict[int, UserRow]) -> ReviewRow:
    lines = sorted(row.enquiries.all(), key=lambda line: line.number)
    return ReviewRow(
        position=Position(row.position),
        round=row.round,
        user=users[row.user_id],
        category=ReviewCategory(row.category),
        reasons=row.reasons,
        enquiries=tuple(EnquiryRow(line.words, users[line.owner_id].name, line.due_on) for line in lines),
        recontact=Recontact(row.recontact),
        recontact_how=row.recontact_how,
        recontact_owner=users[row.recontact_owner_id].name if row.recontact_owner_id else "",
        recontact_due_on=row.recontact_due_on,
        consent=Consent(row.consent),
        consent_on=row.consent_on,
        locked_at=row.locked_at,
    )


def _consents(held: Case) -> tuple[ConsentRow, ...]:
    rows = list(ConsentSaid.objects.filter(case=held).order_by("recorded_at", "pk"))
    names = walls.actor_names({row.recorded_by for row in rows})
    return tuple(ConsentRow(Consent(row.consent), row.on, row.words, names[row.recorded_by]) for row in rows)
