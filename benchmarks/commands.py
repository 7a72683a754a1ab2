"""The two commands on a fresh clone: `make run` to its first page, `make run` again, and `make test` (when asked).

`python -m benchmarks.commands` clones the last commit into a temporary folder. With the word `test`, or with
PEELIAN_BENCH_TEST=1 for `make bench`, `make test` is run there as well, which takes some minutes.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from benchmarks.figures import Figure, Section, report

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 600


def measure(words: Sequence[str]) -> Section:
    """Times on one clone, one run each."""
    folder = Path(tempfile.mkdtemp(prefix="peelian-clone-"))
    try:
        subprocess.run(["git", "clone", "-q", str(ROOT), str(folder / "peelian")], check=True)
        clone = folder / "peelian"
        figures = [
            Figure("`make run` on a fresh clone, to the first page", f"{until_served(clone):.1f} s"),
            Figure("`make run` again, to the first page", f"{until_served(clone):.1f} s", "seconds"),
        ]
        if "test" in words or os.environ.get("PEELIAN_BENCH_TEST") == "1":
            shared = ROOT.parent / "shared"
            if shared.exists():
                (folder / "shared").symlink_to(shared)
            started = time.monotonic()
            subprocess.run(["make", "test"], cwd=clone, check=True, stdout=sys.stderr, env=clean())
            figures.append(
                Figure("`make test` on the same clone", f"{time.monotonic() - started:.0f} s", "under 2,400 s")
            )
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    note = "One clone of the last commit, one run each; packages come from the registry or its local cache."
    return Section("Two commands on a fresh clone", note, tuple(figures))


def clean() -> dict[str, str]:
    return {
        key: value for key, value in os.environ.items() if not key.startswith(("PEELIAN_", "DJANGO_", "VIRTUAL_ENV"))
    }


def until_served(clone: Path) -> float:
    """Seconds from `make run` to its first page. The server is ended as Ctrl-C would end it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    started = time.monotonic()
    server = subprocess.Popen(
        ["make", "run", f"PORT={port}"], cwd=clone, env=clean(), stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        while time.monotonic() - started < LONGEST:
            if server.poll() is not None:
                raise RuntimeError(f"make run ended with {server.returncode}")
            if answers(port):
                return time.monotonic() - started
            time.sleep(0.05)
        raise RuntimeError(f"no page after {LONGEST} s")
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGINT)
            server.wait(30)


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as page:
            return bool(page.status == 200)
    except (urllib.error.URLError, OSError):
        return False


if __name__ == "__main__":
    report(measure)
