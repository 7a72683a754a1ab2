"""Joint reviews of earlier matters, behind the walls of both; and what governed a matter before."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from peelian.matters.models import JointReview, KindChange, Matter
from peelian.matters.repeats import JointReviewRow, KindChangeRow
from peelian.terms.matters import MatterKind
from peelian.terms.viewer import Viewer
from peelian.walls.queries import actor_names, users_by_id


def joint_reviews(viewer: Viewer, matter_ref: str) -> tuple[JointReviewRow, ...]:
    """The joint reviews asked of a matter, the first due first; none that the viewer may not know of."""
    return _rows(viewer, _known_to(viewer).filter(matter__ref=matter_ref))


def my_joint_reviews(viewer: Viewer) -> tuple[JointReviewRow, ...]:
    """Joint reviews that the viewer owns and that await an answer; the first due first."""
    mine = JointReview.objects.filter(owner_id=viewer.user_id or 0, answer__isnull=True)
    if not mine.exists():
        return ()  # nearly always, and My work asks each time
    return _rows(viewer, _known_to(viewer).filter(pk__in=mine.values("pk")))


def awaits_joint_review(viewer: Viewer, matter_ref: str) -> bool:
    """Whether a matter, or an earlier one that it asks to be read with it, awaits a review the viewer may know of."""
    waiting = _known_to(viewer).filter(answer__isnull=True)
    return bool(waiting.filter(Q(matter__ref=matter_ref) | Q(because__ref=matter_ref)).exists())


def awaited(viewer: Viewer, matter_ref: str) -> QuerySet[Any]:
    """Reviews of a matter that nobody has answered, as they are stored; for the actions of this room."""
    return _known_to(viewer).filter(matter__ref=matter_ref, answer__isnull=True)


def _known_to(viewer: Viewer) -> QuerySet[Any]:
    """Reviews between two matters both of which the viewer may see: either alone would tell of the other.

    Asked of each review: there are few, and a list of all that somebody may see would grow with the matters held.
    """
    seen = Matter.objects.visible_to(viewer)
    both = (Exists(seen.filter(pk=OuterRef(key))) for key in ("matter_id", "because_id"))
    return JointReview.objects.filter(*both)


def kind_changes_on(held: Any) -> tuple[KindChangeRow, ...]:
    """What governed a matter that was shown to its viewer, oldest first."""
    rows = list(KindChange.objects.filter(matter=held).order_by("recorded_at", "pk"))
    names = actor_names({row.recorded_by for row in rows}) if rows else {}
    return tuple(
        KindChangeRow(
            MatterKind(row.was), MatterKind(row.now), row.ground, row.law, row.reasons, row.on, names[row.recorded_by]
        )
        for row in rows
    )


def _rows(viewer: Viewer, found: QuerySet[Any]) -> tuple[JointReviewRow, ...]:
    """One statement where there are none."""
    listed = list(found.select_related("answer").order_by("due_on", "ref"))
    if not listed:
        return ()
    about = {row.because_id for row in listed} | {row.matter_id for row in listed}
    shown = {one.pk: (one.ref, one.heading) for one in Matter.objects.visible_to(viewer).filter(pk__in=about)}
    answers = {row.pk: getattr(row, "answer", None) for row in listed}
    names = actor_names({answer.recorded_by for answer in answers.values() if answer})
    owners = users_by_id(row.owner_id for row in listed if row.owner_id)
    return tuple(
        JointReviewRow(
            ref=row.ref,
            matter_ref=shown[row.matter_id][0],
            heading=shown[row.matter_id][1],
            because_ref=shown[row.because_id][0],
            because=shown[row.because_id][1],
            owner=owners[row.owner_id].name if row.owner_id else "",
            due_on=row.due_on,
            on=row.on,
            is_late=row.due_on < (answer.on if (answer := answers[row.pk]) else viewer.today),
            reopens=answer.reopens if answer else None,
            reasons=answer.reasons if answer else "",
            answered_on=answer.on if answer else None,
            by=names[answer.recorded_by] if answer else "",
        )
        for row in listed
    )
