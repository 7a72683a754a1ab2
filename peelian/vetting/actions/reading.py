"""The independent reading: what stands behind a wall for those who decide is read by somebody who may see it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import transaction

from peelian.intake import actions as intake
from peelian.journal import actions as journal
from peelian.matters import queries as matters
from peelian.people import queries as people
from peelian.terms.acts import Act, RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotValid
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer, system
from peelian.vetting import facts
from peelian.vetting.models import Reading, ReadingAnswer
from peelian.vetting.queries.readings import reading as asked_of
from peelian.walls.queries import users_holding, viewer_for

SHARED_GROUND = "the person whose vetting it is about"


def ask_for_reading(by: Viewer, held: Any) -> None:
    """Ask somebody independent to read what those who recommend or decide on an application may not see.

    Part of asking sources, recommending and deciding. Nothing where they see all there is, or where it was asked
    before; those who decide never learn of it.
    """
    everything = system("vetting", at=by.at, because="to find what stands behind a wall")
    every = {one.matter.ref for one in matters.said_of(everything, held.person_id)}
    if not every:
        return
    earlier = list(Reading.objects.filter(application=held).values_list("decider_ids", "hidden"))
    kept: dict[tuple[str, ...], list[int]] = {}
    for user_id, viewer in _deciders(by, held):
        asked = {ref for ids, hidden in earlier if user_id in ids for ref in hidden}
        if hidden := every - set(matters.lines_by_ref(viewer, every)) - asked:
            kept.setdefault(tuple(sorted(hidden)), []).append(user_id)
    person_ref = people.refs_on_record(everything, [held.person_id])[held.person_id][0] if kept else ""
    for refs, ids in sorted(kept.items()):
        reader = _reader(by, held, refs, ids)
        Reading.objects.create(
            ref=new_reference("PR"),
            application=held,
            decider_ids=sorted(ids),
            reader_id=reader,
            hidden=list(refs),
            asked_at=by.at,
        )
        journal.record(
            by=everything,
            act=Act.GRANTED,
            kind=RecordKind.PERSON,
            key=person_ref,
            summary=f"asked for an independent reading of what stands behind a wall ({held.ref})",
            decision="a reader was asked" if reader else "nobody who may see it was found yet",
            on=by.today,
        )


@transaction.atomic
def answer_reading(*, by: Viewer, reading_ref: str, shares: str, reasons: str, on: date) -> str:
    """Answer a reading asked of `by`: what to share, word for word, or nothing; with reasons.

    What is shared becomes an intake item kept from the person, whose reference is returned, and stands on the
    application to be weighed; nothing is returned where nothing is shared. Raises NotFound, NotValid.
    """
    row = asked_of(by, reading_ref)
    if row.answered_on is not None:
        raise NotValid("reading", "It was answered already.")
    not_ahead(by, on)
    reasons = sound("reasons", reasons, needed="Say why this is shared, or why nothing is.")
    shares = sound("shares", shares).strip()
    item_ref = _share(by, row.person.id, row.application_ref, row.person.ref, shares, on) if shares else ""
    ReadingAnswer.objects.create(
        reading_id=row.id,
        shares=shares,
        reasons=reasons,
        item_ref=item_ref,
        on=on,
        recorded_at=by.at,
        recorded_by=by.actor,
    )
    journal.record(
        by=by,
        act=Act.DISCLOSED if item_ref else Act.CONSULTED,
        kind=RecordKind.PERSON,
        key=row.person.ref,
        summary=f"answered an independent reading for {row.application_ref}",
        decision=f"shared through {item_ref}" if item_ref else "nothing shared",
        on=on,
        texts=[(row.person.ref, {"shares": shares, "reasons": reasons})],
    )
    return item_ref


def _deciders(by: Viewer, held: Any) -> Iterator[tuple[int, Viewer]]:
    """Whoever acts, and those who may decide, as far as they may see the application."""
    ids = {user.id for user in users_holding(Permission.DECIDE_VETTING, by.today)}
    for user_id in sorted(ids | ({by.user_id} if by.user_id is not None else set())):
        viewer = by if user_id == by.user_id else viewer_for(user_id, at=by.at)
        if facts.seen(viewer).filter(pk=held.pk).exists():
            yield user_id, viewer


def _reader(by: Viewer, held: Any, refs: tuple[str, ...], deciders: list[int]) -> int | None:
    """A user who signs for others, reads vetting, sees the application and all that is hidden, and decides nothing."""
    able = {user.id for user in users_holding(Permission.READ_VETTING, by.today)}
    for user in users_holding(Permission.COUNTERSIGN, by.today):
        if user.id in able and user.id not in deciders and user.id != by.user_id:
            viewer = viewer_for(user.id, at=by.at)
            sees = facts.seen(viewer).filter(pk=held.pk).exists()
            if sees and len(matters.lines_by_ref(viewer, refs)) == len(refs):
                return user.id
    return None


def _share(by: Viewer, person_id: int, application_ref: str, person_ref: str, words: str, on: date) -> str:
    taking_in = system("independent reading", at=by.at, because="an independent reader shared what they read")
    return intake.receive_finding(
        by=taking_in,
        heading=f"Shared after an independent reading for vetting, {application_ref}",
        words=words,
        received_on=on,
        about_key=person_ref,
        never_show_to=[(person_id, SHARED_GROUND)],
    )
