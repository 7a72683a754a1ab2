"""Submissions to laboratories and digital units, and how long they wait. One that is open is waiting still."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F, Q

from peelian.evidence.models import Submission, SubmissionStep, SubmittedExhibit
from peelian.evidence.rows import StepRow, SubmissionLine, SubmissionRow, Waits
from peelian.evidence.states import Step, SubmissionKind, SubmissionState
from peelian.evidence.waiting import half_after
from peelian.evidence.words import NONE, opened
from peelian.matters import queries as matters
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer
from peelian.walls.managed import is_visible
from peelian.walls.queries import actor_names

ENDS = (Step.ACCEPTED, Step.WITHDRAWN)
STATES = {
    Step.PROMISED: SubmissionState.WAITING,
    Step.RESULTS: SubmissionState.ARRIVED,
    Step.SENT_BACK: SubmissionState.WAITING,
    Step.ACCEPTED: SubmissionState.ACCEPTED,
    Step.WITHDRAWN: SubmissionState.WITHDRAWN,
}
MAY = {
    SubmissionState.WAITING: (Step.RESULTS, Step.PROMISED, Step.WITHDRAWN),
    SubmissionState.ARRIVED: (Step.ACCEPTED, Step.SENT_BACK),
    SubmissionState.ACCEPTED: (),
    SubmissionState.WITHDRAWN: (),
}


def submissions_of(viewer: Viewer, matter_ref: str | matters.MatterParts) -> tuple[SubmissionLine, ...]:
    """Every submission of a matter, the latest first. Raises NotFound."""
    found = Submission.objects.filter(matter_id=matters.key_of(viewer, matter_ref))
    return lines_of(viewer, found.order_by("-on", "ref"))


def submissions(viewer: Viewer) -> tuple[SubmissionLine, ...]:
    """Every submission of the matters that the viewer may see: those open first and the longest wait first of them,
    then those done, the latest first. None is left out."""
    lines = lines_of(viewer, _seen(viewer))
    done = sorted((one for one in lines if not one.is_open), key=lambda one: (-one.on.toordinal(), one.ref))
    return (*sorted((one for one in lines if one.is_open), key=lambda one: (-one.days, one.ref)), *done)


def waits(lines: Sequence[SubmissionLine]) -> Waits:
    """How long these submissions wait; those withdrawn before any result count as waited for until then."""
    still = [one for one in lines if one.is_open]
    came = (SubmissionState.ARRIVED, SubmissionState.ACCEPTED)
    return Waits(
        count=len(lines),
        open=len(still),
        late=sum(one.is_late for one in still),
        half=half_after([(one.days, one.state in came) for one in lines]),
        longest=max((one.days for one in still), default=None),
    )


def submission(viewer: Viewer, submission_ref: str) -> SubmissionRow:
    """One submission whole. Raises NotFound, also behind the wall of its matter."""
    held = held_submission(viewer, submission_ref)
    steps = steps_of([held])[held.pk]
    said = opened((held.matter_ref, one) for one in steps)
    names = actor_names({held.recorded_by, *(one.recorded_by for one in steps)})
    about = SubmittedExhibit.objects.filter(submission=held).select_related("exhibit").order_by("exhibit__mark")
    state = state_of(steps)
    return SubmissionRow(
        line=lines_of(viewer, [held])[0],
        steps=tuple(
            StepRow(Step(one.step), said[one.ref].get("words", ""), one.on, one.promised_on, names[one.recorded_by])
            for one in steps
        ),
        exhibits=tuple((one.exhibit.ref, one.exhibit.mark) for one in about),
        by=names[held.recorded_by],
        may=MAY[state] if viewer.may(Permission.KEEP_EVIDENCE) else (),
    )


def waiting_of(viewer: Viewer, matter_ref: str | matters.MatterParts) -> tuple[SubmissionLine, ...]:
    """The submissions of a matter that wait, the longest wait first. Raises NotFound. Two statements where there are
    none."""
    lines = submissions_of(viewer, matter_ref)
    return tuple(sorted((one for one in lines if one.is_open), key=lambda one: (-one.days, one.ref)))


def held_submission(viewer: Viewer, submission_ref: str, *, locked: bool = False) -> Any:
    """The stored row, for the actions of this room. Raises NotFound, also behind a wall."""
    narrowed = _seen(viewer).filter(ref=submission_ref)
    found = (narrowed.select_for_update(of=("self",)) if locked else narrowed).first()
    if found is None:
        raise NotFound(f"submission {submission_ref}")
    return found


def open_about(exhibit_id: int) -> bool:
    """Whether a submission about an exhibit waits or has results nobody accepted; for a room that has shown it."""
    about = SubmittedExhibit.objects.filter(exhibit_id=exhibit_id).values_list("submission_id", flat=True)
    return bool(open_keys(about))


def open_on(matter_id: int) -> int:
    """How many submissions of a matter are neither done nor withdrawn; for a room that has shown it."""
    return len(open_keys(Submission.objects.filter(matter_id=matter_id).values_list("pk", flat=True)))


def open_keys(submission_ids: Iterable[int]) -> set[int]:
    """Those of the submissions that are neither done nor withdrawn. One statement."""
    wanted = set(submission_ids)
    ended = SubmissionStep.objects.filter(submission_id__in=wanted, step__in=[one.value for one in ENDS])
    return wanted - set(ended.values_list("submission_id", flat=True)) if wanted else set()


def steps_of(held: Sequence[Any]) -> dict[int, list[Any]]:
    """The steps of submissions, oldest first. One statement."""
    found: dict[int, list[Any]] = {one.pk: [] for one in held}
    for step in SubmissionStep.objects.filter(submission_id__in=list(found)).order_by("pk"):
        found[step.submission_id].append(step)
    return found


def state_of(steps: Sequence[Any]) -> SubmissionState:
    """Where a submission with these steps stands."""
    return STATES[Step(steps[-1].step)] if steps else SubmissionState.WAITING


def lines_of(viewer: Viewer, found: Iterable[Any]) -> tuple[SubmissionLine, ...]:
    """Lines of submissions, in their order. Four statements."""
    listed = list(found)
    steps, said = steps_of(listed), opened((one.matter_ref, one) for one in listed)
    marks: dict[int, list[str]] = {one.pk: [] for one in listed}
    about = SubmittedExhibit.objects.filter(submission_id__in=list(marks)).select_related("exhibit")
    for one in about.order_by("exhibit__mark"):
        marks[one.submission_id].append(one.exhibit.mark)
    return tuple(_line(viewer, one, steps[one.pk], said.get(one.ref, NONE), tuple(marks[one.pk])) for one in listed)


def _line(viewer: Viewer, one: Any, steps: Sequence[Any], said: Any, marks: tuple[str, ...]) -> SubmissionLine:
    state = state_of(steps)
    is_open = state is SubmissionState.WAITING
    until = viewer.today if is_open else _came(steps)
    promised = next((step.promised_on for step in reversed(steps) if step.promised_on), one.promised_on)
    return SubmissionLine(
        id=one.pk,
        ref=one.ref,
        matter_ref=one.matter_ref,
        kind=SubmissionKind(one.kind),
        to=said.get("to", ""),
        asked=said.get("asked", ""),
        on=one.on,
        promised_on=promised,
        state=state,
        days=max(0, (until - one.on).days),
        is_open=is_open,
        is_late=is_open and promised is not None and promised < viewer.today,
        marks=marks,
    )


def _came(steps: Sequence[Any]) -> Any:
    """The day of the last results, or of the withdrawal where there are none since."""
    return next(one.on for one in reversed(steps) if one.step in (Step.RESULTS.value, Step.WITHDRAWN.value))


def _seen(viewer: Viewer) -> Any:
    if viewer.is_system:
        return Submission.objects.all()
    return Submission.objects.filter(Q(is_visible(RecordKind.MATTER, viewer, F("matter_id"))))
