"""The auditor reads what was done to a matter and takes a signed checkpoint away; the law pages work out a date.

With the keyboard alone, in a real browser.
"""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Watch, World, sign_in
from tests.journeys.keyboard import Keyboard


def test_the_auditor_reads_the_journal_of_a_matter_and_takes_a_checkpoint_away(
    world: World,
    page: Page,
    axe: Callable[[Page], None],
    screenshot: Callable[..., list[Path]],
    watched: Callable[[Page], Watch],
) -> None:
    watch, keys = watched(page), Keyboard(page)
    sign_in(keys, world.url, "olive")
    page.goto(f"{world.url}/matters/{world.matter}/")
    keys.open("button", "Sign out")
    sign_in(keys, world.url, "audrey")
    keys.open("link", "Oversight")
    keys.open("link", "Journal")
    axe(page)
    screenshot(page, "20-journal")
    keys.reach(page.get_by_role("link", name=world.matter, exact=True).first)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    told = page.get_by_role("table")
    expect(told).to_contain_text("Olive Okoro")
    expect(told).to_contain_text("Consulted")
    expect(told).to_contain_text("Hugo Hale")
    axe(page)
    screenshot(page, "21-journal-of-a-matter")
    keys.open("link", "Journal", within=page.get_by_role("navigation", name="Breadcrumb"))
    keys.open("link", "Checkpoints and the check of the whole journal")
    keys.open("button", "Sign a checkpoint now")
    expect(page.get_by_role("status")).to_contain_text("Download the checkpoint")
    axe(page)
    screenshot(page, "22-checkpoints")
    keys.reach(page.get_by_role("link", name=re.compile("^Download the checkpoint")).first)
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    origin, size, root, blank, signature = taken.value.path().read_text().splitlines()
    assert origin
    assert taken.value.suggested_filename == f"peelian-checkpoint-{size}.txt"
    assert int(size) > 5
    assert len(root) == 44, "SHA-256 in base64"
    assert blank == ""
    assert signature.startswith("— ")
    assert watch.errors == []
    assert watch.asked == {world.url.removeprefix("http://")}


def test_the_auditor_sees_no_record(world: World, page: Page) -> None:
    sign_in(Keyboard(page), world.url, "audrey")
    for address in ("/matters/", f"/matters/{world.matter}/", "/people/", "/search/?q=lark", "/intake/"):
        answer = page.goto(f"{world.url}{address}")
        assert answer is not None
        assert answer.status == 403, address
        assert "Lark" not in page.get_by_role("main").inner_text()


def test_no_page_of_the_auditor_scrolls_sideways_on_a_telephone(world: World, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 780})
    sign_in(Keyboard(page), world.url, "audrey")
    wide = {}
    addresses = ("/journal/", f"/journal/about/{world.matter}/", "/journal/entries/1/", "/journal/checkpoints/")
    for address in (*addresses, "/break-glass/", "/matters/"):
        page.goto(f"{world.url}{address}")
        width = int(page.evaluate("document.documentElement.scrollWidth"))
        if width > 360:
            wide[address] = width
    assert wide == {}


def test_a_date_is_worked_out_from_the_law(
    world: World,
    page: Page,
    axe: Callable[[Page], None],
    screenshot: Callable[..., list[Path]],
    watched: Callable[[Page], Watch],
) -> None:
    """CMP-03 from Friday 11 April 2025: four weeks later is 9 May. SI 2020/2 reg 34(2)(a)(i)."""
    watch, keys = watched(page), Keyboard(page)
    sign_in(keys, world.url, "olive")
    keys.open("link", "Law")
    axe(page)
    screenshot(page, "23-law")
    keys.reach(page.get_by_role("link", name="CMP-03", exact=True))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    keys.fill_day("When did it start?", "11", "4", "2025")
    keys.open("button", "Work it out")
    answer = page.get_by_role("status")
    expect(answer).to_contain_text("9 May 2025")
    expect(answer).to_contain_text("SI 2020/2 reg 34(2)")
    axe(page)
    screenshot(page, "24-law-answer")
    assert watch.errors == []
