"""Tampering, tried as somebody would who owns the database: each kind is found, and located.

The journal of each case: entries 1 to 20, checkpoints at 8 and 16, in the database and kept elsewhere.
"""

from collections.abc import Callable
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection

from peelian.jobs import worker
from peelian.journal import checkpoints, guards, verification
from peelian.journal.models import Checkpoint, Entry, SubjectKey, Text
from peelian.journal.stream import stored
from peelian.journal.verifier import canonical, leaf_hash

pytestmark = pytest.mark.django_db
ALONE, KEPT = False, True


@contextmanager
def guards_down():
    """What the owner of the database can do first: take the triggers away; afterwards put them back."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in [s.split()[2] for s in guards.sqlite_statements()]:
                cursor.execute(f"DROP TRIGGER {name}")
            yield cursor
            guards.install(connection)
            return
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        tables = (*guards.INSERT_ONLY, "journal_subjectkey")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        yield cursor
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.fixture
def kept_elsewhere(wrote, at) -> list[tuple[str, str]]:
    notes = []
    for name in ("monday.txt", "tuesday.txt"):
        wrote(8)
        notes.append((name, checkpoints.make(at=at).note))
    wrote(4)
    return notes


def sql(*statements: str) -> Callable[..., None]:
    def tamper(**_) -> None:
        with guards_down() as cursor:
            for statement in statements:
                cursor.execute(statement)

    return tamper


def shifted(first: int, by: int) -> tuple[str, str]:
    """Renumber all entries from `first` on, by way of numbers that nobody has."""
    return (
        f"UPDATE journal_entry SET seq = -(seq + {by}) WHERE seq >= {first}",
        "UPDATE journal_entry SET seq = -seq WHERE seq < 0",
    )


COLUMNS = 'at, actor, act, kind, key, "on", summary, reason, decision, shown, payload, previous, hash'


def copied(source: int, to: int) -> str:
    return f"INSERT INTO journal_entry (seq, {COLUMNS}) SELECT {to}, {COLUMNS} FROM journal_entry WHERE seq = {source}"


def rehash(first: int) -> None:
    """The product's own hashing, from entry `first` on: afterwards the chain holds together again."""
    rows = list(stored(after=first - 2))
    previous = rows[0][1]
    for entry, _ in rows[1:]:
        entry["previous"] = previous
        previous = leaf_hash(canonical(entry)).hex()
        Entry.objects.filter(seq=entry["seq"]).update(previous=entry["previous"], hash=previous)


def edited_and_rehashed(**_) -> None:
    with guards_down() as cursor:
        cursor.execute("UPDATE journal_entry SET summary = 'nothing happened' WHERE seq = 12")
        rehash(12)


def edited_rehashed_and_signed_again(at, **_) -> None:
    edited_and_rehashed()
    with guards_down():
        Checkpoint.objects.filter(size__gt=8).delete()
    checkpoints.make(at=at)


def rolled_back(wrote, **_) -> None:
    """Yesterday's copy put back, and work carried on from there."""
    with guards_down():
        Checkpoint.objects.filter(size__gt=12).delete()
        Text.objects.filter(entry_id__gt=12).delete()
        Entry.objects.filter(seq__gt=12).delete()
    wrote(8, "carried on")


def replaced(wrote, at, **_) -> None:
    """Everything thrown away and written afresh with the product itself, checkpoints signed with its own key."""
    with guards_down():
        for model in (Checkpoint, Text, SubjectKey, Entry):
            model.objects.all().delete()
    wrote(8, "a better story")
    checkpoints.make(at=at)
    wrote(12, "a better story")
    checkpoints.make(at=at)


TAMPERED = [
    # what is done, with what it is looked for, findings that must be among those made
    ("edit a field", sql("UPDATE journal_entry SET summary = 'x' WHERE seq = 5"), ALONE, [("changed", 5, 5)]),
    ("edit an actor", sql("UPDATE journal_entry SET actor = 'user:x' WHERE seq = 20"), ALONE, [("changed", 20, 20)]),
    ("edit a shown list", sql("UPDATE journal_entry SET shown = '[' WHERE seq = 6"), ALONE, [("changed", 6, 6)]),
    ("edit a hash", sql("UPDATE journal_entry SET hash = previous WHERE seq = 5"), ALONE, [("changed", 5, 5)]),
    (
        "put in what is no text at all",
        sql("UPDATE journal_entry SET summary = CAST(x'ff' AS TEXT) WHERE seq = 5"),
        ALONE,
        [("changed", 5, 5)],
    ),
    ("delete one", sql("DELETE FROM journal_entry WHERE seq = 5"), ALONE, [("missing", 5, 5)]),
    ("delete the first", sql("DELETE FROM journal_entry WHERE seq = 1"), ALONE, [("missing", 1, 1)]),
    (
        "delete a run",
        sql("DELETE FROM journal_entry WHERE seq BETWEEN 5 AND 7"),
        ALONE,
        [("missing", 5, 7)],
    ),
    (
        "delete one and close the gap",
        sql("DELETE FROM journal_entry WHERE seq = 13", *shifted(14, -1)),
        ALONE,
        [("renumbered", 13, 19), ("unlinked", 13, 13)],
    ),
    (
        "insert",
        sql(*shifted(13, 1), copied(12, 13)),
        ALONE,
        [("renumbered", 13, 21), ("unlinked", 13, 13)],
    ),
    (
        "swap",
        sql(
            "UPDATE journal_entry SET seq = -1 WHERE seq = 12",
            "UPDATE journal_entry SET seq = 12 WHERE seq = 15",
            "UPDATE journal_entry SET seq = 15 WHERE seq = -1",
        ),
        ALONE,
        [("changed", 12, 12), ("changed", 15, 15), ("unlinked", 12, 13)],
    ),
    ("duplicate", sql(copied(5, 21)), ALONE, [("changed", 21, 21), ("unlinked", 21, 21)]),
    (
        "renumber",
        sql("UPDATE journal_entry SET seq = 30 WHERE seq = 20"),
        ALONE,
        [("missing", 20, 29), ("renumbered", 30, 30)],
    ),
    (
        "truncate the tail, before the newest checkpoint in the database",
        sql("DELETE FROM journal_text WHERE entry_id > 12", "DELETE FROM journal_entry WHERE seq > 12"),
        ALONE,
        [("cut off", 13, 16)],
    ),
    (
        "truncate the tail and its checkpoints",
        sql(
            "DELETE FROM journal_text WHERE entry_id > 12",
            "DELETE FROM journal_entry WHERE seq > 12",
            "DELETE FROM journal_checkpoint WHERE size > 12",
        ),
        KEPT,
        [("cut off", 13, 16)],
    ),
    ("roll the database back", rolled_back, KEPT, [("differs", 9, 16)]),
    ("replace the table", replaced, KEPT, [("differs", 1, 8)]),
    ("re-hash with the product's own code", edited_and_rehashed, ALONE, [("differs", 9, 16)]),
    ("re-hash and sign again", edited_rehashed_and_signed_again, KEPT, [("differs", 9, 16)]),
    (
        "sign a checkpoint with another key",
        sql("UPDATE journal_checkpoint SET note = 'no note' WHERE size = 8"),
        ALONE,
        [("checkpoint", 0, 0)],
    ),
    (
        "edit a text",
        sql("UPDATE journal_text SET sealed = sealed || sealed WHERE entry_id = 3"),
        ALONE,
        [("text", 3, 3)],
    ),
    ("delete a text", sql("DELETE FROM journal_text WHERE entry_id = 3"), ALONE, [("text", 3, 3)]),
    (
        "move a text",
        sql("UPDATE journal_text SET entry_id = 4 WHERE entry_id = 3"),
        ALONE,
        [("text", 3, 3), ("text", 4, 4)],
    ),
    ("destroy a key in silence", sql("DELETE FROM journal_subjectkey"), ALONE, [("key gone", 3, 3)]),
]


@pytest.mark.parametrize(("name", "tamper", "is_kept", "expected"), TAMPERED, ids=[case[0] for case in TAMPERED])
def test_tampering_is_found_and_located(name, tamper, is_kept, expected, kept_elsewhere, wrote, at):
    tamper(wrote=wrote, at=at)
    verdict = verification.verify(elsewhere=kept_elsewhere if is_kept else ())
    found = [(finding.kind, finding.first, finding.last) for finding in verdict.findings]
    assert set(expected) <= set(found), verdict.findings
    assert not verdict.is_whole


NEEDS_A_CHECKPOINT = [case for case in TAMPERED if case[2] is KEPT]


@pytest.mark.parametrize(
    ("name", "tamper", "is_kept", "expected"), NEEDS_A_CHECKPOINT, ids=[case[0] for case in NEEDS_A_CHECKPOINT]
)
def test_what_only_a_checkpoint_kept_elsewhere_shows_is_named_by_the_verdict(
    name, tamper, is_kept, expected, kept_elsewhere, wrote, at
):
    tamper(wrote=wrote, at=at)
    verdict = verification.verify()
    assert verdict.is_whole, "if this is found without, the table above should say so"
    assert "No checkpoint kept elsewhere was given" in verdict.limits
    for words in ("cutting off the tail", "putting back an older copy", "replacing the table", "hashes anew"):
        assert words in verdict.limits


def test_an_untouched_journal_is_whole_and_the_verdict_says_how_far_it_was_compared(kept_elsewhere):
    verdict = verification.verify(elsewhere=kept_elsewhere)
    assert verdict.is_whole
    assert (verdict.entries, verdict.texts, verdict.checkpoints, verdict.agreed) == (20, 3, 2, 16)
    assert "entries 1 to 16" in verdict.limits
    assert "up to 20" in verdict.limits


def test_a_checkpoint_of_everything_leaves_nothing_open(kept_elsewhere, at):
    verdict = verification.verify(elsewhere=[("kept.txt", checkpoints.make(at=at).note)])
    assert verdict.limits == "Every entry, 1 to 20, is the one that a checkpoint kept elsewhere signed."


def test_a_checkpoint_kept_elsewhere_that_was_not_signed_by_the_key_is_no_evidence(kept_elsewhere):
    with pytest.raises(ValueError, match="not by its key"):
        verification.verify(elsewhere=[(name, note.replace("\n16\n", "\n15\n")) for name, note in kept_elsewhere])


def test_no_checkpoint_is_signed_over_a_journal_that_does_not_hold_together(kept_elsewhere, at):
    sql("UPDATE journal_entry SET summary = 'x' WHERE seq = 18")()
    with pytest.raises(checkpoints.Broken, match="Entry 18: changed"):
        checkpoints.make(at=at)


def test_the_worker_says_so_and_carries_on(kept_elsewhere, at, caplog):
    sql("UPDATE journal_entry SET summary = 'x' WHERE seq = 18")()
    worker.sign(at=at + timedelta(hours=1))
    assert "Entry 18: changed" in caplog.text
    assert Checkpoint.objects.count() == 2


def test_no_checkpoint_is_signed_that_would_not_contain_the_one_before(kept_elsewhere, at):
    sql("UPDATE journal_checkpoint SET frontier = '[\"00\"]' WHERE size = 16")()
    with pytest.raises(checkpoints.Broken, match="not the entries that a checkpoint signed"):
        checkpoints.make(at=at)


def test_a_journal_with_thousands_of_changes_is_told_in_few_words(wrote):
    wrote(3000)
    sql("UPDATE journal_entry SET summary = 'x' WHERE seq > 10")()
    verdict = verification.verify()
    assert [(f.kind, f.first, f.last) for f in verdict.findings] == [("changed", 11, 3000)]
