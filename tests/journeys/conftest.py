"""One served Peelian for the journeys of a module, with users and a matter that a wall hides from one of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client, override_settings
from playwright.sync_api import Browser, Page, expect

from peelian.config.keys import secret_key_in
from peelian.terms.people import PersonKind
from peelian.terms.viewer import LONDON
from peelian.walls import actions as walls
from tests import worlds
from tests.conftest import Served, start_server
from tests.databases import Database, connected_to, copy_of
from tests.journeys.casework import Case, Station
from tests.journeys.keyboard import Keyboard

PASSWORD = "a lantern and a rattle at midnight"
expect.set_options(timeout=30_000)  # the server is another process, on a machine that may be busy
WATCHES = """
window.addEventListener("securitypolicyviolation", (event) => console.error("policy: " + event.violatedDirective));
"""


@dataclass(frozen=True)
class World:
    """What stands in the record before the journey begins. `today`: the day the served pages believe it is."""

    served: Served
    walled: str
    matter: str
    officer: str
    today: datetime

    @property
    def url(self) -> str:
        return self.served.url


@pytest.fixture(scope="module")
def world(template: Database, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[World]:
    """Olive, a supervisor; Hugo, the head, who recorded a sensitive matter; Audrey, the auditor; a matter of Hugo's.

    The moment is the machine's, because the server is another process.
    """
    folder = tmp_path_factory.mktemp("journeys")
    at = datetime.now(UTC)
    with copy_of(template, folder / "home") as copied:
        database = replace(copied, extra={"PEELIAN_SECOND_FACTOR": "optional"})
        database.run(
            *("users", "add", "olive", "--name", "Olive Okoro", "--role", "supervisor", "--password-from-input"),
            typed=f"{PASSWORD}\n",
        )
        here = override_settings(PEELIAN_HOME=database.home)
        with django_db_blocker.unblock(), connected_to(database), here:
            head = worlds.viewer_of(at, user(at, "hugo", "Hugo Hale", "head_of_professional_standards"))
            user(at, "audrey", "Audrey Ames", "auditor")
            came = at.astimezone(LONDON).date() - timedelta(days=20)
            walled = worlds.open_complaint(
                head, came, heading="Kept within a few walls", sensitive_reason="It concerns a source."
            )
            officer = worlds.officer(at, "Lark", "Tobias")
            matter = worlds.open_complaint(head, came, officers=[officer])
        served = start_server(database, folder / "server.log")
        yield World(served, walled, matter, officer, at.astimezone(LONDON))
        served.process.terminate()
        served.process.wait(30)


@pytest.fixture
def served(world: World) -> Served:
    return world.served


def user(at: datetime, username: str, name: str, role: str) -> str:
    by = worlds.peelian(at)
    return walls.make_user(by=by, username=username, name=name, roles=[role], password=PASSWORD, on=worlds.FROM_ON)


@dataclass
class Watch:
    """What a browser said and whom it asked while somebody worked in it."""

    errors: list[str]
    asked: set[str]

    def clear(self, *, expecting: str) -> None:
        """Take away the one error that was provoked; fail where there is another."""
        assert [one for one in self.errors if expecting not in one] == []
        assert self.errors, f"nothing said {expecting!r}"
        self.errors.clear()


@pytest.fixture
def watched() -> Callable[[Page], Watch]:
    """`watched(page)`: every error on its console, every breach of the content policy, every host it reaches for."""

    def watch(page: Page) -> Watch:
        seen = Watch([], set())
        page.add_init_script(WATCHES)
        page.on("console", lambda said: seen.errors.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda raised: seen.errors.append(str(raised)))
        page.on("request", lambda request: seen.asked.add(request.url.split("/")[2] if "://" in request.url else ""))
        return seen

    return watch


@pytest.fixture
def without_script(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """A page in a browser that runs no script of the page."""
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    yield context.new_page()
    context.close()


def sign_in(keys: Keyboard, url: str, username: str) -> None:
    keys.page.goto(url)
    keys.fill("Username", username)
    keys.fill("Password", PASSWORD)
    with keys.page.expect_navigation():
        keys.page.keyboard.press("Enter")


STAFF = {
    "handler": ("Hanna Handler", "complaint_handler"),
    "assessor": ("Aster Lee", "assessor"),
    "investigator": ("Ivo Inquirer", "investigator"),
    "supervisor": ("Sue Pervisor", "supervisor"),
    "authority": ("Ada Authority", "appropriate_authority"),
    "head": ("Hedda Keeper", "head_of_professional_standards"),
    "chair": ("Cora Chair", "chief_officer"),
    "both": ("May Both", "supervisor", "appropriate_authority"),
}


CONCERNED = (
    ("Ada", "Shaw", PersonKind.OFFICER),
    ("Bram", "Holt", PersonKind.OFFICER),
    ("Celia", "Marsh", PersonKind.OFFICER),
    ("Dara", "Finch", PersonKind.STAFF),
)


@pytest.fixture(scope="session")
def station(template: Database, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[Station]:
    """A served force with somebody in every role of casework, each signed in already. Cora Chair is its chief."""
    folder = tmp_path_factory.mktemp("station")
    at = datetime.now(UTC)
    with copy_of(template, folder / "home") as copied:
        database = replace(copied, extra={"PEELIAN_SECOND_FACTOR": "optional"})
        here = override_settings(PEELIAN_HOME=database.home, SECRET_KEY=secret_key_in(database.home))
        with django_db_blocker.unblock(), connected_to(database), here:
            people = {who: worlds.user(at, name, *roles) for who, (name, *roles) in STAFF.items()}
            walls.set_password(
                by=worlds.peelian(at), user_ref=people["handler"].user_ref, password=PASSWORD, on=at.date()
            )
            worlds.people.hold_rank(
                by=worlds.peelian(at), person_ref=people["chair"].ref, rank="Chief Constable", on=worlds.FROM_ON
            )
            cookies = {who: signed_in_cookie(one) for who, one in people.items()}
            keys = {
                f"{given} {family}": worlds.people.register_person(
                    by=worlds.peelian(at), kind=kind, family=family, given=given, joined=None, on=worlds.FROM_ON
                )
                for given, family, kind in CONCERNED
            }
        served = start_server(database, folder / "server.log")
        there = {who: {**cookie, "url": served.url} for who, cookie in cookies.items()}
        names = {who: name for who, (name, *_) in STAFF.items()}
        yield Station(served.url, at.astimezone(LONDON).date(), there, names, keys)
        served.process.terminate()
        served.process.wait(30)


def signed_in_cookie(someone: worlds.Someone) -> dict[str, Any]:
    """The cookie of a session that somebody began before; how a session begins is tried by signing in."""
    client = Client()
    client.force_login(get_user_model().objects.get(ref=someone.user_ref))
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value}


@pytest.fixture
def case(
    station: Station, browser: Browser, browser_context_args: dict[str, Any], axe: Callable[[Page], None]
) -> Iterator[Case]:
    """A case that nobody has told anybody of yet."""
    one = Case(station, browser, browser_context_args, axe)
    yield one
    one.leave()
