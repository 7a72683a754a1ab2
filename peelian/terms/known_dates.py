"""Dates as well as they are known: to the day, to the month, to the year, or not at all."""

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MONTHS = (  # not by locale: the law is in English
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def date_words(day: date) -> str:
    """`3 May 2021`, in every message and on every page. With its weekday: `rules.words.day_words`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, order=True)
class KnownDate:
    """`earliest` is the first day it can be; `precision` says how far it is known."""

    earliest: date
    precision: Precision = Precision.DAY

    def __post_init__(self) -> None:
        if self.precision is Precision.MONTH and self.earliest.day != 1:
            raise ValueError("a date known to the month starts on its first day")
        if self.precision is Precision.YEAR and (self.earliest.month, self.earliest.day) != (1, 1):
            raise ValueError("a date known to the year starts on 1 January")

    @classmethod
    def of(cls, year: int, month: int | None = None, day: int | None = None) -> "KnownDate":
        """From the parts that are known. Raises ValueError for a day without a month or an impossible date."""
        if month is None:
            if day is not None:
                raise ValueError("a day needs a month")
            return cls(date(year, 1, 1), Precision.YEAR)
        if day is None:
            return cls(date(year, month, 1), Precision.MONTH)
        return cls(date(year, month, day), Precision.DAY)

    @property
    def is_exact(self) -> bool:
        return self.precision is Precision.DAY

    @property
    def latest(self) -> date:
        """The last day it can be."""
        if self.precision is Precision.DAY:
            return self.earliest
        if self.precision is Precision.YEAR:
            return self.earliest.replace(month=12, day=31)
        last = calendar.monthrange(self.earliest.year, self.earliest.month)[1]
        return self.earliest.replace(day=last)

    @property
    def words(self) -> str:
        """`3 May 2021`, `May 2021 (day not known)` or `2021 (day and month not known)`."""
        if self.precision is Precision.DAY:
            return date_words(self.earliest)
        month = MONTHS[self.earliest.month - 1]
        if self.precision is Precision.MONTH:
            return f"{month} {self.earliest.year} (day not known)"
        return f"{self.earliest.year} (day and month not known)"
