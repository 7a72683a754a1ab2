"""SI 2020/4 reg 6, SI 2020/2 reg 35: something is kept back only on a ground, and each stands against some."""

from datetime import date

import pytest

from peelian.rules.disclosure import (
    UnknownAudience,
    UnknownGround,
    audience,
    audiences,
    ground,
    grounds,
    may_keep_back,
    needs_second_person,
    review_on,
)
from tests.regulations.facts import LAW

DAY = date(2026, 11, 23)
HARM = {
    *("prejudice_proceedings", "national_security", "crime", "discipline"),
    *("disproportionate_effort", "welfare_safety", "public_interest"),
}


def test_the_grounds_of_the_harm_test_are_those_of_the_access_rules_word_for_word() -> None:
    held = {one.key: one for one in grounds(LAW, DAY) if one.is_harm}
    assert set(held) == HARM
    assert all(held[row.key].words == row["text"] for row in LAW.table("harm_ground"))


@pytest.mark.parametrize(
    ("to", "keys", "may"),
    [
        ("officer_concerned", [], False),  # no ground, nothing kept back
        ("officer_concerned", ["welfare_safety"], True),
        ("officer_concerned", ["immunity"], False),  # for a court to rule on, so no ground against the officer
        ("complainant", ["discipline"], False),  # reg 6 alone
        ("complainant", ["crime"], True),
        ("iopc", sorted(HARM), False),  # the harm test is no ground against the IOPC
        ("iopc", ["legal_privilege"], True),
        ("cps", ["crime", "immunity"], True),  # one ground of several is enough
        ("panel", ["disproportionate_effort"], False),
    ],
)
def test_something_may_be_kept_back_from_some_on_a_ground(to: str, keys: list[str], may: bool) -> None:
    answer = may_keep_back(LAW, to, keys, DAY)
    assert answer.value is may
    assert answer.law
    assert answer.because
    assert answer.unverified


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["crime"], date(2026, 12, 21)),  # 23 November and 28 days
        (["third_party", "welfare_safety"], date(2026, 12, 21)),
        (["legal_privilege"], None),
        ([], None),
    ],
)
def test_what_a_harm_keeps_back_is_looked_at_again(keys: list[str], expected: date | None) -> None:
    answer = review_on(LAW, keys, DAY)
    assert answer.value == expected
    assert "reg 6" in answer.law


def test_a_second_person_is_asked_for_what_is_withheld_and_for_nothing_else() -> None:
    assert needs_second_person(LAW, "withhold").startswith("Local rule")
    assert not needs_second_person(LAW, "redact")
    assert not needs_second_person(LAW, "disclose")


def test_what_is_not_in_the_tables_raises() -> None:
    with pytest.raises(UnknownAudience):
        audience(LAW, "the press", DAY)
    with pytest.raises(UnknownGround):
        ground(LAW, "embarrassment", DAY)
    assert audiences(LAW, date(2019, 1, 1)) == ()


def test_every_row_can_be_read_and_a_label_fits_a_box() -> None:
    keys = {one.key for one in audiences(LAW, DAY)}
    assert len(keys) == 9
    for one in grounds(LAW, DAY):
        assert one.audiences
        assert set(one.audiences) <= keys
        assert 0 < len(one.label) <= 24
        assert one.words.endswith(".")
    assert all(one.gives and one.law for one in audiences(LAW, DAY))


def test_those_who_decide_or_examine_see_what_is_kept_back_and_the_others_do_not() -> None:
    listing = {one.key for one in audiences(LAW, DAY) if one.lists_withheld}
    assert listing == {"iopc", "cps", "court", "force"}
    assert not {one.key for one in audiences(LAW, DAY) if one.protects} & listing
