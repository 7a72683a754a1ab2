"""The same world twice, with and without a record somebody may not see: to them every answer is the same, to the byte.

A page, list, count, search or export that lets a hidden record show differs here by its bytes. Pages and queries are
found, not listed: nothing is left out by being new.
"""

import inspect
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from html import unescape
from types import ModuleType
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from peelian.calibration import queries as calibration
from peelian.clocks import queries as duties
from peelian.contact import queries as contact
from peelian.decisions import queries as decisions
from peelian.disclosure import queries as disclosure
from peelian.disparity import queries as disparity
from peelian.evidence import queries as evidence
from peelian.intake import queries as intake
from peelian.investigations import queries as investigations
from peelian.lookback import queries as lookback
from peelian.matches import queries as matches
from peelian.matters import queries as matters
from peelian.people import queries as people
from peelian.proceedings import queries as proceedings
from peelian.publish import queries as letters
from peelian.recommendations import queries as recommendations
from peelian.returns import queries as returns
from peelian.sampling import queries as sampling
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from peelian.terms.viewer import Viewer
from peelian.vetting import queries as vetting
from peelian.walls import queries as walls
from peelian.walls.managed import WalledQuerySet
from peelian.web import clock
from peelian.web.journeys import JOURNEYS
from peelian.web.pages import Page, registered_pages
from tests.walls.examples import JOURNAL_PAGES, addresses_of, calls_of
from tests.walls.made import HIDDEN_WORDS, KEPT_FROM, How, World
from tests.walls.plain import plain
from tests.walls.two_worlds import world

pytestmark = pytest.mark.django_db
ROOMS: dict[str, ModuleType] = {
    "walls": walls,
    "intake": intake,
    "people": people,
    "matters": matters,
    "matches": matches,
    "clocks": duties,
    "investigations": investigations,
    "contact": contact,
    "lookback": lookback,
    "decisions": decisions,
    "sampling": sampling,
    "calibration": calibration,
    "recommendations": recommendations,
    "returns": returns,
    "disparity": disparity,
    "evidence": evidence,
    "publish": letters,
    "disclosure": disclosure,
    "proceedings": proceedings,
    "vetting": vetting,
}
VIEWERS = [pytest.param(how, name, id=f"{how.name.lower()}-{name}") for how in How for name in KEPT_FROM[how]]
PAGE_VIEWERS = {  # the rest is the same pages over the same queries, which are asked for everyone
    "sqlite": {
        "sensitive-everything",
        "sensitive-investigator",
        "sensitive-auditor",
        "head-saw_it",
        "involved-sits_in_it",
        "involved-manages",
    },
    "postgresql": {"sensitive-everything"},  # the same templates, over queries asked for everyone
}[connection.vendor]
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')
LINK = re.compile(r'href="(\?[^"]*)"')
BOX = re.compile(r"<input[^>]*>")
MOST_LINKS = 8
LEAST = defaultdict(
    lambda: 60, administrator=15, auditor=15, investigator=25
)  # pages that open, so that some are asked
ASKED = ("Quixby", "wyvern")
KEYS_ONLY = {"matters.key_of", "people.held_by", "people.ids"}  # they give internal keys, for other rooms
FOR_ACTIONS = {
    "matters.why_not_placed",
    "people.restricted_to",
}  # asked by actions with the people they were just given, and shown to nobody
ON_RECORD = re.compile(r"_on_record$")  # asked only with the keys of a record that the viewer was just shown


@pytest.fixture(autouse=True)
def optional_second_factor(settings: Any) -> None:
    """Else every page would be the one that asks for it."""
    settings.PEELIAN_SECOND_FACTOR = "optional"


def queries() -> dict[str, Callable[..., Any]]:
    """Every public function of a room's queries whose first word is the viewer, but those that give a subquery."""
    found = {}
    for room, module in ROOMS.items():
        for name, function in vars(module).items():
            if not inspect.isfunction(function) or name.startswith("_") or f"{room}.queries" not in function.__module__:
                continue
            given = inspect.signature(function)
            if next(iter(given.parameters), "") != "viewer" or ON_RECORD.search(name):
                continue
            if "QuerySet" not in str(given.return_annotation) and f"{room}.{name}" not in FOR_ACTIONS:
                found[f"{room}.{name}"] = function
    return found


def pages() -> list[Page]:
    return [page for page in registered_pages() if JOURNEYS]


def answered(name: str, ask: Callable[[], Any]) -> str:
    """What a query gives, or how it refuses, in words."""
    try:
        given = ask()
        if name in KEYS_ONLY:
            return repr(sorted(given) if isinstance(given, dict) else "a key")
        return repr(plain(given))
    except (NotFound, NotAllowed, NotValid) as refused:
        return f"{type(refused).__name__}: {refused}"


def asked_of_queries(made: World, viewer: Viewer) -> dict[str, str]:
    answers = {}
    for name, function in queries().items():
        for number, words in enumerate(calls_of(function, made)):
            answers[f"{name} {number}"] = answered(name, partial(function, viewer, **words))
    return answers


def different(without: dict[str, Any], beside: dict[str, Any], besides: Set[str] = frozenset()) -> dict[str, str]:
    """What was asked and answered differently, with the place where the answers part."""
    found = {}
    for asked in {*without, *beside} - besides:
        one, two = str(without.get(asked)), str(beside.get(asked))
        if one != two:
            part = next(
                (place for place, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two))
            )
            around = slice(max(0, part - 60), part + 60)
            found[asked] = f"without: …{one[around]}…  with: …{two[around]}…"
    return found


@contextmanager
def signed_in(viewer: Viewer, at: datetime, patch: pytest.MonkeyPatch) -> Iterator[Client]:
    """A browser at that moment. How somebody signs in is tested elsewhere."""

    class Then(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return at.astimezone(tz)

    with patch.context() as only_here:
        only_here.setattr(clock, "datetime", Then)
        client = Client(raise_request_exception=False)
        user = get_user_model().objects.get(pk=viewer.user_id)
        client.force_login(user)
        get_user_model().objects.filter(pk=user.pk).update(last_login=at)  # Django writes the day's own minute
        yield client


def bytes_of(client: Client, address: str) -> tuple[int, bytes]:
    response = client.get(address)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    shown = {key: value for key, value in response.headers.items() if key not in ("Set-Cookie",)}
    return response.status_code, TOKEN.sub(b"", content) + b"\n" + repr(sorted(shown.items())).encode()


def asked_of_pages(
    made: World, viewer: Viewer, at: datetime, patch: pytest.MonkeyPatch
) -> dict[str, tuple[int, bytes]]:
    """Every page at its addresses, and what stands behind them: searched, sorted, turned, exported."""
    answers: dict[str, tuple[int, bytes]] = {}
    with signed_in(viewer, at, patch) as client:
        for page in pages():
            for address in addresses_of(page, made):
                answers[address] = bytes_of(client, address)
                status, body = answers[address]
                if status == 200:
                    for further in behind(page, body.decode(errors="replace")):
                        answers[address + further] = bytes_of(client, address + further)
    return answers


def behind(page: Page, body: str) -> list[str]:
    """What follows the address: the list's own links, its exports, and words typed into each of its boxes."""
    found = [unescape(one) for one in LINK.findall(body)][:MOST_LINKS]
    for box in BOX.findall(body) if "POST" not in page.methods or page.lists else []:
        if re.search(r'type="(text|search)"', box) and (named := re.search(r'name="([^"]+)"', box)):
            found += [f"?{named[1]}={word}" for word in ASKED]
    if page.lists:
        found += [f"?as={kind}" for kind in ("csv", "ods") if not any(f"as={kind}" in link for link in found)]
    return list(dict.fromkeys(found))


@pytest.mark.parametrize(("how", "name"), VIEWERS)
def test_every_query_answers_alike_in_both_worlds(
    how: How, name: str, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with world(at, hidden=True, how=how, patch=monkeypatch) as made:
        beside, known = asked_of_queries(made, made.user(name)), made.refs
    with world(at, hidden=False, how=how, patch=monkeypatch, known=known) as made:
        without = asked_of_queries(made, made.user(name))
    assert different(without, beside) == {}


@pytest.mark.parametrize(("how", "name"), [one for one in VIEWERS if one.id in PAGE_VIEWERS])
def test_every_page_is_the_same_to_the_byte_in_both_worlds(
    how: How, name: str, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with world(at, hidden=True, how=how, patch=monkeypatch) as made:
        beside, known = asked_of_pages(made, made.user(name), at, monkeypatch), made.refs
    with world(at, hidden=False, how=how, patch=monkeypatch, known=known) as made:
        without = asked_of_pages(made, made.user(name), at, monkeypatch)
    assert sum(status == 200 for status, _ in without.values()) > LEAST[name]
    skipped = {address for address in {*beside, *without} if any(address.startswith(page) for page in JOURNAL_PAGES)}
    if name != "auditor":  # the journal's own pages are for the auditor alone
        assert not [address for one in (beside, without) for address in skipped & {*one} if one[address][0] == 200]
        skipped = set()
    assert different(without, beside, besides=skipped) == {}
    assert {address: status for address, (status, _) in beside.items() if status >= 500} == {}


def test_the_hidden_world_does_hold_what_is_hidden(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without this, two empty worlds would be alike too."""
    with world(at, hidden=True, how=How.INVOLVED, patch=monkeypatch) as made:
        keeper = made.user("keeper")
        said = repr(matters.matter(keeper, made.refs["hidden_matter"])) + repr(
            intake.item(keeper, made.refs["hidden_item"])
        )
        assert matters.matters(keeper).total == 3
        assert all(word in said for word in HIDDEN_WORDS)
        assert [line.ref for line in people.find(keeper, "Quixby")] == [made.refs["hidden_complainant"]]
        for name in ("assessor", "supervisor", "everything"):
            assert matters.matters(made.user(name)).total == 3
    with world(at, hidden=True, how=How.SENSITIVE, patch=monkeypatch) as made:
        assert {name: matters.matters(made.user(name)).total for name in ("keeper", "assessor")} == {
            "keeper": 3,
            "assessor": 2,
        }


def test_without_the_wall_the_worlds_are_not_alike(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """What these tests would say on the day that the walls fall."""
    monkeypatch.setattr(WalledQuerySet, "visible_to", lambda self, viewer: self.as_system(because="no wall"))
    told = {}
    for hidden in (True, False):
        with world(at, hidden=hidden, how=How.SENSITIVE, patch=monkeypatch, known=told.get(True, (None,))[0]) as made:
            viewer = made.user("everything")
            lists = [page for page in pages() if page.name in ("matters", "people", "intake", "search")]
            monkeypatch.setattr("tests.walls.test_two_worlds.pages", lambda listed=lists: listed)
            told[hidden] = made.refs, asked_of_queries(made, viewer), asked_of_pages(made, viewer, at, monkeypatch)
    queried = set(different(told[False][1], told[True][1]))
    assert {"matters.matters 0", "intake.items 0", "people.people 0", "people.find 2"} <= queried
    assert {"/matters/", "/people/", "/intake/"} <= set(different(told[False][2], told[True][2]))
