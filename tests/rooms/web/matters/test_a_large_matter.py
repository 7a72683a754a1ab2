"""A matter with 300 entries, 12 people and 40 allegations costs the statements of a small one, and others add none."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from peelian.clocks import actions as clocks
from peelian.clocks import queries as clock_queries
from peelian.matters import queries
from peelian.matters.rows import InvolvedDraft
from peelian.terms.known_dates import KnownDate
from tests import worlds
from tests.rooms.web.matters.test_pages import words_of
from tests.statements import counted

pytestmark = pytest.mark.usefixtures("optional_second_factor")
CAME = date(2026, 8, 3)
STATEMENTS = {"the matter": 42, "its casework": 41, "its joint view": 26, "the chronology of a person concerned": 37}


@pytest.fixture
def supervisor(at: datetime, db: None, enter: Callable[[worlds.Someone], Client]) -> Client:
    return enter(worlds.user(at, "Sue Pervisor", "supervisor"))


def matter(at: datetime, name: str, *, officers: int, others: int, allegations: int, entries: int) -> tuple[str, str]:
    """The references of a complaint of this size and of one person concerned. The names of its people hold `name`."""
    concerned = [worlds.officer(at, f"{name}{number}", "Ada") for number in range(officers)]
    people = [worlds.member_of_the_public(at, f"{name}{number}", "Robin") for number in range(others)]
    half = max(1, others // 2)
    alleged = tuple(worlds.allegation(f"Thing {n}.", against=(n % officers,)) for n in range(allegations))
    ref = worlds.open_complaint(
        worlds.peelian(at),
        CAME,
        officers=concerned,
        complainants=people[:half],
        interested=tuple(InvolvedDraft(one) for one in people[half:]),
        allegations=alleged,
    )
    told = len(clock_queries.events(worlds.peelian(at), ref))
    for number in range(told, entries):
        clocks.record_event(
            by=worlds.peelian(at),
            matter_ref=ref,
            key="update_given",
            on=KnownDate(CAME + timedelta(days=7 + number % 90)),
            person_key=people[number % others],
            note=f"Told, for the {number}th time.",
        )
    return ref, concerned[0]


def costs(client: Client, ref: str, officer: str) -> dict[str, int]:
    found = {}
    for name, path in {
        "the matter": f"/matters/{ref}/",
        "its casework": f"/matters/{ref}/casework/",
        "its joint view": f"/matters/{ref}/joint/",
        "the chronology of a person concerned": f"/people/{officer}/",
    }.items():
        with counted() as asked:
            words_of(client, path)
        found[name] = len(asked)
    return found


def test_a_large_matter_opens_with_the_statements_of_a_small_one(supervisor: Client, at: datetime) -> None:
    small = matter(at, "Lesser", officers=1, others=2, allegations=1, entries=4)
    large = matter(at, "Greater", officers=5, others=7, allegations=40, entries=300)
    row = queries.matter(worlds.peelian(at), large[0])
    told = clock_queries.events(worlds.peelian(at), large[0])
    assert (len(row.involvements), len(row.allegations), len(told)) == (12, 40, 300)
    costs(supervisor, *small)  # what is read once in a process is read now
    assert costs(supervisor, *small) == STATEMENTS
    assert costs(supervisor, *large) == STATEMENTS
    page = words_of(supervisor, f"/matters/{large[0]}/")
    assert "Thing 39." in page
    assert "Told, for the 299th time." in page


def test_other_matters_change_nothing_in_it(supervisor: Client, at: datetime) -> None:
    """The times at 10,000 and at 300,000 matters are in docs/reference/performance.md."""
    small = matter(at, "Lesser", officers=1, others=2, allegations=1, entries=4)
    costs(supervisor, *small)
    for number in range(30):
        worlds.open_complaint(worlds.peelian(at), CAME, officers=[worlds.officer(at, f"Elsewhere{number}")])
    assert costs(supervisor, *small) == STATEMENTS
