"""How text and searches are cut into words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.search.words import MOST_WORDS, Sought, sought, words_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("O'Brién-Żak", ["o", "brien", "zak"]),
        ("Straße 5A, £40.50", ["strasse", "5a", "40", "50"]),
        ("Łukasz Ørsted", ["lukasz", "orsted"]),
        ("snake_case", ["snake", "case"]),
        ("محمد", ["محمد"]),
        ("...", []),
    ],
)
def test_words_are_runs_of_letters_and_digits_without_case_or_accents(text: str, expected: list[str]) -> None:
    assert words_of(text) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", Sought(())),
        ("  . ", Sought(())),
        ("off", Sought((), "off")),
        ("officer bea", Sought((("officer",),), "bea")),
        ('"officer with" bea', Sought((("officer", "with"),), "bea")),
        ('bea "officer with"', Sought((("bea",), ("officer", "with")))),
        ('"unclosed quote', Sought((("unclosed",),), "quote")),
        ("NOT (a OR b*)", Sought((("not",), ("a",), ("or",)), "b")),
        ("twice twice x", Sought((("twice",),), "x")),
    ],
)
def test_quotes_make_a_phrase_and_nothing_else_is_special(typed: str, expected: Sought) -> None:
    assert sought(typed) == expected


def test_a_very_long_search_is_cut() -> None:
    asked = sought("a1 " * 10 + " ".join(f"b{number}" for number in range(100)))
    assert sum(map(len, asked.phrases)) + 1 <= MOST_WORDS


@given(st.text())
def test_words_hold_letters_and_digits_only_and_cutting_twice_is_cutting_once(text: str) -> None:
    words = words_of(text)
    assert words_of(" ".join(words)) == words
    assert not any(letter in word for word in words for letter in " '\"\\:*&|!<>()_%")
