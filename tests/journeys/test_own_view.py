"""Somebody reads their own matter in a browser without script, with the keyboard alone, at two widths, and leaves."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, Page, expect

from peelian.contact import actions as contact
from peelian.contact.rows import NewKey
from peelian.terms.contact import RightState
from peelian.terms.viewer import LONDON
from peelian.walls import actions as walls
from tests import worlds
from tests.conftest import start_server
from tests.databases import Database, connected_to, copy_of
from tests.journeys.conftest import PASSWORD, Watch
from tests.journeys.keyboard import Keyboard

Look = Callable[..., list[Path]]
Check = Callable[[Page], None]
WORDS = "He came to my door again."


@dataclass(frozen=True)
class Own:
    url: str
    matter: str
    carla: str
    key: NewKey


@pytest.fixture(scope="module")
def own(template: Database, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[Own]:
    """A complaint by Carla Willow, handled by Wendy, who gave her a key. The moment is the machine's."""
    folder = tmp_path_factory.mktemp("own")
    at = datetime.now(UTC).astimezone(LONDON)
    with copy_of(template, folder / "home") as copied:
        database = replace(copied, extra={"PEELIAN_SECOND_FACTOR": "optional", "PEELIAN_PROXIES": "1"})
        with django_db_blocker.unblock(), connected_to(database), override_settings(PEELIAN_HOME=database.home):
            worker = worlds.user(at, "Wendy Worker", "complaint_handler")
            walls.set_password(by=worlds.peelian(at), user_ref=worker.user_ref, password=PASSWORD, on=at.date())
            carla = worlds.member_of_the_public(at, "Willow", "Carla")
            came = at.date() - timedelta(days=20)
            matter = worlds.open_complaint(
                worker.viewer,
                came,
                officers=[worlds.officer(at, "Shaw", "Robin")],
                complainants=[carla],
                handler_ref=worker.user_ref,
                intake_ref=worlds.item(at, "He swore at me.", from_person_id=worlds.key(at, carla), received_on=came),
            )
            of: dict[str, Any] = {"by": worker.viewer, "matter_ref": matter, "person_key": carla, "on": at.date()}
            contact.mark_rights(**of, rights=["VC-01"], state=RightState.OFFERED, reasons="On the telephone.")
            key = contact.give_key(**of, reasons="She asked.")
        served = start_server(database, folder / "server.log")
        yield Own(served.url, matter, carla, key)
        served.process.terminate()
        served.process.wait(30)


def test_a_complainant_opens_reads_tells_and_leaves_without_script_and_by_keyboard(
    own: Own, without_script: Page, screenshot: Look
) -> None:
    page, keys = without_script, Keyboard(without_script)
    page.goto(f"{own.url}/your-matter/")
    assert page.title() == "Your page"
    screenshot(page, "own-1-entry")
    keys.fill("Your reference", own.key.reference)
    keys.fill("Your code", own.key.code)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your complaint")).to_be_visible()
    expect(page.get_by_text("He swore at me.")).to_be_visible()
    expect(page.get_by_text("SI 2020/2 reg 34(2)(a)(i)")).to_be_visible()
    assert page.title() == "Your page"
    screenshot(page, "own-2-page")
    page.goto(f"{own.url}/your-matter/tell/?about=unsafe")
    screenshot(page, "own-3-tell")
    keys.fill("Your message", WORDS)
    keys.open("button", "Send")
    expect(page.get_by_text("We have your message, word for word.")).to_be_visible()
    expect(page.get_by_text(WORDS)).to_be_visible()
    expect(page.get_by_text("We use none until")).to_be_visible()
    page.reload()
    keys.open("link", "Leave this page")
    assert page.url == f"{own.url}/bank-holidays/"
    screenshot(page, "own-4-left")
    page.go_back()
    expect(page.get_by_text("He swore at me.")).to_have_count(0)
    page.goto(f"{own.url}/your-matter/page/")
    expect(page.get_by_role("heading", name="Your page")).to_be_visible()


def test_every_page_of_the_view_and_of_staff_is_clean_for_axe(
    own: Own, page: Page, axe: Check, screenshot: Look, watched: Callable[[Page], Watch]
) -> None:
    seen = watched(page)
    page.goto(f"{own.url}/your-matter/")
    axe(page)
    page.get_by_label("Your reference").fill("PV-22222-22222")
    page.get_by_role("button", name="Go on").click()
    axe(page)
    page.get_by_label("Your reference").fill(own.key.reference)
    page.get_by_label("Your code").fill(own.key.code)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Your complaint")).to_be_visible()
    axe(page)
    page.goto(f"{own.url}/your-matter/tell/")
    axe(page)
    page.goto(f"{own.url}/bank-holidays/")
    axe(page)
    assert seen.errors == []
    assert seen.asked == {own.url.split("/")[2]}
    page.goto(own.url)
    page.get_by_label("Username").fill("wendy.worker")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    here = f"{own.url}/matters/{own.matter}/contact/"
    for place in (
        "",
        *(f"{own.carla}/{one}" for one in ("", "plan/", "said/", "rights/", "adviser/", "key/", "seen/")),
    ):
        page.goto(f"{here}{place}")
        axe(page)
        screenshot(page, f"contact-{place.removeprefix(own.carla).strip('/') or ('one' if place else 'all')}")


def test_too_many_wrong_tries_are_told_when_to_try_again(
    own: Own, browser: Browser, browser_context_args: dict[str, Any], axe: Check, screenshot: Look
) -> None:
    """From an address of their own, so that nobody else of this module waits with them."""
    context = browser.new_context(**browser_context_args, extra_http_headers={"X-Forwarded-For": "203.0.113.9"})
    page = context.new_page()
    wrong = {"reference": "PV-22222-22222", "code": "22222-22222"}
    answers = [context.request.post(f"{own.url}/your-matter/", form=wrong).status for _ in range(21)]
    assert answers == [200] * 20 + [429]
    page.goto(f"{own.url}/your-matter/")
    page.get_by_label("Your reference").fill(own.key.reference)
    page.get_by_label("Your code").fill(own.key.code)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Wait, then try again")
    expect(page.get_by_role("link", name="Leave this page")).to_be_visible()
    axe(page)
    screenshot(page, "own-wait")
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()
