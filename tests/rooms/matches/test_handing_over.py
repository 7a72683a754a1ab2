"""From the store of a wash to those who judge, through the command line and the Parquet file between."""

import json
import re
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from peelian.cli.main import app
from peelian.matches import queries
from peelian.matches.models import Pair
from peelian.people import actions as people
from peelian.terms.people import IdentifierKind
from peelian.wash.errors import WashError
from peelian.wash.handing import handed
from peelian.wash.model import load_model
from peelian.wash.reporting import write_pairs
from peelian.wash.running import run
from tests import worlds
from tests.rooms.wash.files import built

pytestmark = pytest.mark.django_db
PERSON = {
    **{"person_id": "E1", "family_name": "Quillfeather", "given_names": "Ada Jane", "birth_on": "1980-02-03"},
    **{"address": "4 Mill Lane", "postcode": "QA1 4AB", "sex": "F"},
}
RECORD = {
    **{"record_id": "CR/1", "full_name": "QUILLFEATHER, Ada", "birth_on": "03/02/1980", "address": "4 Mill Ln"},
    **{"postcode": "QA1 4AB", "part": "suspect", "category": "Indecent exposure", "identifier": "PNC 71/123456A"},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store in which one person was washed against one record, and its pairs."""
    store = built(tmp_path, [PERSON], [RECORD])
    run(store, load_model())
    write_pairs(store)
    store.close()
    return store.folder


@pytest.fixture(autouse=True)
def in_the_register(db: None, at: datetime) -> None:
    ref = worlds.officer(at, "Quillfeather", "Ada")
    kind = IdentifierKind.STAFF_NUMBER
    people.add_identifier(by=worlds.peelian(at), person_ref=ref, kind=kind, value="E1", on=at.date())


def test_a_run_is_taken_in_with_both_sides_and_judged_in_the_shell(folder: Path, at: datetime) -> None:
    done = CliRunner().invoke(app, ["wash", "take-in", "--store", str(folder)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert "1 pairs, 1 new" in done.stderr
    held = queries.pair(worlds.peelian(at), Pair.objects.get().ref)
    assert held.row.stake == 2, "nobody has resolved it"
    assert held.raised_item
    sides = {side.what: (side.person, side.record, side.differs) for side in held.sides}
    assert sides["name"] == ("ada jane quillfeather", "ada quillfeather", True)
    assert sides["date of birth"] == ("1980-02-03", "1980-02-03", False)
    assert "same surname" in " ".join(held.words_for).replace("rare ", "").replace("common ", "")
    asked = CliRunner().invoke(app, ["wash", "review"], input="y\nIt is her.\n", catch_exceptions=False)
    assert "Quillfeather (E1) and CR/1" in asked.stdout
    left = CliRunner().invoke(app, ["wash", "review", "--json"], catch_exceptions=False)
    assert json.loads(left.stdout)["yes"] == 1
    assert "no sample was drawn" in asked.stderr


def test_the_files_of_the_how_to_are_washed_as_they_stand(tmp_path: Path) -> None:
    text = Path("docs/how-to/wash-the-workforce.md").read_text(encoding="utf-8")
    people, records, manifest = re.findall(r"```(?:csv|toml)\n(.*?)```", text, re.DOTALL)[:3]
    for name, words in (("people.csv", people), ("pnd.csv", records), ("wash.toml", manifest)):
        (tmp_path / name).write_text(words, encoding="utf-8")
    store = str(tmp_path / "store")
    for words in (["build", str(tmp_path / "wash.toml"), "--on", "2026-11-23"], ["run"]):
        done = CliRunner().invoke(app, ["wash", *words, "--store", store], catch_exceptions=False)
        assert done.exit_code == 0, done.output
    assert "Pairs to judge: 1 = 1 certain" in done.stdout
    told = ["wash", "explain", "E100234", "CR/2019/004411-2", "--store", store]
    assert "same date of birth" in CliRunner().invoke(app, told, catch_exceptions=False).stdout


def test_a_sample_is_drawn_and_reported_in_the_shell(folder: Path) -> None:
    given = {"catch_exceptions": False}
    CliRunner().invoke(app, ["wash", "take-in", "--store", str(folder)], **given)
    drawn = CliRunner().invoke(app, ["wash", "sample", "--share", "100", "--seed", "s"], **given)
    assert "1 pairs were drawn" in drawn.stderr
    assert "1 of the sample are not decided" in drawn.stderr
    CliRunner().invoke(app, ["wash", "review", "--sample"], input="y\nIt is her.\n", **given)
    report = CliRunner().invoke(app, ["wash", "report", "--store", str(folder), "--judged"], **given)
    assert "Pairs taken in: 1 = 0 to be judged" in report.stdout
    assert "Recall reached by the judging: about 100.0%, between 100.0% and 100.0% (95%); 1 found" in report.stdout
    as_json = ["wash", "report", "--store", str(folder), "--judged", "--json"]
    assert json.loads(CliRunner().invoke(app, as_json, **given).stdout)["judged"]["sample"]["counts"]["drawn"] == 1


def test_a_file_that_is_no_output_of_a_wash_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WashError, match="is not there"):
        list(handed(tmp_path / "pairs.parquet"))
    duckdb.connect().execute(f"COPY (SELECT 1 AS person_id) TO '{tmp_path / 'pairs.parquet'}' (FORMAT parquet)")
    with pytest.raises(WashError, match="has no column"):
        list(handed(tmp_path / "pairs.parquet"))
