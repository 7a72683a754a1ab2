"""A wash of an invented workforce, beside Splink's documented model, a join and a bare scan, in one run.

`python -m benchmarks.wash [--people 50000] [--records 10m] [--dirt standard|harder]`. Needs the requirement
`wash`. Each contender runs in a process of its own, so that its memory and its processor time are its own. The truth is
read only to count; our model and its thresholds come with the product, from another draw of the same generator.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import splink
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from benchmarks.figures import Figure, Section, report
from benchmarks.ranking import Pair, quality, recall_at
from peelian.demo import washing
from peelian.wash.building import build
from peelian.wash.grading import together
from peelian.wash.manifest import load_manifest
from peelian.wash.model import load_model
from peelian.wash.nightly import nightly
from peelian.wash.normal import table
from peelian.wash.running import run
from peelian.wash.store import FILE, Store, opened

ON = date(2026, 11, 22)
SEED, NIGHT_SEED, NIGHT, JOINERS = 2611, 2612, 20_000, 100
THREADS, MEMORY = 2, "1100MB"
LIKELY = 0.9  # the probability above which Splink's guide takes a pair for one person
LOWEST = -12  # bits below which its pairs are not kept
TRAPS = {
    "twin": "twins",
    "parent": "fathers and sons, mothers and daughters",
    "sibling": "brothers and sisters",
    "partner": "partners",
    "namesake": "namesakes",
    "namesake_same_day": "namesakes born on the same day",
}
SIDES = {"person": "persons.parquet", "record": "normal.parquet"}  # one row of each, for the others to read


def clocked(work: Callable[[], Any]) -> float:
    """Processor seconds of this process, all its threads."""
    began = time.process_time()
    work()
    return time.process_time() - began


def peak() -> float:
    """The most memory this process held, in KiB. Not `ru_maxrss`, which a process takes over from whoever began it."""
    status = Path("/proc/self/status").read_text()
    return float(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))


def the_store(folder: Path) -> AbstractContextManager[Store]:
    """The store of `folder`, closed afterwards: what is left to be written is written then, and counts."""
    return opened(folder / "store", threads=THREADS, memory=MEMORY, make=True)


def of_build(folder: Path) -> dict[str, float]:
    def work() -> None:
        with the_store(folder) as store:
            build(store, load_manifest(folder / "wash.toml"), on=ON)

    return {"build": clocked(work), "memory": peak(), "size": (folder / "store" / FILE).stat().st_size}


def of_run(folder: Path) -> dict[str, float]:
    """The whole wash of the built store. Leaves its pairs as Parquet."""

    def work() -> None:
        with the_store(folder) as store:
            run(store, load_model())

    began = time.monotonic()
    found = {"wash": clocked(work), "wall": time.monotonic() - began, "memory": peak()}
    with the_store(folder) as store:
        store.db.execute(
            f"COPY (SELECT p.person_id, r.record_id, s.weight, coalesce(g.band, '') AS band FROM ({together()}) s"
            " JOIN person p ON p.owner = s.l_owner JOIN record r ON r.owner = s.r_owner LEFT JOIN pair g ON"
            f" g.l_owner = s.l_owner AND g.r_owner = s.r_owner) TO '{folder / 'ours.parquet'}' (FORMAT parquet)"
        )
        return found | {"pairs": int(store.get("looked_at"))}


def of_nights(folder: Path) -> dict[str, float]:
    """A night of new records, then one of joiners: what `peelian wash nightly` does but for its start and what it
    prints."""

    def night(manifest: str) -> Callable[[], None]:
        def work() -> None:
            with the_store(folder) as store:
                nightly(store, load_manifest(folder / manifest), on=ON)

        return work

    return {"night": clocked(night("night.toml")), "join": clocked(night("joiners.toml"))}


def of_others(folder: Path) -> dict[str, float]:
    """What the others read, as Parquet: one row for each person and record, normalised."""
    with the_store(folder) as store:
        for side, name in SIDES.items():
            store.db.execute(
                f"COPY (SELECT o.{side}_id AS unique_id, f.fn AS first_name, f.sn AS surname, f.born AS dob, f.sex,"
                " s.postcodes[1] AS postcode, s.phones[1] AS phone, s.emails[1] AS email"
                f" FROM {side}_form f JOIN {side} o ON o.owner = f.owner JOIN {side}_said s ON s.owner = f.owner"
                " QUALIFY row_number() OVER (PARTITION BY f.owner ORDER BY f.form_no) = 1)"
                f" TO '{folder / name}' (FORMAT parquet)"
            )
    return {}


def of_splink(folder: Path) -> dict[str, float]:
    """The documented way: a link of two tables, trained on them. Its input is normalised already."""
    began = time.process_time()
    connection = duckdb.connect()
    connection.execute(f"SET threads={THREADS}; SET temp_directory='{folder / 'spill'}'")
    for side, name in SIDES.items():
        connection.execute(f"CREATE TABLE {side} AS SELECT * FROM '{folder / name}'")
    api = DuckDBAPI(connection)
    settings = SettingsCreator(
        link_type="link_only",
        unique_id_column_name="unique_id",
        comparisons=[
            cl.NameComparison("first_name"),
            cl.NameComparison("surname"),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.PostcodeComparison("postcode"),
            cl.EmailComparison("email"),
            cl.ExactMatch("phone"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("first_name", "surname"),
            block_on("dob", "surname"),
            block_on("dob", "first_name"),
            block_on("postcode", "surname"),
            block_on("email"),
            block_on("phone"),
        ],
    )
    linker = Linker([api.register("person"), api.register("record")], settings, log_level="ERROR")
    sure: list[Any] = [block_on("first_name", "surname", "dob"), block_on("email"), block_on("phone")]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e7, seed=1)
    for block in (block_on("first_name", "surname"), block_on("dob")):
        linker.training.estimate_parameters_using_expectation_maximisation(block)
    trained = time.process_time() - began
    began = time.process_time()
    name = linker.inference.predict(threshold_match_weight=LOWEST).physical_name
    predicted = time.process_time() - began
    memory = peak()
    is_left = "starts_with(unique_id_l, 'E')"
    connection.execute(
        f"COPY (SELECT CASE WHEN {is_left} THEN unique_id_l ELSE unique_id_r END AS person_id, CASE WHEN {is_left} THEN"
        " unique_id_r ELSE unique_id_l END AS record_id, match_weight AS weight, CASE WHEN match_probability >="
        f" {LIKELY} THEN 'certain' ELSE '' END AS band FROM {name}) TO '{folder / 'splink.parquet'}' (FORMAT parquet)"
    )
    pairs = connection.execute(f"SELECT count(*) FROM {name}").fetchone()
    return {"train": trained, "predict": predicted, "memory": memory, "pairs": pairs[0] if pairs else 0}


def of_join(folder: Path) -> dict[str, float]:
    """Surname and date of birth, over the same normalised rows."""
    connection = duckdb.connect()
    connection.execute(f"SET threads={THREADS}")
    spent = clocked(
        lambda: connection.execute(
            "COPY (SELECT p.unique_id AS person_id, r.unique_id AS record_id, CASE WHEN p.first_name = r.first_name"
            f" THEN 1.0 ELSE 0.0 END AS weight, 'certain' AS band FROM '{folder / 'persons.parquet'}' p JOIN"
            f" '{folder / 'normal.parquet'}' r ON p.surname = r.surname AND p.dob = r.dob)"
            f" TO '{folder / 'join.parquet'}' (FORMAT parquet)"
        )
    )
    return {"wash": spent, "memory": peak()}


def of_scan(folder: Path) -> dict[str, float]:
    """The same columns of the records, read and hashed."""
    connection = duckdb.connect()
    connection.execute(f"SET threads={THREADS}")
    columns = "first_name, surname, dob, sex, postcode, phone, email"
    spent = clocked(
        lambda: connection.execute(f"SELECT bit_xor(hash({columns})) FROM '{folder / 'normal.parquet'}'").fetchall()
    )
    return {"wash": spent, "memory": peak()}


PARTS = {
    "build": of_build,
    "run": of_run,
    "others": of_others,
    "nights": of_nights,
    "splink": of_splink,
    "join": of_join,
    "scan": of_scan,
}


def of_part(name: str, folder: Path) -> dict[str, float]:
    """What one contender's own process measured."""
    words = [sys.executable, "-m", "benchmarks.wash", "--part", name, str(folder)]
    done = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True)
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def invented(folder: Path, people: int, records: int, dirt: str) -> None:
    """The workforce and the records; a night of new records and one of joiners, of another draw with their own keys."""
    washing.make(folder, people=people, records=records, seed=SEED, on=ON, dirt=dirt)
    night = folder / "night"
    washing.make(night, people=JOINERS, records=NIGHT, seed=NIGHT_SEED, on=ON, dirt=dirt)
    connection = duckdb.connect()
    connection.execute(
        f"COPY (SELECT * REPLACE ('N' || record_id AS record_id) FROM '{night / 'records.parquet'}')"
        f" TO '{folder / 'night.parquet'}' (FORMAT parquet)"
    )
    connection.execute(
        f"COPY (SELECT * REPLACE ('J' || person_id AS person_id) FROM read_csv('{night / 'people.csv'}',"
        f" all_varchar=true) WHERE associate_of IS NULL) TO '{folder / 'joiners.parquet'}' (FORMAT parquet)"
    )
    manifest = (folder / "wash.toml").read_text(encoding="utf-8")
    of_records = manifest.replace('path = "people.csv"\n', "").replace("records.parquet", "night.parquet")
    (folder / "night.toml").write_text(of_records, encoding="utf-8")
    of_people = manifest.replace("people.csv", "joiners.parquet").replace('path = "records.parquet"\n', "")
    (folder / "joiners.toml").write_text(of_people, encoding="utf-8")


def truth_of(folder: Path) -> dict[str, set[Pair]]:
    """Pairs by kind: `same` and `association` are one person, every other kind is a trap."""
    rows = duckdb.connect().execute(f"SELECT person_id, record_id, kind FROM '{folder / 'truth.csv'}'").fetchall()
    found: dict[str, set[Pair]] = {}
    for person, record, kind in rows:
        found.setdefault(kind, set()).add((person, record))
    return found


def weighed_by(path: Path) -> tuple[dict[Pair, float], dict[Pair, str]]:
    """Pairs with their weight, and with their grade."""
    rows = duckdb.connect().execute(
        f"SELECT person_id, record_id, max(weight), arg_max(band, weight) FROM '{path}' GROUP BY ALL"
    )
    weights: dict[Pair, float] = {}
    bands: dict[Pair, str] = {}
    for person, record, weight, band in rows.fetchall():
        weights[person, record], bands[person, record] = float(weight), band
    return weights, bands


def found_by(who: str, path: Path, truth: dict[str, set[Pair]], aim: str = "") -> list[Figure]:
    """How well one contender's pairs agree with the truth."""
    weights, bands = weighed_by(path)
    links = truth["same"] | truth["association"]
    found = quality(weights, links)
    ranked = ", ".join(f"{recall_at(weights, links, budget):.3f} at {budget}" for budget in (1, 2))
    reached = {person for person, _ in links}
    two = sorted(weights, key=lambda pair: (-weights[pair], pair))[: 2 * len(links)]
    somebody = len({pair[0] for pair in two if pair in links}) / len(reached)
    traps = []
    for kind, words in TRAPS.items():
        wrong = sum(bands.get(pair, "") in ("certain", "probable") for pair in truth.get(kind, ()))
        traps.append(f"{words} {wrong} of {len(truth.get(kind, ()))}")
    return [
        Figure(f"{who}: pairs weighed, and share of true links among them", f"{found.pairs:,}; {found.reach:.3f}"),
        Figure(f"{who}: recall by pairs read for each true link", ranked, aim),
        Figure(f"{who}: best F1", found.words()),
        Figure(f"{who}: people with a true link found, at 2 pairs for each", f"{somebody:.3f}"),
        Figure(f"{who}: traps taken for the person at its working threshold", "; ".join(traps)),
    ]


OURS, THEIRS, JOIN = "the wash", "Splink as documented", "join on surname and date of birth"
AIMS = {"standard": "0.90 at 1, 0.95 at 2", "harder": "0.84 at 1, 0.89 at 2"}


def of(words: Sequence[str], name: str, unless: str) -> str:
    return words[list(words).index(name) + 1] if name in words else unless


def size_of(words: Sequence[str], unless: str) -> int:
    """The number of records asked for: `10m`, `200k`."""
    said = of(words, "--records", unless)
    return int(said[:-1]) * {"k": 1000, "m": 1_000_000}[said[-1]]


def counted(records: int) -> str:
    return f"{records // 1_000_000} million" if records >= 1_000_000 else f"{records:,}"


def spent(seconds: float, memory: float) -> str:
    return f"{seconds:.1f} processor seconds, {memory / 1024:,.0f} MiB at its peak"


def measure(words: Sequence[str]) -> Section:
    records = size_of(words, "1m")
    people = int(of(words, "--people", "50000"))
    dirt = of(words, "--dirt", "standard")
    folder = Path(tempfile.mkdtemp(prefix="peelian-bench-"))
    try:
        invented(folder, people, records, dirt)
        truth = truth_of(folder)
        ours: dict[str, float] = {}
        for name in ("build", "run", "others", "nights"):
            ours |= of_part(name, folder)
        theirs, join, scan = (of_part(name, folder) for name in ("splink", "join", "scan"))
        links = len(truth["same"] | truth["association"])
        all_of = theirs["train"] + theirs["predict"]
        figures = [
            Figure("true links, and by chance one pair in", f"{links:,}; {people * records // links:,}"),
            Figure(
                f"{OURS}: build, once",
                f"{ours['build']:.1f} processor seconds, {ours['size'] / 2**20:,.0f} MiB on disk",
            ),
            Figure(f"{OURS}: whole wash of the built store, second pass included", spent(ours["wash"], ours["memory"])),
            Figure(f"{OURS}: a night of {NIGHT:,} new records", f"{ours['night']:.2f} processor seconds", "0.3 s"),
            Figure(f"{OURS}: a night of {JOINERS} joiners", f"{ours['join']:.2f} processor seconds", "0.7 s"),
            Figure(f"{OURS}: pairs of forms looked at", f"{ours['pairs']:,.0f}"),
            Figure(f"{THEIRS}: training, of rows normalised for it", f"{theirs['train']:.1f} processor seconds"),
            Figure(f"{THEIRS}: prediction", spent(theirs["predict"], theirs["memory"])),
            Figure(f"{JOIN}", spent(join["wash"], join["memory"])),
            Figure("bare scan of seven columns", spent(scan["wash"], scan["memory"])),
            Figure("the wash as a share of Splink, trained and predicted", f"1 to {all_of / ours['wash']:.1f}", AT_TEN),
            Figure(
                "the wash as a share of Splink's prediction",
                f"1 to {theirs['predict'] / ours['wash']:.1f}",
                "1 to 4 at 10m",
            ),
            *found_by(OURS, folder / "ours.parquet", truth, AIMS[dirt]),
            *found_by(THEIRS, folder / "splink.parquet", truth),
            *found_by(JOIN, folder / "join.parquet", truth),
        ]
    finally:
        shutil.rmtree(folder)
    note = (
        f"One run of {people:,} people and {records:,} records, all invented: no real record errs quite like these, and"
        " ratios are worth more than levels. The wash weighs with the model that comes with the product, trained on"
        f" another draw of the same generator and on no truth. Splink {splink.__version__} as its guide links two"
        " tables, one name, address and telephone for each person, its input normalised by the wash at no cost of its"
        f" own. Both used {THREADS} threads. A trap is somebody close to a member of the workforce, or of their name."
        " Runs and nights count from opening the store to closing it. Working thresholds are"
        f" {table('grades')['probable']:g} bits and not unsure, and a probability of {LIKELY};"
        " the join has none."
    )
    title = f"Wash of {people:,} people and {counted(records)} records"
    return Section(title + (", harder to read" if dirt == "harder" else ""), note, tuple(figures))


AT_TEN = "1 to 70 at 10m"

if __name__ == "__main__":
    if "--part" in sys.argv:
        part, where = sys.argv[-2:]
        print(json.dumps(PARTS[part](Path(where))))
    else:
        report(measure)
