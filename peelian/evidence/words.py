"""Words of this room, under the key of the evidence of their matter: sealed when written, opened to be shown."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from peelian.journal import actions as journal
from peelian.journal.queries import Wrapped, unwrapped

NONE: Mapping[str, str] = {}


def subject(matter_ref: str) -> str:
    """Under whose key the words about a matter's evidence lie, here and in the journal."""
    return f"{matter_ref}/evidence"


def sealed(matter_ref: str, ref: str, **said: str) -> bytes:
    """Words of the row `ref`, for its column. Inside a transaction."""
    form = json.dumps(said, ensure_ascii=False).encode()
    return journal.wrap(subject_key=subject(matter_ref), place=ref, secret=form)


def opened(rows: Iterable[tuple[str, Any]]) -> dict[str, Mapping[str, str]]:
    """The words of rows (each with the reference of its matter), by the row's reference; none for those erased.

    One statement.
    """
    listed = list(rows)
    found = unwrapped([Wrapped(subject(matter), row.ref, bytes(row.words)) for matter, row in listed])
    return {row.ref: json.loads(form) if form else NONE for (_, row), form in zip(listed, found, strict=True)}
