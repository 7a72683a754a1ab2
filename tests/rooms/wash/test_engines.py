"""Which engine weighs: the setting and the option, what is missing said in words, and DuckDB's words as Spark's."""

import sys
from pathlib import Path
from typing import Any

import pytest

from peelian.cli import wash
from peelian.wash.candidates import candidate_sql, rules
from peelian.wash.engines import Engine, outside, weighing
from peelian.wash.errors import WashError
from peelian.wash.store import Store
from tests.rooms.wash.files import built

pytest.importorskip("sqlglot", reason="washing on Spark needs the extra requirement `spark`")

from peelian.wash.spark.joining import put_together
from peelian.wash.spark.spoken import spoken, tables


@pytest.fixture
def store(tmp_path: Path) -> Store:
    person = {"person_id": "P", "family_name": "Shaw", "given_names": "Ada", "birth_on": "1980-02-03"}
    return built(tmp_path, [person], [{"record_id": "R", "full_name": "Ada Shaw", "birth_on": "1980-02-03"}])


def test_the_setting_chooses_the_engine_and_the_option_wins(store: Store, settings: Any, monkeypatch: Any) -> None:
    monkeypatch.setitem(sys.modules, "peelian.wash.spark.engine", None)
    settings.PEELIAN_WASH_ENGINE = "spark"
    store.close()
    with pytest.raises(WashError, match="make install-spark"):
        wash.run(store.folder)
    wash.run(store.folder, engine=Engine.DUCKDB)
    assert (store.folder / "pairs.parquet").exists()
    wash.run(store.folder)  # washed already: Spark is not asked for


def test_without_java_it_says_what_to_install(store: Store, monkeypatch: Any) -> None:
    pytest.importorskip("pyspark", reason="washing on Spark needs the extra requirement `spark`")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(WashError, match="default-jre-headless"), weighing(store, Engine.SPARK):
        pass
    assert not (store.folder / "spark").exists(), "nothing of the store is left beside it"


def test_what_a_killed_run_left_for_spark_goes_with_the_next_start_of_either(store: Store, tmp_path: Path) -> None:
    for folder in (None, tmp_path / "shared"):
        left = outside(store, folder)
        left.mkdir(parents=True)
        with weighing(store, Engine.DUCKDB, folder=folder):
            assert not left.exists()
    (tmp_path / "shared" / "spark-of-another").mkdir()
    with weighing(store, Engine.DUCKDB, folder=tmp_path / "shared"):
        assert [one.name for one in (tmp_path / "shared").iterdir()] == ["spark-of-another"]


@pytest.mark.parametrize(
    ("duckdb", "spark"),
    [
        ("x[:4]", "SUBSTRING(x, 1, 4)"),
        ("x[6:7]", "SUBSTRING(x, 6, 2)"),
        ("x[9:]", "SUBSTRING(x, 9)"),
        ("x[1]", "x[0]"),
        ("len(x)", "SIZE(x)"),
        ("length(x)", "LENGTH(x)"),
        ("list_has_any(x, y)", "ARRAYS_OVERLAP(x, y)"),
        ("1e-06 + 0.5 - 2", "1e-06D + 0.5D - 2"),
        ("log2(x)", "LOG(2, x)"),
    ],
)
def test_spark_is_told_the_same_in_its_own_words(duckdb: str, spark: str) -> None:
    assert spoken(f"SELECT {duckdb} FROM t") == f"SELECT {spark} FROM t"


def test_what_has_no_order_of_its_own_is_last_in_both() -> None:
    assert spoken("SELECT x FROM t ORDER BY x").endswith("ORDER BY x NULLS LAST")


def test_the_tables_that_a_query_reads_are_sent_and_no_others() -> None:
    sql = "WITH a AS MATERIALIZED (SELECT * FROM b) SELECT * FROM a WHERE NOT EXISTS (SELECT 1 FROM c)"
    assert tables(sql) == {"b", "c"}


def test_all_rules_are_joined_at_once_and_any_other_query_is_left() -> None:
    whole = put_together(candidate_sql("person_key", "k.owner > 3"))
    assert whole.count(" JOIN ") == 1
    assert all(f"{number}, k.{rule.column}" in whole for number, rule in enumerate(rules()))
    assert whole.count("k.owner > 3") == 1
    other = "SELECT l.form_no AS l_form, r.form_no AS r_form FROM a AS l JOIN b AS r ON l.born = r.born"
    assert put_together(other) == other
    uneven = candidate_sql("person_key", "k.owner > 3").replace("k.owner > 3", "k.owner > 4", 1)
    assert put_together(uneven) == spoken(uneven)
