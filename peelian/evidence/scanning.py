"""Asking clamd whether content holds anything it knows. Where it is set, nothing is kept that it did not pass.

`PEELIAN_CLAMD`: `unix:/run/clamav/clamd.ctl` or `tcp:127.0.0.1:3310`. The content goes to it piece by piece (INSTREAM).
"""

import socket
import struct
from collections.abc import Iterable, Iterator
from types import TracebackType

from django.conf import settings

PATIENCE = 60  # seconds without a word from the scanner
PAST_LIMITS = "Heuristics.Limits.Exceeded"  # what clamd finds in such a content, where `AlertExceedsMax` is set
TOO_LONG = "INSTREAM size limit exceeded"


class Infected(Exception):
    """The scanner knows what this is: `signature`."""

    def __init__(self, signature: str) -> None:
        super().__init__(signature)
        self.signature = signature


class TooMuch(Exception):
    """The scanner did not read all of it: larger, or more deeply packed, than its limits."""


class NoScanner(Exception):
    """A scanner is set and cannot be asked, or did not answer as one does."""


def is_set() -> bool:
    """Whether content is scanned at all."""
    return bool(settings.PEELIAN_CLAMD)


def most_mb() -> int:
    """The largest file that may be kept, in millions of bytes: no larger than the scanner reads, where one is set."""
    most = int(settings.PEELIAN_FILE_MOST_MB)
    return min(most, int(settings.PEELIAN_CLAMD_MOST_MB)) if is_set() else most


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
        """The same pieces, each sent to the scanner first. Raises NoScanner, TooMuch."""
        for piece in pieces:
            if piece:
                self._send(struct.pack("!I", len(piece)) + piece)
            yield piece

    def passed(self) -> None:
        """Pass if the scanner found nothing. Raises Infected; TooMuch; NoScanner for any other answer, or none."""
        self._send(struct.pack("!I", 0))
        answer = self._answer()
        if answer == "stream: OK":
            return
        if answer.startswith("stream: ") and answer.endswith(" FOUND"):
            signature = answer.removeprefix("stream: ").removesuffix(" FOUND")
            raise TooMuch(signature) if signature.startswith(PAST_LIMITS) else Infected(signature)
        _must_be_within(answer)
        raise NoScanner(answer or "no answer")

    def _send(self, content: bytes) -> None:
        assert self.line is not None
        try:
            self.line.sendall(content)
        except OSError as error:  # it ends a stream that is too long for it, after saying so
            answer = self._answer()
            _must_be_within(answer)
            raise NoScanner(answer or str(error)) from error

    def _answer(self) -> str:
        assert self.line is not None
        said = b""
        try:
            while not said.endswith(b"\0") and len(said) < 4096 and (more := self.line.recv(4096)):
                said += more
        except OSError:
            return ""
        return said.rstrip(b"\0\n").decode("utf-8", "replace")


def _must_be_within(answer: str) -> None:
    if answer.startswith(TOO_LONG):
        raise TooMuch(answer)


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
