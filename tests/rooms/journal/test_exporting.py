"""Export, proofs and the stand-alone verifier, run as an outsider would: one file, no Peelian, no database."""

import ast
import base64
import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from peelian.journal import checkpoints, export, verifier
from peelian.journal.keys import signer
from peelian.journal.models import Entry
from peelian.journal.verifier import consistent, included, leaf_hash, opened_checkpoint
from peelian.terms.refusals import NotAllowed, NotFound, NotValid

pytestmark = pytest.mark.django_db


@pytest.fixture
def exported(wrote, auditor, at, tmp_path) -> Path:
    wrote(30)
    folder = tmp_path / "handed-over"
    export.write(by=auditor, folder=folder, reason="asked by the inspectorate")
    return folder


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """`-I`: no path of this project, no environment; only the standard library and installed packages."""
    return subprocess.run([sys.executable, "-I", "verifier.py", *words], cwd=folder, capture_output=True, text=True)


WORDS = ("journal.jsonl", "--checkpoint", "checkpoint.txt", "--key", "journal.vkey")


def test_an_outsider_can_verify_an_export(exported):
    done = run(exported, *WORDS)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Whole. Entries: 31," in done.stdout
    assert "Every entry, 1 to 31, is the one that a checkpoint kept elsewhere signed." in done.stdout


def test_the_export_is_itself_the_last_entry_and_holds_no_personal_text(exported):
    lines = (exported / "journal.jsonl").read_text().splitlines()
    last = json.loads(lines[-1])["entry"]
    assert (last["act"], last["reason"], last["seq"]) == ("disclosed", "asked by the inspectorate", 31)
    assert not any("text 3" in line for line in lines)


def rewritten(folder: Path, change) -> None:
    path = folder / "journal.jsonl"
    path.write_text("".join(change(path.read_text().splitlines(keepends=True))))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda lines: [*lines[:4], lines[4].replace("recorded 5", "recorded 6"), *lines[5:]], "Entry 5: changed"),
        (lambda lines: [*lines[:4], *lines[7:]], "Entries 5 to 7: missing"),
        (lambda lines: [*lines[:4], lines[4], *lines[4:]], "Entry 5: out of order"),
        (lambda lines: [*lines[:4], lines[5], lines[4], *lines[6:]], "Entry 5: out of order"),
        (lambda lines: lines[:20], "Entries 21 to 31: missing at the end"),
    ],
    ids=["edited", "a run deleted", "repeated", "swapped", "cut off"],
)
def test_the_stand_alone_verifier_finds_and_locates(exported, change, said):
    rewritten(exported, change)
    done = run(exported, *WORDS)
    assert done.returncode == 1
    assert said in done.stdout
    assert "NOT whole" in done.stdout


def test_without_a_checkpoint_it_says_what_it_cannot_rule_out(exported):
    rewritten(exported, lambda lines: lines[:20])
    done = run(exported, "journal.jsonl")
    assert done.returncode == 0
    assert "No checkpoint kept elsewhere was given" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("journal.jsonl", "--checkpoint", "checkpoint.txt"), "--checkpoint and --proof need --key"),
        (("nothing.jsonl",), "No such file"),
        ((), "give either an export or --proof"),
        (("--proof", "journal.jsonl", "--key", "journal.vkey"), "Could not be read"),
        (("checkpoint.txt",), "line 1 of the export is not an entry"),
        (("journal.jsonl", "--checkpoint", "journal.vkey", "--key", "journal.vkey"), "not a signed note"),
    ],
)
def test_what_cannot_be_read_ends_with_two_and_a_sentence(exported, words, said):
    done = run(exported, *words)
    assert done.returncode == 2
    assert said in done.stderr


def test_the_verifier_imports_the_standard_library_and_one_package():
    tree = ast.parse(Path(verifier.__file__).read_text())
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    roots = {name.split(".")[0] for name in names}
    assert roots - set(sys.stdlib_module_names) == {"cryptography"}


def test_an_export_needs_the_power_and_an_empty_place(exported, wrote, handler, auditor):
    with pytest.raises(NotAllowed):
        export.write(by=handler, folder=exported.parent / "another")
    before = Entry.objects.count()
    with pytest.raises(NotValid, match=r"journal\.jsonl"):
        export.write(by=auditor, folder=exported)
    assert Entry.objects.count() == before


def test_any_entry_can_be_proved_against_a_checkpoint(wrote, at):
    wrote(11)
    checkpoints.make(at=at)
    for seq in range(1, 12):
        proof = checkpoints.prove_entry(seq)
        signed = opened_checkpoint(proof["checkpoint"], signer().vkey)
        path = [base64.b64decode(node) for node in proof["path"]]
        leaf = leaf_hash(verifier.canonical(proof["entry"]))
        assert included(leaf, proof["index"], signed.size, path, signed.root)


def test_growth_between_checkpoints_can_be_proved(wrote, at):
    wrote(5)
    first = opened_checkpoint(checkpoints.make(at=at).note, signer().vkey)
    wrote(8)
    second = opened_checkpoint(checkpoints.make(at=at).note, signer().vkey)
    path = [base64.b64decode(node) for node in checkpoints.prove_growth(5)["path"]]
    assert consistent(first.size, first.root, second.size, second.root, path)


def test_an_outsider_can_check_a_proof_with_the_verifier_alone(exported, wrote, at):
    def checked(proof):
        (exported / "proof.json").write_text(json.dumps(proof))
        return run(exported, "--proof", "proof.json", "--key", "journal.vkey")

    wrote(6)
    checkpoints.make(at=at)
    entry, growth = checkpoints.prove_entry(4), checkpoints.prove_growth(31)
    done = checked(entry)
    assert (done.returncode, done.stdout) == (
        0,
        "Entry 4 stands, word for word, in the journal signed at 31 entries.\n",
    )
    done = checked(growth)
    assert (done.returncode, done.stdout) == (0, "The journal of 37 entries begins with the 31 signed earlier.\n")
    for spoilt in (
        {**entry, "entry": {**entry["entry"], "summary": "another"}},
        {**entry, "index": 4},
        {**entry, "path": entry["path"][:-1]},
        {**growth, "path": growth["path"][::-1]},
    ):
        done = checked(spoilt)
        assert (done.returncode, done.stdout) == (1, "The proof does not stand.\n")


def test_a_proof_needs_an_entry_and_a_checkpoint_that_covers_it(wrote, at):
    with pytest.raises(NotFound):
        checkpoints.make(at=at)
    wrote(5)
    with pytest.raises(NotFound):
        checkpoints.prove_entry(3)
    checkpoints.make(at=at)
    wrote(5)
    with pytest.raises(NotFound):
        checkpoints.prove_entry(99)
    with pytest.raises(NotFound):
        checkpoints.prove_entry(7)
    with pytest.raises(NotValid):
        checkpoints.prove_entry(7, size=5)


def test_a_checkpoint_is_made_once_for_each_size_and_carries_on_from_the_one_before(wrote, at):
    wrote(5)
    first = checkpoints.make(at=at)
    assert checkpoints.make(at=at) == first
    wrote(2)
    assert checkpoints.make(at=at).size == 7


def test_a_checkpoint_is_due_after_five_minutes_or_five_hundred_entries(wrote, at):
    assert checkpoints.make_when_due(at=at) is None  # nothing to sign
    wrote(3)
    assert checkpoints.make_when_due(at=at).size == 3  # the first is due at once
    assert checkpoints.make_when_due(at=at + timedelta(hours=1)) is None  # nothing new
    wrote(3)
    assert checkpoints.make_when_due(at=at + timedelta(minutes=4)) is None
    assert checkpoints.make_when_due(at=at + timedelta(minutes=5)).size == 6
    wrote(499)
    assert checkpoints.make_when_due(at=at + timedelta(minutes=6)) is None
    wrote(1)
    assert checkpoints.make_when_due(at=at + timedelta(minutes=6)).size == 506


def test_keys_are_made_once_and_readable_by_their_owner_alone(wrote, at, tmp_path):
    wrote(3)
    checkpoints.make(at=at)
    key = signer().vkey
    held = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "keys").iterdir()}
    assert held == {"journal-master.key": 0o600, "journal-checkpoint.key": 0o600, "journal.vkey": 0o600}
    assert signer().vkey == key
