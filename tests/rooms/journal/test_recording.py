"""Writing to the journal: what an entry holds, that it stands or falls with its act, and what cannot be written."""

from dataclasses import replace
from datetime import UTC, date

import pytest
from django.db import connection, transaction

from peelian.journal import actions, queries
from peelian.journal.actions import EntryDraft, OutsideTransaction
from peelian.journal.models import Entry, SubjectKey, Text
from peelian.terms.acts import Act, RecordKind
from peelian.terms.refusals import NotValid, Refusal
from peelian.terms.viewer import system

pytestmark = pytest.mark.django_db


def record(by, **given):
    words = {"act": Act.ALTERED, "kind": RecordKind.MATTER, "key": "PM-AAAAA-AAAAA", "summary": "recorded a complaint"}
    return actions.record(by=by, **{**words, **given})


def test_entries_are_numbered_from_one_without_gaps_and_each_names_the_hash_before(handler):
    assert [record(handler) for _ in range(3)] == [1, 2, 3]
    rows = list(Entry.objects.order_by("seq"))
    assert rows[0].previous == "0" * 64
    assert [row.previous for row in rows[1:]] == [row.hash for row in rows[:2]]


def test_an_entry_gives_back_what_was_written(handler, auditor):
    seq = record(
        handler, reason="it came in", decision="open", on=date(2026, 11, 20), texts=[("PP-1", {"after": "Łukasz “x”"})]
    )
    detail = queries.entry(auditor, seq)
    row = detail.entry
    assert (row.act, row.kind, row.key, row.summary) == ("altered", "matter", "PM-AAAAA-AAAAA", "recorded a complaint")
    assert (row.actor, row.reason, row.decision, row.on) == (handler.actor, "it came in", "open", date(2026, 11, 20))
    assert row.at == handler.at.astimezone(UTC)
    assert [(text.subject, text.text) for text in detail.texts] == [("PP-1", {"after": "Łukasz “x”"})]


def test_the_systems_own_reason_goes_to_the_journal(at, auditor):
    seq = record(system("load", at=at, because="load of an extract"))
    assert queries.entry(auditor, seq).entry.reason == "load of an extract"


def test_personal_text_is_stored_nowhere_in_the_clear(handler):
    record(handler, texts=[("PP-1", {"before": "Sarah Everyman"})])
    stored = [bytes(text.sealed) for text in Text.objects.all()] + [
        repr(row).encode() for row in Entry.objects.values()
    ]
    assert all(b"Everyman" not in held for held in stored)


def test_the_same_text_twice_has_two_different_hashes_so_that_a_guess_proves_nothing(handler):
    record(handler, texts=[("PP-1", {"a": 1}), ("PP-1", {"a": 1})])
    first, second = Entry.objects.get().payload.strip("[]").split(",")
    assert first != second


def test_one_subject_has_one_key(handler):
    record(handler, texts=[("PP-1", {"a": 1}), ("PP-2", {"a": 1})])
    record(handler, texts=[("PP-1", {"a": 2})])
    assert sorted(SubjectKey.objects.values_list("subject", flat=True)) == ["PP-1", "PP-2"]


def test_a_look_keeps_every_reference_it_showed(handler, auditor):
    shown = [f"PM-{number:05}" for number in range(300)]
    seq = actions.look(by=handler, kind=RecordKind.LIST, key="matters", summary="list of matters", shown=shown)
    assert queries.entry(auditor, seq).entry.shown == tuple(shown)


def test_a_refusal_at_the_edge_is_written_even_with_what_an_address_bar_may_hold(handler, auditor):
    key = "PM-\x00\ud800" + "x" * 500
    seq = actions.refused(by=handler, kind=RecordKind.MATTER, key=key, refusal=Refusal("A wall.", "Local rule"))
    row = queries.entry(auditor, seq).entry
    assert (row.act, row.reason, row.decision) == ("refused", "A wall.", "Local rule")
    assert len(row.key) == actions.KEY_LENGTH


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"key": ""}, "key"),
        ({"key": "x" * 201}, "key"),
        ({"summary": "a\x00b"}, "summary"),
        ({"summary": "\ud800"}, "summary"),
        ({"texts": [("PP-1", {"share": 0.5})]}, "texts"),
        ({"texts": [("PP-1", {"when": date(2026, 1, 1)})]}, "texts"),
    ],
)
def test_what_cannot_be_kept_exactly_is_refused(handler, given, field):
    with pytest.raises(NotValid) as refused:
        record(handler, **given)
    assert refused.value.field == field
    assert not Entry.objects.exists()


def test_writing_many_takes_no_more_queries_than_writing_one(handler, django_assert_num_queries):
    record(handler, texts=[("PP-1", {"a": 1})])
    draft = EntryDraft(Act.ALTERED, RecordKind.MATTER, "PM-1", "x", texts=[("PP-1", {"a": 1})])
    with django_assert_num_queries(4):  # the last entry, the keys, the entries, the texts
        actions.record_many(by=handler, entries=[draft])
    with django_assert_num_queries(4):
        actions.record_many(by=handler, entries=[draft] * 50)
    plain = replace(draft, texts=())
    with django_assert_num_queries(2):  # the last entry, the entries
        actions.record_many(by=handler, entries=[plain])


@pytest.mark.postgres
def test_nothing_is_written_while_nothing_keeps_writers_apart(handler):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_lock")
    with pytest.raises(actions.Unlocked):
        record(handler)


def test_writing_none_writes_none(handler):
    assert len(actions.record_many(by=handler, entries=[])) == 0


def test_an_entry_outside_a_transaction_is_refused(own_database, handler):
    with pytest.raises(OutsideTransaction):
        record(handler)
    assert not Entry.objects.exists()


def test_an_act_that_is_rolled_back_leaves_no_entry_and_no_gap(own_database, handler):
    with transaction.atomic():
        record(handler)
    with transaction.atomic():
        record(handler, texts=[("PP-1", {"a": 1})])
        transaction.set_rollback(True)
    with transaction.atomic():
        assert record(handler) == 2
    assert not SubjectKey.objects.exists()


def test_a_look_inside_another_transaction_is_a_mistake_that_shows(own_database, handler):
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        actions.look(by=handler, kind=RecordKind.LIST, key="matters", summary="list of matters")
