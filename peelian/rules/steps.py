"""Which steps of casework are open, what the rule indicates from the answers given, and what would change it.

In: rows of `statute.steps` and frozen facts of one case. Out: refusals with their law, and `Answer`s. The rows of the
steps say what the law asks; these functions only read them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from peelian.rules.answers import Answer
from peelian.rules.registered import implements
from peelian.statute import Indication, Option, Per, Question, Register, Step
from peelian.terms.people import PersonKind
from peelian.terms.refusals import Refusal

LEFT = "left_force"
CI_6 = "SI 2020/4; PRA Sch 3"  # deciders differ from the investigator: access.toml, CI-6


@dataclass(frozen=True, slots=True)
class Concerned:
    """A person with a part for whom steps are decided. `key`: the person's on the matter. `kind`: empty if unknown.
    `has_left`: the register says that they left the force, whether or not a step of the matter does."""

    key: str
    per: Per
    kind: PersonKind | None
    has_left: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """A decision that stands. `person_key`: empty for the whole matter. `by`: who took it, by reference."""

    step: str
    option: str
    person_key: str
    by: str


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the rules need of a case. `edition`: key of the scheme edition that governs it, empty if none does."""

    kind: str
    edition: str
    is_open: bool
    people: tuple[Concerned, ...]
    taken: tuple[Taken, ...]
    waiting: frozenset[tuple[str, str]] = frozenset()  # step and person key of decisions that await a signature


@dataclass(frozen=True, slots=True)
class WouldChange:
    """Answering `question` as `to` (yes or no) instead would indicate `option`."""

    question: Question
    to: bool
    option: Option


def why_not(step: Step, facts: CaseFacts, person_key: str = "") -> Refusal | None:
    """Why this step cannot be taken now for this person (or the matter); None where it can.

    Asks for the kind of matter, the person's part and kind of worker, what must stand and what may not.
    """
    if facts.kind not in step.kinds:
        return Refusal(f"“{step.words}” is not taken on this kind of matter.", step.law)
    if not facts.is_open:
        return Refusal("The matter is closed. Re-open it first.", step.law)
    if refusal := _wrong_person(step, facts, person_key):
        return refusal
    if (step.key, person_key) in facts.waiting:
        return Refusal(f"“{step.words}” was decided and awaits a second signature.", step.law)
    standing = _heard(step, facts, person_key)
    first = step.comes_after(facts.kind)
    if first and not any(_met(condition, standing) for condition in first):
        names = f": {', or '.join(step.after_words)}" if step.after_words else ""
        return Refusal(f"“{step.words}” comes after another step that has not been taken{names}.", step.law)
    for condition in step.not_after:
        if _met(condition, [*standing, *_gone(facts, person_key)]):
            return Refusal(f"It is too late for “{step.words}”.", step.law)
    if not step.again and any(one.step == step.key and one.person_key == person_key for one in facts.taken):
        return Refusal(f"“{step.words}” was taken already and is taken once.", step.law)
    return None


def concerns(step: Step, facts: CaseFacts, person_key: str = "") -> bool:
    """Whether a step is one for this kind of matter and this person, whatever stands."""
    return facts.kind in step.kinds and _wrong_person(step, facts, person_key) is None


def _wrong_person(step: Step, facts: CaseFacts, person_key: str) -> Refusal | None:
    if step.per is Per.MATTER:
        return Refusal(f"“{step.words}” is decided for the whole matter.", step.law) if person_key else None
    for one in facts.people:
        if one.key == person_key and one.per is step.per:
            if step.workers and one.kind is not None and one.kind not in step.workers:
                return Refusal(f"“{step.words}” is not taken for {one.kind.words.lower()}.", step.law)
            return None
    return Refusal(f"“{step.words}” is decided for each person concerned: choose one of them.", step.law)


def _heard(step: Step, facts: CaseFacts, person_key: str) -> list[Taken]:
    """What was decided that counts at a step: for the person and for the matter; at a step for the matter, for all."""
    return [one for one in facts.taken if step.per is Per.MATTER or one.person_key in ("", person_key)]


def _gone(facts: CaseFacts, person_key: str) -> list[Taken]:
    """What the register says rules out as the step does. It opens nothing: the steps after it need its day."""
    return [Taken(LEFT, "", one.key, "") for one in facts.people if one.has_left and one.key == person_key]


def _met(condition: str, standing: list[Taken]) -> bool:
    key, _, outcome = condition.partition("=")
    return any(one.step == key and (not outcome or one.option == outcome) for one in standing)


def places(step: Step, facts: CaseFacts) -> tuple[str, ...]:
    """For whom a step may be asked: the keys of the people it is decided for, or one empty key for the matter."""
    if step.per is Per.MATTER:
        return ("",)
    return tuple(one.key for one in facts.people if one.per is step.per)


def open_steps(law: Register, facts: CaseFacts) -> tuple[tuple[Step, str], ...]:
    """Every step that can be taken now, with the person's key, in the order of the tables."""
    return tuple(
        (step, key) for step in law.steps.values() for key in places(step, facts) if why_not(step, facts, key) is None
    )


@implements("SI 2020/4 reg 42; SI 2020/4 reg 62")
def option_closed(option: Option, step: Step, facts: CaseFacts, person_key: str, on: date) -> Refusal | None:
    """Why an outcome cannot be given on a day: the edition, its span, what must stand first, what may not stand."""
    if not option.open_on(on):
        return Refusal(f"“{option.words}” is not open on this day.", option.law)
    if option.editions and facts.edition not in option.editions:
        return Refusal(f"“{option.words}” is not an outcome under the edition that governs this matter.", option.law)
    standing = _heard(step, facts, person_key)
    if option.needs and not any(_met(condition, standing) for condition in option.needs):
        return Refusal(f"“{option.words}” needs a finding or decision that has not been made.", option.law)
    if any(_met(condition, [*standing, *_gone(facts, person_key)]) for condition in option.unless):
        return Refusal(f"“{option.words}” is ruled out by what was decided before.", option.law)
    return None


@implements("SI 2020/4 reg 15; SI 2020/2 reg 12")
def not_independent(step: Step, facts: CaseFacts, person_key: str, by: str) -> Refusal | None:
    """Why this user may not take this step: they took one that whoever takes it must be independent of."""
    for one in _heard(step, facts, person_key):
        if one.by == by and one.step in step.independent_of:
            return Refusal(f"You took an earlier step that whoever takes “{step.words}” must be independent of.", CI_6)
    return None


def asked(step: Step, kind: str) -> tuple[Question, ...]:
    """The questions of a step that this kind of matter is asked."""
    return tuple(one for one in step.questions if not one.kinds or kind in one.kinds)


@implements("SI 2020/4 reg 14; PRA Sch 3 paras 4, 6, 13, 14C")
def indicated(step: Step, kind: str, answers: Mapping[str, bool]) -> Answer[Option | None]:
    """What the rows of a step indicate from the answers; None while a question is unanswered or nothing is asked.

    Indications are tried in order: the first whose conditions all hold. `kind`: of the matter.
    """
    questions = asked(step, kind)
    if not step.indications:
        return Answer(None, step.law, ("No rule indicates an outcome: it is for whoever decides.",))
    if missing := [one.words for one in questions if one.key not in answers]:
        return Answer(None, step.law, tuple(f"Not answered: {words}" for words in missing))
    unverified = any(one.unverified for one in questions)
    for row in step.indications:
        if _holds(row, answers):
            yes = tuple(f"Yes: {one.words}" for one in questions if answers[one.key] and one.key in _named(row))
            return Answer(step.option(row.option), row.law, (*yes, row.words), unverified)
    return Answer(None, step.law, ("None of the tests is met by these answers.",), unverified)


def what_would_change(step: Step, kind: str, answers: Mapping[str, bool]) -> tuple[WouldChange, ...]:
    """Each single answer which, given the other way, would indicate another outcome, in the order of the questions."""
    now = indicated(step, kind, answers).value
    found = []
    for question in asked(step, kind):
        if question.key in answers:
            other = indicated(step, kind, {**answers, question.key: not answers[question.key]}).value
            if other is not None and now is not None and other.key != now.key:
                found.append(WouldChange(question, not answers[question.key], other))
    return tuple(found)


def _holds(row: Indication, answers: Mapping[str, bool]) -> bool:
    return (
        all(answers.get(key, False) for key in row.every)
        and (not row.some or any(answers.get(key, False) for key in row.some))
        and not any(answers.get(key, False) for key in row.none)
    )


def _named(row: Indication) -> frozenset[str]:
    return frozenset((*row.every, *row.some))
