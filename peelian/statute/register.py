"""The whole law in one frozen register, read once, with a force's own dated overrides laid over it.

`product()` is what the product ships. `with_local(folder)` lays a force's files over it. Both are cached: a lookup
costs a microsecond.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from peelian.statute import event_rows, holiday_rows, loading, step_rows
from peelian.statute.holidays import Holidays
from peelian.statute.overrides import laid_over, ways_laid_over
from peelian.statute.rows import Clock, ClockEvents, Event, Instrument, Row, SchemeEdition
from peelian.statute.step_rows import Step
from peelian.terms.known_dates import date_words

HERE = Path(__file__).parent
TABLES = (
    *("matters", "standards", "referral", "clocks", "outcomes", "categories", "access", "service", "lessons"),
    *("victims_code", "own_view", "disclosure", "sampling", "panels", "repeats", "vetting", "washing", "published"),
    *("calibration", "crime_records", "disparity"),
)


class UnknownClock(KeyError):
    """No clock has this id."""


class UnknownTable(KeyError):
    """No table has a section of this name."""


class NotInForce(ValueError):
    """The clock is known, but no edition of it is in force on that day."""


@dataclass(frozen=True, slots=True, eq=False)
class Register:
    """Every row, by key. Immutable; safe to share between threads. Compared by identity: one reading, one object."""

    instruments: Mapping[str, Instrument]
    editions_of: Mapping[str, tuple[Clock, ...]]
    sections: Mapping[str, tuple[Row, ...]]
    events: Mapping[str, Event]
    drives: Mapping[str, ClockEvents]
    steps: Mapping[str, Step]
    scheme: tuple[SchemeEdition, ...]
    england_and_wales: Holidays
    united_kingdom: Holidays
    started_by: Mapping[str, tuple[str, ...]]
    test_vectors: tuple[Mapping[str, Any], ...]
    metas: Mapping[str, Mapping[str, Any]]

    def clock_ids(self) -> tuple[str, ...]:
        """The ids of all clocks, in the order of the table."""
        return tuple(self.editions_of)

    def clocks(self) -> tuple[Clock, ...]:
        """The newest edition of each clock, in the order of the table."""
        return tuple(found[-1] for found in self.editions_of.values())

    def editions(self, clock_id: str) -> tuple[Clock, ...]:
        """Every edition of a clock, oldest first. Raises UnknownClock."""
        try:
            return self.editions_of[clock_id]
        except KeyError:
            raise UnknownClock(clock_id) from None

    def clock(self, clock_id: str, *, on: date) -> Clock:
        """The edition of a clock in force on a day. Raises UnknownClock, NotInForce."""
        for edition in self.editions(clock_id):
            if edition.in_force_on(on):
                return edition
        first = self.editions_of[clock_id][0]
        if first.in_force_from is None:
            raise NotInForce(f"{clock_id} is proposed, not law")
        raise NotInForce(f"no edition of {clock_id} held in the tables is in force on {date_words(on)}")

    def table(self, section: str, *, on: date | None = None) -> tuple[Row, ...]:
        """The rows of a section such as `disciplinary`; with `on`, those in force that day. Raises UnknownTable."""
        try:
            rows = self.sections[section]
        except KeyError:
            raise UnknownTable(section) from None
        return rows if on is None else tuple(row for row in rows if row.in_force_on(on))

    def row(self, section: str, key: str) -> Row:
        """One row of a section by key. Raises UnknownTable."""
        for row in self.table(section):
            if row.key == key:
                return row
        raise UnknownTable(f"{section} {key}")

    def holidays_for(self, clock: Clock) -> Holidays:
        """The calendar that a clock counts by: UK-wide for freedom of information, else England and Wales."""
        for citation in clock.citations:
            if citation.instrument == "FOIA 2000":
                return self.united_kingdom
        return self.england_and_wales


@lru_cache(maxsize=1)
def product() -> Register:
    """The law as shipped. Raises UnsoundLaw."""
    return load(HERE)


def load(folder: Path) -> Register:
    """A register from a folder of tables; for tests of the loader. Raises UnsoundLaw."""
    held = loading.instruments("instruments.toml", loading.read(folder / "instruments.toml"))
    forms = loading.forms_of(held)
    sections: dict[str, tuple[Row, ...]] = {}
    metas: dict[str, Mapping[str, Any]] = {}
    editions: dict[str, list[Clock]] = {}
    vectors: tuple[Mapping[str, Any], ...] = ()
    for name in TABLES:
        file, data = f"{name}.toml", loading.read(folder / f"{name}.toml")
        metas[name] = MappingProxyType(data.get("meta", {}))
        for section, rows in loading.other_rows(file, data, forms).items():
            if section in sections:
                raise loading.UnsoundLaw(file, section, "-", "another table has a section of this name")
            sections[section] = rows
        for row in data.get("clock", []):
            one = loading.clock(file, row, forms)
            editions.setdefault(one.id, []).append(one)
        vectors += tuple(MappingProxyType(vector) for vector in data.get("test_vector", []))
    for found in editions.values():
        loading.refuse_overlaps("clocks.toml", found)
        found.sort(key=lambda one: one.in_force_from or date.max)
    event_data = loading.read(folder / "events.toml")
    held_events = event_rows.events("events.toml", event_data, forms)
    drives = event_rows.drives("events.toml", event_data, forms, held_events, editions)
    calendars = holiday_rows.calendars("holidays.toml", loading.read(folder / "holidays.toml"))
    editions_file = loading.read(folder / "editions.toml")
    return Register(
        instruments=MappingProxyType(held),
        editions_of=MappingProxyType({key: tuple(found) for key, found in editions.items()}),
        sections=MappingProxyType(sections),
        events=MappingProxyType(held_events),
        drives=MappingProxyType({key: drives[key] for key in editions}),
        steps=MappingProxyType(step_rows.steps(folder / "steps", forms, held_events, sections)),
        scheme=loading.scheme_editions("editions.toml", editions_file, forms),
        started_by=MappingProxyType(_started_by(drives)),
        test_vectors=vectors,
        metas=MappingProxyType(metas),
        england_and_wales=calendars["england_and_wales"],
        united_kingdom=calendars["united_kingdom"],
    )


def _started_by(drives: Mapping[str, ClockEvents]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for one in drives.values():
        for event in one.starts:
            found.setdefault(event, []).append(one.clock)
    return {event: tuple(clocks) for event, clocks in found.items()}


def with_local(folder: Path) -> Register:
    """The product's law with a force's own files (`*.toml` in `folder`) laid over it.

    Read again only when a file there changes. A folder that is not there means no overrides. Raises UnsoundLaw.
    """
    if not folder.is_dir():
        return product()
    files = tuple(sorted(folder.glob("*.toml")))
    return _with_files(files, tuple(path.stat().st_mtime_ns for path in files)) if files else product()


@lru_cache(maxsize=8)
def _with_files(files: tuple[Path, ...], stamps: tuple[int, ...]) -> Register:
    law = product()
    forms = loading.forms_of(law.instruments)
    editions = {key: list(found) for key, found in law.editions_of.items()}
    days: list[Mapping[str, Any]] = []
    ways = list(law.sections["service_way"])
    for path in files:
        data = loading.read(path)
        laid_over(path.name, data, editions, forms)
        ways_laid_over(path.name, data, ways, forms)
        days.extend(data.get("holiday", []))
    frozen = MappingProxyType({key: tuple(found) for key, found in editions.items()})
    sections = MappingProxyType({**law.sections, "service_way": tuple(ways)})
    law = replace(law, editions_of=frozen, sections=sections)
    if not days:
        return law
    shipped = loading.read(HERE / "holidays.toml")
    calendars = holiday_rows.calendars("holidays.toml", shipped, added=days)
    return replace(law, england_and_wales=calendars["england_and_wales"], united_kingdom=calendars["united_kingdom"])
