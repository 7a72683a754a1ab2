"""A small force, made through the actions, and somebody signed in who reads or changes its register."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

import pytest
from django.test import Client

from peelian.people import actions as people
from peelian.terms.known_dates import KnownDate
from peelian.web import middleware
from tests import worlds


@pytest.fixture(autouse=True)
def the_moment(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    """The pages read the clock at the edge; here it stands still."""
    monkeypatch.setattr(middleware, "now", lambda: at)


@dataclass(frozen=True)
class Force:
    """References of the people and the unit of the tests."""

    unit: str
    sergeant: str
    constable: str
    matter: str


@pytest.fixture
def force(db: None, at: datetime) -> Force:
    """Constable Ada Shaw (once Ada Lamb), posted under Sergeant Grace Hopper, with a restriction and a matter."""
    by = worlds.peelian(at)
    unit = worlds.unit(at, "North")
    sergeant = worlds.officer(at, "Hopper", "Grace")
    constable = worlds.officer(at, "Lamb", "Ada", born=KnownDate.of(1990, 5))
    people.hold_rank(by=by, person_ref=sergeant, rank="Sergeant", on=date(2019, 2, 1))
    people.hold_rank(by=by, person_ref=constable, rank="Constable", on=date(2019, 2, 1))
    people.post_to(by=by, person_ref=sergeant, unit_ref=unit, title="Team leader", on=date(2020, 3, 2))
    people.post_to(
        by=by, person_ref=constable, unit_ref=unit, title="Response", supervisor_ref=sergeant, on=date(2021, 3, 1)
    )
    people.rename(by=by, person_ref=constable, family="Shaw", given="Ada", on=date(2023, 6, 1))
    people.restrict(
        by=by,
        person_ref=constable,
        kind="restricted duties",
        words="No contact with the public",
        reason="A matter",
        on=date(2026, 10, 12),
    )
    matter = worlds.open_complaint(by, date(2026, 10, 5), officers=[constable])
    return Force(unit, sergeant, constable, matter)


@pytest.fixture
def reader(sign_in: Callable[..., Client]) -> Client:
    """A complaint handler: reads, changes and exports the register."""
    return sign_in("complaint_handler")
