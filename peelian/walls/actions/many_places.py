"""Places given on many records in one act, such as the reviewers of a cohort: checked one by one, written together."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from peelian.journal import actions as journal
from peelian.terms.acts import Act, RecordKind
from peelian.terms.matters import Capacity
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.viewer import Viewer
from peelian.walls.actions.places import IMPARTIAL, READS
from peelian.walls.managed import open_keys
from peelian.walls.models import Place
from peelian.walls.queries import viewer_for

BATCH = 500


@transaction.atomic
def give_places(
    *,
    by: Viewer,
    kind: RecordKind,
    given: Sequence[tuple[int, str, int]],
    capacity: Capacity,
    on: date,
    because: str,
) -> None:
    """Give places, each a record's key, its reference and a user's key, as part of the caller's act and power.

    The signature is asked of each user for each record, as after `give_place`. `because`: the caller's act. Raises
    NotAllowed where a user is involved, tied or conflicted, NotValid where they cannot hold the place.
    """
    by_user: dict[int, list[int]] = {}
    for record_id, _, user_id in given:
        by_user.setdefault(user_id, []).append(record_id)
    users = {user_id: _able(by, kind, user_id, record_ids) for user_id, record_ids in sorted(by_user.items())}
    Place.objects.bulk_create(
        [
            Place(kind=kind, record_id=record_id, user_id=user_id, capacity=capacity, from_on=on, given_by=by.actor)
            for record_id, _, user_id in given
        ],
        batch_size=BATCH,
    )
    words = f"the place of {capacity.words.lower()}"
    drafts = [
        journal.EntryDraft(Act.GRANTED, kind, ref, f"gave {users[user_id]} {words}", because, decision=IMPARTIAL, on=on)
        for _, ref, user_id in given
    ]
    for start in range(0, len(drafts), BATCH):
        journal.record_many(by=by, entries=drafts[start : start + BATCH])


def open_to(user_id: int, kind: RecordKind, record_ids: Iterable[int], by: Viewer) -> frozenset[int]:
    """Which of the records a user may be given a place on at the moment of `by`: not involved, tied or conflicted.

    None for a user who is not active or whose roles read no record of the kind.
    """
    try:
        viewer = viewer_for(user_id, at=by.at)
    except NotFound:
        return frozenset()
    if not any(viewer.may(permission) for permission in READS.get(kind, ())):
        return frozenset()
    wanted, found = sorted(set(record_ids)), set()
    for start in range(0, len(wanted), BATCH):
        found |= set(open_keys(kind, viewer).filter(pk__in=wanted[start : start + BATCH]).values_list("pk", flat=True))
    return frozenset(found)


def _able(by: Viewer, kind: RecordKind, user_id: int, record_ids: Sequence[int]) -> str:
    """The user's reference, if they may hold a place on all of the records."""
    try:
        viewer = viewer_for(user_id, at=by.at)
    except NotFound as error:
        raise NotValid("user", "Choose an active user.") from error
    if not any(viewer.may(permission) for permission in READS.get(kind, ())):
        raise NotValid("user", f"{viewer.name} holds no role that reads a record of this kind.")
    if set(record_ids) - open_to(user_id, kind, record_ids, by):
        reason = f"{viewer.name} is involved in a record, tied to someone who is, or has declared a conflict."
        raise NotAllowed(Refusal(reason, IMPARTIAL))
    return viewer.actor.removeprefix("user:")
