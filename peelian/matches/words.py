"""Words of this room, under the key of the pair they are about: sealed when written, opened to be shown."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from peelian.journal import actions as journal
from peelian.journal.queries import Wrapped, unwrapped

GONE = "Erased"  # what is shown in the place of words that went
Words = Mapping[str, Any]
NONE: Words = {}


def subject(pair_ref: str) -> str:
    """Under whose key the words about a pair lie, here and in the journal."""
    return f"{pair_ref}/words"


def seal(rows: Sequence[tuple[str, Any, Mapping[str, object]]]) -> None:
    """Put the words of rows that are about to be written into their columns: (the pair's reference, row, words).

    No words, no seal. Inside the transaction that writes them.
    """
    said = [one for one in rows if one[2]]
    secrets = [(subject(ref), row.place, json.dumps(words, ensure_ascii=False).encode()) for ref, row, words in said]
    for (_, row, _), sealed in zip(said, journal.wrap_many(secrets) if secrets else (), strict=True):
        row.words = sealed


def opened(rows: Iterable[tuple[str, Any]]) -> dict[Any, Words]:
    """The words of rows, each with its pair's reference, by row; none for those erased. One statement at most."""
    listed = list(rows)
    sealed = [(ref, row) for ref, row in listed if row.words]
    found = unwrapped([Wrapped(subject(ref), row.place, bytes(row.words)) for ref, row in sealed]) if sealed else []
    words = {row: json.loads(form) for (_, row), form in zip(sealed, found, strict=True) if form}
    return {row: words.get(row, NONE) for _, row in listed}


def reasons(words: Words) -> str:
    """Why, as it was said; or that it went."""
    return str(words.get("reasons", GONE))
