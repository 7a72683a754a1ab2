"""Writing the index, inside the transaction of the act that wrote or erased the text."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from peelian.search.engines import TABLES, engine
from peelian.search.words import LONGEST_TEXT, words_of
from peelian.terms.acts import RecordKind
from peelian.terms.refusals import NotValid

BATCH = 2000


def index(kind: RecordKind, record_id: int, text: str) -> None:
    """Make `text` the words by which the record is found, instead of any it had. An empty text forgets it.

    Raises NotValid for a text of more than 400,000 characters, KeyError for a kind that is not searched.
    """
    index_many(kind, [(record_id, text)])


def index_many(kind: RecordKind, texts: Iterable[tuple[int, str]]) -> None:
    """`index` for many records, in batches."""
    with transaction.atomic():
        lines: list[tuple[int, str]] = []
        for record_id, text in texts:
            if len(text) > LONGEST_TEXT:
                raise NotValid("text", f"A text of more than {LONGEST_TEXT:,} characters cannot be searched.")
            lines.append((record_id, " ".join(words_of(text))))
            if len(lines) == BATCH:
                _write(kind, lines)
                lines = []
        _write(kind, lines)


def forget(kind: RecordKind, *record_ids: int) -> None:
    """Take the records out of the index, because their text went, so that the words are gone from the file too."""
    if record_ids:
        engine().remove(TABLES[kind], record_ids)
        engine().press_out(TABLES[kind])


def _write(kind: RecordKind, lines: Sequence[tuple[int, str]]) -> None:
    chosen, table = engine(), TABLES[kind]
    if empty := [key for key, words in lines if not words]:
        chosen.remove(table, empty)
    if full := [line for line in lines if line[1]]:
        chosen.write(table, full)
