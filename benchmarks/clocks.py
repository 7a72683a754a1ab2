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


def matter(start: date) -> MatterFacts:
    """A complaint with two people owed, an officer and ten events, that came to attention on `start`."""
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
        KnownDate(start),
        events=tuple(EventFact(k, KnownDate(start + timedelta(days=n)), person_key=p) for k, n, p in events),
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
        began = time.process_time()
        for _ in range(rounds):
            act()
        best = min(best, time.process_time() - began)
    return best / rounds


def whole_matter(duties_each: int, each: float, bare: float) -> str:
    """The time for a matter, in words."""
    return f"{each * 1000:.2f} ms, {duties_each / each:,.0f} duties a second, {each / bare:,.0f} times a bare addition"


def measure(words: Sequence[str]) -> Section:
    """Processor time, not the wall's: other work on the machine is left out as far as it can be."""
    days = LAW.clock("CMP-03", on=START)
    working = LAW.clock("PRO-09", on=START)
    calendar = LAW.england_and_wales
    facts = [matter(START + timedelta(days=number)) for number in range(400)]
    count = len(duties(facts[0], TODAY + timedelta(days=400)))
    span = timedelta(days=28)
    bare = seconds_each(lambda: START + span, 200_000)
    counted = seconds_each(lambda: last_day(days, START, calendar), 50_000)
    hundred = seconds_each(lambda: last_day(working, START, calendar), 50_000)
    answered = seconds_each(lambda: ends_on(working, START, calendar), 10_000)
    began = time.process_time()
    for one in facts:  # each on a day of its own, so that nothing is remembered from the one before
        duties(one, TODAY + timedelta(days=400))
    first = (time.process_time() - began) / len(facts)
    whole = seconds_each(lambda: [duties(one, TODAY + timedelta(days=400)) for one in facts], 1) / len(facts)
    looked_up = seconds_each(lambda: LAW.clock("CMP-03", on=START), 100_000)

    def figure(what: str, each: float) -> Figure:
        return Figure(what, f"{1 / each:,.0f} a second, {each / bare:,.0f} times a bare addition")

    return Section(
        title="Clocks computed a second",
        note="Against `date + timedelta` in the same run, in processor time; each figure is the best of five.",
        figures=(
            Figure("a bare addition of days", f"{1 / bare:,.0f} a second"),
            figure("a clock looked up for a day", looked_up),
            figure("28 calendar days counted", counted),
            figure("100 working days counted", hundred),
            figure("100 working days with the working in words", answered),
            Figure(
                f"a matter with ten events and three people ({count} duties), each on days not counted before",
                whole_matter(count, first, bare),
                "under 1 ms",
            ),
            Figure(
                "the same again, as a list of matters asks for it",
                whole_matter(count, whole, bare),
                "under 1 ms",
            ),
        ),
    )


if __name__ == "__main__":
    report(measure)
