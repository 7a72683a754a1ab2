"""Facts of a matter written briefly, and a run of any clock by its own events."""

from datetime import date, datetime

from peelian import statute
from peelian.rules import Duty, EventFact, MatterFacts, PersonOwed, duties
from peelian.rules.limits import add_months
from peelian.statute import ClockEvents
from peelian.terms.known_dates import KnownDate
from peelian.terms.matters import MatterKind, Part

LAW = statute.product()
ANA = PersonOwed("ana", Part.COMPLAINANT)
IDA = PersonOwed("ida", Part.INTERESTED_PERSON)
OLE = PersonOwed("ole", Part.OFFICER_CONCERNED)


def day(year: int, month: int | None = None, of_month: int | None = None) -> KnownDate:
    return KnownDate.of(year, month, of_month)


def event(key: str, on: date | KnownDate, person: str = "", **more: object) -> EventFact:
    known = on if isinstance(on, KnownDate) else KnownDate(on)
    return EventFact(key, known, person_key=person, **more)  # type: ignore[arg-type]  # the test names the fields


def matter(
    *events: EventFact,
    came: KnownDate | None = None,
    kind: MatterKind | None = MatterKind.COMPLAINT_UNDER_SCHEDULE_3,
    people: tuple[PersonOwed, ...] = (ANA, IDA, OLE),
    **more: object,
) -> MatterFacts:
    came = came if came is not None else min((one.on for one in events), default=None)
    return MatterFacts(kind, came, events=events, people_owed=people, **more)  # type: ignore[arg-type]  # as above


def of(clock_id: str, facts: MatterFacts, on: date, **more: object) -> list[Duty]:
    """The duties of one clock."""
    return [duty for duty in duties(facts, on, **more) if duty.clock_id == clock_id]  # type: ignore[arg-type]  # as above


def one(clock_id: str, facts: MatterFacts, on: date, **more: object) -> Duty:
    found = of(clock_id, facts, on, **more)
    assert len(found) == 1, [(duty.clock_id, duty.person_key, duty.state) for duty in found]
    return found[0]


def started(clock_id: str, trigger: date, at: datetime | None = None) -> MatterFacts:
    """A matter of a kind on which this clock can arise, with the event that starts it on `trigger`."""
    drive = LAW.drives[clock_id]
    came = add_months(trigger, -12) if drive.follows else trigger
    person = ""
    people: tuple[PersonOwed, ...] = ()
    if drive.per_person:
        person, people = "owed", (PersonOwed("owed", Part(drive.owed_parts[0])),)
    events = [event(key, came) for key in drive.needs[:1]]
    if drive.starts[0] != "came_to_attention":
        events.append(event(drive.starts[0], trigger, person, at=at))
    return MatterFacts(kind_for(drive), KnownDate(came), events=tuple(events), people_owed=people)


def kind_for(drive: ClockEvents) -> MatterKind | None:
    if "force" in drive.kinds:
        return None
    return MatterKind.COMPLAINT_UNDER_SCHEDULE_3 if "any" in drive.kinds else MatterKind(drive.kinds[0])
