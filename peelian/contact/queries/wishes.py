"""Consent and wishes: the history of each person, and who says that they want to withdraw."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from peelian.contact.models import Said
from peelian.contact.rows import SaidRow
from peelian.contact.words import GONE, Words, opened
from peelian.matters.queries import MatterParts
from peelian.terms.contact import Stance, Topic

AT_ONCE = 500


def wishing_to_withdraw(matter_ids: Iterable[int]) -> dict[int, dict[int, str]]:
    """Who says of a matter that they want to withdraw, and nothing else since: involvement and who wrote it down.

    By matter, for matters that were shown to whoever asks; one statement for some hundreds.
    """
    wanted = sorted(set(matter_ids))
    found: dict[int, dict[int, str]] = {}
    for start in range(0, len(wanted), AT_ONCE):
        rows = Said.objects.filter(matter_id__in=wanted[start : start + AT_ONCE], topic=Topic.WITHDRAW)
        for row in rows.order_by("recorded_at", "pk"):
            held = found.setdefault(row.matter_id, {})
            if row.stance == Stance.YES:
                held[row.involvement_id] = row.recorded_by
            else:
                held.pop(row.involvement_id, None)
    return {matter: held for matter, held in found.items() if held}


def said_rows(held: Sequence[Any], words: Mapping[Any, Words], names: Mapping[str, str]) -> tuple[SaidRow, ...]:
    """What somebody said, latest first. `held`: in the order it was written down. `words`: of each of them."""
    last = {(row.topic, _about(words[row])): row.pk for row in held}
    return tuple(
        SaidRow(
            ref=row.ref,
            topic=Topic(row.topic),
            stance=Stance(row.stance),
            about=words[row].get("about", ""),
            words=words[row].get("words", GONE),
            said_by=words[row].get("said_by", ""),
            how=row.how,
            reasons=words[row].get("reasons", GONE),
            on=row.on,
            recorded_at=row.recorded_at,
            recorded_by=names[row.recorded_by],
            stands=last[row.topic, _about(words[row])] == row.pk,
        )
        for row in reversed(held)
    )


def _about(words: Words) -> str:
    return str(words.get("about", "")).casefold()


def unwilling_to_share(matter: MatterParts) -> dict[int, tuple[str, ...]]:
    """Who on a matter did not agree that something is shared, and with whom: by involvement; the last answer stands.

    For a matter that was shown to whoever asks; two statements.
    """
    last: dict[tuple[int, str], str] = {}
    held = list(Said.objects.filter(matter_id=matter.id, topic=Topic.SHARING).order_by("recorded_at", "pk"))
    words = opened(matter.ref, held)
    for row in held:
        last[row.involvement_id, str(words[row].get("about", ""))] = row.stance
    found: dict[int, tuple[str, ...]] = {}
    for (involvement_id, about), stance in last.items():
        if stance != Stance.YES:
            found[involvement_id] = (*found.get(involvement_id, ()), about)
    return found
