"""A look-back at twenty closed matters, from its criteria to its sign-off, each act at the desk of whoever does it.

One case, on which the two reviewers differ, goes through the pages at every desk; the others take the same acts without
a browser. What the pages look like, and that axe finds nothing in them, is tried in `test_look_back.py`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, Page

from peelian.config.keys import secret_key_in
from peelian.terms.lookback import Position
from peelian.terms.viewer import LONDON
from tests import worlds
from tests.conftest import start_server
from tests.databases import Database, connected_to, copy_of
from tests.journeys.casework import Case, Desk, Station
from tests.journeys.conftest import signed_in_cookie
from tests.lookbacks import NEW, NONE, RISK, LookBack, look_back

TWENTY = 20
CATEGORIES = (NONE, NEW, RISK)


@pytest.fixture
def set_up(
    template: Database, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any
) -> Iterator[tuple[Station, LookBack]]:
    """Twenty closed matters, and those who will look at them again; nothing is chosen yet. The test may write."""
    folder = tmp_path_factory.mktemp("twenty")
    at = datetime.now(UTC).astimezone(LONDON)
    with copy_of(template, folder / "home") as copied:
        database = replace(copied, extra={"PEELIAN_SECOND_FACTOR": "optional"})
        here = override_settings(PEELIAN_HOME=database.home, SECRET_KEY=secret_key_in(database.home))
        with django_db_blocker.unblock(), connected_to(database), here:
            made = look_back(at, TWENTY, frozen=False)
            people = {"leader": made.leader, "head": worlds.user(at, "Hedda Keeper", "head_of_professional_standards")}
            people |= {_desk(one): one for one in (*made.reviewers, *made.panel)}
            served = start_server(database, folder / "server.log")
            there = {who: {**signed_in_cookie(one), "url": served.url} for who, one in people.items()}
            names = {who: one.viewer.name for who, one in people.items()}
            yield Station(served.url, at.date(), there, names, {}), made
            served.process.terminate()
            served.process.wait(30)


def _desk(one: worlds.Someone) -> str:
    return one.viewer.name.split()[0].lower()


def test_a_look_back_at_twenty_closed_matters(
    set_up: tuple[Station, LookBack],
    browser: Browser,
    browser_context_args: dict[str, Any],
    axe: Callable[[Page], None],
) -> None:
    station, made = set_up
    case = Case(station, browser, browser_context_args, axe)
    freeze(case, made)
    share(case, made)
    differed_on(case, made, made.refs[0])
    rest(made)
    sign_off(case, made)
    case.leave()


def freeze(case: Case, made: LookBack) -> None:
    """By criteria, which take in twenty; the list is then what it is."""
    leader = case.desk("leader").goes("/look-backs/").follows("Choose a cohort").presses("Look what they take in")
    leader.sees(f"{TWENTY} matters that you may see meet them today.")
    leader.chooses("What was done by those concerned", within="What is read again?")
    leader.types("Title", "Closed complaints of 2024").types("What is it for?", "To find what was missed.")
    leader.types("Why these criteria?", "All that were closed without a finding.")
    leader.day("By when is every case to be decided?", case.station.today + timedelta(days=200))
    leader.page.get_by_label("Who answers for what comes of it?").select_option(label=made.owner.viewer.name)
    leader.presses(f"Freeze {TWENTY} matters").succeeds("The look-back was frozen as ")
    made.ref = re.split("[/?#]", leader.page.url.partition("/look-backs/")[2])[0]


def share(case: Case, made: LookBack) -> None:
    """Two reviews of each, evenly among four; a panel of two who review nothing."""
    leader = case.desk("leader").goes(f"/look-backs/{made.ref}/").follows("Share out the cases")
    chosen = {one.user_ref for one in made.reviewers}
    for box in leader.page.get_by_role("checkbox").all():
        if box.is_checked() and box.get_attribute("value") not in chosen:
            leader.ticks(box)
    leader.presses("Give out the reviews").succeeds(f"{2 * TWENTY} reviews were given out.")
    for one in made.panel:
        leader.follows("Give a seat on the panel")
        leader.page.get_by_label("Who takes a seat?").select_option(label=one.viewer.name)
        leader.presses("Give a seat on the panel").succeeds("The seat was given.")


def differed_on(case: Case, made: LookBack, ref: str) -> None:
    """Each of two reviews stays hidden until both are locked; they differ, a third resolves it, the panel reads all."""
    first, second = (by_name(made, one.user.name) for one in made.case(made.leader.viewer, ref).reviewers)
    here = f"/look-backs/{made.ref}/cases/{ref}/"
    writes(case, first, ref, "No further action")
    leader = case.desk("leader").goes(here).sees("1 review is locked. Nobody but the author reads it until")
    leader.sees_no(f"{first.viewer.name} came to it.")
    signs(case, second, ref).goes(here).sees_no(f"{first.viewer.name} came to it.")
    writes(case, second, ref, "New assessment", signed=True)
    leader.goes(here).sees(f"{first.viewer.name} came to it.", f"{second.viewer.name} came to it.").follows("Choose")
    third = next(one for one in made.reviewers if one not in (first, second))
    for taken in (first, second):
        assert not leader.page.get_by_role("radio", name=taken.viewer.name).count(), "a reviewer may not resolve it"
    leader.ticks(leader.page.get_by_role("radio", name=third.viewer.name))
    leader.presses("Give them the case").succeeds("The case was given.")
    writes(case, third, ref, "New assessment", enquiry="Ask the second witness, who was never spoken to.", of=made)
    for one in made.panel:
        desk = signs(case, one, ref).goes(here).follows("Write for the panel").sees("Proposed: New assessment")
        desk.ticks(desk.page.get_by_role("radio", name="I agree with what is proposed", exact=True))
        desk.types("Your note", "It was read with care.").presses("Write for the panel").succeeds("Your note was kept.")
    leader.goes(here).sees("Result New assessment", "Ask the second witness, who was never spoken to.", "Due ")


def by_name(made: LookBack, name: str) -> worlds.Someone:
    return next(one for one in made.reviewers if one.viewer.name == name)


def signs(case: Case, who: worlds.Someone, ref: str) -> Desk:
    """From the list of what waits for them: names alone until they have signed."""
    desk = case.desk(_desk(who)).goes("/my-reviews/").follows(f"of {ref}").sees("Sign before you open it")
    desk.ticks(desk.page.get_by_role("radio", name="I have no conflict of interest", exact=True))
    return desk.presses("Sign").succeeds(f"You signed. {ref} is open to you now.")


def writes(
    case: Case,
    who: worlds.Someone,
    ref: str,
    category: str,
    *,
    signed: bool = False,
    enquiry: str = "",
    of: LookBack | None = None,
) -> None:
    """A review, locked. `enquiry`: a new line of enquiry in it, for the first reviewer `of` the look-back."""
    desk = case.desk(_desk(who)) if signed else signs(case, who, ref)
    desk.goes("/my-reviews/").follows(f"of {ref}").follows("Write your review")
    desk.ticks(desk.page.get_by_role("radio", name=category, exact=True))
    desk.types("Your reasons", f"This is how {who.viewer.name} came to it.")
    if enquiry and of is not None:
        desk.presses("Add a line of enquiry").types("What is to be done?", enquiry)
        line = desk.page.get_by_role("group", name="Line of enquiry 1", exact=True)
        line.get_by_label("By whom?").select_option(label=of.reviewers[0].viewer.name)
        desk._day_in(line, case.station.today + timedelta(days=30))
    desk.presses("Lock your review").succeeds("Your review is locked.")


def rest(made: LookBack) -> None:
    """The nineteen others, by the same acts; one in five is differed on, and resolved by a third."""
    for turn, ref in enumerate(made.refs[1:], start=1):
        given = [by_name(made, one.user.name) for one in made.case(made.leader.viewer, ref).reviewers]
        said = [CATEGORIES[turn % 3], CATEGORIES[(turn + (turn % 5 == 0)) % 3]]
        made.sign(ref, *given)
        for one, category in zip(given, said, strict=True):
            made.lock(ref, one, category)
        if said[0] is not said[1]:
            third = next(one for one in made.reviewers if one not in given)
            made.give(ref, Position.THIRD, third)
            made.sign(ref, third)
            made.lock(ref, third, said[0])
        made.agree(ref, *made.panel)


def sign_off(case: Case, made: LookBack) -> None:
    """The results add up, the agreement is measured, and somebody who did not choose the cohort signs."""
    results = made.figures.partition
    assert (results.reconciles, results.total, results.undecided) == (True, TWENTY, 0)
    assert [results.parts[one] for one in CATEGORIES] == [6, 8, 6]
    leader = case.desk("leader").goes(f"/look-backs/{made.ref}/").sees(results.words, "it holds", "kappa")
    assert not leader.page.get_by_role("link", name="Sign off").count(), "whoever chose the cohort may sign it off"
    head = case.desk("head").goes(f"/look-backs/{made.ref}/").follows("Sign off")
    head.types("What did you look at?", "Each has one result, and they add up.")
    head.presses("Sign off the look-back").succeeds(f"You signed off {TWENTY} cases.").sees("Hedda Keeper, 20 cases")
