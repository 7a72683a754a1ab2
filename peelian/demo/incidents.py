"""One officer's history across several forces, as a regional exchange of incidents gives it."""

from collections.abc import Iterator
from datetime import date

from peelian.demo.extracts import written
from peelian.demo.stage import Stage
from peelian.demo.tables import table
from peelian.demo.workforce import Servant

INCIDENTS = (
    *("Force", "Incident Reference", "Person Reference", "Surname", "Forenames", "Date of Birth", "Incident Date"),
    *("Date Reported", "Date Closed", "Part", "Category", "Location", "Summary", "Outcome"),
)


def across_forces(stage: Stage) -> Servant:
    """The officer: a constable with about fifteen years of service who nobody complained of much."""
    fit = [
        one
        for one in stage.workforce.everyone
        if one.slot is not None
        and one.slot.rank == "Constable"
        and one.sex == "Male"
        and not one.slot.sign_in
        and one.weight > 0
        and one.left is None
    ]
    return min(fit, key=lambda one: (abs(one.joined.toordinal() - stage.diary.first.toordinal() + 15 * 365), one.key))


def incident_rows(stage: Stage) -> Iterator[tuple[str, ...]]:
    """Every incident that other forces hold about that officer, each under its own reference."""
    who = across_forces(stage)
    others = table("force")["force"]["others"]
    for number, row in enumerate(table("force")["incident"], start=1):
        happened = date.fromordinal(stage.diary.first.toordinal() - round(row["years"] * 365.25))
        reported = date.fromordinal(happened.toordinal() + number)
        closed = date.fromordinal(reported.toordinal() + 20 * number)
        yield (
            others[row["force"]],
            f"{others[row['force']][0]}{happened.year}-{4_000 + number * 317}",
            who.key,
            who.family,
            who.given,
            written(who.born),
            written(happened) if number != 2 else f"{happened.month:02d}/{happened.year}",
            written(reported) if number != 2 else "",
            written(closed) if number != 7 else "",
            row["part"],
            row["category"],
            "",
            row["summary"],
            row["outcome"],
        )
