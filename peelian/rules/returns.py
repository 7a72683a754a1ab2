"""What a force owes as a whole and not on a matter: the quarters of the policing year, and one run of a clock for each.

Pure. The clocks are CMP-15 to CMP-17 of the tables; each return runs on its own, so that what is sent for one quarter
meets nothing of another.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from peelian.rules.duties import duties
from peelian.rules.facts import Duty, DutyState, EventFact, MatterFacts
from peelian.rules.words import day_words
from peelian.statute import Register
from peelian.terms.known_dates import KnownDate

_MONTHS = {3: ("January", "March"), 6: ("April", "June"), 9: ("July", "September"), 12: ("October", "December")}


class ReturnKind(StrEnum):
    """The value is a key; `clock` is its id in the tables."""

    DATA = "data"
    BULLETIN = "bulletin"
    SUPER_COMPLAINT = "super_complaint"

    @property
    def words(self) -> str:
        return _WORDS[self]

    @property
    def clock(self) -> str:
        return _CLOCKS[self]


_WORDS = {
    ReturnKind.DATA: "Quarterly complaint data",
    ReturnKind.BULLETIN: "Quarterly bulletin of the IOPC",
    ReturnKind.SUPER_COMPLAINT: "Recommendation of a super-complaint",
}
_CLOCKS = {ReturnKind.DATA: "CMP-15", ReturnKind.BULLETIN: "CMP-16", ReturnKind.SUPER_COMPLAINT: "CMP-17"}


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of the policing year, which begins on 1 April. `month`: its last one, 3, 6, 9 or 12, of `year`."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """The quarter in which a day lies."""
        return cls(day.year, -(-day.month // 3) * 3)

    @classmethod
    def coded(cls, code: str) -> "Quarter | None":
        """The quarter of a code such as `2026-06`; None for anything else."""
        year, _, month = code.partition("-")
        held = len(code) == 7 and year.isascii() and year.isdecimal() and month in ("03", "06", "09", "12")
        return cls(int(year), int(month)) if held and date.min.year < int(year) < date.max.year else None

    @property
    def code(self) -> str:
        return f"{self.year}-{self.month:02}"

    @property
    def from_on(self) -> date:
        return date(self.year, self.month - 2, 1)

    @property
    def until_on(self) -> date:
        """Its last day."""
        return self.next.from_on - timedelta(days=1)

    @property
    def next(self) -> "Quarter":
        return Quarter(self.year, self.month + 3) if self.month < 12 else Quarter(self.year + 1, 3)

    @property
    def words(self) -> str:
        """`July to September 2026 (quarter 2 of 2026/27)`."""
        first, last = _MONTHS[self.month]
        begins = self.year if self.month > 3 else self.year - 1
        number = self.month // 3 - 1 if self.month > 3 else 4
        return f"{first} to {last} {self.year} (quarter {number} of {begins}/{(begins + 1) % 100:02})"


def quarters_ended(since: date, today: date) -> Iterator[Quarter]:
    """The quarters whose last day is `since` or later and lies before `today`, in order."""
    one = Quarter.of(since)
    while one.until_on < today:
        yield one
        one = one.next


def return_duty(
    kind: ReturnKind,
    started_on: date,
    met_on: date | None,
    on: date,
    *,
    law: Register,
    asked_by: date | None = None,
    withdrawn: str = "",
) -> Duty:
    """The duty of one return as it stands at the end of `on`.

    `started_on`: the day the quarter ended, the bulletin was received or the report was published; not after `on`.
    `asked_by`: the day that the report itself asks for, which stands before the number of the table (CMP-17: each
    report says how and when to respond). `withdrawn`: why what started it did not happen; nothing is then owed.
    """
    drive = law.drives[kind.clock]
    events = [EventFact(drive.starts[0], KnownDate(started_on))]
    if met_on is not None:
        events.append(EventFact(drive.met_by[0], KnownDate(met_on)))
    [found] = duties(MatterFacts(kind=None, came_to_attention=None, events=tuple(events)), on, law=law)
    if withdrawn:
        why = f"What started it was recorded by mistake: {withdrawn}"
        return replace(found, state=DutyState.STOPPED, because=(*found.because, why))
    if asked_by is None or found.state is DutyState.NOT_STARTED:
        return found
    return _by_the_report(found, asked_by, on)


def _by_the_report(found: Duty, asked_by: date, on: date) -> Duty:
    if found.met_on is not None:
        state = DutyState.MET if found.met_on.latest <= asked_by else DutyState.MET_LATE
        done = f"Done on {day_words(found.met_on.earliest)}."
    else:
        state, done = (DutyState.OVERDUE if on > asked_by else DutyState.OPEN), ""
    why = f"The report itself asks for an answer by {day_words(asked_by)}, which stands before the days of the table."
    return replace(
        found,
        state=state,
        due=asked_by,
        due_words=day_words(asked_by),
        days_left=(asked_by - on).days,
        because=(found.because[0], why, *([done] if done else [])),
    )
