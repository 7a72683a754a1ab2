"""One wash on DuckDB and on Spark: the same pairs, weights, grades and reasons, from the same store."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from peelian.demo.washing import make
from peelian.wash.building import build
from peelian.wash.engines import Engine, weighing
from peelian.wash.levels import comparisons
from peelian.wash.manifest import load_manifest
from peelian.wash.model import Model, load_model, model_text, read_model
from peelian.wash.reporting import report
from peelian.wash.running import run
from peelian.wash.scoring import prior, score_sql
from peelian.wash.store import Store
from peelian.wash.training import splink_settings, training_columns
from tests.machine import java
from tests.rooms.wash.files import BASIS, ON, csv_file
from tests.rooms.wash.test_running import PEOPLE, RECORDS
from tests.rooms.wash.test_splink import our_weights

pytest.importorskip("pyspark", reason="washing on Spark needs the extra requirement `spark`")

from splink import Linker
from splink.backends.spark import SparkAPI

from peelian.wash.spark.engine import Elsewhere
from peelian.wash.spark.spoken import spoken

pytestmark = pytest.mark.skipif(java() is None, reason="no Java on this machine (apt-get install default-jre-headless)")
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # Java compiles for a run of seconds, not of hours
LEVELS = ", ".join(f"g_{one.id}" for one in comparisons())


@dataclass
class Both:
    """The same wash by either engine. `spark` still weighs on Spark."""

    duckdb: Store
    spark: Store
    folder: Path


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    folder = tmp_path_factory.mktemp("both")
    made = make(folder, people=300, records=5_000, seed=3, on=ON, dirt="harder")
    csv_file(folder / "drawn.csv", RECORDS)
    people = (folder / "people.csv").read_text().splitlines()
    names = people[0].split(",")
    drawn = [",".join('"' + row.get(name, "") + '"' for name in names) for row in PEOPLE]
    (folder / "people.csv").write_text("\n".join([*people, *drawn]) + "\n")
    text = made.manifest.read_text() + f'\n[[source]]\nid = "drawn"\npath = "drawn.csv"\n{BASIS}'
    made.manifest.write_text(text + 'victims_and_witnesses = "welfare"\n')
    first = Store(folder / "duckdb", make=True)
    build(first, load_manifest(made.manifest), on=ON)
    first.close()
    shutil.copytree(folder / "duckdb", folder / "spark store")
    stores = Both(Store(folder / "duckdb"), Store(folder / "spark store"), folder)
    run(stores.duckdb, load_model())
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("JDK_JAVA_OPTIONS", QUICK)
        with weighing(stores.spark, Engine.SPARK, threads=2, memory="1GB"):
            run(stores.spark, load_model())
            yield stores
    stores.duckdb.close()
    stores.spark.close()


def pairs(store: Store, columns: str) -> dict[tuple[str, ...], tuple[Any, ...]]:
    rows = store.rows(f"SELECT person_id, source, record_id, {columns} FROM pair")
    return {row[:3]: row[3:] for row in rows}


def test_both_engines_find_the_same_pairs_with_the_same_weights(both: Both) -> None:
    here, there = (pairs(store, "weight, base") for store in (both.duckdb, both.spark))
    assert here.keys() == there.keys()
    assert len(here) > 50
    apart = {pair: max(abs(a - b) for a, b in zip(here[pair], there[pair], strict=True)) for pair in here}
    assert max(apart.values()) < 0.01


def test_both_engines_grade_alike_and_for_the_same_reasons(both: Both) -> None:
    said = "band, link, purpose, unsure, words_for, words_against, pass, same_day, l_form, r_form"
    here, there = (pairs(store, said) for store in (both.duckdb, both.spark))
    assert {pair for pair in here if here[pair] != there[pair]} == set()
    assert {found[0] for found in here.values()} >= {"certain", "unsure"}
    assert {found[6] for found in here.values()} == {1, 2}, "the second pass found something too"


def test_both_runs_give_one_report(both: Both) -> None:
    assert report(both.duckdb) == report(both.spark)


def test_both_engines_put_any_two_forms_at_the_same_levels(both: Both) -> None:
    some = (
        "SELECT l.form_no AS l_form, r.form_no AS r_form FROM"
        " (SELECT * FROM person_form ORDER BY form_no DESC LIMIT 60) l,"
        " (SELECT * FROM record_form ORDER BY form_no DESC LIMIT 120) r"
    )
    sql = score_sql(load_model(), 3_000, pairs="looked_at", left="person_form", right="record_form")
    found = []
    for store in (both.duckdb, both.spark):
        here = sql.replace("looked_at", f"({some})")
        store.db.execute(f"CREATE TEMP TABLE any_two AS {here} LIMIT {0 if store.elsewhere else 1_000_000}")
        if store.elsewhere:
            store.elsewhere.score("any_two", some, sql)
        found.append(store.rows(f"SELECT l_owner, r_owner, {LEVELS}, round(weight, 6) FROM any_two ORDER BY ALL"))
    assert found[0] == found[1]
    assert len(found[0]) > 3_000


def test_the_comparison_of_the_engines_can_fail(both: Both) -> None:
    other = read_model(model_text(load_model()).replace("same = { m = 0.5", "same = { m = 0.25"))
    sql = score_sql(
        other, int(both.spark.get("population")), pairs="looked_at", left="person_form", right="record_form"
    )
    assert both.spark.elsewhere is not None
    both.spark.db.execute("CREATE TEMP TABLE otherwise AS SELECT * FROM score LIMIT 0")
    both.spark.elsewhere.score("otherwise", "SELECT l_form, r_form FROM score WHERE g_phone = 1", sql)
    apart = both.spark.one(
        "SELECT count(*) FROM otherwise o JOIN score s USING (l_form, r_form) WHERE abs(o.base - s.base) > 0.5"
    )
    assert apart > 0


def on_splinks_spark(store: Store, model: Model, block: str) -> dict[tuple[int, int], float]:
    """The weight that Splink, on Spark, gives each pair of forms that `block` puts together."""
    assert isinstance(store.elsewhere, Elsewhere)
    spark = store.elsewhere.session.spark
    api = SparkAPI(spark_session=spark, break_lineage_method="persist", register_udfs_automatically=False)
    odds = 2.0 ** prior(int(store.get("population")))
    settings = splink_settings(model, link="link_only", prior=odds / (1 + odds), blocks=(block,))
    for level in chain.from_iterable(one["comparison_levels"] for one in settings["comparisons"]):
        if level["sql_condition"] != "ELSE":
            level["sql_condition"] = spoken(f"SELECT {level['sql_condition']}").removeprefix("SELECT ")
    forms = [spark.sql(spoken(f"SELECT {training_columns()} FROM {name}_form")) for name in ("person", "record")]
    sides = [api.register(one, table_name=name) for one, name in zip(forms, ("people", "records"), strict=True)]
    linker = Linker(sides, settings, log_level="ERROR")
    for what in ("fn", "sn", "birth_place"):
        shares = spark.sql(f"SELECT value AS {what}, share AS tf_{what} FROM term WHERE what = '{what}'")
        linker.table_management.register_term_frequency_lookup(api.register(shares), what)
    predicted = linker.inference.predict()
    rows = spark.sql(f"SELECT form_no_l, form_no_r, match_weight FROM {predicted.physical_name}").collect()
    return {(int(left), int(right)): float(weight) for left, right, weight in rows}


def test_splink_on_spark_gives_our_weights_within_a_hundredth_of_a_bit(both: Both) -> None:
    block = "l.born = r.born"
    ours, theirs = our_weights(both.duckdb, load_model(), block), on_splinks_spark(both.spark, load_model(), block)
    assert ours.keys() <= theirs.keys()
    assert len(ours) > 20
    assert max(abs(ours[pair] - theirs[pair]) for pair in ours) < 0.01
