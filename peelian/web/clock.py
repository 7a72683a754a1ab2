"""The clock of the pages. The only place in this room that reads it; everything else is told."""

from datetime import UTC, datetime


def now() -> datetime:
    """This moment, in UTC. Tests replace it by name."""
    return datetime.now(UTC)
