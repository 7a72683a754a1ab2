"""Words of this room, under the key of the contact of their matter: sealed when written, opened to be shown."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from peelian.journal import actions as journal
from peelian.journal.queries import Wrapped, unwrapped

GONE = "Erased"  # what is shown in the place of words that went
Words = Mapping[str, Any]
NONE: Words = {}


def subject(matter_ref: str) -> str:
    """Under whose key the words of contact on a matter lie, here and in the journal."""
    return f"{matter_ref}/contact"


def sealed(matter_ref: str, place: str, **said: object) -> bytes:
    """Words of a row for its column. `place`: what the row says it is, see `models`. Inside a transaction."""
    form = json.dumps(said, ensure_ascii=False).encode()
    return journal.wrap(subject_key=subject(matter_ref), place=place, secret=form)


def opened(matter_ref: str, rows: Iterable[Any]) -> dict[Any, Words]:
    """The words of rows of one matter, by row; none for those erased. One statement, and none for no rows."""
    listed = list(rows)
    if not listed:
        return {}
    found = unwrapped([Wrapped(subject(matter_ref), row.place, bytes(row.words)) for row in listed])
    return {row: json.loads(form) if form else NONE for row, form in zip(listed, found, strict=True)}
