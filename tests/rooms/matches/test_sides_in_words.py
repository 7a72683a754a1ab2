"""Forms as the wash stores them, said as people write them, and what differs between the two sides."""

import pytest

from peelian.matches.compared import Side
from peelian.terms.stored_forms import day_said, said


@pytest.mark.parametrize(
    ("what", "stored", "words"),
    [
        ("name", "mary jane obrien", "Mary Jane Obrien"),
        ("date of birth", "1984-03-02", "2 March 1984"),
        ("date of birth", "1984", "1984"),
        ("sex", "f", "Female"),
        ("sex", "x", "x"),
        ("place of birth", "hebden bridge", "Hebden Bridge"),
        ("addresses", "QD157ZB/55", "55, QD15 7ZB"),
        ("addresses", "QD157ZB/55a", "55a, QD15 7ZB"),
        ("addresses", "46 willow court/penthwaite", "46 Willow Court, Penthwaite"),
        ("addresses", "12 mill lane/LS1", "12 Mill Lane, LS1"),
        ("addresses", "12 mill lane", "12 Mill Lane"),
        ("addresses", "75008/12", "12, 75008"),
        ("postcodes", "LS14AB", "LS1 4AB"),
        ("postcodes", "75008", "75008"),
        ("telephones", "07034797916", "07034 797916"),
        ("telephones", "0033142685300", "0033142685300"),
        ("vehicle marks and numbers", "BL75NFQ", "BL75 NFQ"),
        ("vehicle marks and numbers", "71123456A", "71123456A"),
        ("e-mail addresses", "a.b@example.org", "a.b@example.org"),
    ],
)
def test_a_stored_form_is_said_as_people_write_it(what: str, stored: str, words: str) -> None:
    assert said(what, stored) == words


def test_what_is_no_day_stays_as_it_came() -> None:
    assert (day_said("2019-05-04"), day_said("04/05/19"), day_said("")) == ("4 May 2019", "04/05/19", "")


def of(side: Side) -> list[list[tuple[str, bool, bool]]]:
    return [[(one.text, one.is_shared, one.is_odd) for one in rows] for rows in (side.of_person, side.of_record)]


def test_of_a_name_and_a_date_each_word_that_the_other_side_has_not_is_marked() -> None:
    name = Side("name", "sanjay kumar branland", "sanjay brnland")
    assert of(name) == [
        [("Sanjay", True, False), ("Kumar", False, True), ("Branland", False, True)],
        [("Sanjay", True, False), ("Brnland", False, True)],
    ]
    born = Side("date of birth", "1980-02-03", "1980-03-02")
    assert [one.text for one in born.of_record if one.is_odd] == ["2", "March"]
    assert name.differs
    assert born.differs
    assert born.in_common, "the year"
    assert not Side("name", "ada shaw", "ada shaw").differs


def test_of_many_homes_those_on_both_sides_come_first_and_only_what_the_record_has_alone_is_marked() -> None:
    homes = Side("addresses", "LS14AB/12; YO17AA/3", "BD11AA/9; YO17AA/3")
    assert of(homes) == [
        [("3, YO1 7AA", True, False), ("12, LS1 4AB", False, False)],
        [("3, YO1 7AA", True, False), ("9, BD1 1AA", False, True)],
    ]
    assert (homes.differs, homes.in_common) == (False, True)
    assert Side("addresses", "LS14AB/12", "BD11AA/9").differs


@pytest.mark.parametrize(("person", "record"), [("", "1980-02-03"), ("1980-02-03", "")])
def test_what_only_one_side_knows_differs_from_nothing(person: str, record: str) -> None:
    side = Side("date of birth", person, record)
    assert not side.differs
    assert not side.in_common
    assert not any(one.is_odd for one in (*side.of_person, *side.of_record))
