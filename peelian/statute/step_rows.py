"""From `steps/*.toml` to the steps of casework: who may decide what, after what, with which answers and outcomes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from peelian.statute.citations import Forms
from peelian.statute.detail_rows import CitesLines, Detail, details
from peelian.statute.loading import Place, cited, read
from peelian.statute.rows import Event, Row
from peelian.terms.contact import Topic
from peelian.terms.matters import MatterKind, Part
from peelian.terms.people import PersonKind
from peelian.terms.permissions import Permission

STAGES = (
    "assessment",
    "measures",
    "investigation",
    "contact",
    "proceedings",
    "accelerated",
    "former_officers",
    "lists",
    "performance",
    "reviews",
)  # one file each, in the order of a page


def stage_words(stage: str) -> str:
    """A stage as a heading says it."""
    return stage.replace("_", " ").capitalize()


SAID = "said_"  # stands before a topic of consent or wishes (`terms.contact.Topic`) that somebody said yes to
OUTCOMES = "outcomes"  # the table whose codes an outcome of a step may bear
LOCAL = "Local rule"  # the law of a row that the force made itself

_APPLIES: Mapping[str, tuple[str, ...]] = {  # the short words of referral.toml
    "complaint": (MatterKind.COMPLAINT_OUTSIDE_SCHEDULE_3, MatterKind.COMPLAINT_UNDER_SCHEDULE_3),
    "recordable_conduct": (MatterKind.CONDUCT_MATTER, MatterKind.RECORDABLE_CONDUCT_MATTER, MatterKind.HISTORY),
    "dsi": (MatterKind.DSI_MATTER,),
}


_TOPICS = frozenset(f"{SAID}{topic.value}" for topic in Topic)


class Through(StrEnum):
    """What a step is taken through, beside the casework itself."""

    CASEWORK = ""
    PANEL = "panel"  # taken as any other, once the panel that is recorded is eligible and whole
    RECORD = "record"  # taken by an act on the record of the proceedings alone, which holds what it says


class Per(StrEnum):
    """For whom a step is decided: once for the matter, or once for each person with a part in it."""

    MATTER = "matter"
    OFFICER = "officer"
    COMPLAINANT = "complainant"  # and each interested person
    INTERESTED = "interested"  # interested persons alone

    @property
    def parts(self) -> tuple[Part, ...]:
        return {
            Per.MATTER: (),
            Per.OFFICER: (Part.OFFICER_CONCERNED,),
            Per.COMPLAINANT: (Part.COMPLAINANT, Part.INTERESTED_PERSON),
            Per.INTERESTED: (Part.INTERESTED_PERSON,),
        }[self]


@dataclass(frozen=True, slots=True)
class Question:
    """A question that is answered yes or no before an outcome is chosen. `kinds`: of matter; empty for all.
    `in_words`: the answer is written out too, since a tick would not do."""

    key: str
    words: str
    law: str
    kinds: tuple[str, ...]
    unverified: bool
    in_words: bool = False


@dataclass(frozen=True, slots=True)
class Indication:
    """`option` is indicated where every answer in `every` is yes, one of `some` is (if any), and none of `none` is."""

    option: str
    words: str
    law: str
    every: tuple[str, ...]
    some: tuple[str, ...]
    none: tuple[str, ...]

    @property
    def asks(self) -> bool:
        """Whether it has a condition."""
        return bool(self.every or self.some or self.none)


@dataclass(frozen=True, slots=True)
class Option:
    """An outcome of a step. `events`: what it records, and so which clocks start or are met; `events_again`: what it
    records instead where it replaces an earlier decision. `countersign`: it takes effect once a second, independent
    person has signed. `apart`: the lessons for which that person is also of another unit and of another line manager.
    `needs`: one of these (`step` or `step=option`) must stand for the same person; `unless`: none of
    these may. `code`: of a row of outcomes.toml that it stands for.
    `editions`: keys of the scheme editions under which it is open; empty for all. `asks_day`: it fixes a day, said so.
    `leads_to`: the kind of a matter that is to be recorded because of it; empty for none.
    """

    key: str
    words: str
    law: str
    events: tuple[str, ...]
    events_again: tuple[str, ...]
    countersign: bool
    apart: tuple[str, ...]
    needs: tuple[str, ...]
    unless: tuple[str, ...]
    code: str
    editions: tuple[str, ...]
    from_on: date | None
    to_on: date | None  # not included
    asks_day: str
    leads_to: str
    unverified: bool

    def open_on(self, day: date) -> bool:
        return (self.from_on is None or self.from_on <= day) and (self.to_on is None or day < self.to_on)


@dataclass(frozen=True, slots=True)
class Step:
    """One decision or act of casework.

    `after`: one of these (`step` or `step=option`) must stand first, for the matter or the same person (at a step for
    the matter: for anybody); `after_on`: the
    kinds of matter on which that is asked, empty for all; `said_<topic>` stands while the person says so of themselves
    (room `contact`). `not_after`: none of these may stand. `owner`: the power that
    takes it. `independent_of`: steps whose author may not take this one. `joint_view`: only after everything known of
    each person concerned was opened and the decision whether to take matters together was recorded. `again`: it may be
    taken anew, and the new one replaces the old. `workers`: kinds of worker it is for; empty for all. `details`: what
    it records besides its reasons. `lines`: what it does with the lines of enquiry of the matter. `through`: what it
    is taken through, which the room `decisions` checks it was.
    """

    key: str
    stage: str
    words: str
    law: str
    says: str
    per: Per
    kinds: tuple[str, ...]
    workers: tuple[str, ...]
    owner: Permission
    after: tuple[str, ...]
    after_on: tuple[str, ...]
    not_after: tuple[str, ...]
    joint_view: bool
    again: bool
    independent_of: tuple[str, ...]
    questions: tuple[Question, ...]
    options: tuple[Option, ...]
    indications: tuple[Indication, ...]
    unverified: bool
    details: tuple[Detail, ...] = ()
    lines: CitesLines = CitesLines.NO
    through: Through = Through.CASEWORK
    until: str = ""
    after_words: tuple[str, ...] = ()  # `after`, as it is said to a person

    def comes_after(self, kind: str) -> tuple[str, ...]:
        """What must stand first on this kind of matter: one of these; nothing where empty."""
        return () if self.after_on and kind not in self.after_on else self.after

    def option(self, key: str) -> Option | None:
        return next((one for one in self.options if one.key == key), None)


def steps(
    folder: Path, forms: Forms, events: Mapping[str, Event], sections: Mapping[str, tuple[Row, ...]]
) -> dict[str, Step]:
    """Every step by key, stage by stage. Raises UnsoundLaw: no law, an unknown event, power, kind, step or question."""
    found: dict[str, Step] = {}
    for stage in STAGES:
        path = folder / f"{stage}.toml"
        if not path.exists():
            continue
        for row in read(path).get("step", []):
            place = Place(f"steps/{path.name}", str(row.get("key", "?")), row)
            one = _step(place, stage, forms, events, sections)
            if one.key in found:
                raise place.refuse("key", "is used twice")
            found[one.key] = one
    for one in found.values():
        _refuse_loose_ends(one, found)
    return {key: replace(one, after_words=_after_words(one, found)) for key, one in found.items()}


def _after_words(step: Step, held: Mapping[str, Step]) -> tuple[str, ...]:
    """What must stand first, in words: the step, with the outcome where only one of its outcomes counts."""
    said: dict[str, list[str]] = {}
    for word in step.after:
        key, _, outcome = word.partition("=")
        if key in held:
            option = held[key].option(outcome)
            said.setdefault(held[key].words, []).append(option.words if option else "")
    return tuple(f"“{words}”: {one[0]}" if len(one) == 1 and one[0] else f"“{words}”" for words, one in said.items())


def _step(
    place: Place,
    stage: str,
    forms: Forms,
    events: Mapping[str, Event],
    sections: Mapping[str, tuple[Row, ...]],
) -> Step:
    law = place.text("law")
    cited(place, law, forms)
    questions = _questions(place, forms, sections)
    codes = frozenset(row.key for rows in sections.values() for row in rows if row.table == OUTCOMES)
    options = tuple(_option(place, row, law, forms, events, codes) for row in place.row.get("option", []))
    if not options:
        raise place.refuse("option", "a step needs at least one outcome")
    if len({one.key for one in options}) < len(options):
        raise place.refuse("option", "two outcomes have one key")
    step = Step(
        key=place.text("key", needed=True),
        stage=stage,
        words=place.text("words", needed=True),
        law=law,
        says=place.text("says"),
        per=place.one_of(Per, "per", Per.MATTER),
        kinds=_known(place, "kinds", frozenset(MatterKind)) or tuple(MatterKind),
        workers=_known(place, "workers", frozenset(PersonKind)),
        owner=_owner(place),
        after=place.words("after"),
        after_on=_known(place, "after_on", frozenset(MatterKind)),
        not_after=place.words("not_after"),
        joint_view=place.truth("joint_view"),
        again=place.truth("again"),
        independent_of=place.words("independent_of"),
        questions=questions,
        options=options,
        indications=(),
        unverified=_unread(place.text("law"), place.truth("seen")),
        details=details(place, {one.key for one in options}, {one.key for one in questions}),
        lines=place.one_of(CitesLines, "lines", CitesLines.NO),
        through=place.one_of(Through, "through", Through.CASEWORK),
        until=place.text("until"),
    )
    for one in options:
        for key in {*one.events, *one.events_again}:
            _refuse_unfit(place, step, events[key])
    asked = {one.key for one in questions}
    indications = tuple(_indication(place, row, law, asked, step) for row in place.row.get("indicates", []))
    if bool(questions) != bool(indications):
        raise place.refuse("indicates", "questions and indications come together")
    if indications and [one.asks for one in indications] != [True] * (len(indications) - 1) + [False]:
        raise place.refuse("indicates", "the last one, and no other, stands without a condition")
    return replace(step, indications=indications)


def _owner(place: Place) -> Permission:
    owner = place.one_of(Permission, "owner")
    if owner is Permission.COUNTERSIGN:
        raise place.refuse("owner", "a countersign is a second signature, never a step of its own")
    return owner


def _questions(place: Place, forms: Forms, sections: Mapping[str, tuple[Row, ...]]) -> tuple[Question, ...]:
    """Those written with the step, then the rows of the tables that it asks through (`asks_tables`, without `but`)."""
    found = []
    for row in place.row.get("question", []):
        inner = Place(place.file, f"{place.key} {row.get('key', '?')}", row)
        law = inner.text("law") or place.text("law")
        cited(inner, law, forms)
        key, words = inner.text("key", needed=True), inner.text("words", needed=True)
        kinds = _known(inner, "kinds", frozenset(MatterKind))
        found.append(Question(key, words, law, kinds, not inner.truth("seen"), inner.truth("in_words")))
    left_out = frozenset(place.words("but"))
    for table in _known(place, "asks_tables", sections):
        found += [_asked(row) for row in sections[table] if row.key not in left_out]
    if len({one.key for one in found}) < len(found):
        raise place.refuse("question", "two questions have one key")
    return tuple(found)


def _unread(law: str, seen: bool) -> bool:
    """Whether a provision was not read in its text. A rule of the force itself has no other text than its row."""
    return not seen and law != LOCAL


def _asked(row: Row) -> Question:
    summary = row.get("summary", "")
    words = f"{row.title}: {summary}" if summary else row.title
    kinds = tuple(kind for applies in row.get("applies_to", ()) for kind in _APPLIES[applies])
    return Question(row.key, words, row.law, kinds, row.unverified)


def _option(
    place: Place,
    row: Mapping[str, Any],
    law: str,
    forms: Forms,
    events: Mapping[str, Event],
    codes: Collection[str],
) -> Option:
    inner = Place(place.file, f"{place.key} {row.get('key', '?')}", row)
    own = inner.text("law") or law
    cited(inner, own, forms)
    option = Option(
        key=inner.text("key", needed=True),
        words=inner.text("words", needed=True),
        law=own,
        events=_known(inner, "events", events),
        events_again=_known(inner, "events_again", events) or _known(inner, "events", events),
        countersign=inner.truth("countersign"),
        apart=inner.words("apart"),
        needs=inner.words("needs"),
        unless=inner.words("unless"),
        code=_code(inner, codes),
        editions=inner.words("editions"),
        from_on=inner.day("from"),
        to_on=inner.day("to"),
        asks_day=inner.text("asks_day"),
        leads_to=_kind(inner, "leads_to"),
        unverified=_unread(own, inner.truth("seen", place.truth("seen"))),
    )
    fixes = any(events[key].may_be_ahead for key in {*option.events, *option.events_again})
    if option.apart and not option.countersign:
        raise inner.refuse("apart", "belongs to an outcome that a second person signs (countersign)")
    if fixes != bool(option.asks_day):
        raise inner.refuse("asks_day", "belongs to an outcome that records a day fixed beforehand, and to no other")
    return option


def _kind(place: Place, field: str) -> str:
    kind = place.text(field)
    if kind and kind not in frozenset(MatterKind):
        raise place.refuse(field, f"unknown {kind!r}")
    return kind


def _code(place: Place, codes: Collection[str]) -> str:
    code = place.text("code")
    if code and code not in codes:
        raise place.refuse("code", f"outcomes.toml has no {code!r}")
    return code


def _indication(place: Place, row: Mapping[str, Any], law: str, asked: Collection[str], step: Step) -> Indication:
    inner = Place(place.file, f"{place.key} indicates {row.get('option', '?')}", row)
    option = inner.text("option", needed=True)
    if step.option(option) is None:
        raise inner.refuse("option", f"the step has no outcome {option!r}")
    every, some, none = (_known(inner, field, asked) for field in ("every", "some", "none"))
    return Indication(option, inner.text("words", needed=True), inner.text("law") or law, every, some, none)


def _refuse_unfit(place: Place, step: Step, event: Event) -> None:
    if event.needs_person and step.per is Per.MATTER:
        raise place.refuse("events", f"{event.key} is recorded for a person, and the step is for the matter")
    if "any" not in event.kinds and not set(step.kinds) <= set(event.kinds):
        raise place.refuse("events", f"{event.key} is not recorded on every kind of matter that the step is for")


def _refuse_loose_ends(step: Step, held: Mapping[str, Step]) -> None:
    place = Place(f"steps/{step.stage}.toml", step.key, {})
    named = {"after": step.after, "not_after": step.not_after, "independent_of": step.independent_of}
    for option in step.options:
        named |= {f"needs of {option.key}": option.needs, f"unless of {option.key}": option.unless}
    for field, words in named.items():
        for word in words:
            key, _, outcome = word.partition("=")
            if field in ("after", "independent_of") and word in _TOPICS and step.per is Per.COMPLAINANT:
                continue
            if key not in held or (outcome and held[key].option(outcome) is None):
                raise place.refuse(field, f"no step or outcome {word!r}")
            if step.per is not Per.MATTER and held[key].per not in (Per.MATTER, step.per):
                raise place.refuse(field, f"{word!r} is decided for other people, so it never stands here")


def _known(place: Place, field: str, known: Collection[str]) -> tuple[str, ...]:
    words = place.words(field)
    for word in words:
        if word not in known:
            raise place.refuse(field, f"unknown {word!r}")
    return words
