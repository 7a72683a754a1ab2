"""From `holidays.toml` to the two calendars, with days a force has put in itself."""

from collections.abc import Iterable
from datetime import date

from peelian.statute.holidays import Holidays
from peelian.statute.loading import Place, Table


def calendars(file: str, data: Table, added: Iterable[Table] = ()) -> dict[str, Holidays]:
    """The two readings of the calendar. `added`: days a force has put in, such as one proclaimed since."""
    meta = Place(file, "meta", data.get("meta", {}))
    reaches_from, reaches_to = meta.day("reaches_from"), meta.day("reaches_to")
    if reaches_from is None or reaches_to is None:
        raise meta.refuse("reaches_from", "the table must say from which day to which day it answers")
    home: set[date] = set()
    union: set[date] = set()
    for row in [*data.get("holiday", []), *added]:
        place = Place(file, f"holiday {row.get('day', '?')}", row)
        day, divisions = place.day("day"), place.words("divisions")
        if day is None or not reaches_from <= day < reaches_to:
            raise place.refuse("day", "must be given, within the reach of the table")
        if unknown := set(divisions) - {"england-and-wales", "scotland", "northern-ireland"}:
            raise place.refuse("divisions", f"unknown division {sorted(unknown)[0]!r}")
        if not divisions:
            raise place.refuse("divisions", "must name at least one division")
        union.add(day)
        if "england-and-wales" in divisions:
            home.add(day)
    reach = {"reaches_from": reaches_from, "reaches_to": reaches_to}
    return {
        "england_and_wales": Holidays(
            key="england_and_wales",
            words="England and Wales",
            law="SI 2020/4 reg 2(1); SI 2020/2 reg 1(2)",
            days=home,
            **reach,
        ),
        "united_kingdom": Holidays(
            key="united_kingdom",
            words="any part of the United Kingdom",
            law="Freedom of Information Act 2000 s10(6)",
            days=union,
            **reach,
        ),
    }
