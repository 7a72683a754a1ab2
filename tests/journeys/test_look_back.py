"""A look-back in a browser: what its leader and its reviewers see, at two widths, with axe on every page."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, Page, expect

from peelian.lookback.rows import EnquiryDraft
from peelian.terms.lookback import Consent, Position, Recontact
from peelian.terms.viewer import LONDON
from peelian.walls import actions as walls
from tests import worlds
from tests.conftest import start_server
from tests.databases import Database, connected_to, copy_of
from tests.journeys.conftest import PASSWORD
from tests.lookbacks import NEW, NONE, RISK, LookBack, look_back

Look = Callable[..., list[Path]]
Check = Callable[[Page], None]


@dataclass(frozen=True)
class Set:
    url: str
    made: LookBack


@pytest.fixture(scope="module")
def cohort(template: Database, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[Set]:
    """Six past matters: two decided, one before the panel, one differed on, one half read, one that nobody has."""
    folder = tmp_path_factory.mktemp("look-back")
    at = datetime.now(UTC)
    with copy_of(template, folder / "home") as copied:
        database = replace(copied, extra={"PEELIAN_SECOND_FACTOR": "optional"})
        with django_db_blocker.unblock(), connected_to(database), override_settings(PEELIAN_HOME=database.home):
            made = look_back(at.astimezone(LONDON), 6)
            _fill(made)
            for one in (made.leader, made.reviewers[0], made.reviewers[2], made.panel[0]):
                walls.set_password(by=worlds.peelian(at), user_ref=one.user_ref, password=PASSWORD, on=made.today)
        served = start_server(database, folder / "server.log")
        yield Set(served.url, made)
        served.process.terminate()
        served.process.wait(30)


def _fill(made: LookBack) -> None:
    ada, ben, cyd, dot = made.reviewers
    due = made.today + timedelta(days=10)
    asked = EnquiryDraft("Ask the second witness, who was never spoken to.", ben.user_ref, due)
    made.decide(made.refs[0], NONE)
    made.decide(made.refs[1], RISK, NONE)
    for ref in made.refs[2:4]:
        made.allocate(ref, ada, ben)
        made.sign(ref, ada, ben)
    contact = {"recontact": Recontact.PLANNED, "recontact_how": "By letter to her sister, about the first statement."}
    said = {"consent": Consent.GIVEN, "consent_on": made.today}
    more = {"recontact_owner_ref": ada.user_ref, "recontact_due_on": due, "enquiries": (asked,)}
    made.lock(made.refs[2], ada, NEW, **contact, **said, **more)
    made.lock(made.refs[2], ben, NEW)
    made.lock(made.refs[3], ada, NEW)
    made.lock(made.refs[3], ben, NONE)
    made.allocate(made.refs[4], ada, dot)
    made.sign(made.refs[4], ada)
    made.give(made.refs[3], Position.THIRD, cyd)


def enter(browser: Browser, context_args: dict[str, Any], url: str, username: str) -> Page:
    page = browser.new_context(**context_args).new_page()
    page.goto(url)
    page.get_by_label("Username").fill(username)
    page.locator("input[type=password]").fill(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    return page


@pytest.mark.parametrize("who", ["leader", "reviewer", "third", "panel"])
def test_every_page_is_clear_to_read(
    cohort: Set, browser: Browser, browser_context_args: dict[str, Any], axe: Check, screenshot: Look, who: str
) -> None:
    made, base = cohort.made, f"/look-backs/{cohort.made.ref}/"
    refs = made.refs
    asked = "/look-backs/new/?look=yes&state=closed&from_on_day=1&from_on_month=1&from_on_year=2024"
    pages = {
        "leader": {
            "list": "/look-backs/",
            "new": "/look-backs/new/",
            "preview": asked,
            "cohort": base,
            "share": f"{base}share/",
            "panel": f"{base}panel/",
            "decided": f"{base}cases/{refs[1]}/",
            "choose": f"{base}cases/{refs[5]}/reviewer/1/",
            "replace": f"{base}cases/{refs[4]}/reviewer/2/",
        },
        "reviewer": {
            "mine": "/my-reviews/",
            "case": f"{base}cases/{refs[2]}/",
            "review": f"{base}cases/{refs[4]}/review/",
            "consent": f"{base}cases/{refs[2]}/consent/",
            "task": f"{base}cases/{refs[2]}/tasks/2/",
        },
        "third": {"to-sign": "/my-reviews/", "sign": f"{base}cases/{refs[3]}/sign/"},
        "panel": {"panel-mine": "/my-reviews/", "panel-sign": f"{base}cases/{refs[2]}/sign/"},
    }
    username = {"leader": "lena.leader", "reviewer": "ada.reader", "third": "cyd.reader", "panel": "pia.panel"}
    page = enter(browser, browser_context_args, cohort.url, username[who])
    for name, path in pages[who].items():
        page.goto(cohort.url + path)
        expect(page.locator("h1")).to_be_visible()
        axe(page)
        screenshot(page, f"lookback-{name}")
        page.set_viewport_size({"width": 360, "height": 800})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360, f"{path} is {wide} wide on a phone"
        page.set_viewport_size({"width": 1280, "height": 900})
    page.context.close()


def test_a_reviewer_writes_and_locks_without_script(
    cohort: Set, browser: Browser, browser_context_args: dict[str, Any]
) -> None:
    plain = {**browser_context_args, "java_script_enabled": False}
    page = enter(browser, plain, cohort.url, "ada.reader")
    page.goto(f"{cohort.url}/my-reviews/")
    page.get_by_role("link", name="Write your review").first.click()
    page.get_by_role("button", name="Write your review").click()
    page.get_by_label("Risk management").check()
    page.get_by_label("Your reasons").fill("He was never asked where he had been.")
    page.get_by_role("button", name="Add a line of enquiry").click()
    page.get_by_label("What is to be done?").fill("Ask where he was.")
    page.get_by_role("button", name="Keep as a draft").click()
    page.get_by_role("link", name="Go on with your draft").click()
    page.get_by_role("button", name="Write your review").click()
    expect(page.get_by_label("Your reasons")).to_have_value("He was never asked where he had been.")
    expect(page.get_by_label("What is to be done?")).to_have_value("Ask where he was.")
    page.get_by_role("button", name="Remove Line of enquiry 1").click()
    page.get_by_role("button", name="Lock your review").click()
    expect(page.get_by_text("Your review is locked.")).to_be_visible()
    expect(page.get_by_text("He was never asked where he had been.")).to_be_visible()
    page.context.close()
