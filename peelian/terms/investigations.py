"""Words of an investigation: how far a line of enquiry is, and how much it presses."""

from enum import StrEnum


class LineState(StrEnum):
    """Where a line of enquiry stands."""

    OPEN = "open"
    DONE = "done"
    STOPPED = "stopped"

    @property
    def words(self) -> str:
        return self.value.capitalize()


class Priority(StrEnum):
    """How much a line of enquiry presses."""

    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"

    @property
    def words(self) -> str:
        return self.value.capitalize()
