"""Whether a message may go to somebody, by this way, at this moment, in these words; and by when a referral is due.

In: what they agreed (`PlanFacts`), what the register says of the ways to reach them, the message. Out: an `Answer` that
says why not, and what must be said or read first. A message that nobody planned for is not refused; one that breaks
what somebody asked for is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from peelian.rules.answers import Answer
from peelian.rules.registered import implements
from peelian.rules.words import day_words
from peelian.rules.working_days import working_days_after
from peelian.statute import Register
from peelian.terms.contact import DAYS, WITHOUT_AN_HOUR

LAW = "Victims Code (2021) Right 1; Victims Code (2021) Right 4; local"
EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class SafeWay:
    """A way that somebody agreed. `address`: empty for any. `days`: 0 is Monday. Without times, at any hour."""

    channel: str
    address: str = ""
    days: frozenset[int] = EVERY_DAY
    from_time: time | None = None
    to_time: time | None = None
    note: str = ""

    @property
    def when(self) -> str:
        """Its days and hours in words: `on Monday, Tuesday, between 09:00 and 12:00`, or `at any time`."""
        days = "" if self.days == EVERY_DAY else "on " + ", ".join(DAYS[one] for one in sorted(self.days))
        hours = f"between {self.from_time:%H:%M} and {self.to_time:%H:%M}" if self.from_time and self.to_time else ""
        return ", ".join(part for part in (days, hours) if part) or "at any time"


@dataclass(frozen=True, slots=True)
class KnownWay:
    """A way to reach somebody as the register holds it. A refused way without an address is refused whatever it is."""

    channel: str
    address: str
    is_refused: bool
    safety: str


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What was agreed with somebody. No `ways`: none was named. `never_write`: words that may stand in no message."""

    agreed_on: date
    wants_contact: bool
    ways: tuple[SafeWay, ...] = ()
    never_write: tuple[str, ...] = ()
    must_read: bool = False  # it says something that whoever sends must have read


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message about to leave, or one whose leaving is recorded.

    `channel`: empty while nobody has chosen one. `at`: the hour, London; None where it is not known. `words`: all of
    it, with its head. `was_read`: whoever sends it has read what the plan and the register say of safety.
    """

    channel: str
    address: str
    on: date
    at: time | None = None
    words: str = ""
    was_read: bool = False


@implements("Victims Code (2021) Right 1; Victims Code (2021) Right 4; local")
def may_contact(
    message: Outgoing, plan: PlanFacts | None, known: Sequence[KnownWay] = (), unsafe_since: date | None = None
) -> Answer[bool]:
    """Whether this message may go to somebody; the reasons why not, in order.

    `known`: the ways that the register holds. `unsafe_since`: the day on which they told us that a way is not safe any
    more, where the plan has not been agreed anew since.
    """
    why = [*_of_register(message, known), *_of_plan(message, plan)]
    if unsafe_since is not None:
        why.append(
            f"On {day_words(unsafe_since)} they told us that a way of reaching them is not safe any more. Agree their"
            " contact plan anew first, by a way that is safe."
        )
    if plan is not None:
        why += _of_words(message, plan)
    return Answer(not why, LAW, tuple(why) or ("Nothing that they asked for is against it.",), unverified=True)


def asked_first(
    message: Outgoing, plan: PlanFacts | None, known: Sequence[KnownWay] = ()
) -> tuple[tuple[str, str], ...]:
    """What must be given before `may_contact` can be asked: a field of the form and a sentence each."""
    asked = []
    if message.at is None and message.channel and message.channel not in WITHOUT_AN_HOUR:
        timed = [way for way in _ways_of(message, plan) if way.from_time]
        if timed:
            asked.append(("sent_at", f"Say at what time it was sent. This way is safe {timed[0].when}."))
    if not message.was_read and message.channel:
        limits = [row.safety for row in known if row.safety and not row.is_refused and _is_meant(row, message)]
        limits += [way.note for way in _ways_of(message, plan) if way.note]
        if limits:
            asked.append(("safety_read", f"Read first when and how this is safe: {'; '.join(limits)}"))
        elif plan is not None and plan.must_read:
            asked.append(("safety_read", "Read their contact plan first: it says what may never be said, and to whom."))
    return tuple(asked)


@implements("Victims Code (2021) Right 4; local")
def referral_due(law: Register, key: str, started_on: date) -> Answer[date]:
    """By which day a referral is made (`to_refer`) or asked after (`to_follow`), counted from its start."""
    row = next(one for one in law.table("referral_time") if one.key == key)
    value = working_days_after(started_on, int(row["working_days"]), law.england_and_wales)
    steps = (f"{row['label']}: {row['working_days']} working days after {day_words(started_on)}.",)
    return Answer(value, row.law, steps, row.unverified)


def _of_register(message: Outgoing, known: Sequence[KnownWay]) -> list[str]:
    return [
        f"They asked that this way not be used: {row.channel} {row.address}".rstrip() + f". {row.safety}"
        for row in known
        if row.is_refused and message.channel and _is_meant(row, message)
    ]


def _of_plan(message: Outgoing, plan: PlanFacts | None) -> list[str]:
    if plan is None:
        return []
    if not plan.wants_contact:
        return [f"On {day_words(plan.agreed_on)} they said that they want no contact for now."]
    if not message.channel or not plan.ways:
        return []
    channels = list(dict.fromkeys(way.channel for way in plan.ways))
    if message.channel not in channels:
        return [f"Their contact plan names other ways: {', '.join(channels)}."]
    fitting = _ways_of(message, plan)
    if not fitting:
        return ["Their contact plan names another address or number for this way."]
    if any(_is_open(way, message) for way in fitting):
        return []
    return [f"It is not safe then. {message.channel.capitalize()} is safe {fitting[0].when}."]


def _of_words(message: Outgoing, plan: PlanFacts) -> list[str]:
    folded = message.words.casefold()
    found = [word for word in plan.never_write if word.casefold() in folded]
    return [f"Their contact plan says that nothing written to them may hold “{word}”." for word in found]


def _ways_of(message: Outgoing, plan: PlanFacts | None) -> list[SafeWay]:
    """The agreed ways that this message would go by."""
    ways = plan.ways if plan else ()
    return [way for way in ways if way.channel == message.channel and _fits(way.address, message.address)]


def _is_open(way: SafeWay, message: Outgoing) -> bool:
    if message.channel in WITHOUT_AN_HOUR:
        return True
    if message.on.weekday() not in way.days:
        return False
    if way.from_time is None or way.to_time is None or message.at is None:
        return True
    return way.from_time <= message.at < way.to_time


def _is_meant(row: KnownWay, message: Outgoing) -> bool:
    return row.channel == message.channel and _fits(row.address, message.address)


def _fits(held: str, used: str) -> bool:
    """Alike but for blanks and capitals; where either is not given, it may be meant."""
    return not held or not used or "".join(held.split()).casefold() == "".join(used.split()).casefold()
