"""Asking clamd whether content holds anything it knows. Where it is set, nothing is kept that it did not pass.

`PEELIAN_CLAMD`: `unix:/run/clamav/clamd.ctl` or `tcp:127.0.0.1:3310`. The content goes to it piece by piece (INSTREAM).
"""

import socket
import struct
from collections.abc import Iterable, Iterator
from types import TracebackType

from django.conf import settings

PATIENCE = 60  # seconds without a word from the scanner


class Infected(Exception):
    """The scanner knows what this is: `signature`."""

    def __init__(self, signature: str) -> None:
        super().__init__(signature)
        self.signature = signature


class NoScanner(Exception):
    """A scanner is set and cannot be asked, or did not answer as one does."""


def is_set() -> bool:
    """Whether content is scanned at all."""
    return bool(settings.PEELIAN_CLAMD)


def check_address(address: str) -> None:
    """Raises ValueError where the setting is neither a socket nor a host with its port."""
    kind, _, place = address.partition(":")
    host, _, port = place.rpartition(":")
    if not (kind == "unix" and place.startswith("/")) and not (kind == "tcp" and host and port.isdecimal()):
        raise ValueError("PEELIAN_CLAMD is unix:/path/to/socket or tcp:host:port")


class Scan:
    """One content on its way through the scanner: `through(pieces)` gives them on, `passed()` asks at the end."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.line: socket.socket | None = None

    def __enter__(self) -> "Scan":
        try:
            check_address(self.address)
            self.line = _connected(self.address)
            self.line.sendall(b"zINSTREAM\0")
        except (OSError, ValueError) as error:
            raise NoScanner(str(error)) from error
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.line is not None:
            self.line.close()

    def through(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The same pieces, each sent to the scanner first. Raises NoScanner."""
        for piece in pieces:
            if piece:
                self._send(struct.pack("!I", len(piece)) + piece)
            yield piece

    def passed(self) -> None:
        """Pass if the scanner found nothing. Raises Infected; NoScanner for any other answer, or none."""
        self._send(struct.pack("!I", 0))
        answer = self._answer()
        if answer == "stream: OK":
            return
        if answer.startswith("stream: ") and answer.endswith(" FOUND"):
            raise Infected(answer.removeprefix("stream: ").removesuffix(" FOUND"))
        raise NoScanner(answer or "no answer")

    def _send(self, content: bytes) -> None:
        assert self.line is not None
        try:
            self.line.sendall(content)
        except OSError as error:  # it ends a stream that is too long for it, after saying so
            raise NoScanner(self._answer() or str(error)) from error

    def _answer(self) -> str:
        assert self.line is not None
        said = b""
        try:
            while not said.endswith(b"\0") and len(said) < 4096 and (more := self.line.recv(4096)):
                said += more
        except OSError:
            return ""
        return said.rstrip(b"\0\n").decode("utf-8", "replace")


def _connected(address: str) -> socket.socket:
    kind, _, place = address.partition(":")
    if kind == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(PATIENCE)
        try:
            line.connect(place)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = place.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE)
