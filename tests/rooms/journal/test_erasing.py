"""Erasing a person's text leaves the chain whole, and cannot be done in silence or undone."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from peelian.journal import actions, checkpoints, queries, verification
from peelian.journal.models import Entry, SubjectKey, Text
from peelian.terms.acts import Act, RecordKind
from peelian.terms.refusals import NotAllowed, NotFound, NotValid

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


def write(by, subject, words):
    return actions.record(
        by=by,
        act=Act.ALTERED,
        kind=RecordKind.PERSON,
        key=subject,
        summary="changed a name",
        texts=[(subject, {"after": words})],
    )


def erase(by, subject, reason="asked for under article 17"):
    return actions.erase_subject(by=by, kind=RecordKind.PERSON, subject_key=subject, reason=reason, on=DAY)


def test_the_text_is_gone_the_entries_stay_and_the_chain_is_whole(handler, auditor, eraser, at):
    first, other = write(handler, "PP-1", "Ann"), write(handler, "PP-2", "Ben")
    note = checkpoints.make(at=at).note
    erased = erase(eraser, "PP-1")
    assert queries.entry(auditor, first).texts[0].text is None
    assert "Erased" in queries.entry(auditor, first).texts[0].words
    assert queries.entry(auditor, other).texts[0].text == {"after": "Ben"}
    entry = queries.entry(auditor, erased).entry
    assert (entry.act, entry.key, entry.reason) == ("erased", "PP-1", "asked for under article 17")
    verdict = verification.verify(elsewhere=[("kept.txt", note)])
    assert verdict.is_whole, verdict.findings


def test_a_text_written_after_an_erasure_has_a_key_of_its_own_and_can_be_erased_again(handler, auditor, eraser):
    first = write(handler, "PP-1", "Ann")
    erase(eraser, "PP-1")
    again = write(handler, "PP-1", "Anne")
    assert queries.entry(auditor, first).texts[0].text is None
    assert queries.entry(auditor, again).texts[0].text == {"after": "Anne"}
    assert verification.verify().is_whole
    with pytest.raises(DatabaseError), transaction.atomic():  # the old erasure does not cover the new key
        SubjectKey.objects.filter(subject="PP-1").delete()
    erase(eraser, "PP-1")
    assert queries.entry(auditor, again).texts[0].text is None
    assert verification.verify().is_whole


def test_erasing_needs_the_power_a_reason_and_something_to_erase(handler, eraser):
    write(handler, "PP-1", "Ann")
    with pytest.raises(NotAllowed):
        erase(handler, "PP-1")
    with pytest.raises(NotValid):
        erase(eraser, "PP-1", reason="")
    with pytest.raises(NotFound):
        erase(eraser, "PP-9")
    assert Entry.objects.filter(act="erased").count() == 0


def test_an_entry_that_says_erased_is_needed_before_the_database_lets_a_key_go(handler):
    write(handler, "PP-1", "Ann")
    with pytest.raises(DatabaseError), transaction.atomic():
        SubjectKey.objects.filter(subject="PP-1").delete()
    assert SubjectKey.objects.count() == 1


def test_a_text_moved_to_another_persons_entry_does_not_open(handler, auditor):
    first, second = write(handler, "PP-1", "Ann"), write(handler, "PP-2", "Ben")
    sealed = dict(Text.objects.values_list("entry_id", "sealed"))
    third = write(handler, "PP-1", "Cy")
    with pytest.raises(AssertionError, match="does not open"):
        open_as(third, "PP-1", sealed[first])
    with pytest.raises(AssertionError, match="does not open"):
        open_as(second, "PP-1", sealed[second])
    assert queries.entry(auditor, first).texts[0].text == {"after": "Ann"}


def open_as(seq, subject, sealed):
    key = actions.sealing.keys_of([subject])[subject]
    try:
        actions.sealing.unseal(key, bytes(sealed), subject=subject, seq=seq, position=0)
    except actions.sealing.Unreadable as error:
        raise AssertionError(str(error)) from error


def test_on_sqlite_the_erased_key_leaves_no_bytes_in_the_file(own_database, handler, eraser):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL frees the bytes at its next vacuum; docs/explanation/journal.md says so")
    with transaction.atomic():
        write(handler, "PP-1", "Ann")
    wrapped = bytes(SubjectKey.objects.get().wrapped)
    erase(eraser, "PP-1")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = connection.settings_dict["NAME"]
    with open(path, "rb") as file:
        assert wrapped not in file.read()
