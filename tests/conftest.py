"""Fixtures for every test. TESTING.md says which test goes where and which database it should ask for."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from peelian.terms import references
from tests.databases import ON_POSTGRES, Database, connected_to, copy_of, migrated
from tests.environment import HOME
from tests.machine import chromium
from tests.statements import counted

NEEDS_NO_FLUSH = (
    "The journal's triggers refuse DELETE, so a database cannot be flushed between tests. Ask for `db` (rolled back),"
    " or for `own_database` (a copy of its own, with real commits). See TESTING.md."
)
AXE_RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what uses a database or a browser; keep tests for PostgreSQL alone to the run that has one."""
    kept, dropped = [], []
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        marker = item.get_closest_marker("django_db")
        if marker is not None and (marker.kwargs.get("transaction") or (marker.args and marker.args[0])):
            raise pytest.UsageError(f"{item.nodeid}: {NEEDS_NO_FLUSH}")
        if fixtures & {"page", "browser", "context"}:
            item.add_marker("browser")
            if chromium() is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine (apt-get install chromium)"))
        if marker is not None or fixtures & {"db", "own_database", "served"}:
            item.add_marker("database")
        is_elsewhere = item.get_closest_marker("postgres") is not None and not ON_POSTGRES
        (dropped if is_elsewhere else kept).append(item)
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = kept


@pytest.fixture
def transactional_db() -> None:
    pytest.fail(NEEDS_NO_FLUSH)


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """A test reaches this machine and no other."""
    connect = socket.socket.connect

    def only_here(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test reached for the network: {address}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", only_here)
        yield


@pytest.fixture
def at() -> datetime:
    """The moment of the tests: nine in the morning of Monday 23 November 2026, in London."""
    return datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture
def clock(at: datetime) -> "Ticking":
    return Ticking(at)


class Ticking:
    """A clock that a test moves: `clock()` is its moment, `clock.moment += timedelta(...)` moves it."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def fixed_references(monkeypatch: pytest.MonkeyPatch) -> None:
    """References come in order instead of at random (`PM-22222-22223`, …), so that two runs can be compared."""
    numbers = count(1)
    letters = references.ALPHABET

    def draw() -> str:
        number, drawn = next(numbers), []
        for _ in range(references.LENGTH):
            number, digit = divmod(number, len(letters))
            drawn.append(letters[digit])
        word = "".join(reversed(drawn))
        return f"{word[:5]}-{word[5:]}"

    monkeypatch.setattr(references, "draw", draw)


@pytest.fixture
def own_home(tmp_path: Path) -> Path:
    """An empty folder for PEELIAN_HOME of a process that the test starts."""
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    return home


@pytest.fixture(scope="session")
def django_db_setup(template: Database, django_test_environment: None) -> Iterator[None]:
    """The database of `db`, one for each test process: a copy of the template, which is migrated once."""
    with copy_of(template, HOME / "database") as database, connected_to(database):
        yield


@pytest.fixture(scope="session")
def template() -> Database:
    """A migrated, empty database, made once for all test processes."""
    return migrated("empty")


@pytest.fixture
def own_database(template: Database, own_home: Path, django_db_blocker: Any) -> Iterator[Database]:
    """A migrated database of this test's own with real commits, open to other processes (`own_database.run(...)`)."""
    with copy_of(template, own_home) as database, django_db_blocker.unblock(), connected_to(database):
        yield database


@dataclass(frozen=True)
class Served:
    """A running Peelian: `url` without a closing slash, and the database behind it."""

    url: str
    database: Database
    process: subprocess.Popen[bytes]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """`serve(database)` starts `peelian serve` with its worker on a free port and returns it once it answers.

    Further words go to the command: `serve(database, "--demo", "small")`.
    """
    started: list[Served] = []

    def start(database: Database, *words: str) -> Served:
        served = start_server(database, tmp_path / f"server-{len(started)}.log", *words)
        started.append(served)
        return served

    yield start
    for served in started:
        served.process.terminate()
    for served in started:
        served.process.wait(30)


@pytest.fixture
def served(template: Database, tmp_path: Path, serve: Callable[..., Served]) -> Iterator[Served]:
    """Peelian served by real processes on a migrated, empty database of its own."""
    with copy_of(template, tmp_path / "served") as database:
        yield serve(database)


def start_server(database: Database, log: Path, *more: str) -> Served:
    port = free_port()
    words = [sys.executable, "-m", "peelian.cli.main", "serve", "--port", str(port), "--workers", "1", *more]
    with log.open("wb") as said:
        process = subprocess.Popen(words, env=database.environment, stdout=said, stderr=subprocess.STDOUT)
    url = f"http://127.0.0.1:{port}"
    until = time.monotonic() + 240  # a busy machine takes minutes to make a demonstration first
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        if answers(url):
            return Served(url, database, process)
        time.sleep(0.1)  # there is no event to wait for in another process
    process.kill()
    process.wait()
    raise AssertionError(f"the server did not answer\n{log.read_text()}")


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium, kept from calling anyone but this machine."""
    return {
        "executable_path": chromium(),
        "args": [
            *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
            *(
                "--disable-component-update",
                "--disable-sync",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            ),
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {"locale": "en-GB", "timezone_id": "Europe/London", "viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """`axe(page)` fails with every accessibility violation that axe finds on the page as it stands."""

    def check(page: Page) -> None:
        found = Axe().run(page, options=AXE_RULES)
        assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"

    return check


@pytest.fixture
def screenshot(request: pytest.FixtureRequest) -> Callable[..., list[Path]]:
    """`screenshot(page, "name")` keeps the whole page at 1280 and 360 wide in PEELIAN_SCREENSHOTS, if that is set."""
    folder = os.environ.get("PEELIAN_SCREENSHOTS", "")

    def take(page: Page, name: str, widths: tuple[int, ...] = (1280, 360)) -> list[Path]:
        if not folder:
            return []
        taken = []
        before = page.viewport_size
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            taken.append(Path(folder) / f"{name}-{width}.png")
            page.screenshot(path=taken[-1], full_page=True)
        if before:
            page.set_viewport_size(before)
        return taken

    return take


@pytest.fixture
def moment() -> datetime:
    """The moment of `at` in UTC, as a database gives it back."""
    return datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def django_assert_num_queries() -> Callable[[int], AbstractContextManager[None]]:
    """The plugin's, but a pin is the same number on both databases."""

    @contextmanager
    def exactly(number: int) -> Iterator[None]:
        with counted() as asked:
            yield
        assert len(asked) == number, "\n".join(one[:200] for one in asked)

    return exactly
