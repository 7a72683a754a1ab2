"""The index on the database of the run: SQLite, and PostgreSQL when the run is on one."""

import random

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peelian.search.actions import forget, index, index_many
from peelian.search.engines import TABLES
from peelian.search.queries import matching
from peelian.search.words import LONGEST_TEXT
from peelian.terms.acts import RecordKind
from peelian.terms.refusals import NotValid

KIND = RecordKind.MATTER
pytestmark = pytest.mark.django_db

TEXTS = [
    (1, "O'Brien said that the officer with the beard took £40."),
    (2, "The officer had no beard; nothing was taken."),
    (3, "Órlaith O’Brien rang about a parking notice"),
]


def found(typed: str, kind: RecordKind = KIND) -> list[int]:
    subquery = matching(kind, typed)
    with connection.cursor() as cursor:
        cursor.execute(subquery.sql, subquery.params)
        return sorted(row[0] for row in cursor.fetchall())


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("officer", [1, 2]),
        ("OFFICER beard", [1, 2]),
        ("offic", [1, 2]),
        ("offic beard", []),
        ('"officer with"', [1]),
        ('"with officer"', []),
        ("orlaith", [3]),
        ("o'brien", [1, 3]),
        ("£40", [1]),
        ('"the beard" officer', [1]),
        ("", []),
        ("!!", []),
        ("officer OR parking", []),
        ("officer' OR '1'='1", []),
        ("par*", [3]),
    ],
)
def test_every_word_must_be_there_and_the_last_may_be_the_start_of_one(typed: str, expected: list[int]) -> None:
    index_many(KIND, TEXTS)
    assert found(typed) == expected


def test_a_text_written_again_replaces_the_first() -> None:
    index(KIND, 1, "one thing")
    index(KIND, 1, "another")
    assert (found("thing"), found("another")) == ([], [1])


def test_an_empty_text_and_a_forgotten_record_are_found_no_more() -> None:
    index_many(KIND, TEXTS)
    index(KIND, 1, "")
    forget(KIND, 2)
    assert found("officer") == []
    assert found("brien") == [3]


def test_kinds_are_apart() -> None:
    index(KIND, 1, "officer")
    index(RecordKind.PERSON, 2, "officer")
    assert found("officer") == [1]
    assert found("officer", RecordKind.PERSON) == [2]


def test_the_index_goes_back_with_the_act_that_failed() -> None:
    with transaction.atomic():
        index(KIND, 1, "officer")
        transaction.set_rollback(True)
    assert found("officer") == []


def test_no_rank_and_no_limit_stand_between_a_search_and_its_wall() -> None:
    index_many(KIND, ((number, "officer") for number in range(1, 5001)))
    assert len(found("officer")) == 5000
    assert not any(word in str(matching(KIND, "officer").sql).lower() for word in ("rank", "bm25", "limit", "order"))


def test_a_text_too_long_for_one_database_is_refused_on_both() -> None:
    with pytest.raises(NotValid, match="400,000"):
        index(KIND, 1, "x" * (LONGEST_TEXT + 1))


def test_the_longest_text_of_different_words_is_kept_on_both() -> None:
    seeded = random.Random(1)
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = ("".join(seeded.choices(letters, k=6)) for _ in range(LONGEST_TEXT // 7))
    index(KIND, 1, " ".join([*words, "finis"]))
    assert found("finis") == [1]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60), typed=st.text(max_size=30))
def test_no_text_and_no_search_is_malformed_and_every_text_finds_itself(text: str, typed: str) -> None:
    index(KIND, 1, text.replace("\x00", ""))
    found(typed)
    if any(letter.isascii() and letter.isalnum() for letter in text):
        ascii_only = "".join(letter if letter.isascii() else " " for letter in text).replace('"', " ")
        index(KIND, 2, ascii_only)
        assert 2 in found(ascii_only) or len(ascii_only) > 40


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL lets go of deleted words at its next VACUUM")
def test_forgotten_words_are_gone_from_the_tables_of_the_index() -> None:
    index(KIND, 1, "unmistakable")
    index(KIND, 2, "another")
    forget(KIND, 1)
    table = TABLES[KIND]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT block FROM {table}_data")
        blocks = b"".join(row[0] for row in cursor.fetchall())
        cursor.execute(f"SELECT c0 FROM {table}_content")
        kept = [row[0] for row in cursor.fetchall()]
    assert b"unmistak" not in blocks
    assert kept == ["another"]
