"""A matter to keep evidence on, people who may, and a scanner that answers as it is told."""

import io
import socketserver
import struct
import threading
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from peelian.evidence import store
from tests import worlds
from tests.worlds import Someone

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def a_store_of_its_own(tmp_path: Path, settings: Any) -> Path:
    """Sealed files of one test, and keys of its own with them."""
    settings.PEELIAN_HOME = tmp_path
    return store.home()


@pytest.fixture
def handler(db: None, at: datetime) -> Someone:
    return worlds.user(at, "Hanna Orchard", "complaint_handler")


@pytest.fixture
def supervisor(db: None, at: datetime) -> Someone:
    return worlds.user(at, "Susan Meadow", "supervisor")


@pytest.fixture
def head(db: None, at: datetime) -> Someone:
    return worlds.user(at, "Harriet Stone", "head_of_professional_standards")


@pytest.fixture
def matter(db: None, at: datetime) -> str:
    return worlds.open_complaint(worlds.peelian(at), date(2026, 11, 2))


def photograph(**how: Any) -> bytes:
    """A picture that says by what and where it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "MakerOfCameras"
    exif[0x0112] = 6
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (51.0, 30.0, 0.0)
    out = io.BytesIO()
    Image.radial_gradient("L").resize((160, 120)).convert("RGB").save(
        out, "JPEG", quality=88, exif=exif, comment=b"secret comment", **how
    )
    return out.getvalue()


class _Clamd(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    answer: Callable[[bytes], bytes] = staticmethod(lambda content: b"stream: OK\0")
    seen: bytes = b""


class _Line(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while len(said := self.rfile.read(4)) == 4 and (length := struct.unpack("!I", said)[0]):
            content += self.rfile.read(length)
        self.server.seen = content  # type: ignore[attr-defined]  # the server is ours
        self.wfile.write(self.server.answer(content))  # type: ignore[attr-defined]  # as above


@pytest.fixture
def clamd(tmp_path: Path, settings: Any) -> Iterator[_Clamd]:
    """A scanner that finds the test signature of its trade and nothing else; `answer` may be replaced."""
    place = tmp_path / "clamd.ctl"
    with _Clamd(str(place), _Line) as server:
        server.answer = lambda content: b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.PEELIAN_CLAMD = f"unix:{place}"
        yield server
        server.shutdown()
