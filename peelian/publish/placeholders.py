"""The named facts that a template may ask for. The list is closed: an unknown name is an error of the template.

In: facts of a matter as a viewer may know them, and what the writer wrote. Out: the words that stand in a letter.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from peelian.rules.words import day_words
from peelian.statute import Register, Unit
from peelian.terms.known_dates import KnownDate

CHRONOLOGIES = "chronologies"
FOUND = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
LIST_NAMES = frozenset({"officers", "allegations", CHRONOLOGIES})
SIMPLE = {
    "matter.ref": "the reference of the matter",
    "matter.kind": "its kind, in the words of the law",
    "matter.came_on": "the day it came to the attention of the force",
    "addressee.name": "the name of whoever the letter is to",
    "about.name": "the name of the officer whom the letter concerns, after their rank where it is known",
    "officers": "the officers concerned, with their ranks; one a line where a list item holds nothing else",
    "allegations": "the categories of the allegations, without their text; one a line in a list",
    CHRONOLOGIES: "all that is known of each person concerned, oldest first, with day and source; one a line in a list",
    "handler.name": "who handles the matter",
    "investigator.name": "who investigates it",
    "writer.name": "who wrote the letter",
    "force.name": "the name of the force (letterhead.toml)",
    "force.department": "the department that writes (letterhead.toml)",
    "force.contact": "how to reach it, on one line (letterhead.toml)",
    "ombudsman.name": "the Independent Office for Police Conduct",
}
FAMILIES = {
    "event.<key>": "the day of an event of events.toml, the last one that stands for this person",
    "length.<clock>": "the length of a limit of clocks.toml in words, such as 10 working days",
    "write.<key>": "a paragraph of the writer's own, named in the head of the template",
}
FIELDS_OF_PLACEHOLDERS = {"about.name": "name", "officers": "name", "allegations": "content", CHRONOLOGIES: "content"}
OMBUDSMAN = "the Independent Office for Police Conduct"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a letter may say of its matter. Empty where the record does not say; `events` by key, for one person.

    `lengths`: the words of each limit's number, by its id. `chronologies`: read only for a template that asks for it.
    """

    matter_ref: str
    matter_kind: str
    matter_came_on: KnownDate | None
    addressee_name: str
    about_name: str
    officers: tuple[str, ...]
    allegations: tuple[str, ...]
    handler: str
    investigator: str
    writer: str
    force: str
    department: str
    contact: str
    events: Mapping[str, KnownDate] = field(default_factory=dict)
    lengths: Mapping[str, str] = field(default_factory=dict)
    chronologies: tuple[str, ...] = ()


class NotKnown(LookupError):
    """A fact that the template needs is not on the record. `why` says so to whoever writes the letter."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(why)
        self.name = name
        self.why = why


def names_in(text: str) -> tuple[str, ...]:
    """The placeholders of a text, in order, each once."""
    return tuple(dict.fromkeys(FOUND.findall(text)))


def problem_with(name: str, law: Register, paragraphs: Mapping[str, object]) -> str:
    """Why this is no placeholder, in a sentence; empty where it is one."""
    if name in SIMPLE:
        return ""
    family, _, key = name.partition(".")
    if family == "event":
        return "" if key in law.events else f"{{{{{name}}}}}: events.toml has no event {key!r}"
    if family == "length":
        if key not in law.editions_of:
            return f"{{{{{name}}}}}: clocks.toml has no clock {key!r}"
        is_number = law.editions_of[key][-1].unit is not Unit.ASAP
        return "" if is_number else f"{{{{{name}}}}}: the law gives {key} no number of days"
    if family == "write":
        return "" if key in paragraphs else f"{{{{{name}}}}}: the head names no paragraph {key!r}"
    known = ", ".join([*SIMPLE, *FAMILIES])
    return f"{{{{{name}}}}} is no placeholder; there are: {known}"


def lengths_of(law: Register) -> dict[str, str]:
    """The words of every limit that has a number, by its id."""
    clocks = (editions[-1] for editions in law.editions_of.values())
    return {clock.id: clock.length_words.partition(",")[0] for clock in clocks if clock.unit is not Unit.ASAP}


def value_of(facts: Facts, name: str, law: Register) -> tuple[str, ...]:
    """The words for a placeholder other than a paragraph; several for a list. Raises NotKnown."""
    family, _, key = name.partition(".")
    if family == "event":
        known = facts.events.get(key)
        if known is None:
            raise NotKnown(name, f"The record does not say when this happened: {law.events[key].words}.")
        return (day_words(known.earliest) if known.is_exact else known.words,)
    if family == "length":
        return (facts.lengths[key],)
    found = _simple(facts, name)
    if not any(found):
        raise NotKnown(name, f"The record does not say {SIMPLE[name]}.")
    return found


def _simple(facts: Facts, name: str) -> tuple[str, ...]:
    came = facts.matter_came_on
    values: dict[str, str | tuple[str, ...]] = {
        "matter.ref": facts.matter_ref,
        "matter.kind": facts.matter_kind[:1].lower() + facts.matter_kind[1:],
        "matter.came_on": "" if came is None else day_words(came.earliest) if came.is_exact else came.words,
        "addressee.name": facts.addressee_name,
        "about.name": facts.about_name,
        "officers": facts.officers,
        "allegations": facts.allegations,
        CHRONOLOGIES: facts.chronologies,
        "handler.name": facts.handler,
        "investigator.name": facts.investigator,
        "writer.name": facts.writer,
        "force.name": facts.force,
        "force.department": facts.department,
        "force.contact": facts.contact,
        "ombudsman.name": OMBUDSMAN,
    }
    value = values[name]
    return value if isinstance(value, tuple) else (value,)
