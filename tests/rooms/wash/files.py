"""Small files of people and records for the tests of the wash, each drawn out in full."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from peelian.wash.building import build
from peelian.wash.manifest import load_manifest
from peelian.wash.store import Store

ON = date(2026, 11, 22)
BASIS = """
purpose = "integrity screening"
lawful_basis = "a power"
impact_assessment = "DPIA-1"
approved_by = "Deputy Chief Constable"
expires_on = 2027-03-31
"""


def csv_file(path: Path, rows: Sequence[dict[str, str]]) -> Path:
    """A CSV of `rows` with the columns that any of them has."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [",".join(names)]
    lines += [",".join('"' + row.get(name, "").replace('"', '""') + '"' for name in names) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def manifest(
    folder: Path, *, source: str = BASIS, people: str = BASIS, more: str = "", records: str = "records.csv"
) -> Path:
    """wash.toml in `folder` over people.csv and one source `pnd`; `more`: further lines of its source."""
    path = folder / "wash.toml"
    path.write_text(
        f'[people]\npath = "people.csv"\n{people}\n[[source]]\nid = "pnd"\ntitle = "National records"\n'
        f'path = "{records}"\n{source}\n{more}\n',
        encoding="utf-8",
    )
    return path


def built(folder: Path, people: Sequence[dict[str, str]], records: Sequence[dict[str, str]], more: str = "") -> Store:
    """An open store, built of these rows."""
    csv_file(folder / "people.csv", people)
    csv_file(folder / "records.csv", records)
    store = Store(folder / "store", make=True)
    build(store, load_manifest(manifest(folder, more=more)), on=ON)
    return store
