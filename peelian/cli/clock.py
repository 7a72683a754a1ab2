"""The command line's one reading of the clock."""

from datetime import UTC, datetime


def now() -> datetime:
    """This moment, with its time zone."""
    return datetime.now(UTC)
