"""Retention and lessons in a browser, at two widths, with axe on every page; two people dispose of an old matter."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, Page, expect

from peelian.terms.viewer import LONDON
from peelian.walls import actions as walls
from tests import worlds
from tests.conftest import start_server
from tests.databases import Database, connected_to, copy_of
from tests.journeys.conftest import PASSWORD
from tests.lookbacks import past_matter

Look = Callable[..., list[Path]]
Check = Callable[[Page], None]


@dataclass(frozen=True)
class Set:
    url: str
    old: str
    held: str


@pytest.fixture(scope="module")
def records(template: Database, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[Set]:
    """Two matters closed long ago; Hedda, who may propose a disposal, and Amy, who may agree."""
    folder = tmp_path_factory.mktemp("retention")
    at = datetime.now(UTC).astimezone(LONDON)
    with copy_of(template, folder / "home") as copied:
        database = replace(copied, extra={"PEELIAN_SECOND_FACTOR": "optional"})
        with django_db_blocker.unblock(), connected_to(database), override_settings(PEELIAN_HOME=database.home):
            head = worlds.user(at, "Hedda Keeper", "head_of_professional_standards")
            second = worlds.user(at, "Amy Authority", "appropriate_authority")
            for one in (head, second):
                walls.set_password(by=worlds.peelian(at), user_ref=one.user_ref, password=PASSWORD, on=at.date())
            old = past_matter(at, date(2015, 3, 4), heading="Rude at the front counter")
            held = past_matter(at, date(2014, 5, 6), heading="Lost bicycle")
        served = start_server(database, folder / "server.log")
        yield Set(served.url, old, held)
        served.process.terminate()
        served.process.wait(30)


def signed_in(browser: Browser, context: dict[str, Any], url: str, username: str) -> Page:
    page = browser.new_context(**context).new_page()
    page.goto(url)
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    return page


def test_two_people_dispose_of_an_old_matter_and_a_hold_keeps_another(
    records: Set, browser: Browser, browser_context_args: dict[str, Any], axe: Check, screenshot: Look
) -> None:
    page = signed_in(browser, browser_context_args, records.url, "hedda.keeper")
    page.goto(f"{records.url}/retention/matters/{records.held}/hold/")
    page.get_by_label("Why must it be kept whole?").fill("A claim was brought about the bicycle.")
    page.get_by_role("button", name="Set a legal hold").click()
    expect(page.get_by_text("A legal hold stands.")).to_be_visible()
    page.goto(f"{records.url}/retention/")
    axe(page)
    screenshot(page, "retention-1-due")
    page.goto(f"{records.url}/retention/matters/{records.old}/")
    axe(page)
    screenshot(page, "retention-2-record")
    page.get_by_role("button", name="Propose a disposal").click()
    axe(page)
    screenshot(page, "retention-3-propose")
    page.get_by_label("Why does nothing ask for these words any longer?").fill("Closed eleven years ago.")
    page.get_by_role("button", name="Propose a disposal").click()
    expect(page.get_by_text("Somebody else must agree to it.")).to_be_visible()
    page.goto(f"{records.url}/retention/matters/{records.old}/schedule/")
    axe(page)
    other = signed_in(browser, browser_context_args, records.url, "amy.authority")
    other.goto(f"{records.url}/retention/matters/{records.old}/")
    other.get_by_role("button", name="Answer the proposed disposal").click()
    axe(other)
    screenshot(other, "retention-4-answer")
    other.get_by_label("Yes: the words are erased now").check()
    other.get_by_label("Why?").fill("Read it all; nothing asks for it.")
    other.get_by_role("button", name="Answer the proposed disposal").click()
    other.get_by_role("link", name="Certificate").click()
    expect(other.get_by_text("Hedda Keeper")).to_be_visible()
    axe(other)
    screenshot(other, "retention-5-certificate")


def test_the_lessons_and_the_replay_are_read(
    records: Set, browser: Browser, browser_context_args: dict[str, Any], axe: Check, screenshot: Look
) -> None:
    page = signed_in(browser, browser_context_args, records.url, "hedda.keeper")
    for address, name in (
        ("/law/lessons/", "lessons-1-list"),
        ("/law/lessons/LES-07/", "lessons-2-in-part"),
        ("/law/lessons/LES-01/", "lessons-3-awaiting"),
        ("/law/replay/", "lessons-4-replay"),
    ):
        page.goto(f"{records.url}{address}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        axe(page)
        screenshot(page, name)
