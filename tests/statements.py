"""How many statements something takes, the same on both databases: PostgreSQL's lock on the journal is left out."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements of the block, in a list that is filled when it ends."""
    found: list[str] = []
    with CaptureQueriesContext(connection) as asked:
        yield found
    found += [one["sql"] for one in asked.captured_queries if "journal_lock" not in one["sql"]]
