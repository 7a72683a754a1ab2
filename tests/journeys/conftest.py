"""One served Peelian for the journeys of a module, with users and a matter that a wall hides from one of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, Page, expect

from peelian.terms.viewer import LONDON
from peelian.walls import actions as walls
from tests import worlds
from tests.conftest import Served, start_server
from tests.databases import Database, connected_to, copy_of
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
