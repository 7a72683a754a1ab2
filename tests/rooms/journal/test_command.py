"""`peelian journal`, typed."""

import json
from pathlib import Path

import pytest
from django.db import connection
from typer.testing import CliRunner

from peelian.cli.journal import app
from peelian.journal.models import Entry

pytestmark = pytest.mark.django_db


def typed(*words: str):
    return CliRunner().invoke(app, list(words))


def test_a_checkpoint_is_printed_and_kept_and_verified_against(wrote, tmp_path):
    wrote(9)
    kept = tmp_path / "kept.txt"
    made = typed("checkpoint", "--out", str(kept))
    assert made.exit_code == 0
    assert made.stdout == kept.read_text()
    assert made.stdout.splitlines()[1] == "9"
    done = typed("verify", "--checkpoint", str(kept))
    assert done.exit_code == 0, done.output
    assert "Every entry, 1 to 9, is the one that a checkpoint kept elsewhere signed." in done.stdout


def test_json_says_the_same_to_a_program(wrote):
    wrote(9)
    assert json.loads(typed("checkpoint", "--json").stdout)["size"] == 9
    said = json.loads(typed("verify", "--json").stdout)
    assert (said["whole"], said["entries"], said["agreed"], said["findings"]) == (True, 9, 9, [])
    assert "No checkpoint kept elsewhere" in said["limits"]


def test_verify_ends_with_one_and_says_where(wrote):
    wrote(9)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER journal_entry_no_update")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER journal_entry_no_change")
    Entry.objects.filter(seq=5).update(summary="x")
    done = typed("verify")
    assert done.exit_code == 1
    assert "Entry 5: changed" in done.stdout
    assert "guard is not in place" in done.stdout


def test_a_checkpoint_that_cannot_be_used_is_no_verdict(wrote, tmp_path):
    wrote(2)
    odd = tmp_path / "odd.txt"
    odd.write_text("no note")
    done = typed("verify", "--checkpoint", str(odd))
    assert done.exit_code == 2
    assert "The checkpoint cannot be used" in done.stderr


def test_proofs_are_printed_as_json(wrote):
    wrote(9)
    typed("checkpoint")
    wrote(3)
    typed("checkpoint")
    proof = json.loads(typed("prove", "4").stdout)
    assert (proof["index"], proof["size"], proof["entry"]["seq"]) == (3, 9, 4)
    assert json.loads(typed("prove", "--since", "9").stdout)["size"] == 12
    assert typed("prove").exit_code == 2
    assert typed("prove", "4", "--since", "9").exit_code == 2


def test_an_export_says_how_to_verify_it(wrote, tmp_path: Path):
    wrote(4)
    done = typed("export", str(tmp_path / "out"), "--reason", "asked")
    assert done.exit_code == 0, done.output
    assert "python verifier.py journal.jsonl" in done.stdout
    assert len((tmp_path / "out" / "journal.jsonl").read_text().splitlines()) == 5
