"""A worker matched to unresolved reports of a sexual offence: once decided on the day, once still waiting (LES-11).

It is the officer whose history spans several forces, so that the second report also asks for the earlier matters to be
read with it (LES-07) and for a new joint view of the open one (LES-18).
"""

from datetime import date, datetime, timedelta
from typing import Any

from peelian.clocks import actions as clocks
from peelian.demo.caseload import Caseload
from peelian.demo.days import moment, working_day_before
from peelian.demo.deliberations import answers_for
from peelian.demo.incidents import across_forces
from peelian.demo.lives import Life
from peelian.demo.routes import Route
from peelian.demo.stage import Stage
from peelian.proceedings import actions as proceedings
from peelian.terms.known_dates import KnownDate

KNOWN = 17 * 60 + 35  # after whatever records a matter that day
DECIDED = 18 * 60 + 10
MEASURES = (
    "He meets the public alone on nights. Until this is resolved he works where he meets nobody from outside, without"
    " access to the records of either report."
)


class Matched:
    """Writes both matters into the diary."""

    def __init__(self, stage: Stage, caseload: Caseload, way: Route) -> None:
        self.stage, self.caseload, self.way = stage, caseload, way
        self.who = across_forces(stage)

    def write_down(self) -> None:
        """The first, 38 days ago, was decided on the day; the second became known on the evening of the last one."""
        first = self._life(self.stage.today - timedelta(days=38), 300, "J2", 2)
        self._known(first, first.recorded)
        self.stage.diary.on(first.recorded, lambda at: self._decide(first, at), minute=DECIDED)
        yesterday = working_day_before(self.stage.today)
        second = self._life(working_day_before(yesterday), 300, "J1", 1)
        self._known(second, yesterday)

    def _life(self, received: date, days: int, category: str, allegations: int) -> Life:
        given: dict[str, Any] = {"investigator": "investigator", "unsigned": frozenset(), "recorded_after": 1}
        return self.caseload.life(
            self.way, received, days, category=category, allegations=allegations, officers=[self.who], **given
        )

    def _known(self, life: Life, day: date) -> None:
        def known(at: datetime) -> None:
            clocks.record_event(
                by=self.stage.as_user("supervisor2", at),
                matter_ref=life.ref,
                key="unresolved_match_known",
                on=KnownDate(at.date()),
                at=moment(at.date(), KNOWN - 20),
                person_key=self.stage.ref(self.who),
                note="The registration number in the report is that of his car.",
            )

        self.stage.diary.on(day, known, minute=KNOWN)

    def _decide(self, life: Life, at: datetime) -> None:
        proceedings.decide(
            by=self.stage.as_user("authority", at),
            matter_ref=life.ref,
            step="urgent_decision",
            option="measures_today",
            person_key=self.stage.ref(self.who),
            answers=dict(answers_for("urgent_decision", life.route.kind.value, "measures_today")),
            reasons=MEASURES,
            on=at.date(),
        )
