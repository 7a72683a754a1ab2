"""The wash alone with ten and with twenty million records, in one run: how its time and its memory grow.

`python -m benchmarks.run wash_20m`, or `python -m benchmarks.wash_20m --records 200k` to try it. Without Splink, which
would take more than 24 GiB of memory. It needs some 12 GB of free disk in the folder of temporary files and 2 GB of
memory, and takes an hour or so of the processor, nearly all of it to invent and to build.
"""

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.figures import Figure, Section, report
from benchmarks.wash import AIMS, OURS, THREADS, counted, found_by, invented, of, of_part, size_of, spent, truth_of


def washed(people: int, records: int) -> tuple[dict[str, float], list[Figure]]:
    """What building and washing took, and how well it found. The folder is deleted before the next size is made."""
    folder = Path(tempfile.mkdtemp(prefix="peelian-bench-"))
    try:
        invented(folder, people, records, "standard")
        built = of_part("build", folder)
        found = built | {f"build {name}": value for name, value in built.items()} | of_part("run", folder)
        found |= of_part("nights", folder)
        name = f"{OURS}, {counted(records)} records"
        figures = [
            Figure(
                f"{name}: build, once",
                f"{spent(found['build'], found['build memory'])}, {found['size'] / 2**20:,.0f} MiB on disk",
            ),
            Figure(
                f"{name}: whole wash of the built store",
                f"{spent(found['wash'], found['memory'])}; {found['wall']:.1f} s by the clock",
                "1,500 MiB",
            ),
            Figure(
                f"{name}: a night of new records, and one of joiners",
                f"{found['night']:.2f} and {found['join']:.2f} processor seconds",
            ),
            Figure(f"{name}: pairs of forms looked at", f"{found['pairs']:,.0f}"),
            *found_by(name, folder / "ours.parquet", truth_of(folder), AIMS["standard"]),
        ]
    finally:
        shutil.rmtree(folder)
    return found, figures


def measure(words: Sequence[str]) -> Section:
    records, people = size_of(words, "20m"), int(of(words, "--people", "50000"))
    (half, of_half), (whole, of_whole) = (washed(people, size) for size in (records // 2, records))
    ratio = Figure(
        f"{OURS}: {counted(records)} records beside {counted(records // 2)}",
        f"{whole['wash'] / half['wash']:.2f} times the processor time,"
        f" {whole['memory'] / half['memory']:.2f} times the memory",
        "2.2 times the time",
    )
    note = (
        f"One run each of {people:,} people and {records // 2:,} and {records:,} records, all invented, on {THREADS}"
        " threads: the product's model, trained on another draw. Building, washing and nights have a process each. Runs"
        " and nights count from opening the store to closing it."
    )
    return Section(f"Wash of {people:,} people and {counted(records)} records", note, (ratio, *of_half, *of_whole))


if __name__ == "__main__":
    report(measure)
