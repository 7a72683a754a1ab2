"""What a benchmark gives back, and the machine it ran on."""

import json
import os
import platform
import sqlite3
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of a table: `what` was measured, its `value` with its unit in words, the `aim` if one was set."""

    what: str
    value: str
    aim: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """`note`: one or two sentences on what is compared with what, and how often it was run."""

    title: str
    note: str
    figures: tuple[Figure, ...]


def report(measure: Callable[[Sequence[str]], Section]) -> None:
    """The end of every benchmark's module: `report(measure)` under `if __name__ == "__main__"`.

    Prints the section for people, or as JSON with `--json`, which is how `benchmarks.run` calls it.
    """
    words = [word for word in sys.argv[1:] if word != "--json"]
    section = measure(words)
    if "--json" in sys.argv:
        print(json.dumps(asdict(section)))
        return
    print(f"{section.title}\n{section.note}")
    for figure in section.figures:
        print(f"  {figure.what}: {figure.value}{f' (aim: {figure.aim})' if figure.aim else ''}")


def machine() -> str:
    """Processor, cores, memory, Python and SQLite, in one line."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [
            line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")
        ]
        cpu = names[0] if names else cpu
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (
        f"{cpu}, {cores} cores, {pages / 2**30:.0f} GiB, {platform.system()}, Python {platform.python_version()},"
        f" SQLite {sqlite3.sqlite_version}"
    )
