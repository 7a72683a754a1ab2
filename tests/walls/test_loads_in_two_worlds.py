"""Reports of loads in two worlds: a matter of a load, made sensitive since, shows in none of their tables.

The file of one world has rows of that matter at its end, the other has not. Figures count what a file held and are the
same for everybody who sees loads (docs/adr/0049), so they are not compared; the tables are, to the byte.
"""

import csv
from collections.abc import Sequence
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from peelian.loads import actions, queries
from peelian.matters import actions as matters
from peelian.matters.models import Matter
from tests.rooms.loads.conftest import HISTORY, HISTORY_HEADER
from tests.walls.made import How, World
from tests.walls.test_two_worlds import bytes_of, signed_in
from tests.walls.two_worlds import world

pytestmark = pytest.mark.django_db
FIRST = [("C1", "A", "Delay", "", "2021-03-01", ""), ("C2", "B", "Delay", "", "2021-03-01", "")]
SECOND = [("C1", "A", "Delay", "Upheld", "2021-03-01", ""), FIRST[1], ("C2", "C", "Delay", "", "2021-02-30", "")]
HIDDEN = ("H1", "Z", "Delay", "", "2021-03-01", "")
HIDDEN_LATER = [("H1", "Z", "Delay", "Not upheld", "2021-03-01", ""), ("H1", "Y", "Wyvern", "", "2021-02-30", "")]
TABLES = ("changes/", "set-aside/", "set-aside/?page=2", "files/set-aside.csv", "files/vanished.csv")


@pytest.fixture(autouse=True)
def optional_second_factor(settings: Any) -> None:
    settings.PEELIAN_SECOND_FACTOR = "optional"


def add_loads(made: World, folder: Path, *, hidden: bool) -> list[str]:
    """Two extracts of one source; in one of the worlds with rows of a matter that is then made sensitive."""
    refs = []
    extracts: Sequence[Sequence[Sequence[str]]] = (
        [*FIRST, *([HIDDEN] if hidden else [])],
        [*SECOND, *(HIDDEN_LATER if hidden else [])],
    )
    for number, rows in enumerate(extracts, start=2):
        made.draws.both = count(number * 10**6)  # references drawn alike, however many rows there were before
        path = folder / f"extract-{number}.csv"
        with path.open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows([HISTORY_HEADER, *rows])
        refs.append(actions.run(by=made.system, path=path, clock=lambda: made.at, map_text=HISTORY).ref)
    if hidden:
        row = Matter.objects.as_system(because="the test hides it").get(source_key="H1")
        given = {"matter_ref": row.ref, "version": row.version, "reason": "so", "on": made.today}
        matters.make_sensitive(by=made.user("keeper"), **given)
    return refs


def tables_of(made: World, refs: list[str], name: str, patch: pytest.MonkeyPatch) -> dict[str, tuple[int, bytes]]:
    with signed_in(made.user(name), made.at, patch) as client:
        addresses = [f"/loads/{ref}/{table}" for ref in refs for table in TABLES]
        return {address: bytes_of(client, address) for address in addresses}


@pytest.mark.parametrize("name", ["everything", "supervisor"])
def test_tables_of_a_load_are_the_same_to_the_byte_in_both_worlds(
    name: str, at: datetime, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked = {}
    for hidden in (True, False):
        with world(at, hidden=False, how=How.SENSITIVE, patch=monkeypatch) as made:
            refs = add_loads(made, tmp_path, hidden=hidden)
            asked[hidden] = tables_of(made, refs, name, monkeypatch)
            if hidden:
                keeper = made.user("keeper")
                assert queries.changes(keeper, refs[1]).total == 2
                assert queries.set_aside(keeper, refs[1]).total == 2
    assert {status for status, _ in asked[False].values()} == {200, 404}
    assert asked[True] == asked[False]
    assert b"H1" not in b"".join(body for _, body in asked[True].values())
    assert b"2021-02-30" in asked[True][f"/loads/{refs[1]}/set-aside/"][1]
