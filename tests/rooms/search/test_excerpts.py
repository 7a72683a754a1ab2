"""The stretch of a text around what was looked for."""

from peelian.search.excerpts import LENGTH, excerpt


def words(pieces: tuple[tuple[str, bool], ...]) -> str:
    return "".join(f"[{text}]" if met else text for text, met in pieces)


def test_each_word_that_met_the_search_is_marked() -> None:
    assert words(excerpt("At the custody desk, then the desk.", "custody desk")) == (
        "At the [custody] [desk], then the [desk]."
    )


def test_the_last_word_may_be_the_start_of_one_and_accents_do_not_count() -> None:
    assert words(excerpt("Zoë stood in CUSTODY", "zoe cust")) == "[Zoë] stood in [CUSTODY]"


def test_a_word_before_the_last_must_be_whole() -> None:
    assert words(excerpt("custodial custody", "custod custody")) == "custodial [custody]"


def test_words_in_quotes_are_marked_whole() -> None:
    assert words(excerpt("desks and the custody desk", '"custody desk"')) == "desks and the [custody] [desk]"


def test_a_text_without_the_words_has_no_excerpt() -> None:
    assert excerpt("Nothing of the kind", "custody") == ()
    assert excerpt("", "custody") == ()
    assert excerpt("anything", "") == ()


def test_a_long_text_is_cut_between_words_and_says_so() -> None:
    text = f"{'before ' * 60}custody {'after ' * 90}"
    said = words(excerpt(text, "custody"))
    assert said.startswith("… before")
    assert said.endswith("after …")
    assert "[custody]" in said
    assert len(said) <= LENGTH + 8


def test_line_breaks_become_blanks() -> None:
    assert words(excerpt("At\n\nthe  custody\ndesk", "custody")) == "At the [custody] desk"


def test_a_word_longer_than_the_stretch_is_kept_whole() -> None:
    long = "a" * (LENGTH + 50)
    assert words(excerpt(f"{long} custody", long)).startswith(f"[{long}]")
