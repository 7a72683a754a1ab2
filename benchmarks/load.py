"""The load of 208,713 allegations on SQLite, beside a bare INSERT of the same rows in the same run.

`python -m benchmarks.load`. The real file is read where it stands beside the project; elsewhere one of the same shape
is made up. The bare insert reads the same file with the csv module into one table with the same key, in one
transaction.
"""

import csv
import gzip
import random
import resource
import shutil
import sqlite3
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from django.core.management import call_command

from benchmarks.apart import HOME
from benchmarks.figures import Figure, Section, report
from peelian.loads import actions, queries
from peelian.terms.viewer import system

REAL = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "chicago" / "allegations_to_2009.csv.gz"
ROWS = 208_713
MATTERS = 115_698
PEOPLE = 21_333
HEADER = (
    *("complaint", "officer", "complaint_category", "complaint_code", "recc_finding", "recc_outcome"),
    *("final_finding", "final_outcome", "incident_date", "complaint_date", "closed_date", "internal"),
)


def made_up() -> Path:
    """A file of the same shape: as many rows, matters, people and columns, keys that are not in order."""
    draw = random.Random(11)
    matters = [f"{draw.getrandbits(48):012x}" for _ in range(MATTERS)]
    people = [f"{draw.getrandbits(48):012x}" for _ in range(PEOPLE)]
    pairs: dict[tuple[str, str], None] = {(matter, draw.choice(people)): None for matter in matters}
    while len(pairs) < ROWS:
        pairs[draw.choice(matters), draw.choice(people)] = None
    path = HOME / "made-up.csv.gz"
    with gzip.open(path, "wt", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADER)
        for matter, person in pairs:
            day = date(1990, 1, 1) + timedelta(days=int(matter[:4], 16) % 7000)
            days = (day, day + timedelta(days=int(matter[4:6], 16)), day + timedelta(days=300))
            writer.writerow((matter, person, "USE OF FORCE", "05A", "NS", "No Action Taken", "NS", "", *days, 0))
    return path


class Taken(NamedTuple):
    """Seconds by the clock on the wall, and of the processor: the second leaves out what else the machine did."""

    wall: float
    processor: float

    @property
    def words(self) -> str:
        return f"{self.wall:.1f} s, {self.processor:.1f} s of the processor"


def since(began: Taken) -> Taken:
    return Taken(time.perf_counter() - began.wall, time.process_time() - began.processor)


def bare_insert(path: Path) -> Taken:
    """How long the same rows take in one table of text."""
    began = since(Taken(0, 0))
    bare = sqlite3.connect(HOME / "bare.sqlite3")
    columns = ", ".join(f"{name} TEXT" for name in HEADER)
    bare.execute("PRAGMA journal_mode=WAL")
    bare.execute("PRAGMA synchronous=FULL")
    bare.execute(f"CREATE TABLE bare ({columns}, PRIMARY KEY (complaint, officer))")
    with gzip.open(path, "rt", newline="") as stream:
        rows = csv.reader(stream)
        next(rows)
        bare.executemany(f"INSERT INTO bare VALUES ({', '.join('?' * len(HEADER))})", rows)
    bare.commit()
    bare.close()
    return since(began)


def loaded(path: Path) -> Taken:
    """How long the load takes, with everything it checks and writes. Raises RuntimeError unless it was published."""
    by = system("bench", at=datetime.now(UTC), because="a benchmark")
    began = since(Taken(0, 0))
    started = actions.run(by=by, path=path, map_key="chicago_allegations", clock=lambda: datetime.now(UTC))
    taken = since(began)
    row = queries.load(by, started.ref)
    if (row.state, row.read) != ("published", ROWS):
        raise RuntimeError(f"the load ended as {row.state} after {row.read:,} rows: {row.failure}")
    return taken


def measure(_words: Sequence[str]) -> Section:
    """One run of each, then the same file again."""
    try:
        call_command("migrate", interactive=False, verbosity=0)
        path = REAL if REAL.exists() else made_up()
        bare = bare_insert(path)
        first = loaded(path)
        again = loaded(path)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        size = (HOME / "peelian.sqlite3").stat().st_size / 2**20
    finally:
        shutil.rmtree(HOME, ignore_errors=True)
    figures = (
        Figure(f"Load of {ROWS:,} rows", first.words, "60 s"),
        Figure("Bare INSERT of the same rows", bare.words),
        Figure("Ratio of the two, of the processor", f"{first.processor / bare.processor:.1f}"),
        Figure("The same file again (nothing changes)", again.words),
        Figure("Peak memory of the process", f"{peak:,.0f} MB", "1,000 MB"),
        Figure("Database afterwards", f"{size:,.0f} MB"),
    )
    which = "the real file" if path == REAL else "a made-up file of the same shape"
    note = (
        f"SQLite, one run each, {which}. A row becomes a part in a matter, an allegation and what it is against, and a "
        "line of the ledger, each with its indexes; the bare insert has one table."
    )
    return Section("Loading an outside file", note, figures)


if __name__ == "__main__":
    report(measure)
