"""Which edition of the conduct and complaints scheme governs a matter.

SI 2020/2 reg 2 for the change of 1 February 2020, SI 2025/558 regs 64 and 66 for that of 28 May 2025.
"""

from datetime import date

from peelian.rules.answers import Answer
from peelian.rules.registered import implements
from peelian.rules.words import day_words
from peelian.statute import Register, SchemeEdition
from peelian.terms.known_dates import KnownDate

NOT_KNOWN = "The day it came to the attention of the appropriate authority is not recorded."


@implements("SI 2020/2 reg 2; SI 2024/521; SI 2025/558 regs 64, 66; PRA ss13B, 28A")
def governing_edition(
    law: Register,
    came_to_attention: KnownDate | None,
    *,
    earlier: KnownDate | None = None,
    referral_notice: KnownDate | None = None,
    reopened: KnownDate | None = None,
    by_todays_rules: bool = False,
) -> Answer[SchemeEdition | None]:
    """The edition that governs a matter; None where the dates known do not settle it.

    `came_to_attention`: the complaint was made, or the matter came to attention. `earlier`: when an earlier matter
    about the same thing, still being handled, did. `referral_notice`: notice of referral to proceedings.
    `reopened`: the IOPC ordered re-investigation or made a direction (PRA ss13B, 28A). `by_todays_rules`: replay
    older events under the newest edition, and label the answer so.
    """
    editions = law.scheme
    if by_todays_rules:
        newest = editions[-1]
        why = f"Replayed by today's rules: {newest.title}. This edition did not govern the matter."
        return Answer(newest, newest.law, (why,), not newest.seen, by_todays_rules=True)
    if reopened is not None:
        return _by_day(editions, reopened, "The IOPC ordered re-investigation or made a direction")
    if came_to_attention is None:
        return Answer(None, editions[0].law, (NOT_KNOWN,))
    basis, opening = came_to_attention, "It came to attention"
    if earlier is not None and earlier.earliest < came_to_attention.earliest:
        basis, opening = earlier, "An earlier matter about the same thing, still being handled, came to attention"
    found = _by_day(editions, basis, opening)
    return _with_referral(editions, found, referral_notice)


def _by_day(editions: tuple[SchemeEdition, ...], basis: KnownDate, opening: str) -> Answer[SchemeEdition | None]:
    turning = [one for one in editions if one.turns_on == "came_to_attention"]
    first, last = _newest(turning, basis.earliest), _newest(turning, basis.latest)
    where = f"on {day_words(basis.earliest)}" if basis.is_exact else f"in {basis.words}"
    if first is not last:
        switch = day_words((last or turning[0]).in_force_from)
        why = f"{opening} {where}: that may be before or after {switch}, so the edition is not settled."
        return Answer(None, (last or turning[0]).law, (why,))
    if first is None:
        why = f"{opening} {where}, before every edition held in the tables."
        return Answer(turning[0], turning[0].law, (why,), not turning[0].seen)
    found = first
    steps = [f"{opening} {where}, so {found.title[0].lower()}{found.title[1:]} governs."]
    if found.saving:
        steps.append(found.saving)
    return Answer(found, found.law, tuple(steps), not found.seen)


def _newest(editions: list[SchemeEdition], day: date) -> SchemeEdition | None:
    begun = [one for one in editions if one.in_force_from <= day]
    return begun[-1] if begun else None


def _with_referral(
    editions: tuple[SchemeEdition, ...],
    found: Answer[SchemeEdition | None],
    notice: KnownDate | None,
) -> Answer[SchemeEdition | None]:
    """The amendments that turn on the notice of referral, laid over the edition found by the day of attention."""
    if found.value is None or not found.value.held or notice is None:
        return found
    for one in editions:
        if one.turns_on != "referral_notice" or one.in_force_from <= found.value.in_force_from:
            continue
        if notice.earliest >= one.in_force_from:
            why = f"Notice of referral was given in or after {notice.words}: {one.title} governs the proceedings."
            steps = (*found.because, why, one.saving)
            return Answer(one, f"{found.law}; {one.law}", steps, not one.seen)
    return found
