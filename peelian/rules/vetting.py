"""Vetting: when a decision may be taken, what it may be, what each reason needs, how long clearance lasts.

In: rows of `statute/vetting.toml` and facts. Out: refusals with their law, answers with their working. It never says
whether somebody is suitable: a named person decides.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from peelian.rules.answers import Answer
from peelian.rules.limits import add_months, ends_on
from peelian.rules.registered import implements
from peelian.rules.words import day_words
from peelian.statute import Clock, NotInForce, Register, Row, UnsoundLaw
from peelian.terms.known_dates import KnownDate
from peelian.terms.people import PersonKind
from peelian.terms.refusals import Refusal
from peelian.terms.vetting import SourceState

SILENCE = "Local rule (LES-13): no decision while a source is neither answered nor explained"
ADDRESSED = "Local rule (LES-01): every allegation, whatever became of it, is weighed before a decision"
ALONE = "Local rule (LES-28)"
ROUTINE = "Local rule (LES-06): a renewal is decided with a second person where something stands against it"
REGULATIONS = "SI 2025/502"
SUSPENSION = ("suspended", "suspension_ended")
APPEALED = "appealed"
ENDED = "The suspension ended already."
UNDER_REGULATIONS = frozenset({PersonKind.OFFICER, PersonKind.SPECIAL_CONSTABLE})


@dataclass(frozen=True, slots=True)
class Weighing:
    """What was said of one piece of adverse information: the weight, the reasons it rests on, and the words."""

    weight: str
    reasons: tuple[str, ...]
    words: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A matter as the block on a routine renewal needs it. `came`: None where nobody knows."""

    came: KnownDate | None
    is_open: bool
    is_serious: bool


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One act of a withdrawal. `by`: who did it, as the journal names them."""

    key: str
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class Held:
    """A conviction or caution, as a rule that is tried out reads it."""

    id: int = field(repr=False)
    category: str
    disposal: str
    while_serving: bool


def row_of(law: Register, section: str, key: str) -> Row | None:
    """A row of a section by its key; None where there is none."""
    return next((row for row in law.table(section) if row.key == key), None)


def sources(law: Register, areas: Iterable[str]) -> tuple[tuple[Row, str], ...]:
    """Every source of an application, with the area it is asked of; the area is empty where there is one answer."""
    places = tuple(areas)
    return tuple(
        (row, area) for row in law.table("vetting_check") for area in (places if row.get("by_area") else ("",))
    )


def undecidable(law: Register, purpose: Row, found: Iterable[tuple[str, SourceState]]) -> Refusal | None:
    """Why no decision can be taken yet: a source is not settled, or is only explained where that is not enough.

    `found`: each source in words with where it stands. LES-13 and LES-29: at a transfer an explanation is not enough.
    """
    listed = tuple(found)
    open_ones = [words for words, state in listed if not state.is_settled]
    if open_ones:
        rest = "or say why it is not checked" if purpose.get("may_explain") else "since here a reason is not enough"
        law_of_it = SILENCE if purpose.get("may_explain") else purpose.law
        return Refusal(f"Not answered: {_listed(open_ones)}. Record each answer, {rest}.", law_of_it)
    explained = [words for words, state in listed if state is SourceState.EXPLAINED]
    if explained and not purpose.get("may_explain"):
        return Refusal(f"Not answered: {_listed(explained)}. {purpose.title}: a reason is not enough.", purpose.law)
    return None


def unweighed(items: Mapping[str, str], weighed: Collection[str]) -> Refusal | None:
    """Why no decision can be taken: something against the person was not weighed. `items`: key to words."""
    missing = [words for key, words in items.items() if key not in weighed]
    return Refusal(f"Not weighed yet: {_listed(missing)}.", ADDRESSED) if missing else None


def wrong_weighing(law: Register, said: Weighing) -> tuple[str, Refusal] | None:
    """Which part of a weighing cannot stand, and why; None where it can. The part: weight, reasons, words, evidence."""
    if row_of(law, "vetting_weight", said.weight) is None:
        return "weight", Refusal("Choose how much weight it is given.", ADDRESSED)
    rows = [row for key in said.reasons if (row := row_of(law, "vetting_reason", key))]
    if not rows or len(rows) != len(said.reasons):
        return "reasons", Refusal("Choose the reasons that the weight rests on.", ADDRESSED)
    if not said.words.strip():
        return "words", Refusal("Say why, in words.", ADDRESSED)
    if said.weight in ("none", "little") and not any(row.get("alone") for row in rows):
        names = " and ".join(f"“{row.title}”" for row in rows)
        return "reasons", Refusal(f"{names} alone is no reason to give it little or no weight.", ALONE)
    if any(row.get("evidence_needed") for row in rows) and not said.evidence.strip():
        return "evidence", Refusal("Name the evidence for this reason.", ALONE)
    return None


def outcomes(law: Register, holds: bool, yes: Collection[str], withhold: bool | None) -> tuple[Row, ...]:
    """What can be decided, given which heads were answered yes and the answer to the second step.

    `holds`: whether it is about clearance that is held. Without a head the second step is not asked.
    """
    return tuple(
        row
        for row in law.table("vetting_outcome")
        if bool(row.get("of_holder")) is holds
        and bool(row.get("heads")) is bool(yes)
        and (not yes or row.get("withhold") is withhold)
    )


def not_routine(law: Register, matters: Iterable[Weighed], others: int, on: date) -> Refusal | None:
    """Why one person cannot renew clearance alone. LES-06. `others`: other adverse information that is held."""
    [row] = law.table("vetting_routine")
    since = add_months(on, -12 * int(row["within_years"]))
    listed = tuple(matters)
    if any(one.is_open for one in listed):
        return Refusal("A matter about them is open: a second person decides.", ROUTINE)
    if any(one.is_serious and (one.came is None or one.came.latest >= since) for one in listed):
        why = f"A matter in a serious category came within {row['within_years']} years: a second person decides."
        return Refusal(why, ROUTINE)
    if listed or others:
        return Refusal("Something stands against it and must be weighed: a second person decides.", ROUTINE)
    return None


@implements("Vetting APP")
def expires_on(law: Register, level: Row, started: date, *, contractor: bool = False) -> Answer[date | None]:
    """The last day of clearance at a level from the day it was granted; None for a baseline that is no clearance.

    By the clock of the level, which a force may set, else by the months of its row. Raises UnsoundLaw for a level
    whose clock the tables do not hold.
    """
    months = int(level.get("contractor_months", 0)) if contractor else 0
    if clock_id := level.get("clock"):
        if clock_id not in law.clock_ids():
            raise UnsoundLaw("vetting.toml", level.key, "clock", f"{clock_id} is no clock")
        if not months:
            clock = edition_for(law, clock_id, started)
            return ends_on(clock, started, law.holidays_for(clock))
    months = months or int(level.get("valid_months", 0))
    if not months:
        return Answer(None, level.law, (f"{level.title} does not expire: {level['for']}",), level.unverified)
    until = add_months(started, months)
    because = (f"Granted on {day_words(started)}.", f"{months} months end on {day_words(until)}.")
    return Answer(until, level.law, because, level.unverified)


def edition_for(law: Register, clock_id: str, on: date) -> Clock:
    """The edition of a clock of aftercare on a day; the first one for what began before it, which it governs since."""
    try:
        return law.clock(clock_id, on=on)
    except NotInForce:
        return law.editions(clock_id)[0]


@implements("SI 2025/502 regs 2, 4, 13, 15, 16")
def may_take(
    law: Register, step: Row, taken: Iterable[StepTaken], kind: PersonKind, by: str, on: date
) -> Refusal | None:
    """Why an act of a withdrawal cannot be done now by this person; None where it can.

    LES-32: no decision without notice, and none before the reply or the end of its window; by whoever is independent.
    Dismissal is for officers alone, and for no withdrawal that was decided before the Regulations.
    """
    done = tuple(taken)
    keys = {one.key for one in done}
    ended = next(
        (one.key for one in done if (row := row_of(law, "vetting_withdrawal", one.key)) and row.get("ends")), ""
    )
    if ended:
        return Refusal("The procedure has ended.", REGULATIONS)
    after, unless = step.get("after", ()), step.get("unless", ())
    if (after and not keys & set(after)) or (not after and keys):
        words = " or ".join(f"“{law.row('vetting_withdrawal', key).title}”" for key in after)
        return Refusal(f"First record {words}." if words else "The procedure is open already.", step.law)
    if step.key in keys and step.key not in (*SUSPENSION, "tribunal"):
        return Refusal("This was done already.", step.law)
    if step.key in SUSPENSION and step.key == next((one.key for one in done[::-1] if one.key in SUSPENSION), ""):
        return Refusal("Clearance is suspended already." if step.key == SUSPENSION[0] else ENDED, step.law)
    if closed := next((key for key in unless if key in keys), ""):
        return Refusal(f"It can no longer be done: “{law.row('vetting_withdrawal', closed).title}”.", step.law)
    if any(one.by == by and one.key in step.get("apart", ()) for one in done):
        return Refusal(
            "You took part in this before. Somebody independent must do it.", f"{step.law}; Local rule (LES-32)"
        )
    if early := _before_window(law, step, done, on):
        return early
    if step.key == "dismissed":
        return _no_dismissal(law, done, kind)
    return None


@implements("Vetting APP")
def may_follow(law: Register, step: Row, taken: Iterable[StepTaken], hands: Collection[str], by: str) -> Refusal | None:
    """Why an act that follows a refusal cannot be done now by this person; None where it can.

    `hands`: who recommended and who decided. LES-32: an appeal is heard by whoever had no part before.
    """
    done = tuple(taken)
    keys = {one.key for one in done}
    rows = {row.key: row for row in law.table("vetting_refusal")}
    if any(rows[key].get("ends") for key in keys):
        return Refusal("The appeal was heard.", step.law)
    if step.key in keys:
        return Refusal("This was done already.", step.law)
    if missing := [rows[key].title for key in step.get("after", ()) if key not in keys]:
        return Refusal(f"First record “{missing[0]}”.", step.law)
    if step.get("apart") and by in {*hands, *(one.by for one in done)}:
        return Refusal(
            "You took part in this before. Somebody independent must do it.", f"{step.law}; Local rule (LES-32)"
        )
    return None


@implements("SI 2003/527 reg 9")
def may_answer(law: Register, row: Row, last: str, before: Collection[str], by: str) -> Refusal | None:
    """Why this cannot be decided on a declaration now by this person; None where it can.

    `last`: what was decided last, empty where nothing was; `before`: who decided on it. An appeal waits for the chief
    officer, who answered nothing of it before (LES-32).
    """
    after = row.get("after", ())
    if after and last not in after:
        words = " or ".join(f"“{law.row('vetting_declared', key).title}”" for key in after)
        return Refusal(f"This follows {words} alone.", row.law)
    if not after and last == APPEALED:
        return Refusal("An appeal waits for the chief officer.", law.row("vetting_declared", APPEALED).law)
    if row.get("apart") and by in before:
        return Refusal("You took part in this before. Somebody independent must do it.", row.law)
    return None


def warnings(law: Register, kind: PersonKind, opened: date) -> tuple[Row, ...]:
    """What must be said on the page of a withdrawal: that the Regulations did not govern yet, or not this person."""
    found = []
    if opened < law.row("vetting_withdrawal", "information").in_force_from:  # type: ignore[operator]  # loader: never None
        found.append(law.row("vetting_point", "before"))
    if kind not in UNDER_REGULATIONS:
        found.append(law.row("vetting_point", "not_officers"))
    return tuple(found)


def affected(rule: Row, held: Iterable[Held], always: Collection[str]) -> tuple[int, ...]:
    """Keys of the convictions that a rule would catch. `always`: disposals that were always refused."""
    return tuple(
        one.id
        for one in held
        if one.category not in rule.get("spares", ())
        and (one.while_serving or not rule.get("only_serving"))
        and (one.disposal in always or not rule.get("only_always"))
    )


def not_added(parts: Iterable[Row]) -> Refusal | None:
    """Why published parts of a review are not added up; None where each stands beside the others.

    A part that lies within another, or that sources count differently, would be counted twice: what was committed while
    serving is a field of its own, and no category.
    """
    listed = tuple(parts)
    titles = {row.key: row.title for row in listed}
    why = [
        f"“{row.title}” ({row['number']}) lies within “{titles[row['within']]}”." for row in listed if row.get("within")
    ]
    why += [f"“{row.title}”: {row['disputed']}" for row in listed if row.get("disputed")]
    return Refusal("These parts overlap and are not added up. " + " ".join(why)) if why else None


@implements("SI 2025/502 Part 3")
def window_ends(law: Register, clock_id: str, started: date) -> Answer[date | None]:
    """The last day of the reply or the appeal, from the day of the notice or of the decision supplied.

    Before the Regulations there is no such window: the value is None, and the answer says so.
    """
    try:
        clock = law.clock(clock_id, on=started)
    except NotInForce as none:
        return Answer(None, REGULATIONS, (f"{none}.",), True)
    return ends_on(clock, started, law.holidays_for(clock))


def _before_window(law: Register, step: Row, done: tuple[StepTaken, ...], on: date) -> Refusal | None:
    if not (clock_id := step.get("window")) or any(one.key == step.get("met_by") for one in done):
        return None
    starts = {"VET-03": "notice", "VET-04": "supplied"}[clock_id]
    if any(one.key == "appeal" for one in done) and clock_id == "VET-04":
        return Refusal("An appeal was made and is not decided yet.", step.law)
    began = max(one.on for one in done if one.key == starts)
    until = window_ends(law, clock_id, began)
    if until.value is not None and on <= until.value:
        what = "reply" if clock_id == "VET-03" else "appeal"
        mark = "; unverified" if until.unverified else ""
        return Refusal(f"They may {what} until {day_words(until.value)}.", f"{until.law} ({clock_id}{mark})")
    return None


def _no_dismissal(law: Register, done: tuple[StepTaken, ...], kind: PersonKind) -> Refusal | None:
    decided = max(one.on for one in done if one.key == "withdrawn")
    if any(row.key == "before" for row in warnings(law, kind, decided)):
        return Refusal(law.row("vetting_point", "before")["text"], REGULATIONS)
    if kind not in UNDER_REGULATIONS:
        return Refusal(law.row("vetting_point", "not_officers")["text"], f"{REGULATIONS} reg 2")
    return None


def _listed(words: list[str]) -> str:
    return "; ".join(words[:3]) + (f"; and {len(words) - 3} more" if len(words) > 3 else "")
