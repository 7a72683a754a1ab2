"""What the database itself refuses, tried with plain SQL behind the product's back."""

import pytest
from django.db import DatabaseError, connection, transaction

from peelian.journal import checkpoints, guards
from peelian.journal.models import Entry, SubjectKey

pytestmark = pytest.mark.django_db

TABLES = ("journal_entry", "journal_text", "journal_checkpoint")
STATEMENTS = [
    *(f"DELETE FROM {table}" for table in (*TABLES, "journal_subjectkey")),
    "UPDATE journal_entry SET summary = 'another' WHERE seq = 1",
    "UPDATE journal_text SET subject = 'another'",
    "UPDATE journal_checkpoint SET root = 'another'",
    "UPDATE journal_subjectkey SET since = 0",
]
REPLACEMENTS = [
    "INSERT OR REPLACE INTO journal_entry SELECT * FROM journal_entry WHERE seq = 1",
    "INSERT OR REPLACE INTO journal_text SELECT * FROM journal_text",
    "REPLACE INTO journal_text (entry_id, position, subject, sealed)"
    " SELECT entry_id, position, 'another', sealed FROM journal_text",
    "REPLACE INTO journal_checkpoint SELECT * FROM journal_checkpoint",
    "REPLACE INTO journal_subjectkey SELECT subject, wrapped, 99 FROM journal_subjectkey",
    "INSERT INTO journal_entry SELECT * FROM journal_entry WHERE seq = 1 ON CONFLICT (seq) DO UPDATE SET act = 'x'",
]


@pytest.fixture
def written(wrote, at):
    wrote(4)
    checkpoints.make(at=at)


def refused(statement):
    with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return str(error.value)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_change_and_deletion_are_refused(written, statement):
    reason = refused(statement)
    assert guards.REFUSAL in reason or guards.KEY_REFUSAL in reason
    assert Entry.objects.count() == 4
    assert SubjectKey.objects.count() == 1


@pytest.mark.parametrize("statement", REPLACEMENTS)
def test_replacing_a_row_is_refused_even_without_the_pragma(written, statement):
    if connection.vendor != "sqlite":
        pytest.skip("REPLACE is SQLite's; PostgreSQL knows only ON CONFLICT, whose update the trigger refuses")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers=OFF")
    try:
        assert guards.REFUSAL in refused(statement)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers=ON")


@pytest.mark.postgres
@pytest.mark.parametrize("table", [*TABLES, "journal_subjectkey"])
def test_emptying_a_table_is_refused(written, table):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else the foreign key's own check stands in the way
    assert guards.REFUSAL in refused(f"TRUNCATE {table} CASCADE")


def test_every_guard_is_in_place_after_migration():
    assert guards.missing(connection) == []


def test_a_guard_that_was_taken_away_is_named():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER journal_entry_no_update")
        else:
            cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER journal_entry_no_change")
    assert len(guards.missing(connection)) == 1
