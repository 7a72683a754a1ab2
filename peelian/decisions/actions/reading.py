"""The independent reading: what stands behind a wall for the one who decides is read by somebody who may see it."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from peelian.decisions import facts
from peelian.decisions.models import Reading
from peelian.decisions.queries.waiting import reading as asked_of
from peelian.intake import actions as intake
from peelian.journal import actions as journal
from peelian.matters import queries as matters
from peelian.matters.queries import MatterParts
from peelian.matters.rows import MatterLine
from peelian.terms.acts import Act, RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotValid
from peelian.terms.typed import not_ahead
from peelian.terms.viewer import Viewer, system
from peelian.walls.powers import must_say
from peelian.walls.queries import users_holding, viewer_for

SHARED_GROUND = "concerned in the matter it is about"


def ask_for_reading(by: Viewer, matter: MatterParts, known: Mapping[int, Sequence[MatterLine]]) -> None:
    """Part of the joint view: ask somebody independent to read what `by` may not see of the people concerned.

    Nothing where they see all there is, or where the same was asked before.
    """
    everything = system("joint view", at=by.at, because="to find what stands behind a wall")
    seen = {line.ref for found in known.values() for line in found} | {matter.ref}
    all_of_them = {
        line.id: line.ref
        for lines in matters.of_people(everything, facts.officers_of(matter).values()).values()
        for line in lines
    }
    hidden = {key: ref for key, ref in all_of_them.items() if ref not in seen}
    earlier = Reading.objects.filter(matter_id=matter.id, decider_id=by.user_id or 0).values_list("hidden", flat=True)
    if not hidden or any(set(hidden.values()) <= set(one) for one in earlier):
        return
    reader = _reader(by, matter, hidden)
    Reading.objects.create(
        ref=new_reference("PR"),
        matter_id=matter.id,
        decider_id=by.user_id or 0,
        reader_id=reader,
        hidden=sorted(hidden.values()),
        asked_at=by.at,
    )
    journal.record(
        by=everything,
        act=Act.GRANTED,
        kind=RecordKind.MATTER,
        key=matter.ref,
        summary="asked for an independent reading of what stands behind a wall",
        decision="a reader was asked" if reader else "nobody who may see it was found yet",
        on=by.today,
    )


def _reader(by: Viewer, matter: MatterParts, hidden: Mapping[int, str]) -> int | None:
    """A user who may sign for others, may see the matter and all that is hidden, and is not the one who decides."""
    wanted = {*hidden, matter.id}
    for user in users_holding(Permission.COUNTERSIGN, by.today):
        if user.id != by.user_id:
            viewer = viewer_for(user.id, at=by.at)
            if set(matters.lines_by_id(viewer, wanted)) == wanted:
                return user.id
    return None


@transaction.atomic
def answer_reading(*, by: Viewer, reading_ref: str, share: str, reasons: str, on: date) -> str:
    """Answer an independent reading asked of `by`: what to share, word for word, or nothing; with reasons.

    What is shared becomes an intake item, open for assessment like anything else that arrives, and kept from the people
    concerned; its reference is returned, empty where nothing is shared. Raises NotFound, NotValid.
    """
    row = asked_of(by, reading_ref)
    if row.answered_on is not None:
        raise NotValid("reading", "It was answered already.")
    not_ahead(by, on)
    reasons = must_say(reasons, why="Say why this is shared, or why nothing is.", field="reasons")
    item_ref = _share(by, row.matter_ref, share.strip(), on) if share.strip() else ""
    Reading.objects.filter(pk=row.id).update(
        reader_id=by.user_id, answered_on=on, shared=bool(item_ref), reasons=reasons, item_ref=item_ref
    )
    journal.record(
        by=by,
        act=Act.DISCLOSED if item_ref else Act.CONSULTED,
        kind=RecordKind.MATTER,
        key=row.matter_ref,
        summary="answered an independent reading",
        decision=f"shared through {item_ref}" if item_ref else "nothing shared",
        on=on,
        texts=[(row.matter_ref, {"reasons": reasons})],
    )
    return item_ref


def _share(by: Viewer, matter_ref: str, words: str, on: date) -> str:
    matter = matters.parts(by, matter_ref)
    taking_in = system("independent reading", at=by.at, because="an independent reader shared what they read")
    return intake.receive_finding(
        by=taking_in,
        heading=f"Shared after an independent reading of {matter_ref}",
        words=words,
        received_on=on,
        about_key=matter_ref,
        never_show_to=[(person_id, SHARED_GROUND) for person_id in facts.officers_of(matter).values()],
    )
