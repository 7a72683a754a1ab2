"""The law as rows: instruments, clocks, kinds, standards, outcomes, bank holidays; every row cited and dated.

In: the TOML files beside this one, and a force's own dated overrides. Out: frozen rows by key and by day.
Must never know: Django, a database, any matter or person.

`statute.clock("CMP-03", on=day)`, `statute.table("disciplinary")` and the rest read the law as shipped.
`statute.with_local(folder)` gives a `Register` with the same questions and a force's own changes laid over.
"""

from datetime import date

from peelian.statute.detail_rows import CitesLines, Detail
from peelian.statute.holidays import BeyondTheTable, Holidays
from peelian.statute.loading import UnsoundLaw
from peelian.statute.register import (
    NotInForce,
    Register,
    UnknownClock,
    UnknownTable,
    load,
    product,
    with_local,
)
from peelian.statute.rows import (
    Citation,
    Clock,
    ClockEvents,
    CountFrom,
    Direction,
    Event,
    Force,
    Instrument,
    Nature,
    Otherwise,
    Row,
    Runs,
    SchemeEdition,
    Status,
    Unit,
)
from peelian.statute.step_rows import STAGES, Indication, Option, Per, Question, Step, Through, stage_words

__all__ = [
    "STAGES",
    "BeyondTheTable",
    "Citation",
    "CitesLines",
    "Clock",
    "ClockEvents",
    "CountFrom",
    "Detail",
    "Direction",
    "Event",
    "Force",
    "Holidays",
    "Indication",
    "Instrument",
    "Nature",
    "NotInForce",
    "Option",
    "Otherwise",
    "Per",
    "Question",
    "Register",
    "Row",
    "Runs",
    "SchemeEdition",
    "Status",
    "Step",
    "Through",
    "Unit",
    "UnknownClock",
    "UnknownTable",
    "UnsoundLaw",
    "categories",
    "clock",
    "clocks",
    "editions",
    "events",
    "instruments",
    "load",
    "product",
    "stage_words",
    "table",
    "with_local",
]


def clock(clock_id: str, *, on: date) -> Clock:
    """The edition of a clock in force on a day. Raises UnknownClock, NotInForce."""
    return product().clock(clock_id, on=on)


def clocks() -> tuple[Clock, ...]:
    """The newest edition of each clock, in the order of the table."""
    return product().clocks()


def editions(clock_id: str) -> tuple[Clock, ...]:
    """Every edition of a clock, oldest first. Raises UnknownClock."""
    return product().editions(clock_id)


def instruments() -> tuple[Instrument, ...]:
    """Every instrument that a row may cite."""
    return tuple(product().instruments.values())


def events() -> tuple[Event, ...]:
    """Every kind of dated fact that drives a clock, in the order of the table."""
    return tuple(product().events.values())


def table(section: str, *, on: date | None = None) -> tuple[Row, ...]:
    """The rows of a section of a table; with `on`, those in force that day. Raises UnknownTable."""
    return product().table(section, on=on)


def categories(*, on: date | None = None) -> tuple[Row, ...]:
    """The national allegation categories, sub-categories after their category."""
    rows = (*table("category", on=on), *table("subcategory", on=on))
    return tuple(sorted(rows, key=lambda row: (row.key[0], len(row.key), row.key)))
