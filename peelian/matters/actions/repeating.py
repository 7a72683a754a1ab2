"""A serious matter about somebody asks for earlier ones to be read with it, closed ones too. LES-07."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from peelian.intake.queries import published
from peelian.journal import actions as journal
from peelian.matters.models import Allegation, AllegationFactor, Involvement, JointReview, JointReviewAnswer, Matter
from peelian.matters.queries.lines import known
from peelian.matters.queries.repeated import awaited
from peelian.rules.serious import REPEATS, Earlier, is_serious, joint_review_due, must_be_read_again
from peelian.statute import product
from peelian.terms.acts import Act, RecordKind
from peelian.terms.matters import Part
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotFound, NotValid
from peelian.terms.viewer import Viewer, system
from peelian.walls.powers import must_hold, must_say
from peelian.walls.queries import places_on, users_holding, viewer_for
from peelian.walls.roles import HEAD

BECAUSE = "to ask that earlier matters about somebody are read with a serious one"
MOST = 200  # earlier matters that one new matter asks for
DECIDERS = (Permission.ASSESS_CONDUCT, Permission.INVESTIGATE, Permission.DETERMINE, Permission.SIT)


def ask_for_joint_reviews(by: Viewer, matter: Any, on: date) -> None:
    """Part of an act that writes what a matter is about: ask for a review of each earlier matter that it calls for.

    Nothing for a matter that is not serious, or the first about each of its officers. Each review has an owner who may
    see both matters, where there is one, and a day. Whoever acts learns nothing of a matter they may not see.
    """
    if not _serious([matter.pk]).get(matter.pk):
        return
    everything = Matter.objects.as_system(because=BECAUSE)
    officers = Involvement.objects.filter(matter=matter, part=Part.OFFICER_CONCERNED, person_id__isnull=False)
    for person_id in sorted({int(key) for key in officers.values_list("person_id", flat=True) if key}):
        linked = Involvement.objects.filter(published(), person_id=person_id, part=Part.OFFICER_CONCERNED)
        found = everything.filter(pk__in=linked.values("matter_id")).exclude(pk=matter.pk).order_by("-recorded_at")
        earlier = {one.pk: one for one in found[:MOST]}
        serious = _serious(earlier)
        facts = [Earlier(key, _came(one), serious.get(key, False)) for key, one in earlier.items()]
        wanted = must_be_read_again(product(), _came(matter), facts)
        asked = set(JointReview.objects.filter(because=matter, person_id=person_id).values_list("matter_id", flat=True))
        for key in wanted:
            if key not in asked:
                ask(by, earlier[key], matter, person_id, on)


@transaction.atomic
def record_joint_review(
    *, by: Viewer, matter_ref: str, review_ref: str, reopens: bool, joint_view_ref: str, reasons: str, on: date
) -> None:
    """Write what came of a joint review, for the room that held the joint view. Needs a power that decides.

    Raises NotFound, NotValid where it was answered already or without reasons.
    """
    must_hold(by, *DECIDERS)
    review = next((row for row in awaited(by, matter_ref) if row.ref == review_ref), None)
    if review is None:
        raise NotFound(f"joint review {review_ref}")
    if not review.on <= on <= by.today:
        raise NotValid("on", "Give a day from that on which it was asked for to today.")
    JointReviewAnswer.objects.create(
        review=review,
        reopens=reopens,
        joint_view_ref=joint_view_ref,
        reasons=must_say(reasons, why="Say why it is opened again, or why not.", field="reasons"),
        on=on,
        recorded_at=by.at,
        recorded_by=by.actor,
    )
    journal.record(
        by=by,
        act=Act.COMBINED,
        kind=RecordKind.MATTER,
        key=matter_ref,
        summary="read an earlier matter together with a later one",
        decision="opened again" if reopens else "not opened again",
        on=on,
        texts=[(matter_ref, {"review": review_ref, "reasons": reasons})],
    )


def _serious(matter_ids: Iterable[int]) -> dict[int, bool]:
    """Whether each of the matters is about a serious category, by what its allegations are coded to. Two statements."""
    keys = list(matter_ids)
    codes: dict[int, set[str]] = {key: set() for key in keys}
    factors: dict[int, set[str]] = {key: set() for key in keys}
    alleged = Allegation.objects.filter(published(), matter_id__in=keys)
    for key, code in alleged.values_list("matter_id", "category"):
        codes[key].add(code)
    flagged = AllegationFactor.objects.filter(allegation__matter_id__in=keys)
    for key, factor in flagged.values_list("allegation__matter_id", "factor"):
        factors[key].add(factor)
    return {key: is_serious(product(), codes[key], factors[key]) for key in keys}


def _came(matter: Any) -> Any:
    return known(matter.came_to_attention_on, matter.came_to_attention_precision)


def ask(by: Viewer, earlier: Any, matter: Any, person_id: int, on: date) -> None:
    """One review of an earlier matter because of another about the same person, with an owner and a day."""
    JointReview.objects.create(
        ref=new_reference("PV"),
        matter=earlier,
        because=matter,
        person_id=person_id,
        owner_id=_owner(by, earlier, matter),
        due_on=joint_review_due(product(), on),
        on=on,
        recorded_at=by.at,
    )
    journal.record(
        by=system("joint review", at=by.at, because=BECAUSE),
        act=Act.GRANTED,
        kind=RecordKind.MATTER,
        key=earlier.ref,
        summary="asked that this matter be read again, since a serious one came about the same person",
        decision=REPEATS,
        on=on,
    )


def _owner(by: Viewer, earlier: Any, matter: Any) -> int | None:
    """Who reads them together: whoever has a place on the earlier one, else a head, else somebody who may sign."""
    placed = [row.user.id for row in places_on(RecordKind.MATTER, earlier.pk) if row.to_on is None]
    heads = [user.id for user in users_holding(HEAD, by.today)]
    signers = [user.id for user in users_holding(Permission.COUNTERSIGN, by.today)]
    for user_id in dict.fromkeys((*placed, *heads, *signers)):
        viewer = viewer_for(user_id, at=by.at)
        sees = Matter.objects.visible_to(viewer).filter(pk__in=(earlier.pk, matter.pk)).count() == 2
        if sees and any(viewer.may(power) for power in DECIDERS):
            return user_id
    return None
