"""What goes to intake the day a run is taken in, before anybody judged it.

The record of a sexual offence that nobody has resolved (LES-11); a new crime record whose suspect matches somebody who
serves, whatever became of the crime (LES-02). Each is one item with an owner, ends only by a reasoned decision there,
and stays whatever a later run makes of the pair.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Max

from peelian.intake import actions as intake
from peelian.matches.models import Pair, Raised, Run, Sighting
from peelian.matches.read import matched
from peelian.matches.rows import Found
from peelian.rules import crime_records as rules
from peelian.statute import product
from peelian.terms.matches import PairState
from peelian.terms.viewer import Viewer

GROUND = "the record may be about them"
UNRESOLVED = "Wash: the record of a sexual offence that nobody has resolved"
ASSESSMENT = "Crime record: a conduct assessment"
Key = tuple[str, str, str]


def to_raise(
    found: Sequence[Found], new: Sequence[Found], changed: Sequence[Found], held: Mapping[Key, Pair], on: date
) -> list[Found]:
    """Pairs that do not wait to be judged, as they stood before this run is written down.

    Records that opened no assessment when they were last seen and do so now; not those of the backlog of a source that
    is washed for the first time. Everything unresolved about a sexual offence.
    """
    law = product()
    sources = {source for _, source, _ in held}
    opening = []
    for one in new:
        record = matched(one, one.part, one.category, one.recorded_on)
        is_new = rules.is_new(law, record, on=on, source_is_known=one.source in sources)
        if is_new and rules.opens_assessment(law, record):
            opening.append(one)
    before = _last_seen([held[_key(one)] for one in changed])
    for one in changed:
        was = held[_key(one)]
        last = before[was.pk]
        opened = rules.opens_assessment(law, matched(was, last.part, last.category, last.recorded_on))
        if not opened and rules.opens_assessment(law, matched(one, one.part, one.category, one.recorded_on)):
            opening.append(one)
    keys = {_key(one) for one in opening}
    return [one for one in found if one.same_day or _key(one) in keys]


def raise_to_intake(by: Viewer, run: Run, found: Sequence[Found], known: Mapping[str, int], on: date) -> int:
    """Hand them to intake, once for each pair and never one that somebody judged. How many."""
    count = 0
    for one in found:
        row = Pair.objects.get(
            workforce=run.workforce, person_key=one.person_id, source=one.source, record_key=one.record_id
        )
        if Raised.objects.filter(pair=row).exists() or row.state in (PairState.NO, PairState.YES):
            continue
        person = known.get(one.of_workforce)
        sexual = rules.sexual(product(), one.category)
        item = intake.receive_finding(
            by=by,
            heading=UNRESOLVED if one.same_day else ASSESSMENT,
            words=_words(one, on),
            received_on=on,
            about_key=row.ref,
            never_show_to=[(person, GROUND)] if person else [],
            serious=[sexual.key] if sexual else [],
        )
        Raised.objects.create(pair=row, item_ref=item, on=on, recorded_at=by.at, recorded_by=by.actor)
        count += 1
    return count


def _words(one: Found, on: date) -> str:
    resolved = f"resolved on {one.resolved_on}" if one.resolved_on else "which nobody has resolved"
    about = one.category or "nothing that the source says"
    lines = [
        f"The wash of {on:%-d %B %Y} found record {one.record_id} of {one.source}, about {about}"
        f" ({one.part or 'no part'}; {resolved}). It may be about {one.of_workforce} of the workforce: {one.band},"
        f" {one.weight:+.1f} bits.",
        f"For: {'; '.join(one.words_for) or 'nothing said'}.",
        f"Against: {'; '.join(one.words_against) or 'nothing'}.",
    ]
    if one.unsure:
        lines.append(f"Unsure: {one.unsure}.")
    lines.append("Nobody has judged yet whether it is the same person.")
    if one.same_day:
        lines.append("It asks for a decision the same day.")
    law = product()
    if rules.opens_assessment(law, matched(one, one.part, one.category, one.recorded_on)):
        lines.append(
            "It opens a conduct assessment, whatever becomes of the crime (LES-02): record it as a matter, or log it"
            " with reasons."
        )
    if sexual := rules.sexual(law, one.category):
        asked = law.row("criterion", sexual["criterion"])
        lines.append(f"It counts as serious, however minor: {sexual.title}, {sexual.law} (LES-10).")
        lines.append(f"The question of referral is raised: {asked.key}, {asked.law}.")
    return "\n".join(lines)


def _last_seen(pairs: Sequence[Pair]) -> dict[int, Sighting]:
    """How each of these was last seen, by its key."""
    last = Sighting.objects.filter(pair__in=pairs, is_gone=False).values("pair").annotate(last=Max("pk"))
    return {row.pair_id: row for row in Sighting.objects.filter(pk__in=last.values("last"))}


def _key(one: Found) -> Key:
    return (one.person_id, one.source, one.record_id)
