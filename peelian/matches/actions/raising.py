"""What goes to intake the day a run is taken in, before anybody judged it.

The record of a sexual offence that nobody has resolved (LES-11); a new crime record whose suspect matches somebody who
serves, whatever became of the crime (LES-02). Each is one item with an owner, ends only by a reasoned decision there,
and stays whatever a later run makes of the pair.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from peelian.intake import actions as intake
from peelian.matches.actions.differing import JUDGED, Brought
from peelian.matches.models import Pair, Raised, Run
from peelian.matches.read import matched
from peelian.matches.rows import Found
from peelian.matches.seeing import last_seen
from peelian.rules import crime_records as rules
from peelian.statute import product
from peelian.terms.known_dates import date_words
from peelian.terms.viewer import Viewer

GROUND = "the record may be about them"
UNRESOLVED = "Wash: the record of a sexual offence that nobody has resolved"
ASSESSMENT = "Crime record: a conduct assessment"


def to_raise(part: Sequence[Brought], sources: Collection[str], on: date) -> list[Found]:
    """Pairs of a part of a run that do not wait to be judged, asked before the part is written down.

    Records that opened no assessment when they were last seen and do so now; not those of the backlog of a source that
    is washed for the first time: one not among `sources`. Everything unresolved about a sexual offence.
    """
    law = product()
    before = last_seen(one.held for one in part if one.found and one.held)
    raised = []
    for one in part:
        found = one.found
        if found is None:
            continue
        record = matched(found, found.part, found.category, found.recorded_on)
        opens = rules.opens_assessment(law, record) and not one.is_as_held
        if opens and one.held:
            last = before[one.held.pk]
            opens = not rules.opens_assessment(law, matched(one.held, last.part, last.category, last.recorded_on))
        elif opens:
            opens = rules.is_new(law, record, on=on, source_is_known=found.source in sources)
        if opens or found.same_day:
            raised.append(found)
    return raised


def raise_to_intake(
    by: Viewer, run: Run, found: Sequence[Found], known: Mapping[str, int], titles: Mapping[str, str], on: date
) -> int:
    """Hand them to intake, once for each pair and never one that somebody judged. How many. `titles`: of sources."""
    count = 0
    for one in found:
        row = Pair.objects.get(
            workforce=run.workforce, person_key=one.person_id, source=one.source, record_key=one.record_id
        )
        if Raised.objects.filter(pair=row).exists() or row.state in JUDGED:
            continue
        person = known.get(one.of_workforce)
        sexual = rules.sexual(product(), one.category)
        item = intake.receive_finding(
            by=by,
            heading=UNRESOLVED if one.same_day else ASSESSMENT,
            words=_words(one, titles.get(one.source, one.source), on),
            received_on=on,
            about_key=row.ref,
            never_show_to=[(person, GROUND)] if person else [],
            serious=[sexual.key] if sexual else [],
        )
        Raised.objects.create(pair=row, item_ref=item, on=on, recorded_at=by.at, recorded_by=by.actor)
        count += 1
    return count


def _words(one: Found, source: str, on: date) -> str:
    resolved = f"resolved on {one.resolved_on}" if one.resolved_on else "which nobody has resolved"
    about = one.category or "nothing that the source says"
    lines = [
        f"The wash of {date_words(on)} found record {one.record_id} of {source}, about {about}"
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
