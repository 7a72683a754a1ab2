"""From `events.toml` to the events and what they do to each clock. Refuses a clock without a row."""

from collections.abc import Collection, Mapping
from typing import Any

from peelian.statute.citations import Forms
from peelian.statute.loading import Place, cited
from peelian.statute.rows import ClockEvents, Event, Nature, Otherwise, Runs
from peelian.terms.matters import Capacity, MatterKind, Part
from peelian.terms.people import PersonKind

ANY, OF_THE_FORCE = "any", "force"
_KINDS = frozenset({*MatterKind, ANY, OF_THE_FORCE})


def events(file: str, data: Mapping[str, Any], forms: Forms) -> dict[str, Event]:
    """The kinds of dated fact, by key."""
    found: dict[str, Event] = {}
    for row in data.get("event", []):
        place = Place(file, str(row.get("key", "?")), row)
        law = place.text("law")
        cited(place, law, forms)
        key = place.text("key", needed=True)
        if key in found:
            raise place.refuse("key", "is used twice")
        found[key] = Event(
            key=key,
            words=place.text("words", needed=True),
            law=law,
            kinds=_known(place, "kinds", _KINDS),
            needs_person=place.truth("needs_person"),
            needs_moment=place.truth("needs_moment"),
            may_be_ahead=place.truth("may_be_ahead"),
            decided=place.truth("decided"),
        )
    return found


def drives(
    file: str, data: Mapping[str, Any], forms: Forms, held: Mapping[str, Event], clocks: Collection[str]
) -> dict[str, ClockEvents]:
    """What drives each clock, by clock id. Refuses a clock with no row or two, and an unknown event."""
    found: dict[str, ClockEvents] = {}
    otherwise = _otherwise(file, data, forms, clocks)
    for row in data.get("drives", []):
        place = Place(file, str(row.get("clock", "?")), row)
        clock = place.text("clock", needed=True)
        if clock not in clocks:
            raise place.refuse("clock", "is not in clocks.toml")
        if clock in found:
            raise place.refuse("clock", "has two rows")
        one = ClockEvents(
            clock=clock,
            starts=_known(place, "starts", held),
            met_by=_known(place, "met_by", held),
            ended_by=_known(place, "ended_by", held),
            released_by=_known(place, "released_by", held),
            owed_again_by=_known(place, "owed_again_by", held),
            reset_by=_known(place, "reset_by", held),
            needs=_known(place, "needs", held),
            not_if=_known(place, "not_if", held),
            unless_before=place.text("unless_before"),
            per_person=place.truth("per_person"),
            starts_for_all=place.truth("starts_for_all"),
            owed_parts=tuple(Part(one) for one in _known(place, "owed_parts", set(Part))),
            nature=place.one_of(Nature, "nature"),
            runs=place.one_of(Runs, "runs"),
            capacity=place.one_of(Capacity, "capacity"),
            waits_on=place.text("waits_on"),
            kinds=_known(place, "kinds", _KINDS),
            stops_when_closed=place.truth("stops_when_closed"),
            follows=place.text("follows"),
            scheme=place.truth("scheme"),
            raised_to=place.words("raised_to"),
            otherwise=otherwise.get(clock),
        )
        if not one.starts:
            raise place.refuse("starts", "must name at least one event")
        if not one.kinds:
            raise place.refuse("kinds", "must name at least one kind of matter")
        if (one.released_by or one.owed_again_by) and not one.per_person:
            raise place.refuse("released_by", "lets a person go, and so belongs to a per-person clock")
        if one.per_person and not one.owed_parts:
            raise place.refuse("owed_parts", "must say to whom a per-person clock is owed")
        found[clock] = one
    if missing := sorted(set(clocks) - set(found)):
        raise Place(file, missing[0], {}).refuse("clock", "no row says which events drive this clock")
    return found


def _otherwise(file: str, data: Mapping[str, Any], forms: Forms, clocks: Collection[str]) -> dict[str, Otherwise]:
    """By clock, what is cited for people whom its law does not reach. Refuses two rows for one clock."""
    found: dict[str, Otherwise] = {}
    for row in data.get("otherwise", []):
        place = Place(file, "otherwise", row)
        law = place.text("law", needed=True)
        cited(place, law, forms)
        workers = tuple(PersonKind(one) for one in _known(place, "workers", frozenset(PersonKind)))
        for clock in _known(place, "clocks", clocks):
            if clock in found:
                raise place.refuse("clocks", f"{clock} has two rows")
            found[clock] = Otherwise(workers, law, place.text("says", needed=True))
    return found


def _known(place: Place, field: str, known: Collection[str]) -> tuple[str, ...]:
    words = place.words(field)
    for word in words:
        if word not in known:
            raise place.refuse(field, f"unknown {word!r}")
    return words
