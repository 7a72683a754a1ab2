"""Where a recommendation stands, computed from its day and its evidence; nobody types it.

Source: local rule, after LES-14 (Angiolini part 1): an item with owner, date and evidence, and its status published.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Standing(StrEnum):
    """Each member's value is a key; `.words` says it to a person, `.tone` is how it is marked beside the words."""

    MET = "met"
    MET_LATE = "met_late"
    OVERDUE = "overdue"
    OVERDUE_UNACCEPTED = "overdue_unaccepted"
    UNACCEPTED = "unaccepted"
    RUNNING = "running"

    @property
    def words(self) -> str:
        return _WORDS[self]

    @property
    def tone(self) -> str:
        return _TONES[self]

    @property
    def is_met(self) -> bool:
        return self in (Standing.MET, Standing.MET_LATE)

    @property
    def is_overdue(self) -> bool:
        return self in (Standing.OVERDUE, Standing.OVERDUE_UNACCEPTED)


_WORDS = {
    Standing.MET: "Met",
    Standing.MET_LATE: "Met after its date",
    Standing.OVERDUE: "Overdue: no evidence that it was done",
    Standing.OVERDUE_UNACCEPTED: "Overdue: evidence not accepted yet",
    Standing.UNACCEPTED: "Evidence waits for a second person",
    Standing.RUNNING: "Not due yet",
}
_TONES = {
    Standing.MET: "met",
    Standing.MET_LATE: "late",
    Standing.OVERDUE: "overdue",
    Standing.OVERDUE_UNACCEPTED: "overdue",
    Standing.UNACCEPTED: "soon",
    Standing.RUNNING: "running",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One entry of evidence. `completes`: it is to show that all is done. `accepted`: by a second person; None: not
    answered yet. `on`: the day from which it shows what it shows."""

    on: date
    completes: bool
    accepted: bool | None


def standing(due_on: date, evidence: Iterable[Shown], day: date) -> Standing:
    """Where a recommendation stands on a day.

    It is met once a second person accepted evidence that it is done; late where what the evidence shows came after the
    day it was due. Evidence of progress alone, and evidence sent back, never meets it. The day itself is still in time.
    """
    whole = [one for one in evidence if one.completes and one.on <= day]
    if accepted := [one.on for one in whole if one.accepted]:
        return Standing.MET if min(accepted) <= due_on else Standing.MET_LATE
    waits = any(one.accepted is None for one in whole)
    if day > due_on:
        return Standing.OVERDUE_UNACCEPTED if waits else Standing.OVERDUE
    return Standing.UNACCEPTED if waits else Standing.RUNNING
