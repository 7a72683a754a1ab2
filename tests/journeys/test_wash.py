"""A wash from the files to what follows, as a force does it: the shell beside a real browser, the pairs judged by keys.

`PEELIAN_JOURNEY_RECORDS` sets how many records are invented, and how many are new in the night (a hundredth of them).
"""

import csv
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import Page, expect

from peelian.demo import washing
from peelian.intake import queries as intake
from peelian.matches.models import Judgement, Pair
from peelian.people import queries as register
from peelian.terms.viewer import LONDON, Viewer
from tests import worlds
from tests.conftest import start_server
from tests.databases import Database, connected_to, copy_of
from tests.journeys.conftest import PASSWORD, Watch, user
from tests.journeys.keyboard import Keyboard
from tests.rooms.wash.files import BASIS, csv_file
from tests.vettings import Vetted

RECORDS = int(os.environ.get("PEELIAN_JOURNEY_RECORDS", "800"))
PEOPLE = max(40, RECORDS // 50)
OFFENCES = ("Harassment", "Theft", "Affray", "Fraud", "Assault", "Arson", "Burglary", "Threats", "Damage", "Bribery")
HEADER = (
    "Employee Number",
    "Surname",
    "Forenames",
    "Former Names",
    "Collar Number",
    "Rank",
    "Unit",
    "Posted On",
    "Appointed On",
    "Worker Type",
)

SINCE = ("04/05/2021", "11/09/2012", "Officer")


@dataclass
class Force:
    """`staff`: the first of the workforce's file, as the wash reads it."""

    url: str
    database: Database
    folder: Path
    staff: list[dict[str, str]]
    at: datetime
    vetted: Vetted
    head: Viewer

    @property
    def today(self) -> date:
        return self.at.astimezone(LONDON).date()

    def wash(self, *words: str) -> str:
        began = time.monotonic()
        done = self.database.run("wash", *words)
        print(f"wash {words[0]}: {time.monotonic() - began:.1f} s: {done.stderr.strip().splitlines()[-1:]}")
        return done.stdout + done.stderr


def about(one: dict[str, str], key: str, **said: str) -> dict[str, str]:
    """A record with the name and day of birth of somebody who works here."""
    names = {"family_name": one["family_name"], "given_names": one["given_names"], "birth_on": one["birth_on"]}
    return names | {"record_id": key, "part": "suspect", "category": "Harassment", "recorded_on": "2019-05-04"} | said


def files(folder: Path, on: date) -> list[dict[str, str]]:
    """The invented workforce and records, and beside them twelve records about the first who work there."""
    washing.make(folder, people=PEOPLE, records=RECORDS, seed=5, on=on, dirt="standard")
    with (folder / "people.csv").open(encoding="utf-8") as lines:
        rows = {row["person_id"]: row for row in csv.DictReader(lines) if row.get("birth_on")}
    staff = [row for row in rows.values() if not row.get("associate_of")][:12]
    home = [{"address": one["address"].split(";")[0], "postcode": one["postcode"].split(";")[0]} for one in staff]
    own = [about(one, f"OWN/{n}", category=OFFENCES[n], **home[n]) for n, one in enumerate(staff[:10])]
    own.append(about(staff[10], "OWN/victim", part="victim", category="Burglary", **home[10]))
    csv_file(folder / "own.csv", own)
    basis = BASIS.replace("2027-03-31", (on + timedelta(days=90)).isoformat())
    sources = [("invented", "records.parquet", ""), ("own", "own.csv", 'victims_and_witnesses = "welfare"\n')]
    told = f'[people]\npath = "people.csv"\n{basis}' + "".join(
        f'[[source]]\nid = "{key}"\npath = "{path}"\n{more}{basis}' for key, path, more in sources
    )
    (folder / "wash.toml").write_text(told, encoding="utf-8")
    night = (
        told.replace('path = "people.csv"\n', "")
        .replace("records.parquet", "night.parquet")
        .replace("own.csv", "night.csv")
    )
    (folder / "night.toml").write_text(night, encoding="utf-8")
    with (folder / "register.csv").open("w", encoding="utf-8", newline="") as lines:
        write = csv.writer(lines)
        write.writerow(HEADER)
        for key, row in rows.items():
            write.writerow([key, row["family_name"], row["given_names"], "", key, "Constable", "Northgate", *SINCE])
    return staff


@pytest.fixture
def force(template: Database, tmp_path: Path, django_db_blocker: Any) -> Iterator[Force]:
    """Vera vets, Mona decides, Hedda is the head; the first who works there holds clearance."""
    at = datetime.now(UTC)
    on = at.astimezone(LONDON).date()
    (tmp_path / "wash").mkdir()
    staff = files(tmp_path / "wash", on)
    with copy_of(template, tmp_path / "home") as copied:
        database = replace(copied, extra={"PEELIAN_SECOND_FACTOR": "optional"})
        database.run("load", str(tmp_path / "wash" / "register.csv"))
        with django_db_blocker.unblock(), connected_to(database), override_settings(PEELIAN_HOME=database.home):
            roles = {"vera": "vetting_officer", "mona": "vetting_manager", "hedda": "head_of_professional_standards"}
            made = {name: worlds.viewer_of(at, user(at, name, name.title(), role)) for name, role in roles.items()}
            key = register.held_by(worlds.peelian(at), [staff[0]["person_id"]])[staff[0]["person_id"]]
            person = register.lines(worlds.peelian(at), [key])[key].ref
            officer, manager = (worlds.Someone("", 0, made[name], "") for name in ("vera", "mona"))
            vetted = Vetted(at, person, officer, manager, manager)
            vetted.cleared()
            served = start_server(database, tmp_path / "server.log")
            yield Force(served.url, database, tmp_path / "wash", staff, at, vetted, made["hedda"])
        served.process.terminate()
        served.process.wait(30)


def sign_in(page: Page, url: str, username: str) -> None:
    page.context.clear_cookies()
    page.goto(url)
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("My work")


def test_a_workforce_is_washed_judged_by_keys_and_washed_again_at_night(
    force: Force, page: Page, watched: Callable[[Page], Watch]
) -> None:
    watch, store = watched(page), str(force.folder / "store")
    force.wash("build", str(force.folder / "wash.toml"), "--store", store, "--on", force.today.isoformat())
    force.wash("run", "--store", store)
    force.wash("take-in", "--store", store)
    sign_in(page, force.url, "vera")
    judge_ten(page, force)
    see_a_welfare_result_reach_intake(page, force)
    wash_a_night(page, force, store)
    be_refused_until_every_source_is_answered(page, force)
    assert watch.errors == []


def judge_ten(page: Page, force: Force) -> None:
    """Ten pairs, with the access keys alone: the reasons, then no."""
    page.goto(f"{force.url}/wash/")
    Keyboard(page).open("button", "Judge the first")
    for number in range(10):
        access_key(page, "r")
        expect(page.get_by_label("Why?")).to_be_focused()
        page.keyboard.type(f"Read both sides of number {number}.")
        with page.expect_navigation():
            access_key(page, "u")
    assert Judgement.objects.count() == 10
    assert Judgement.objects.values("pair").distinct().count() == 10, "each led to the next"


def access_key(page: Page, letter: str) -> None:
    """Alt and a letter, as a keyboard gives it: what Playwright types has no letter while Alt is down."""
    key = {"modifiers": 1, "key": letter, "code": f"Key{letter.upper()}", "text": letter, "unmodifiedText": letter}
    session = page.context.new_cdp_session(page)
    for kind in ("keyDown", "keyUp"):
        session.send("Input.dispatchKeyEvent", key | {"type": kind, "windowsVirtualKeyCode": ord(letter.upper())})
    session.detach()


def see_a_welfare_result_reach_intake(page: Page, force: Force) -> None:
    page.goto(f"{force.url}/wash/")
    pair = find(page, "OWN/victim")
    expect(page.get_by_text("For their support only")).to_be_visible()
    page.get_by_label("Why?").fill("It is him, and nobody asked how he is.")
    page.get_by_role("button", name="Yes, it is about them").click()
    page.get_by_role("button", name="Say what follows").click()
    expect(page.get_by_role("radio")).to_have_count(2)
    page.get_by_label("Welfare: a victim or witness who needs support").check()
    page.get_by_label("Why does this follow?").fill("Offer support.")
    page.get_by_role("button", name="Record what follows").click()
    expect(page.get_by_text("It went to intake as")).to_be_visible()
    assert page.url == pair
    sign_in(page, force.url, "hedda")
    page.goto(f"{force.url}/intake/")
    expect(page.get_by_text("Wash: Welfare")).to_be_visible()
    [item] = [one for one in intake.items(force.head).rows if one.heading.startswith("Wash: Welfare")]
    assert item.owner is not None


def wash_a_night(page: Page, force: Force, store: str) -> None:
    """New records come, one of them a rape that nobody has resolved: it is in intake the same day."""
    new = max(100, RECORDS // 100)
    washing.make(force.folder / "more", people=10, records=new, seed=6, on=force.today, dirt="standard")
    (force.folder / "more" / "records.parquet").rename(force.folder / "night.parquet")
    one = force.staff[11]
    rape = about(one, "OWN/night", category="Rape", address=one["address"].split(";")[0])
    csv_file(force.folder / "night.csv", [rape | {"postcode": one["postcode"].split(";")[0]}])
    said = force.wash("nightly", str(force.folder / "night.toml"), "--store", store, "--on", force.today.isoformat())
    assert "RAISE TODAY: " in said
    force.wash("take-in", "--store", store)
    page.goto(f"{force.url}/intake/")
    expect(page.get_by_text("Wash: the record of a sexual offence that nobody has resolved").first).to_be_visible()
    sign_in(page, force.url, "vera")
    page.goto(f"{force.url}/wash/")
    waiting = page.get_by_role("table", name="Pairs: To be judged")
    expect(waiting.locator("tbody tr").first).to_contain_text("Sexual offence, unresolved")


def be_refused_until_every_source_is_answered(page: Page, force: Force) -> None:
    """A record that leads to a vetting review opens one; nothing is decided while a source is silent."""
    page.goto(f"{force.url}/wash/?state={Pair.objects.get(record_key='OWN/0').state}")
    find(page, "OWN/0")
    page.get_by_label("Why?").fill("His home, his day of birth; he said so.")
    page.get_by_role("button", name="Yes, it is about them").click()
    page.get_by_role("button", name="Say what follows").click()
    page.get_by_label("Vetting review").check()
    page.get_by_label("Why does this follow?").fill("It was never declared.")
    page.get_by_role("button", name="Record what follows").click()
    expect(page.get_by_text("A review of their clearance was opened.")).to_be_visible()
    page.goto(f"{force.url}/people/{force.vetted.person}/vetting/")
    page.get_by_role("link", name="Review").first.click()
    review = page.url
    page.goto(f"{review}recommend/")
    expect(page.get_by_text("This cannot be")).to_be_visible()
    force.vetted.ref = review.rstrip("/").rpartition("/")[2]
    force.vetted.answered()
    page.goto(f"{review}recommend/")
    expect(page.get_by_text("This cannot be")).to_have_count(0)


def find(page: Page, record: str) -> str:
    """Open the pair of a record from the queue, whichever page it stands on; its address."""
    row = page.locator("tbody tr", has_text=record)
    for _ in range(200):
        if row.count():
            break
        page.get_by_role("link", name="Next").click()
    row.first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(record)
    return page.url
