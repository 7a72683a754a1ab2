"""The diary of the whole force: what is to be done when, done in order of time, so that the journal's moments rise."""

import heapq
from collections.abc import Callable
from datetime import date, datetime
from itertools import count

from django.db import transaction

from peelian.demo.chance import Chance
from peelian.demo.days import CLOSES, OPENS, moment, working_day, working_day_before

Deed = Callable[[datetime], None]
TOGETHER = 60  # deeds in one transaction: a commit waits for the disk


class Diary:
    """Deeds by moment. What falls behind the last day is never done: that is what leaves matters open."""

    def __init__(self, chance: Chance, first: date, today: date) -> None:
        self.first = working_day(first)
        self.last = working_day_before(today)
        self._chance = chance
        self._numbers = count()
        self._deeds: list[tuple[datetime, int, Deed]] = []
        self.now = moment(self.first, OPENS)

    def on(self, day: date, deed: Deed, *, minute: int | None = None) -> None:
        """Do this on the day, or on the working day after it; never before now."""
        at = moment(working_day(day), self._chance.between(OPENS, CLOSES) if minute is None else minute)
        self._add(max(at, self.now), deed)

    def at_once(self, deed: Deed) -> None:
        """Do this directly after what is being done now."""
        self._add(self.now, deed)

    def _add(self, at: datetime, deed: Deed) -> None:
        if at.date() <= self.last:
            heapq.heappush(self._deeds, (at, next(self._numbers), deed))

    def live(self, until: date | None, told: Callable[[date], None]) -> int:
        """Do everything written down for days before `until` (None: all of it); returns how many deeds were done."""
        done = 0
        while self._deeds and (until is None or self._deeds[0][0].date() < until):
            with transaction.atomic():
                for _ in range(TOGETHER):
                    if not self._deeds or (until is not None and self._deeds[0][0].date() >= until):
                        break
                    self.now, _, deed = heapq.heappop(self._deeds)
                    deed(self.now)
                    done += 1
            told(self.now.date())
        return done
