"""The worked dates in `clocks.toml` run as they stand: through the bare rule, and through the duties of a matter."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from peelian import rules, statute
from tests.regulations.facts import LAW, of, started

statute_folder = Path(statute.__file__).parent
VECTORS = LAW.test_vectors


def named(vector: dict[str, object]) -> str:
    return f"{vector['clock']} from {vector['trigger_date']}"


def test_all_thirty_nine_worked_dates_are_held() -> None:
    assert len(VECTORS) == 39


@pytest.mark.parametrize("vector", VECTORS, ids=named)
def test_a_worked_date_comes_out_of_the_bare_rule(vector: dict[str, object]) -> None:
    trigger = vector["trigger_date"]
    assert isinstance(trigger, date)
    clock = LAW.clock(str(vector["clock"]), on=trigger)
    if "trigger_at" in vector:
        assert rules.ends_at(clock, vector["trigger_at"]).value == vector["due_at"]  # type: ignore[arg-type]  # TOML
    else:
        answer = rules.ends_on(clock, trigger, LAW.holidays_for(clock))
        assert answer.value == vector["due"]
        assert answer.law == clock.law
        assert answer.because


@pytest.mark.parametrize("vector", VECTORS, ids=named)
def test_a_worked_date_comes_out_of_a_recorded_matter(vector: dict[str, object]) -> None:
    trigger = vector["trigger_date"]
    assert isinstance(trigger, date)
    facts = started(str(vector["clock"]), trigger, at=vector.get("trigger_at"))  # type: ignore[arg-type]  # TOML
    found = [duty for duty in of(str(vector["clock"]), facts, trigger) if duty.started_on.earliest == trigger]  # type: ignore[union-attr]  # each has a start
    assert [duty.due for duty in found] == [vector["due"]]
    if "due_at" in vector:
        assert found[0].due_at == vector["due_at"]


def test_the_bank_holidays_listed_beside_the_clocks_are_those_of_the_holidays_table() -> None:
    listed = tomllib.loads((statute_folder / "clocks.toml").read_text())["england_and_wales_bank_holidays"]["dates"]
    assert listed == sorted(day for day in LAW.england_and_wales.days if 2020 <= day.year <= 2027)
