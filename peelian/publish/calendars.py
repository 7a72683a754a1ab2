"""Duties as an iCalendar feed (RFC 5545), with nothing in it that a stolen phone should tell.

An event says that something is owed on a matter's reference, by which provision, and links to the page; no names.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One all-day event. `key` stays the same from feed to feed, so that a calendar replaces it."""

    key: str
    on: date
    summary: str
    details: str
    url: str


def _text(value: str) -> str:
    return value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Lines of at most 75 octets, continued with a space (RFC 5545 §3.1), never splitting a character."""
    out: list[str] = []
    current = b""
    for character in line:
        octets = character.encode()
        if len(current) + len(octets) > (75 if not out else 74):
            out.append(current.decode())
            current = b""
        current += octets
    out.append(current.decode())
    return "\r\n ".join(out)


def icalendar(name: str, days: Iterable[CalendarDay], *, at: datetime) -> bytes:
    """A calendar named `name`, stamped with the moment `at`."""
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Peelian//Duties//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    ]
    for day in days:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{day.key}@peelian",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{day.on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day.on + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_text(day.summary)}",
            f"DESCRIPTION:{_text(day.details)}",
            f"URL:{day.url}",
            "TRANSP:TRANSPARENT",
            "CLASS:PRIVATE",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return ("\r\n".join(_folded(line) for line in lines) + "\r\n").encode()
