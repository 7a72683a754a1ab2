"""Bank holidays and working days, for as many days as the table answers for.

`england_and_wales` serves conduct and complaint law; `united_kingdom`, the union of the three divisions, serves
freedom of information (FOIA 2000 s10(6)).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date

from peelian.terms.known_dates import date_words


class BeyondTheTable(ValueError):
    """A day for which the table of bank holidays cannot answer."""

    def __init__(self, day: date | None, reaches_from: date, reaches_to: date) -> None:
        what = f"{date_words(day)} is" if day else "the count runs"
        super().__init__(
            f"{what} outside the table of bank holidays, which answers from {date_words(reaches_from)} "
            f"up to but not including {date_words(reaches_to)}"
        )


class Holidays:
    """The working days of one reading of the calendar. Immutable; every question is answered in microseconds."""

    __slots__ = ("_closed", "_working", "days", "key", "law", "reaches_from", "reaches_to", "words")

    def __init__(
        self, *, key: str, words: str, law: str, days: Iterable[date], reaches_from: date, reaches_to: date
    ) -> None:
        """`days`: the bank holidays; `reaches_to` is not included."""
        self.key = key
        self.words = words
        self.law = law
        self.days = frozenset(days)
        self.reaches_from = reaches_from
        self.reaches_to = reaches_to
        self._closed = sorted(day.toordinal() for day in self.days if day.weekday() < 5)
        closed = set(self._closed)
        first, last = reaches_from.toordinal(), reaches_to.toordinal()
        # ordinal 1 is a Monday, so (ordinal - 1) % 7 is the weekday
        self._working = [n for n in range(first, last) if (n - 1) % 7 < 5 and n not in closed]

    def _held(self, day: date) -> int:
        if not self.reaches_from <= day < self.reaches_to:
            raise BeyondTheTable(day, self.reaches_from, self.reaches_to)
        return day.toordinal()

    def is_working_day(self, day: date) -> bool:
        """Raises BeyondTheTable."""
        number = self._held(day)
        place = bisect_left(self._working, number)
        return place < len(self._working) and self._working[place] == number

    def nth_after(self, day: date, n: int) -> date:
        """The nth working day after `day`, which never counts itself. Raises BeyondTheTable."""
        place = bisect_right(self._working, self._held(day)) + n - 1
        return self._at(place)

    def nth_from(self, day: date, n: int) -> date:
        """The nth working day counting `day` as the first if it is one. Raises BeyondTheTable."""
        place = bisect_left(self._working, self._held(day)) + n - 1
        return self._at(place)

    def nth_before(self, day: date, n: int) -> date:
        """The nth working day before `day`, which never counts itself. Raises BeyondTheTable."""
        place = bisect_left(self._working, self._held(day)) - n
        return self._at(place)

    def between(self, after: date, until: date) -> int:
        """How many working days lie after `after` up to and including `until`; negative backwards."""
        return bisect_right(self._working, self._held(until)) - bisect_right(self._working, self._held(after))

    def closed_between(self, after: date, until: date) -> tuple[date, ...]:
        """The bank holidays after `after` up to and including `until`, weekends left out, in order."""
        first, last = after.toordinal(), until.toordinal()
        found = self._closed[bisect_right(self._closed, first) : bisect_right(self._closed, last)]
        return tuple(date.fromordinal(number) for number in found)

    def _at(self, place: int) -> date:
        if not 0 <= place < len(self._working):
            raise BeyondTheTable(None, self.reaches_from, self.reaches_to)
        return date.fromordinal(self._working[place])
