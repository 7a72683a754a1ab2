"""Pairs of a source whose lawful basis ended, disposed of together: one act over those listed, each by two people.

Every pair keeps its own proposal, answer, entries in the journal and certificate, and is checked by itself; one that
may not go is left out, with why, and the others go.
"""

from collections.abc import Callable, Iterable
from datetime import date
from itertools import islice

from django.db import transaction

from peelian.matches import queries as matches
from peelian.matches.rows import EndedSource
from peelian.retention import actions
from peelian.retention.records import PAIR, Record, held_schedules, of_pairs
from peelian.retention.rows import Bundle, Said, Together
from peelian.retention.standing import Standing, standing
from peelian.rules.retention import Schedule
from peelian.terms.known_dates import date_words
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold
from peelian.walls.queries import actor_names

AT_ONCE = 100  # pairs in one act, so that whoever does it can read what it is done on
ENDED = "basis_ended"
KINDS = ("to_propose", "to_answer", "proposed", "in_the_way")


def ended_sources(viewer: Viewer) -> tuple[EndedSource, ...]:
    """Sources whose basis ended, of which pairs stand that the viewer may see. Raises NotAllowed."""
    must_hold(viewer, *actions.KEEPERS)
    return matches.ended_sources(viewer)


def bundle(viewer: Viewer, workforce: str, source: str) -> Bundle:
    """The pairs of one such source by what may be done with them. Raises NotAllowed, NotFound."""
    held = held_schedules()
    of = next((one for one in ended_sources(viewer) if (one.workforce, one.source) == (workforce, source)), None)
    if of is None:
        raise NotFound(f"{workforce} {source}")
    rows: dict[str, list[tuple[str, str]]] = {kind: [] for kind in KINDS}
    why: dict[tuple[str, date, str], None] = {}
    pairs = matches.pairs_of_source(viewer, workforce, source)
    while some_pairs := list(islice(pairs, AT_ONCE)):
        now = standing(PAIR, [one.id for one in some_pairs])
        for record in of_pairs(viewer, some_pairs):
            kind, words = _stands(viewer, record, now[record.id], held)
            rows[kind].append((record.ref, words))
            one = now[record.id].proposal
            if one is not None and kind == "to_answer":
                why[one.recorded_by, one.on, one.reasons] = None
    some = {kind: tuple(rows[kind][:AT_ONCE]) for kind in KINDS}
    names = actor_names({actor for actor, _, _ in why})
    said = tuple(Said("Proposed", on, names.get(actor, ""), reasons) for actor, on, reasons in why)
    return Bundle(source=of, counts={kind: len(rows[kind]) for kind in KINDS}, said=said, **some)


def propose_together(*, by: Viewer, refs: Iterable[str], reasons: str, on: date) -> Together:
    """Propose that these pairs are disposed of, their source's basis having ended. Needs ERASE.

    Raises NotAllowed; NotValid without reasons, for more than are done at once, and where none of them may go.
    """
    must_hold(by, Permission.ERASE)
    return _each(by, refs, lambda ref: actions.propose(by=by, kind=PAIR, ref=ref, reasons=reasons, on=on))


def answer_together(*, by: Viewer, refs: Iterable[str], agreed: bool, reasons: str, on: date) -> Together:
    """Agree to the disposal of these pairs, which then happens, or send them back. Needs COUNTERSIGN.

    Raises as `propose_together`; whoever proposed one cannot answer it.
    """
    must_hold(by, Permission.COUNTERSIGN)
    return _each(by, refs, lambda ref: actions.answer(by=by, kind=PAIR, ref=ref, agreed=agreed, reasons=reasons, on=on))


@transaction.atomic
def _each(by: Viewer, refs: Iterable[str], act: Callable[[str], object]) -> Together:
    wanted = list(dict.fromkeys(refs))
    if not wanted:
        raise NotValid("refs", "Choose at least one pair.")
    if len(wanted) > AT_ONCE:
        raise NotValid("refs", f"Choose at most {AT_ONCE} pairs at once.")
    done, left_out = [], []
    for ref in wanted:
        try:
            if ENDED not in matches.ended_pair(by, ref).facts:
                raise NotValid("refs", f"The source of {ref} may still be washed. Its disposal is proposed by itself.")
            act(ref)
        except NotAllowed as refused:
            left_out.append((ref, refused.refusal.reason))
        else:
            done.append(ref)
    if not done:
        raise NotValid("refs", f"None of them may go now: {left_out[0][1]}")
    return Together(tuple(done), tuple(left_out))


def _stands(viewer: Viewer, record: Record, now: Standing, held: dict[str, Schedule]) -> tuple[str, str]:
    """Which part of the bundle a pair stands in, and its heading or what is in the way."""
    if now.proposal is not None:
        return ("proposed" if now.proposal.recorded_by == viewer.actor else "to_answer"), record.heading
    if now.hold is not None:
        return "in_the_way", "A legal hold stands."
    if record.pair and record.pair.open_because:
        return "in_the_way", record.pair.open_because
    day = now.keeping(held, record).value.not_before
    if day is not None and viewer.today < day:
        return "in_the_way", f"Its schedule ({now.schedule(held, record).label}) keeps it until {date_words(day)}."
    return "to_propose", record.heading
