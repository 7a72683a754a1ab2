"""The journal's tables. Entries, texts and checkpoints are insert-only: the database itself refuses the rest.

Columns that are hashed are kept exactly as they are hashed (moments and days as text), so that reading them back
can never round, reformat or reorder what was signed.
"""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from peelian.terms.labels import labels


class SequenceField(models.BigIntegerField):  # type: ignore[type-arg]  # generic for mypy alone
    """A big integer that is SQLite's own row number there, so that the table is its own index."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)

    def rel_db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        return self.db_type(connection)


class Entry(models.Model):
    """One act, look or refusal. `hash` is the Merkle leaf of all the other columns, `previous` the hash before."""

    seq = SequenceField(primary_key=True)
    at = models.CharField(max_length=27)  # 2026-11-22T02:55:17.123456Z
    actor = models.CharField(max_length=120)
    act = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=200)
    on = models.CharField(max_length=10)  # the day it happened, or empty
    summary = models.TextField()
    reason = models.TextField()
    decision = models.TextField()
    shown = models.TextField()  # JSON list: keys that a look showed
    payload = models.TextField()  # JSON list: salted hashes of the personal texts, in order
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    LABELS = labels(
        special="actor key summary reason decision shown", operational="seq at act kind on payload previous hash"
    )

    class Meta:
        indexes = [
            models.Index(fields=["key", "seq"], name="journal_entry_key"),
            models.Index(fields=["actor", "seq"], name="journal_entry_actor"),
        ]


class Text(models.Model):
    """Personal text of an entry, sealed with its salt under the key of the person or record it is about."""

    entry: "models.ForeignKey[Any, Any]" = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="texts", db_index=False
    )
    position = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=200)
    sealed = models.BinaryField()
    LABELS = labels(identity="subject", special="sealed", operational="id entry position")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "position"], name="journal_text_place")]
        indexes = [models.Index(fields=["subject"], name="journal_text_subject")]


class SubjectKey(models.Model):
    """The key of one subject, wrapped by the installation's master key. May be deleted only after its own entry.

    `since`: the sequence of the last entry when the key was made; an erasure must come later to allow a deletion.
    """

    subject = models.CharField(max_length=200, primary_key=True)
    wrapped = models.BinaryField()
    since = models.BigIntegerField()
    LABELS = labels(identity="subject", special="wrapped", operational="since")


class Checkpoint(models.Model):
    """A signed statement: the first `size` entries have this Merkle root. `frontier` lets the next one carry on."""

    size = SequenceField(primary_key=True)
    root = models.CharField(max_length=64)
    note = models.TextField()
    frontier = models.TextField()  # JSON list of hex roots of the full subtrees, largest first; checked against root
    at = models.CharField(max_length=27)
    LABELS = labels(operational="size root note frontier at")


class Lock(models.Model):
    """One row that writers on PostgreSQL lock, so that entries are written one after another."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    LABELS = labels(operational="id")
