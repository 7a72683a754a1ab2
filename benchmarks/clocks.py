"""Clocks computed a second: the bare count, the answer with its working, and the duties of a whole matter.

`python -m benchmarks.clocks`. The baseline is bare date arithmetic (a day plus twenty-eight) in the same run.
"""

import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from benchmarks.figures import Figure, Section, report
from peelian import statute
from peelian.rules import EventFact, MatterFacts, PersonOwed, duties, ends_on
from peelian.rules.limits import last_day
from peelian.terms.known_dates import KnownDate
from peelian.terms.matters import MatterKind, Part

LAW = statute.product()
START, TODAY = date(2025, 4, 11), date(2025, 12, 1)
TIMES = 5


def matter() -> MatterFacts:
    """A complaint with two people owed, an officer and ten events."""
    events = [
        ("handling_started", 14, ""),
        ("complaint_recorded", 14, ""),
        ("local_investigation_started", 20, ""),
        ("update_given", 39, "c"),
        ("update_given", 40, "i"),
        ("notice_of_investigation_given", 61, "o"),
        ("update_given", 66, "c"),
        ("officer_response_received", 70, "o"),
        ("investigation_report_received", 180, ""),
        ("outcome_decided", 190, ""),
    ]
    return MatterFacts(
        MatterKind.COMPLAINT_UNDER_SCHEDULE_3,
        KnownDate(START),
        events=tuple(EventFact(k, KnownDate(START + timedelta(days=n)), person_key=p) for k, n, p in events),
        people_owed=(
            PersonOwed("c", Part.COMPLAINANT),
            PersonOwed("i", Part.INTERESTED_PERSON),
            PersonOwed("o", Part.OFFICER_CONCERNED),
        ),
    )


def seconds_each(act: Callable[[], object], rounds: int) -> float:
    """The best of a few runs, for one act."""
    best = float("inf")
    for _ in range(TIMES):
        began = time.perf_counter()
        for _ in range(rounds):
            act()
        best = min(best, time.perf_counter() - began)
    return best / rounds


def measure(words: Sequence[str]) -> Section:
    """Each figure is the best of five runs in one process."""
    days = LAW.clock("CMP-03", on=START)
    working = LAW.clock("PRO-09", on=START)
    calendar = LAW.england_and_wales
    facts = matter()
    count = len(duties(facts, TODAY))
    span = timedelta(days=28)
    bare = seconds_each(lambda: START + span, 200_000)
    counted = seconds_each(lambda: last_day(days, START, calendar), 50_000)
    hundred = seconds_each(lambda: last_day(working, START, calendar), 50_000)
    answered = seconds_each(lambda: ends_on(working, START, calendar), 10_000)
    whole = seconds_each(lambda: duties(facts, TODAY), 200)
    looked_up = seconds_each(lambda: LAW.clock("CMP-03", on=START), 100_000)

    def figure(what: str, each: float) -> Figure:
        return Figure(what, f"{1 / each:,.0f} a second, {each / bare:,.0f} times a bare addition")

    return Section(
        title="Clocks computed a second",
        note="Against `date + timedelta` in the same run; each figure is the best of five.",
        figures=(
            Figure("a bare addition of days", f"{1 / bare:,.0f} a second"),
            figure("a clock looked up for a day", looked_up),
            figure("28 calendar days counted", counted),
            figure("100 working days counted", hundred),
            figure("100 working days with the working in words", answered),
            Figure(
                f"a matter with ten events and three people ({count} duties)",
                f"{whole * 1000:.2f} ms, {count / whole:,.0f} duties a second",
                "under 1 ms",
            ),
        ),
    )


if __name__ == "__main__":
    report(measure)
