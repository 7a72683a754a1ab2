"""`peelian serve`: pages and a worker together, ended together."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from peelian.cli.answers import UNPREPARED
from tests.conftest import Served, free_port
from tests.databases import Database, copy_of


def test_the_server_answers_with_the_sign_in_page(served: Served) -> None:
    with urllib.request.urlopen(served.url) as page:
        assert page.status == 200
        assert "Sign in" in page.read().decode()


def test_the_server_and_its_worker_end_together_when_asked(served: Served) -> None:
    children = [int(line) for line in running_under(served.process.pid)]
    assert len(children) == 2, "the web server and the worker"
    served.process.terminate()
    assert served.process.wait(30) == 0
    assert [pid for pid in children if Path(f"/proc/{pid}/cmdline").exists()] == []


def test_a_killed_worker_is_replaced_and_the_pages_stay(served: Served) -> None:
    worker = worker_under(served.process.pid)
    before = running_under(served.process.pid)
    os.kill(int(worker), signal.SIGKILL)
    until = time.monotonic() + 30
    while len(set(running_under(served.process.pid)) - {worker}) < 2:
        assert time.monotonic() < until, "no other worker was started"
        time.sleep(0.1)  # another process sends no event
    assert set(before) - {worker} <= set(running_under(served.process.pid)), "the server stayed"


def test_a_taken_port_is_said_and_not_waited_for(served: Served) -> None:
    port = served.url.rsplit(":", 1)[1]
    done = served.database.run("serve", "--port", port, check=False)
    assert done.returncode == 1
    assert f"Port {port} is taken" in done.stderr


def test_a_database_that_nobody_prepared_is_said_and_not_served(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'peelian.sqlite3'}", tmp_path)
    done = database.run("serve", "--port", str(free_port()), check=False)
    assert (done.returncode, done.stderr.strip()) == (1, UNPREPARED)


def test_a_demonstration_tells_its_sign_ins_and_a_real_installation_has_none(
    template: Database, tmp_path: Path, serve: Callable[..., Served]
) -> None:
    with copy_of(template, tmp_path / "demonstration") as database:
        (database.home / "demonstration").write_text("Sign in as handler with the password shown here.")
        served = serve(database)
        assert "Sign in as handler" in (tmp_path / "server-0.log").read_text()
        assert served.process.poll() is None


def test_a_prepared_database_with_users_is_served_as_it_is(
    template: Database, tmp_path: Path, serve: Callable[..., Served]
) -> None:
    """`make run` a second time: the database is brought up to date and kept."""
    with copy_of(template, tmp_path / "kept") as database:
        words = ("users", "add", "first", "--name", "First User", "--role", "administrator", "--password-from-input")
        database.run(*words, typed="a long enough password\n")
        served = serve(database, "--demo", "small")
        assert [user["username"] for user in json.loads(served.database.run("users", "list", "--json").stdout)] == [
            "first"
        ]


def test_a_server_that_cannot_start_ends_with_an_error(template: Database, tmp_path: Path) -> None:
    """Its worker does not stay behind alone."""
    with copy_of(template, tmp_path / "broken") as database:
        broken = {**database.environment, "PEELIAN_HOSTS": "localhost", "PEELIAN_SECOND_FACTOR": "perhaps"}
        words = [sys.executable, "-m", "peelian.cli.main", "serve", "--port", str(free_port())]
        done = subprocess.run(words, env=broken, capture_output=True, text=True, timeout=60)
    assert done.returncode != 0
    assert "PEELIAN_SECOND_FACTOR must be" in done.stderr


def worker_under(process: int) -> str:
    """The worker's number, once it runs: just after the fork it still bears the words of the server."""
    until = time.monotonic() + 30
    while True:
        for pid in running_under(process):
            if b"work" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0"):
                return pid
        assert time.monotonic() < until, "no worker was started"
        time.sleep(0.1)  # another process sends no event


def running_under(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
