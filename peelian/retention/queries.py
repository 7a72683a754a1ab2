"""What is due for review, one record's retention, and certificates; through the wall of the record."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from peelian.intake import queries as intake
from peelian.matches import queries as matches
from peelian.matters import queries as matters
from peelian.retention.models import Disposal, Entry, Hold
from peelian.retention.records import (
    ITEM,
    MATTER,
    PAIR,
    Record,
    held_schedules,
    of_item,
    of_matters,
    of_pairs,
    record,
    stands_open,
)
from peelian.retention.rows import Certificate, DueRow, ProposedRow, RetentionRow, Said
from peelian.retention.standing import Standing, is_lifted, standing, touched
from peelian.rules.retention import Schedule, years_after
from peelian.terms.known_dates import date_words
from peelian.terms.pages import SIZE, Page
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold
from peelian.walls.queries import actor_names

KEEPERS = (Permission.ERASE, Permission.COUNTERSIGN)
MOST = 1000  # how far the list counts
AT_ONCE = 200


def due(viewer: Viewer, kind: str = "", *, number: int = 1, size: int = SIZE) -> Page[DueRow]:
    """Records that the viewer may see and that are due for review: those without a closing date, then the oldest.

    Matters first, then intake items, then pairs of the wash; `kind`: of one kind alone. It counts to a
    thousand. Raises NotAllowed.
    """
    must_hold(viewer, *KEEPERS)
    rows: list[DueRow] = []
    more = False
    for row in export_due(viewer, kind):
        if len(rows) == MOST:
            more = True
            break
        rows.append(row)
    start = (number - 1) * size
    return Page(tuple(rows[start : start + size]), len(rows), number, size, more)


def export_due(viewer: Viewer, kind: str = "") -> Iterator[DueRow]:
    """Every record due for review, in the order of the list; `kind`: of one kind alone. Raises NotAllowed."""
    must_hold(viewer, *KEEPERS)
    held = held_schedules()
    for one, rows in ((MATTER, _matters), (ITEM, _items), (PAIR, _pairs)):
        if kind in ("", one):
            yield from rows(viewer, held)


def _matters(viewer: Viewer, held: dict[str, Schedule]) -> Iterator[DueRow]:
    ended = matters.ended_matters(viewer, _until(viewer, held, MATTER), also=touched(MATTER))
    while some := list(islice(ended, AT_ONCE)):
        yield from _due(viewer, held, of_matters(viewer, some))


def _items(viewer: Viewer, held: dict[str, Schedule]) -> Iterator[DueRow]:
    logged = intake.ended_items(viewer, _until(viewer, held, ITEM), also=touched(ITEM))
    while few := list(islice(logged, AT_ONCE)):
        yield from _due(viewer, held, [of_item(one) for one in few])


def _pairs(viewer: Viewer, held: dict[str, Schedule]) -> Iterator[DueRow]:
    pairs = matches.ended_pairs(viewer)
    while part := list(islice(pairs, AT_ONCE)):
        yield from _due(viewer, held, of_pairs(viewer, part))


def _until(viewer: Viewer, held: dict[str, Schedule], kind: str) -> date:
    """The latest closing day of which the rule alone may ask for a review today."""
    shortest = min(one.review_years for one in held.values() if one.by_itself and kind in one.kinds)
    return years_after(viewer.today, -shortest)


def _due(viewer: Viewer, held: dict[str, Schedule], records: list[Record]) -> Iterator[DueRow]:
    if not records:
        return
    now = standing(records[0].kind, [one.id for one in records])
    for one in records:
        said = now[one.id]
        day = said.keeping(held, one).value.review_on
        if said.disposed is None and (day is None or day <= viewer.today):
            yield DueRow(
                kind=one.kind,
                ref=one.ref,
                heading=one.heading,
                closed=one.closed,
                schedule=said.schedule(held, one),
                since=day,
                is_held=said.hold is not None,
                is_proposed=said.proposal is not None,
            )


def retention(viewer: Viewer, kind: str, ref: str) -> RetentionRow:
    """One record's retention. `kind`: as `records.record` has it. Raises NotAllowed; NotFound, also behind a wall."""
    must_hold(viewer, *KEEPERS)
    found, held = record(viewer, kind, ref), held_schedules()
    now = standing(kind, [found.id])[found.id]
    names = actor_names(one for row in now.entries for one in _actors(row))
    return RetentionRow(
        kind=kind,
        ref=found.ref,
        heading=found.heading,
        state=found.state,
        closed=found.closed,
        schedule=now.schedule(held, found),
        by_rule=now.chosen not in held,
        keeping=now.keeping(held, found),
        choices=tuple(one for one in held.values() if kind in one.kinds),
        said=tuple(said for row in now.entries for said in _said(row, names, held)),
        is_held=now.hold is not None,
        proposal=_proposal(viewer, now, names, held),
        stands_in_the_way=() if now.disposed else stands_open(viewer, found, is_held=now.hold is not None),
        disposed=now.disposed.ref if now.disposed else "",
    )


def certificate(viewer: Viewer, kind: str, ref: str) -> Certificate:
    """The certificate of a record that was disposed of. Raises NotAllowed; NotFound, also behind a wall."""
    must_hold(viewer, *KEEPERS)
    found, held = record(viewer, kind, ref), held_schedules()
    gone = standing(kind, [found.id])[found.id].disposed
    if gone is None:
        raise NotFound(f"certificate of {ref}")
    names = actor_names(_actors(gone))
    answered = gone.answered
    return Certificate(
        ref=gone.ref,
        kind=kind,
        record_ref=found.ref,
        schedule=held[gone.schedule],
        not_before=gone.not_before,
        proposed=Said("Proposed", gone.on, names.get(gone.recorded_by, ""), gone.reasons),
        agreed=Said("Agreed", answered.on, names.get(answered.recorded_by, ""), answered.reasons),
        went=tuple(answered.went),
        stays=tuple(answered.stays),
    )


def _proposal(viewer: Viewer, now: Standing, names: dict[str, str], held: dict[str, Schedule]) -> ProposedRow | None:
    row = now.proposal
    if row is None:
        return None
    return ProposedRow(row.ref, _said(row, names, held)[0], row.recorded_by == viewer.actor)


def _actors(row: Entry) -> list[str]:
    after = getattr(row, "lifted", None) or getattr(row, "answered", None)
    return [row.recorded_by, after.recorded_by] if after else [row.recorded_by]


def _said(row: Entry, names: dict[str, str], held: dict[str, Schedule]) -> list[Said]:
    """What one row says, and what answered it."""
    said = [Said(_words(row, held), row.on, names.get(row.recorded_by, ""), row.reasons)]
    after = getattr(row, "lifted", None) or getattr(row, "answered", None)
    if after:
        words = "Legal hold lifted"
        if isinstance(row, Disposal):
            words = "Disposal agreed to, and done" if after.agreed else "Disposal sent back"
        said.append(Said(words, after.on, names.get(after.recorded_by, ""), after.reasons))
    return said


def _words(row: Entry, held: dict[str, Schedule]) -> str:
    if isinstance(row, Hold):
        return "Legal hold lifted later" if is_lifted(row) else "Legal hold"
    if isinstance(row, Disposal):
        return f"Disposal proposed ({row.ref})"
    if until := getattr(row, "until", None):
        return f"Reviewed and kept until {date_words(until)}"
    key = getattr(row, "schedule", "")
    return f"Schedule chosen: {held[key].label if key in held else key}"
