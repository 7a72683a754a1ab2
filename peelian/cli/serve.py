"""`peelian migrate`, `peelian serve` and `peelian work`: a database, the server, its worker."""

import os
import signal
import socket
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Annotated

import typer
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from peelian.cli.answers import FAILED, UNPREPARED, say
from peelian.cli.clock import now
from peelian.clocks.law import law as law_in_force
from peelian.jobs.worker import Pace
from peelian.jobs.worker import work as work_until
from peelian.walls.queries import any_users

SECONDS_TO_END = 15
SECONDS_BETWEEN_STARTS = 2


def migrate(
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing when there is nothing to do.")] = False,
) -> None:
    """Prepare the database: make it where there is none, bring it up to date where there is one."""
    if is_up_to_date():
        if not quiet:
            say("The database is up to date.")
        return
    call_command("migrate", interactive=False, verbosity=0 if quiet else 1)


def is_up_to_date() -> bool:
    """Whether the database has every table and column of this edition."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def work(
    interval: Annotated[float, typer.Option(help="Seconds between looks into an empty queue.")] = 1.0,
    beat: Annotated[float, typer.Option(help="Seconds between signs of life of a running job.")] = 10.0,
    patience: Annotated[float, typer.Option(help="Seconds of silence after which a job counts as lost.")] = 120.0,
) -> None:
    """Run waiting jobs and return lost ones to the queue, until told to stop."""
    stopping = Event()

    def stop(signum: int, _frame: object) -> None:
        if stopping.is_set():
            sys.exit(128 + signum)  # told twice: do not wait for a safe point; the sweeper returns the job
        stopping.set()

    for word in (signal.SIGINT, signal.SIGTERM):
        signal.signal(word, stop)
    pace = Pace(interval=interval, beat=beat, patience=timedelta(seconds=patience))
    work_until(name=f"{socket.gethostname()[:40]}:{os.getpid()}", clock=now, stopping=stopping, pace=pace)


def serve(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.", envvar="PORT")] = 8000,
    workers: Annotated[int, typer.Option(help="Server processes.")] = 2,
    threads: Annotated[int, typer.Option(help="Threads in each.")] = 4,
    jobs: Annotated[bool, typer.Option(help="Run a worker for jobs beside the server.")] = True,
    demo: Annotated[
        str, typer.Option(help="First migrate, and fill an empty database with a demonstration force of this size.")
    ] = "",
) -> None:
    """Serve the pages on 127.0.0.1 with a worker beside them; both end together on Ctrl-C or SIGTERM."""
    if is_taken(port):
        say(f"Port {port} is taken by another program. Choose another: peelian serve --port {port + 1}")
        raise typer.Exit(FAILED)
    law_in_force()  # a force's own law file that cannot be read is said now, not on the first page
    if demo:
        prepare(demo)
    elif not is_up_to_date():
        say(UNPREPARED)
        raise typer.Exit(FAILED)
    connection.close()
    bin_folder = Path(sys.executable).parent
    server = [
        *(str(bin_folder / "gunicorn"), "peelian.config.wsgi:application"),
        *("--bind", f"127.0.0.1:{port}", "--workers", str(workers), "--threads", str(threads)),
        *("--worker-class", "gthread", "--no-control-socket", "--log-level", "warning"),
        *("--graceful-timeout", "10", "--timeout", "120", "--max-requests", "20000", "--max-requests-jitter", "2000"),
    ]
    worker = [sys.executable, "-m", "peelian.cli.main", "work"] if jobs else None
    say(f"Peelian is at http://127.0.0.1:{port}/ (data in {settings.HOME}; Ctrl-C ends it)")
    raise typer.Exit(keep_together(server, worker, {**os.environ, **demonstration(settings.HOME)}))


def prepare(size: str) -> None:
    """Migrate, and where nobody may sign in yet, make the demonstration force of `size`."""
    migrate(quiet=True)
    if (settings.HOME / "demonstration.unfinished").exists():
        say(f"Making the demonstration was broken off. Throw {settings.HOME} away and start again.")
        raise typer.Exit(FAILED)
    if not any_users():
        words = [sys.executable, "-m", "peelian.cli.main", "demo", "--size", size, "--quiet"]
        if code := subprocess.run(words).returncode:  # noqa: S603 - our own words
            raise typer.Exit(code)


def demonstration(home: Path) -> dict[str, str]:
    """Settings of a demonstration, and its sign-ins said; nothing where `peelian demo` has not filled this home.

    `peelian demo` leaves the file `demonstration` in the home, and in it the sign-ins in words.
    """
    told = home / "demonstration"
    if not told.exists():
        return {}
    say(told.read_text())
    second_factor = os.environ.get("PEELIAN_SECOND_FACTOR", "optional")
    return {"PEELIAN_DEMONSTRATION": "1", "PEELIAN_SECOND_FACTOR": second_factor}


def is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
        return False


def keep_together(server: list[str], worker: list[str] | None, environment: dict[str, str]) -> int:
    """Run both until the server ends or a signal asks for the end, then end them. Returns an exit code.

    A worker that ends by itself or is killed is started again: its job is returned to the queue by the sweeper.
    Each gets SIGTERM and a quarter of a minute; what still runs then is killed, which a job survives.
    """
    asked = Event()
    for word in (signal.SIGINT, signal.SIGTERM):
        signal.signal(word, lambda _signum, _frame: asked.set())

    def started(words: list[str]) -> subprocess.Popen[bytes]:
        # a session of its own: Ctrl-C reaches only this process, which then ends the others in order
        return subprocess.Popen(words, env=environment, start_new_session=True)  # noqa: S603 - our own words

    serving = started(server)
    working = started(worker) if worker else None
    while not asked.wait(0.2) and serving.poll() is None:
        if worker and working and working.poll() is not None:
            say(f"The worker ended with {working.returncode}; starting another.")
            asked.wait(SECONDS_BETWEEN_STARTS)
            working = started(worker)
    end_all([process for process in (serving, working) if process])
    return 0 if asked.is_set() else serving.returncode or FAILED


def end_all(running: list[subprocess.Popen[bytes]]) -> None:
    for process in running:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + SECONDS_TO_END
    for process in running:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
