"""Which rows of a report are about somebody or something that a wall hides from whoever reads it.

A row set aside became no record, so it has no wall of its own. It is taken to be about every record of the same source,
and every person of the same register, whose key stands in one of its cells: hidden with any of them.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from django.db.models import Q

from peelian.feeds.maps import parse_map
from peelian.intake import reports
from peelian.intake.queries import published
from peelian.intake.reports import LoadReport
from peelian.publish.tables import Cell
from peelian.terms.acts import RecordKind
from peelian.terms.viewer import Viewer, system
from peelian.walls.managed import visible_keys

Row = TypeVar("Row")
AT_ONCE = 500
KINDS = (RecordKind.MATTER, RecordKind.PERSON)


def hidden_rows(viewer: Viewer, load: LoadReport) -> frozenset[int]:
    """Numbers of the rows set aside that the viewer may not see."""
    if viewer.is_system or not load.set_aside:
        return frozenset()
    column_map = parse_map(load.map_text, f"map of {load.ref}")
    registers = reports.source_ids([column_map.people, f"{column_map.people}-complainants"])
    hidden: set[int] = set()
    for rows in _parts(reports.aside_cells(load.id)):
        cells = sorted({cell for _, found in rows for cell in found})
        gone = _hidden_keys(viewer, RecordKind.MATTER, [load.source_id], cells)
        gone |= _hidden_keys(viewer, RecordKind.PERSON, registers, cells)
        hidden |= {number for number, found in rows if found & gone}
    return frozenset(hidden)


def vanished_lines(viewer: Viewer, load: LoadReport, path: Path) -> Iterator[Sequence[Cell]]:
    """The rows of the file of vanished records about records that the viewer may see, without its first line."""
    visible = {kind: visible_keys(kind, viewer) for kind in KINDS}
    with path.open(encoding="utf-8-sig", newline="") as stream:
        lines = csv.reader(stream)
        next(lines, None)
        for part in _parts(lines):
            keys = {line[0].removeprefix("'"): line for line in part}  # which keeps a spreadsheet from running it
            hidden = frozenset() if viewer.is_system else reports.hidden_key_words(load.source_id, visible, [*keys])
            yield from (line for key, line in keys.items() if key not in hidden)


def _hidden_keys(viewer: Viewer, kind: RecordKind, source_ids: Sequence[int], keys: Sequence[str]) -> frozenset[str]:
    """Which of these are keys by which the sources know published records that a wall hides from the viewer."""
    everything = system("loads", at=viewer.at, because="to keep a row of a report from whoever may not see its record")
    found: set[str] = set()
    for start in range(0, len(keys), AT_ONCE):
        named = Q(source_id__in=source_ids, source_key__in=keys[start : start + AT_ONCE])
        held, seen = (visible_keys(kind, one).filter(published(), named) for one in (everything, viewer))
        found |= {*held.values_list("source_key", flat=True)} - {*seen.values_list("source_key", flat=True)}
    return frozenset(found)


def _parts(rows: Iterable[Row]) -> Iterator[list[Row]]:
    part: list[Row] = []
    for row in rows:
        part.append(row)
        if len(part) == AT_ONCE:
            yield part
            part = []
    if part:
        yield part
