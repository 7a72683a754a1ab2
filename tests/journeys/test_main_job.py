"""The main job, as somebody who works with the keyboard alone does it in a real browser.

They sign in, load a small file, record a complaint with two people and three allegations, see what is owed, find the
person, open the chronology, and are refused a matter that a wall hides.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Watch, World, sign_in
from tests.journeys.keyboard import Keyboard

Look = Callable[[str], None]
REGISTER = """Employee Number,Surname,Forenames,Former Names,Collar Number,Rank,Unit,Posted On,Appointed On
E1001,Ashdown,Miriam,Pellow,1482,Sergeant,Northgate,04/05/2021,11/09/2012
E1002,Okonjo,Daniel,,2207,Constable,Northgate,01/02/2023,06/01/2020
E1003,Vane,Rosalind,,3310,Constable,Harbour,31/02/2023,06/01/2020
"""
NOWHERE = "PM-22222-22222"


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """Three rows of a staff register; the last holds a day that no calendar has."""
    path = tmp_path / "register.csv"
    path.write_text(REGISTER)
    return path


@pytest.fixture
def look(page: Page, axe: Callable[[Page], None], screenshot: Callable[..., list[Path]]) -> Look:
    """`look("name")`: axe finds nothing on the page as it stands, and its picture is kept."""

    def looked(name: str) -> None:
        axe(page)
        screenshot(page, name)

    return looked


@pytest.fixture
def keys(page: Page) -> Keyboard:
    return Keyboard(page)


@pytest.fixture
def watch(page: Page, watched: Callable[[Page], Watch]) -> Watch:
    return watched(page)


def test_the_main_job_is_done_with_the_keyboard_alone(
    world: World, keys: Keyboard, watch: Watch, look: Look, register: Path
) -> None:
    enter(keys, world, look)
    load(keys, register, look)
    matter = record(keys, world, look)
    find(keys, look)
    follow_the_chronology(keys, matter, look)
    see_it_in_my_work(keys, look)
    assert watch.errors == []
    meet_the_wall(keys, world, watch, look)
    keys.open("button", "Sign out")
    expect(keys.page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()
    assert watch.errors == []
    assert watch.asked == {world.url.removeprefix("http://")}


def enter(keys: Keyboard, world: World, look: Look) -> None:
    keys.page.goto(world.url)
    look("1-sign-in")
    sign_in(keys, world.url, "olive")
    expect(keys.page.get_by_role("heading", level=1)).to_have_text("My work")
    keys.press("link", "Skip to main content")
    look("2-my-work-empty")


def load(keys: Keyboard, register: Path, look: Look) -> None:
    """A file goes in by the page, and the worker's progress ends in figures that add up."""
    keys.page.reload()
    keys.open("link", "Oversight")
    keys.open("link", "Loads")
    look("3-loads-empty")
    keys.open("button", "Load a file")
    look("4-load-a-file")
    keys.give_file("File", register)
    keys.open("button", "Continue")
    expect(keys.page.get_by_role("definition").filter(has_text="Staff register, general form")).to_be_visible()
    look("5-load-ten-rows")
    keys.open("button", "Start the load")
    expect(keys.page.get_by_text("What it changed in the record")).to_be_visible(timeout=60_000)
    expect(keys.page.get_by_text("3 read = 2 accepted + 0 already held + 1 set aside")).to_be_visible()
    look("6-load-report")
    keys.open("link", "See the rows set aside")
    expect(keys.page.get_by_text("31/02/2023").first).to_be_visible()
    look("7-load-set-aside")


def record(keys: Keyboard, world: World, look: Look) -> str:
    """Two officers and a complainant, three allegations; returns the reference that it got."""
    page = keys.page
    keys.open("link", "Matters")
    look("8-matters")
    keys.open("button", "Record a matter")
    look("9-record-a-matter")
    say_what_it_is(keys, world)
    name_the_people(keys, "Pellow", "Miriam Ashdown")
    look("10-record-people")
    make_allegations(keys, "Miriam Ashdown")
    keys.tick("I have no conflict of interest in this matter")
    look("11-record-allegations")
    keys.open("button", "Record the matter")
    expect(page.get_by_role("status")).to_contain_text("The matter was recorded as PM-")
    expect(page.get_by_role("link", name=re.compile("Miriam Ashdown")).first).to_be_visible()
    expect(page.get_by_text("an officer with a red moustache").first).to_be_visible()
    expect(page.get_by_text("3. ")).to_be_visible()
    owed = page.get_by_role("region", name="What is owed, overdue first")
    expect(owed.get_by_role("link", name="CMP-03").first).to_be_visible()
    expect(owed.get_by_text("SI 2020/2 reg 34", exact=False).first).to_be_visible()
    keys.reach(owed.locator("summary").first)
    page.keyboard.press("Enter")
    look("12-matter-with-its-duties")
    return page.url.partition("#")[0].rstrip("/").rsplit("/", 1)[1]


def say_what_it_is(keys: Keyboard, world: World) -> None:
    came = world.today - timedelta(days=3)
    keys.choose("Complaint recorded under Schedule 3")
    keys.tick("REC-1")
    keys.fill("Why is it recorded as this kind?", "The complainant wants it recorded.")
    keys.fill_day("When did it come to attention?", str(came.day), str(came.month), str(came.year))
    keys.fill("Heading", "Left waiting in the rain")
    keys.fill("What happened, in their words", "Two of them laughed, and left me outside in the rain.")


def name_the_people(keys: Keyboard, sought: str, found: str) -> None:
    """The first is looked for in the register, the second is not known to anybody yet, the third is new."""
    page = keys.page
    keys.fill("Name, number or reference (optional)", sought, within=page.get_by_role("group", name="Officer 1"))
    keys.open("button", "Look up Officer 1")
    keys.choose(found, within=page.get_by_role("group", name="Officer 1"))
    keys.open("button", "Add another officer")
    keys.fill(
        "Or a description, if nobody knows who it is (optional)",
        "an officer with a red moustache",
        within=page.get_by_role("group", name="Officer 2"),
    )
    first = page.get_by_role("group", name="Complainant 1")
    keys.reach(first.locator("summary"))
    page.keyboard.press("Enter")
    keys.fill("Given names (optional)", "Asha", within=first)
    keys.fill("Family name (optional)", "Bright", within=first)


def make_allegations(keys: Keyboard, officer: str) -> None:
    """The choices of an allegation name the officers above it once the page has been posted back."""
    page = keys.page
    keys.open("button", "Add another allegation")
    keys.open("button", "Add another allegation")
    for number, (code, text, against) in enumerate(
        [
            ("H4", "They laughed at me.", officer),
            ("A1", "They left me outside.", "an officer with a red moustache"),
            ("B4", "They would not say why.", officer),
        ],
        1,
    ):
        row = page.get_by_role("group", name=f"Allegation {number}")
        if number == 1:
            keys.back_to(row.get_by_label("National category", exact=True))
        keys.select("National category", code, code, within=row)
        keys.fill("What is alleged?", text, within=row)
        keys.tick(against, within=row)


def find(keys: Keyboard, look: Look) -> None:
    """By the box at the head of every page, and by a former name."""
    page = keys.page
    page.reload()
    box = page.get_by_role("searchbox", name="Search matters and people")
    keys.reach(box)
    page.keyboard.type("Pellow")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("found as", exact=False).first).to_be_visible()
    look("13-search")
    keys.open("link", "Miriam Ashdown")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Miriam Ashdown")


def follow_the_chronology(keys: Keyboard, matter: str, look: Look) -> None:
    """The list and the picture say the same; the matter just recorded stands in both."""
    page = keys.page
    keys.press("link", "Chronology")
    told = page.get_by_role("list", name="Chronology of Miriam Ashdown")
    expect(told.get_by_role("link", name=re.compile("Left waiting in the rain"))).to_be_visible()
    expect(told.get_by_text("Northgate", exact=False).first).to_be_visible()
    picture = page.get_by_role("img", name="Chronology of Miriam Ashdown")
    expect(picture).to_be_visible()
    assert "Left waiting in the rain" in (picture.text_content() or "")
    look("14-chronology")
    keys.reach(told.get_by_role("link", name=re.compile("Left waiting in the rain")))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith(f"/matters/{matter}/")


def see_it_in_my_work(keys: Keyboard, look: Look) -> None:
    keys.open("link", "My work")
    expect(keys.page.get_by_role("link", name="Left waiting in the rain").first).to_be_visible()
    look("15-my-work")


def meet_the_wall(keys: Keyboard, world: World, watch: Watch, look: Look) -> None:
    """The address of a hidden matter answers as one that never was; no list and no search knows it."""
    page = keys.page
    answers = []
    for ref in (world.walled, NOWHERE):
        answer = page.goto(f"{world.url}/matters/{ref}/")
        assert answer is not None
        assert answer.status == 404
        answers.append(page.content())
        expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
        watch.clear(expecting="404")
    without_token = [re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", one) for one in answers]
    assert without_token[0] == without_token[1]
    look("16-refused")
    for address in ("/matters/", f"/search/?q={world.walled}", "/search/?q=Kept+within+a+few+walls"):
        page.goto(f"{world.url}{address}")
        assert world.walled not in page.get_by_role("main").inner_text().replace(f"“{world.walled}”", "")
        expect(page.get_by_role("link", name="Kept within a few walls")).to_have_count(0)


def test_a_complaint_is_recorded_in_a_browser_that_runs_no_script(
    world: World, without_script: Page, watched: Callable[[Page], Watch]
) -> None:
    watch = watched(without_script)
    keys = Keyboard(without_script)
    sign_in(keys, world.url, "olive")
    without_script.goto(f"{world.url}/matters/record/")
    say_what_it_is(keys, world)
    name_the_people(keys, "Lark", "Tobias Lark")
    make_allegations(keys, "Tobias Lark")
    keys.tick("I have no conflict of interest in this matter")
    keys.open("button", "Record the matter")
    expect(without_script.get_by_role("status")).to_contain_text("The matter was recorded as PM-")
    expect(without_script.get_by_role("link", name="Tobias Lark").first).to_be_visible()
    expect(without_script.get_by_role("heading", name=re.compile("^3. "))).to_be_visible()
    expect(without_script.get_by_role("link", name="CMP-03").first).to_be_visible()
    assert watch.asked == {world.url.removeprefix("http://")}


def test_what_is_wrong_is_said_at_the_head_of_the_page_and_nothing_typed_is_lost(
    world: World, keys: Keyboard, watch: Watch, look: Look
) -> None:
    sign_in(keys, world.url, "olive")
    keys.page.goto(f"{world.url}/matters/record/")
    keys.fill("Heading", "Left waiting in the rain")
    keys.open("button", "Add another allegation")
    keys.open("button", "Record the matter")
    summary = keys.page.get_by_role("alert")
    expect(summary).to_contain_text("There is a problem")
    expect(summary).to_be_in_viewport()
    expect(keys.page.get_by_label("Heading", exact=True)).to_have_value("Left waiting in the rain")
    look("17-record-with-errors")
    keys.press("link", 'Answer "Why is it recorded as this kind?"', within=summary)
    expect(keys.page.get_by_label("Why is it recorded as this kind?", exact=True)).to_be_focused()
    assert watch.errors == []


def test_no_page_scrolls_sideways_on_a_telephone(world: World, keys: Keyboard) -> None:
    page = keys.page
    page.set_viewport_size({"width": 360, "height": 780})
    sign_in(keys, world.url, "olive")
    matter, person = f"/matters/{world.matter}/", f"/people/{world.officer}/"
    addresses = ["/work/", "/work/calendar/", "/unit/", "/matters/", "/matters/record/", matter, f"{matter}event/"]
    addresses += [
        person,
        "/people/",
        "/people/new/",
        "/units/",
        "/intake/",
        "/search/?q=lark",
        "/loads/",
        "/loads/new/",
    ]
    addresses += ["/law/", "/law/clocks/CMP-03/", "/law/tables/", "/law/instruments/", "/law/holidays/"]
    addresses += ["/law/coverage/", "/jobs/", "/roles/", "/account/", "/about/", "/accessibility/", "/privacy/"]
    wide = {}
    for address in addresses:
        answer = page.goto(f"{world.url}{address}")
        assert answer is not None
        assert answer.status == 200, address
        width = int(page.evaluate("document.documentElement.scrollWidth"))
        if width > 360:
            wide[address] = width
    assert wide == {}
