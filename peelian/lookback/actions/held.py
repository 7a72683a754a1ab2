"""What the acts of a look-back share: the case, locked for the act; who may own a task; the journal entry."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from peelian.investigations import actions as investigations
from peelian.investigations.rows import LineDraft
from peelian.journal import actions as journal
from peelian.lookback.models import Case, Cohort, Task
from peelian.lookback.queries.cases import held_case
from peelian.lookback.states import CaseState, states_of
from peelian.terms.acts import Act, RecordKind
from peelian.terms.lookback import TaskKind
from peelian.terms.matters import Capacity
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.viewer import Viewer
from peelian.walls import queries as users
from peelian.walls.actions.many_places import give_places, open_to
from peelian.walls.managed import visible_keys
from peelian.walls.queries import viewer_for

MATTER = RecordKind.MATTER
FOUND_UNDONE = "A review of a look-back found it undone. The review says why."
CANNOT_TAKE = "Choose somebody else: this person cannot take it."
LAW = "Local rule (LES-31): everything that follows from a look-back has an owner and a day"


def locked_case(by: Viewer, cohort_ref: str, matter_ref: str) -> tuple[Case, CaseState]:
    """The case, locked until the act ends, and where it stands. Raises MustSign, NotFound."""
    seen = held_case(by, cohort_ref, matter_ref)
    found = Case.objects.select_for_update(of=("self",)).select_related("cohort").get(pk=seen.pk)
    return found, states_of([found])[0]


def enter(
    by: Viewer,
    case: Case,
    act: Act,
    summary: str,
    *,
    on: date,
    texts: Mapping[str, object] | None = None,
    decision: str = "",
) -> None:
    """One entry about the matter of a case. `texts`: personal text, kept under the matter's own key."""
    journal.record(
        by=by,
        act=act,
        kind=MATTER,
        key=case.matter_ref,
        summary=f"look-back {case.cohort.ref}: {summary}",
        decision=decision,
        on=on,
        texts=[(case.matter_ref, texts)] if texts else (),
    )


def enter_cohort(by: Viewer, cohort: Cohort, act: Act, summary: str, *, on: date, reason: str = "") -> None:
    """One entry about a cohort; it holds no personal text."""
    journal.record(by=by, act=act, kind=RecordKind.COHORT, key=cohort.ref, summary=summary, reason=reason, on=on)


def owner_named(by: Viewer, case: Case, user_ref: str, field: str) -> int:
    """The key of a user who may own a task of the case. Raises NotValid, in the same words whatever keeps them out."""
    try:
        user = users.user_by_ref(user_ref)
    except NotFound as error:
        raise NotValid(field, "Choose who is to do it.") from error
    if case.matter_id not in open_to(user.id, MATTER, [case.matter_id], by):
        raise NotValid(field, CANNOT_TAKE)
    return user.id


def owner_among(by: Viewer, case: Case, user_ids: Iterable[int]) -> int:
    """The first of these users who may own what follows from the case. Raises NotAllowed where none may."""
    for user_id in dict.fromkeys(user_ids):
        if case.matter_id in open_to(user_id, MATTER, [case.matter_id], by):
            return user_id
    reason = "Nobody who assesses may see this matter. Give that role to somebody without a part in it first."
    raise NotAllowed(Refusal(reason, LAW))


def followers(cohort: Cohort, on: date) -> list[int]:
    """Who may own what a case comes to: the owner of the cohort first, then everybody who assesses."""
    return [cohort.owner_id, *(user.id for user in users.users_holding(Permission.ASSESS, on))]


def make_tasks(by: Viewer, case: Case, tasks: Sequence[tuple[TaskKind, str, int, date]], *, on: date) -> None:
    """Write tasks: kind, words, owner, day due. An owner who cannot see the matter yet is named on it, and signs."""
    last = Task.objects.filter(case=case).order_by("-number").values_list("number", flat=True).first() or 0
    for number, (kind, words, owner_id, due_on) in enumerate(tasks, start=last + 1):
        Task.objects.create(
            case=case, number=number, kind=kind, words=words, owner_id=owner_id, due_on=due_on, made_on=on
        )
        let_see(by, case, owner_id, on=on)
        if kind is TaskKind.ENQUIRY:
            _make_line(by, case, number, words, owner_id, due_on, on)
        owner = users.users_by_id([owner_id])[owner_id].ref
        summary = f"made task {number}, {kind.words.lower()}, of {owner}, due {due_on.isoformat()}"
        enter(by, case, Act.ALTERED, summary, on=on, texts={"words": words})


def line_key(case: Case, number: int) -> str:
    """Under which a line of enquiry on the matter is known to come from a task of the case."""
    return f"{case.cohort.ref} task {number}"


def _make_line(by: Viewer, case: Case, number: int, words: str, owner_id: int, due_on: date, on: date) -> None:
    """A new line of enquiry stands on the matter too, and in My work; it is finished where it was made."""
    draft = LineDraft(what=words, why=FOUND_UNDONE, owner_ref="", due_on=due_on)
    investigations.hand_over_line(
        by=by,
        matter_id=case.matter_id,
        matter_ref=case.matter_ref,
        draft=draft,
        owner_id=owner_id,
        came_from=line_key(case, number),
        on=on,
    )


def let_see(by: Viewer, case: Case, user_id: int, *, on: date) -> None:
    """Name a user on the matter, if they cannot see it; they sign before they do."""
    viewer = viewer_for(user_id, at=by.at)
    if visible_keys(MATTER, viewer).filter(pk=case.matter_id).exists():
        return
    if users.unsigned(viewer, MATTER, case.matter_id):
        return
    give_places(
        by=by,
        kind=MATTER,
        given=[(case.matter_id, case.matter_ref, user_id)],
        capacity=Capacity.NAMED,
        on=on,
        because="owns a task of a look-back",
    )
