"""The files that the force's older systems export: its staff register, its complaint history, other forces' incidents.

Each is a CSV in the general form of its shipped map. The maps are given a register of people in common, so that a
subject of the history is the person of the register, and sources of their own.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from peelian.demo.workforce import Servant
from peelian.feeds.maps import map_named
from peelian.terms.people import PersonKind

PEOPLE = "demonstration"
MAPS = {
    "register": ("uk_staff_register", "demonstration_register", "Staff register (People Services)"),
    "history": ("uk_complaint_history", "demonstration_history", "Complaint and misconduct history (older system)"),
    "clearances": ("uk_clearances", "demonstration_clearances", "Clearances (older vetting system)"),
    "incidents": (
        "cross_force_incidents",
        "demonstration_incidents",
        "Incidents held by other forces (regional exchange)",
    ),
}
REGISTER = (
    *("Employee Number", "Worker Type", "Surname", "Forenames", "Former Names", "Warrant Number", "Collar Number"),
    *("Staff Number", "Date of Birth", "Sex", "Ethnicity", "Rank", "Role", "Unit", "Rank From", "Posted On"),
    *("Appointed On", "Left On", "Leaving Reason"),
)
WORKER = {
    PersonKind.OFFICER: "Police Officer",
    PersonKind.SPECIAL_CONSTABLE: "Special Constable",
    PersonKind.STAFF: "Police Staff",
    PersonKind.VOLUNTEER: "Volunteer",
    PersonKind.CONTRACTOR: "Contractor",
}


def map_text(which: str) -> str:
    """The shipped map of `register`, `history`, `clearances` or `incidents`, as a source of the demonstration."""
    shipped, source, title = MAPS[which]
    found = map_named(shipped)
    assert found is not None, shipped
    text = re.sub(r"^source = .*$", f'source = "{source}"\npeople = "{PEOPLE}"', found.text, count=1, flags=re.M)
    return re.sub(r"^title = .*$", f'title = "{title}"', text, count=1, flags=re.M)


def register_rows(people: Iterable[Servant], day: date) -> Iterator[tuple[str, ...]]:
    """The register as People Services would have exported it on a day: everybody who had joined, with what was so."""
    for one in people:
        if one.joined > day:
            continue
        rank, post = one.rank_on(day), one.post_on(day)
        left = one.left is not None and one.left <= day
        yield (
            one.key,
            WORKER[one.kind],
            one.family,
            one.given,
            one.former,
            one.warrant,
            one.collar,
            "" if one.warrant else one.key,
            written(one.born),
            one.sex,
            one.ethnicity,
            rank[1] if rank else "",
            post[2] if post else "",
            post[1] if post else "",
            written(rank[0]) if rank else "",
            written(post[0]) if post else "",
            written(one.joined),
            written(one.left) if left else "",
            one.reason if left else "",
        )


def written(day: date | None) -> str:
    """A day as the exports write it."""
    return day.strftime("%d/%m/%Y") if day else ""


def write(path: Path, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> int:
    """Write a CSV; returns how many rows."""
    number = 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream)
        out.writerow(columns)
        for row in rows:
            out.writerow(row)
            number += 1
    return number
