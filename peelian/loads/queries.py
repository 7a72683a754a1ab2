"""Loads and their reports, for those who may see them; what sources said of a record, for those who may see that."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path

from peelian.feeds.fields import FIELDS, Content
from peelian.feeds.guess import Guess, propose
from peelian.feeds.maps import ColumnMap, parse_map
from peelian.feeds.readers import inspect, read
from peelian.feeds.rows import AcceptedRow, FileFacts, RefusedRow
from peelian.intake import ledger, reports
from peelian.loads import files, lines
from peelian.loads.publishing import ASIDE_COLUMNS, VANISHED_COLUMNS, aside_table
from peelian.loads.rows import (
    ChangeRow,
    LoadFilters,
    LoadRow,
    PlaceholderRow,
    PreviewRow,
    SaidRow,
    SetAsideRowRow,
    SourceRow,
)
from peelian.loads.showing import KINDS, hidden_rows, vanished_lines
from peelian.publish.tables import Cell
from peelian.terms.acts import RecordKind
from peelian.terms.pages import SIZE, Page
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotFound, Refusal
from peelian.terms.viewer import Viewer
from peelian.walls.managed import visible_keys

PREVIEWED = 10
EVERYTHING = LoadFilters()


def loads(viewer: Viewer, filters: LoadFilters = EVERYTHING, *, number: int = 1, size: int = SIZE) -> Page[LoadRow]:
    """Every load, the last begun first. Raises NotAllowed without the power to see loads."""
    _must_read(viewer)
    found, total = reports.loads(state=filters.state, source=filters.source, start=(number - 1) * size, most=size)
    return Page(tuple(_row(one) for one in found), total, number, size)


def sources(viewer: Viewer) -> tuple[SourceRow, ...]:
    """Every source that was ever loaded, by title. Raises NotAllowed."""
    _must_read(viewer)
    return tuple(
        SourceRow(one.key, one.title, _content_words(one.content), one.loads, one.last_ref, one.last_on)
        for one in reports.sources()
    )


def states() -> tuple[tuple[str, str], ...]:
    """States of a load, each with its label."""
    return reports.states()


def load(viewer: Viewer, ref: str) -> LoadRow:
    """One load with its figures. Raises NotAllowed, NotFound."""
    return _row(_report(viewer, ref))


def set_aside(viewer: Viewer, ref: str, *, number: int = 1, size: int = SIZE) -> Page[SetAsideRowRow]:
    """The rows a load set aside, by row number, without those about what a wall hides from the viewer (`showing`).

    Their cells only for those who may load. Raises as `load`.
    """
    report = _report(viewer, ref)
    hidden = hidden_rows(viewer, report)
    found, total = reports.set_aside(report.id, start=(number - 1) * size, most=size, hidden=hidden)
    may_read_cells = viewer.may(Permission.LOAD)
    rows = (
        SetAsideRowRow(one.row_number, one.column, one.reason, tuple(one.raw) if may_read_cells else None)
        for one in found
    )
    return Page(tuple(rows), total, number, size)


def placeholders(viewer: Viewer, ref: str) -> tuple[PlaceholderRow, ...]:
    """The keys that a load proposed as standing for nobody, with the rule in words."""
    return load(viewer, ref).placeholders


def changes(viewer: Viewer, ref: str, *, number: int = 1, size: int = SIZE) -> Page[ChangeRow]:
    """What a load changed in records that the viewer may see, by key. Raises as `load`.

    What a file of clearances says of somebody is for those who read vetting; others see how much it changed.
    """
    report = _report(viewer, ref)
    is_open = viewer.may(Permission.READ_VETTING) or _content(report) is not Content.CLEARANCES
    visible = {kind: visible_keys(kind, viewer) for kind in KINDS} if is_open else {}
    found, total = reports.changes(report.id, visible, start=(number - 1) * size, most=size)
    return Page(tuple(_change(one) for one in found), total, number, size)


def said_of(viewer: Viewer, kind: RecordKind, record_id: int) -> tuple[SaidRow, ...]:
    """What published sources last said of a matter or a person, word for word; empty for one the viewer may not see."""
    if not visible_keys(kind, viewer).filter(pk=record_id).exists():
        return ()
    rows = ledger.said_of(kind.value, record_id, but=Content.CLEARANCES)  # vetting shows those, to its own readers
    return tuple(SaidRow(title, key, _in_words(content, said)) for title, content, key, said in rows)


def report_table(viewer: Viewer, ref: str, name: str) -> tuple[Sequence[str], Iterator[Sequence[Cell]]]:
    """A table beside the report (`files.SET_ASIDE`, `files.VANISHED`): its header, and the rows a viewer may see.

    It names people, so it is only for those who may load. Raises NotAllowed, NotFound.
    """
    _must_load(viewer)
    report = _report(viewer, ref)
    path = files.beside(ref, name) if name in (files.SET_ASIDE, files.VANISHED) else None
    if path is None:
        raise NotFound(f"{name} of load {ref}")
    if name == files.VANISHED:
        return VANISHED_COLUMNS, vanished_lines(viewer, report, path)
    hidden = hidden_rows(viewer, report)
    return ASIDE_COLUMNS, (row for row in aside_table(report.id) if row[0] not in hidden)


def guess(viewer: Viewer, path: Path, *, content: Content | None = None) -> tuple[Guess, tuple[PreviewRow, ...]]:
    """A proposed map for an unknown file and ten rows through it. Raises NotAllowed, FeedError."""
    _must_load(viewer)
    proposed = propose(path, content)
    rows = tuple(_preview(proposed.column_map.content, row) for row in proposed.rows[:PREVIEWED])
    return proposed, rows


def preview(viewer: Viewer, path: Path, column_map: ColumnMap) -> tuple[FileFacts, tuple[PreviewRow, ...]]:
    """What a file is, and its first ten rows through a map. Raises NotAllowed, FeedError."""
    _must_load(viewer)
    facts = inspect(path, column_map)
    first = next(read(path, column_map, batch=PREVIEWED))
    every: list[AcceptedRow | RefusedRow] = [*first.accepted, *first.refused]
    rows = sorted(every, key=lambda row: row.row_number)[:PREVIEWED]
    return facts, tuple(_preview(column_map.content, row) for row in rows)


def _preview(content: Content, row: AcceptedRow | RefusedRow) -> PreviewRow:
    if isinstance(row, RefusedRow):
        return PreviewRow(row.row_number, (), row.reason)
    return PreviewRow(row.row_number, _in_words(content, lines.said(row)), "")


def _in_words(content: str, said: lines.Said) -> tuple[tuple[str, str], ...]:
    known = FIELDS.get(Content(content), {})
    return tuple((field.words, _value_words(said[name])) for name, field in known.items() if said.get(name) is not None)


def _value_words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(value) if isinstance(value, list) else str(value)


def _change(one: reports.ChangeReport) -> ChangeRow:
    known = FIELDS.get(Content(one.content), {})
    fields = []
    for name in ledger.changed_in(one.before, one.said):
        if name in known:
            was, now = one.before.get(name), one.said.get(name)
            words = (
                "" if was is None else _value_words(was),
                "not stated any more" if now is None else _value_words(now),
            )
            fields.append((known[name].words, *words))
    return ChangeRow(one.key_words, one.record_kind, tuple(fields))


def _content(report: reports.LoadReport) -> Content:
    return parse_map(report.map_text, f"map of {report.ref}").content


def _content_words(content: str) -> str:
    return Content(content).words if content in tuple(Content) else content


def _must_load(viewer: Viewer) -> None:
    if not viewer.may(Permission.LOAD):
        raise NotAllowed(Refusal(f"Your roles do not allow you to {Permission.LOAD.words}."))


def _must_read(viewer: Viewer) -> None:
    if not (viewer.may(Permission.READ_LOADS) or viewer.may(Permission.LOAD)):
        raise NotAllowed(Refusal(f"Your roles do not allow you to {Permission.READ_LOADS.words}."))


def _report(viewer: Viewer, ref: str) -> reports.LoadReport:
    _must_read(viewer)
    found = reports.load(ref)
    if found is None:
        raise NotFound(f"load {ref}")
    return found


def _row(one: reports.LoadReport) -> LoadRow:
    figures = {name: value for name, value in one.figures.items() if name not in ("working", "discarded")}
    proposed = tuple(
        PlaceholderRow(given["key"], given["person"], given["rows"], given["reason"], bool(given.get("rejected")))
        for given in figures.get("placeholders", [])
    )
    held = {field.name: getattr(one, field.name) for field in fields(one)}
    return LoadRow(
        **{**held, "figures": figures},
        placeholders=proposed,
        has_set_aside_file=files.beside(one.ref, files.SET_ASIDE) is not None,
        has_vanished_file=files.beside(one.ref, files.VANISHED) is not None,
    )
