"""A force's own dated change ends the product's row and adds an edition that cites what it rests on."""

import os
from datetime import date
from pathlib import Path

import pytest

from peelian import rules, statute

CHANGE = """
[[clock]]
id = "VET-03"
length = 15
in_force_from = 2026-01-05
law = "SI 2025/502 reg 12"
checked_by = "Force solicitor"
checked_on = 2025-12-20
"""


def laid(folder: Path, text: str) -> statute.Register:
    (folder / "ours.toml").write_text(text)
    return statute.with_local(folder)


def test_the_row_before_is_ended_and_the_new_one_governs_from_its_day(tmp_path: Path) -> None:
    law = laid(tmp_path, CHANGE)
    old, new = law.editions("VET-03")
    assert (old.length, old.in_force_to, old.local) == (10, date(2026, 1, 5), False)
    assert (new.length, new.in_force_from, new.local) == (15, date(2026, 1, 5), True)
    assert law.clock("VET-03", on=date(2026, 1, 4)).length == 10
    assert law.clock("VET-03", on=date(2026, 1, 5)).length == 15


def test_the_answer_says_whose_number_it_is_and_who_checked_it(tmp_path: Path) -> None:
    law = laid(tmp_path, CHANGE)
    clock = law.clock("VET-03", on=date(2026, 3, 2))
    answer = rules.ends_on(clock, date(2026, 3, 2), law.holidays_for(clock))
    assert answer.value == date(2026, 3, 23)  # fifteen working days after Monday 2 March 2026
    assert answer.law == "SI 2025/502 Part 3; SI 2025/502 reg 12"
    assert "checked by Force solicitor" in answer.because[-1]
    assert answer.unverified is False


def test_the_product_itself_is_not_changed(tmp_path: Path) -> None:
    laid(tmp_path, CHANGE)
    assert len(statute.editions("VET-03")) == 1


def test_a_folder_that_is_not_there_or_empty_means_no_overrides(tmp_path: Path) -> None:
    assert statute.with_local(tmp_path) is statute.product()
    assert statute.with_local(tmp_path / "nowhere") is statute.product()


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    assert laid(tmp_path, CHANGE).editions("VET-03")[-1].length == 15
    path = tmp_path / "ours.toml"
    path.write_text(CHANGE.replace("15", "12", 1))
    os.utime(path, ns=(1, 1))
    assert statute.with_local(tmp_path).editions("VET-03")[-1].length == 12


def test_a_day_proclaimed_since_is_a_bank_holiday_once_a_force_adds_it(tmp_path: Path) -> None:
    text = '[[holiday]]\nday = 2027-06-14\nname = "One-off day"\ndivisions = ["england-and-wales"]\n'
    law = laid(tmp_path, text)
    assert law.england_and_wales.is_working_day(date(2027, 6, 14)) is False
    assert statute.product().england_and_wales.is_working_day(date(2027, 6, 14)) is True


REFUSED = {
    "no law": (CHANGE.replace('law = "SI 2025/502 reg 12"\n', ""), "law"),
    "an unknown instrument": (CHANGE.replace("SI 2025/502 reg 12", "SI 1901/1"), "law"),
    "nobody who checked": (CHANGE.replace('checked_by = "Force solicitor"\n', ""), "checked_by"),
    "no day of checking": (CHANGE.replace("checked_on = 2025-12-20\n", ""), "checked_on"),
    "no first day": (CHANGE.replace("in_force_from = 2026-01-05\n", ""), "in_force_from"),
    "a day before the row it changes": (CHANGE.replace("2026-01-05", "2020-01-05"), "in_force_from"),
    "an unknown clock": (CHANGE.replace("VET-03", "VET-33"), "id"),
    "a field that is not a number of days": (CHANGE + 'unit = "months"\n', "unit"),
    "a number of nought": (CHANGE.replace("length = 15", "length = 0"), "length"),
    "a number where the law gives none": (CHANGE.replace("VET-03", "VET-01"), "length"),
    "more time than statute gives, by a local rule alone": (CHANGE.replace("SI 2025/502 reg 12", "local"), "law"),
    "a table of its own": (CHANGE + "[[standard]]\ncode = 'X'\n", "standard"),
}


@pytest.mark.parametrize("what", REFUSED, ids=str)
def test_an_override_is_refused_with(tmp_path: Path, what: str) -> None:
    text, field = REFUSED[what]
    with pytest.raises(statute.UnsoundLaw) as refused:
        laid(tmp_path, text)
    assert refused.value.file == "ours.toml"
    assert refused.value.field == field


def test_a_local_rule_alone_may_give_less_time(tmp_path: Path) -> None:
    law = laid(tmp_path, CHANGE.replace("SI 2025/502 reg 12", "local").replace("length = 15", "length = 7"))
    assert law.clock("VET-03", on=date(2026, 2, 2)).length == 7


def test_an_update_every_so_many_days_repeats_at_the_new_number(tmp_path: Path) -> None:
    text = (
        CHANGE.replace("VET-03", "CMP-04").replace("SI 2025/502 reg 12", "local").replace("length = 15", "length = 21")
    )
    clock = laid(tmp_path, text).clock("CMP-04", on=date(2026, 2, 2))
    assert (clock.length, clock.repeat) == (21, 21)
    assert clock.length_words == "21 calendar days, then every 21 calendar days"
