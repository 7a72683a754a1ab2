"""Ties between people, and tethers of people to the records through which alone they are known."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from peelian.journal import actions as journal
from peelian.terms.acts import Act, RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound, NotValid
from peelian.terms.viewer import Viewer
from peelian.walls.models import Tether, Tie
from peelian.walls.powers import must_hold

BATCH = 500
Ground = Tie.Ground


@transaction.atomic
def tie(*, by: Viewer, person_id: int, person_ref: str, other_id: int, other_ref: str, ground: str, on: date) -> None:
    """Tie two people from `on`: each is kept out of anything about the other. CI-2, CI-4.

    `ground`: `line_manager` (`person_id` manages `other_id`) or `declared_relationship`. Needs EDIT_PEOPLE, or to
    declare a relationship of one's own. Raises NotValid for an unknown ground, a tie to oneself or one that stands.
    """
    own = by.person_id is not None and by.person_id in (person_id, other_id)
    if not (own and ground == Ground.DECLARED_RELATIONSHIP):
        must_hold(by, Permission.EDIT_PEOPLE)
    if ground not in Ground.values:
        raise NotValid("ground", f"Choose one of: {', '.join(Ground.labels)}.")
    if person_id == other_id:
        raise NotValid("person", "Nobody is tied to themselves.")
    if Tie.objects.filter(person_id=person_id, other_id=other_id, ground=ground, to_on__isnull=True).exists():
        raise NotValid("person", "These two people are already tied on this ground.")
    tie_many(pairs=[(person_id, other_id)], ground=ground, on=on)
    _journal(by, Act.COMBINED, person_ref, other_ref, f"tied to another person: {Ground(ground).label.lower()}", on)


@transaction.atomic
def untie(*, by: Viewer, person_id: int, person_ref: str, other_id: int, other_ref: str, ground: str, on: date) -> None:
    """End a tie: `on` is the first day without it. Needs EDIT_PEOPLE. Raises NotFound where there is none."""
    must_hold(by, Permission.EDIT_PEOPLE)
    if not untie_many(pairs=[(person_id, other_id)], ground=ground, on=on):
        raise NotFound("no such tie")
    _journal(by, Act.ALTERED, person_ref, other_ref, f"tie ended: {Ground(ground).label.lower()}", on)


def tie_many(*, pairs: Iterable[tuple[int, int]], ground: str, on: date) -> None:
    """Tie many pairs of people, both ways, inside the caller's act and under its power; the caller's entry says so."""
    rows = []
    for person_id, other_id in pairs:
        rows.append(Tie(person_id=person_id, other_id=other_id, ground=ground, from_on=on))
        rows.append(Tie(person_id=other_id, other_id=person_id, ground=ground, from_on=on))
    Tie.objects.bulk_create(rows, batch_size=BATCH)


def untie_many(*, pairs: Iterable[tuple[int, int]], ground: str, on: date) -> int:
    """End the ties of many pairs, both ways, inside the caller's act; returns how many ended."""
    ended = 0
    for person_id, other_id in pairs:
        for one, two in ((person_id, other_id), (other_id, person_id)):
            open_ties = Tie.objects.filter(person_id=one, other_id=two, ground=ground, to_on__isnull=True)
            ended += open_ties.update(to_on=on)
    return ended


def tether(*, person_ids: Iterable[int], kind: RecordKind, record_id: int) -> None:
    """Say that these people appear in a record, inside the caller's act. Saying so twice is the same as once.

    A person who is not in the register in their own right is then seen only by those who may see such a record.
    """
    tether_many(kind=kind, pairs=((person_id, record_id) for person_id in person_ids))


def tether_many(*, kind: RecordKind, pairs: Iterable[tuple[int, int]]) -> None:
    """`tether` for many pairs of a person's key and a record's key."""
    rows = (Tether(person_id=person_id, kind=kind, record_id=record_id) for person_id, record_id in pairs)
    Tether.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def untether(*, person_ids: Iterable[int], kind: RecordKind, record_id: int) -> None:
    """Take back what `tether` said, as when somebody was linked to a record by mistake."""
    Tether.objects.filter(person_id__in=list(person_ids), kind=kind, record_id=record_id).delete()


def _journal(by: Viewer, act: Act, person_ref: str, other_ref: str, summary: str, on: date) -> None:
    drafts = [
        journal.EntryDraft(act, RecordKind.PERSON, ref, summary, on=on, texts=[(ref, {"other": other})])
        for ref, other in ((person_ref, other_ref), (other_ref, person_ref))
    ]
    journal.record_many(by=by, entries=drafts)
