"""Pages a second at 10,000 and at 300,000 matters, beside a bare Django page with one query.

`python -m benchmarks.pages`. Two processes, one for each size, answer by turns on a database of their own, so that
other work on the machine slows both alike. The bare page runs in the same processes behind the same middleware, signed
in as the same user; each of our own pages also writes its look to the journal, as ever. With PEELIAN_BENCH_WORLDS set
to a folder, the databases are made there once and kept. PEELIAN_BENCH_SIZES="2000 4000" tries other sizes.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import IO, NamedTuple

from benchmarks.figures import Figure, Section, report

ROOT = Path(__file__).resolve().parents[1]
SMALL, LARGE = sorted(int(size) for size in os.environ.get("PEELIAN_BENCH_SIZES", "10000 300000").split())
ROUNDS = 25
EACH = 4  # pages of a kind in one turn
BARE = "a bare Django page with one query"
AIM = "flat within 20%"
AIMS = {"My work": "under 100 ms"}  # of the pages whose names begin so: the time of the server


class Taken(NamedTuple):
    """Seconds that a page took: by the clock on the wall, and of the processor."""

    wall: float
    processor: float


@dataclass(frozen=True)
class Asked:
    """A process that answers `kind` with the seconds of some pages of that kind."""

    process: "subprocess.Popen[str]"
    said: IO[str]
    told: IO[str]

    def __call__(self, kind: str) -> list[Taken]:
        self.told.write(f"{kind}\n")
        self.told.flush()
        line = self.said.readline()
        if not line:
            raise RuntimeError(f"the process with the pages ended with {self.process.wait()}")
        return [Taken(*one) for one in json.loads(line)]


def measure(words: Sequence[str]) -> Section:
    """Median and 95th percentile of the time of the server for one page, at both sizes."""
    kept = os.environ.get("PEELIAN_BENCH_WORLDS", "")
    folder = Path(kept) if kept else Path(tempfile.mkdtemp(prefix="peelian-pages-"))
    try:
        processes = {size: started(folder, size) for size in (SMALL, LARGE)}
        kinds = [kind for kind in processes[SMALL][1] if kind in processes[LARGE][1]]
        seconds: dict[tuple[str, int], list[Taken]] = {}
        for turn in range(ROUNDS + 1):
            for kind in kinds:
                for size, (asked, _) in processes.items():
                    taken = asked(kind)
                    if turn:  # the first is to warm up
                        seconds.setdefault((kind, size), []).extend(taken)
        for asked, _ in processes.values():
            asked.told.close()
            asked.process.wait(30)
    finally:
        if not kept:
            shutil.rmtree(folder, ignore_errors=True)
    figures = [figure for kind in kinds for figure in lines(kind, seconds)]
    note = (
        f"One process for each size, {ROUNDS * EACH} pages of each kind by turns, through Django's test client with"
        " all of the middleware: the time of the server alone, without a network. Growth and ratios are of the time"
        " of the processor, which other work on the machine disturbs less. SQLite with synchronous=FULL; each"
        f" page but the bare one writes its look to the journal. {LARGE:,} matters have a tenth as many officers, as"
        " many complainants again, and the same open caseload as the small one."
    )
    return Section("Pages a second", note, tuple(figures))


def lines(kind: str, seconds: dict[tuple[str, int], list[Taken]]) -> list[Figure]:
    small, large = seconds[kind, SMALL], seconds[kind, LARGE]
    bare = _median(seconds[BARE, LARGE])
    aim = next((aim for name, aim in AIMS.items() if kind.startswith(name)), "")
    found = [
        Figure(f"{kind}, {size:,} matters", _words(taken, bare if kind != BARE else None), aim)
        for size, taken in ((SMALL, small), (LARGE, large))
    ]
    grown = _median(large) / _median(small) - 1
    return [*found, Figure(f"{kind}, from {SMALL:,} to {LARGE:,}", f"{grown:+.0%}", AIM)]


def _median(taken: list[Taken]) -> float:
    return median(one.processor for one in taken)


def _words(taken: list[Taken], bare: float | None) -> str:
    wall = [one.wall for one in taken]
    words = (
        f"{1 / median(wall):,.0f} a second, median {median(wall) * 1000:.0f} ms, 95th percentile {_last(wall)};"
        f" of the processor {_median(taken) * 1000:.0f} ms and {_last([one.processor for one in taken])}"
    )
    return f"{words}, {_median(taken) / bare:.1f} times the bare page" if bare else words


def _last(seconds: list[float]) -> str:
    return f"{quantiles(seconds, n=20)[-1] * 1000:.0f} ms"


def started(folder: Path, size: int) -> tuple[Asked, list[str]]:
    """The process with the pages of one size, and the kinds of page that it has. Makes the database if need be."""
    home = folder / str(size)
    environment = {**os.environ, "PEELIAN_HOME": str(home), "PEELIAN_DATABASE": "", "PEELIAN_SECOND_FACTOR": "optional"}
    world = home / "world.json"
    if not world.exists():
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True, mode=0o700)
        for step in (["peelian.cli.main", "migrate", "--quiet"], ["benchmarks.world", str(size)]):
            made = subprocess.run(
                [sys.executable, "-m", *step], cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True, text=True
            )
        world.write_text(made.stdout.strip().splitlines()[-1])
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.served", str(world), str(EACH)],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin
    assert process.stdout
    asked = Asked(process, process.stdout, process.stdin)
    return asked, json.loads(asked.said.readline())


if __name__ == "__main__":
    report(measure)
