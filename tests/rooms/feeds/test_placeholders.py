"""Keys that stand for nobody are proposed, with the reason in words; ordinary keys never are."""

from peelian.feeds.placeholders import FEWEST_KEYS, propose


def force_of(people: int, rows_each: int = 3) -> dict[str, int]:
    return {f"officer {number}": rows_each for number in range(people)}


def test_a_key_with_thousands_of_rows_is_proposed_and_says_why() -> None:
    (one,) = propose({**force_of(1000), "officer X": 900})
    assert (one.key, one.rows) == ("officer X", 900)
    assert one.share == 900 / 3900
    assert "900 rows" in one.reason
    assert "300 times the 3 rows" in one.reason


def test_two_large_keys_do_not_hide_each_other() -> None:
    assert [one.key for one in propose({**force_of(500), "a1": 5000, "b2": 3000})] == ["a1", "b2"]


def test_words_for_nobody_are_proposed_however_few_their_rows() -> None:
    keys = ["Organisational", "UNKNOWN", "n/a", "Not known", "Unidentified.", "---"]
    assert {one.key for one in propose({**force_of(3), **dict.fromkeys(keys, 1)})} == set(keys)


def test_a_word_within_a_key_is_no_placeholder() -> None:
    assert propose({"Unknown Smith": 1, "officer 12": 1, "Forceley": 1}) == []


def test_the_busiest_officer_of_a_force_is_no_placeholder() -> None:
    assert propose({**force_of(1000), "busy": 29}) == []


def test_size_says_nothing_in_a_short_file() -> None:
    assert propose({**force_of(FEWEST_KEYS - 1), "large": 5000}) == []


def test_a_file_without_rows_has_no_placeholders() -> None:
    assert propose({}) == []
