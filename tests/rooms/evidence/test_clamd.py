"""A real clamd, with one signature of our own and nothing downloaded, where Debian's clamav-daemon is installed."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from peelian.evidence.scanning import Infected, NoScanner, Scan, TooMuch

CLAMD = shutil.which("clamd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
STRING = b"PEELIAN-TEST-STRING-THAT-IS-NO-VIRUS"
pytestmark = pytest.mark.skipif(CLAMD is None, reason="clamd is not installed here")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("clamd")
    (home / "own").mkdir()
    (home / "own" / "own.ndb").write_text(f"Peelian.Test:0:*:{STRING.hex()}\n")
    (home / "clamd.conf").write_text(
        f"DatabaseDirectory {home}/own\nLocalSocket {home}/clamd.ctl\nForeground yes\nLogFile {home}/clamd.log\n"
        "StreamMaxLength 3M\nMaxFileSize 2M\nAlertExceedsMax yes\n"
    )
    with subprocess.Popen([CLAMD or "", "-c", str(home / "clamd.conf")], stdout=subprocess.DEVNULL) as running:
        _wait_for(home / "clamd.ctl", running)
        yield f"unix:{home}/clamd.ctl"
        running.terminate()


def _wait_for(place: Path, running: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 30
    while running.poll() is None and time.monotonic() < until:
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.connect(str(place))
                return
        except OSError:
            running.poll()
    pytest.fail("clamd did not start")


def scan(address: str, *pieces: bytes) -> None:
    with Scan(address) as asked:
        for _ in asked.through(pieces):
            pass
        asked.passed()


def test_a_clean_content_passes_and_the_string_is_found_also_where_two_pieces_part_it(address: str) -> None:
    scan(address, b"what I saw")
    for pieces in ((b"before " + STRING,), (b"before " + STRING[:9], STRING[9:] + b" after")):
        with pytest.raises(Infected, match=r"Peelian\.Test"):
            scan(address, *pieces)


def test_a_content_that_it_does_not_read_to_its_end_does_not_pass(address: str) -> None:
    for megabytes in (2.5, 5):
        with pytest.raises(TooMuch):
            scan(address, *[b"x" * (1 << 19)] * int(2 * megabytes), STRING)


def test_a_scanner_that_has_stopped_passes_nothing(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as was:
        was.bind(str(tmp_path / "clamd.ctl"))
    with pytest.raises(NoScanner):
        scan(f"unix:{tmp_path}/clamd.ctl", b"what I saw")
