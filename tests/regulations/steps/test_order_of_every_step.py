"""Every step against every way in which it may not be taken, whole, from the table, with each reason and its law.

The rows are read, not copied: a step that is added is tried here without a line more.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from peelian import statute
from peelian.rules.steps import CI_6, CaseFacts, Concerned, Taken, not_independent, option_closed, why_not
from peelian.statute import Option, Per, Step
from peelian.statute.step_rows import SAID
from peelian.terms.matters import MatterKind
from peelian.terms.people import PersonKind

LAW = statute.product()
STEPS = tuple(LAW.steps.values())
DAY = date(2026, 11, 2)
KEYS = {Per.MATTER: "", Per.OFFICER: "ole", Per.COMPLAINANT: "ana", Per.INTERESTED: "ida"}
IDS = [step.key for step in STEPS]
EACH = pytest.mark.parametrize("step", STEPS, ids=IDS)


def facts(step: Step, kind: str, *words: str, worker: PersonKind | None = None, **said: object) -> CaseFacts:
    """A case of this kind on which these (`step` or `step=option`) stand, for whoever each is decided."""
    people = (
        Concerned("ole", Per.OFFICER, worker or worker_of(step)),
        *(Concerned(KEYS[per], per, None) for per in (Per.COMPLAINANT, Per.INTERESTED)),
    )
    case = CaseFacts(kind, "2025", True, people, tuple(taken(word) for word in words))
    return replace(case, **said)  # type: ignore[arg-type]  # the test names the fields


def taken(word: str, by: str = "user:one") -> Taken:
    key, _, option = word.partition("=")
    if key not in LAW.steps:  # said by the person themselves, in the room `contact`
        return Taken(key, option, KEYS[Per.COMPLAINANT], by)
    step = LAW.steps[key]
    return Taken(key, option or step.options[0].key, KEYS[step.per], by)


def worker_of(step: Step) -> PersonKind:
    return PersonKind(step.workers[0]) if step.workers else PersonKind.OFFICER


def kind_of(step: Step, *, ordered: bool = False) -> str:
    """A kind of matter that the step is for; `ordered`: on which it comes after another."""
    return next(kind for kind in step.kinds if not ordered or step.comes_after(kind))


def first_of(step: Step, kind: str) -> tuple[str, ...]:
    """What is enough to have been taken first: one of what it comes after, with which nothing forbids it."""
    first = step.comes_after(kind)
    if not first:
        return ()
    return (next(word for word in first if not {word, word.partition("=")[0]} & set(step.not_after)),)


def key_of(step: Step) -> str:
    return KEYS[step.per]


@EACH
def test_a_step_is_open_on_each_kind_that_it_is_for_once_what_it_comes_after_stands(step: Step) -> None:
    for kind in step.kinds:
        assert why_not(step, facts(step, kind, *first_of(step, kind)), key_of(step)) is None, kind


@EACH
def test_a_step_is_refused_on_every_other_kind_of_matter(step: Step) -> None:
    for kind in set(MatterKind) - set(step.kinds):
        refused = why_not(step, facts(step, kind, *first_of(step, kind_of(step))), key_of(step))
        assert refused is not None
        assert refused.reason == f"“{step.words}” is not taken on this kind of matter."
        assert refused.law == step.law


@EACH
def test_a_step_is_refused_before_what_it_comes_after(step: Step) -> None:
    for kind in step.kinds:
        refused = why_not(step, facts(step, kind), key_of(step))
        if not step.comes_after(kind):
            assert refused is None, kind
            continue
        assert refused is not None
        assert refused.reason.startswith(f"“{step.words}” comes after another step that has not been taken")
        named = [LAW.steps[word.partition("=")[0]].words for word in step.after if not word.startswith(SAID)]
        assert all(f"“{words}”" in refused.reason for words in named)
        assert refused.law == step.law


@EACH
def test_each_of_what_it_comes_after_opens_it_and_another_outcome_of_the_same_step_does_not(step: Step) -> None:
    if not step.after:
        return
    kind = kind_of(step, ordered=True)
    for word in step.after:
        if {word, word.partition("=")[0]} & set(step.not_after):
            continue
        assert why_not(step, facts(step, kind, word), key_of(step)) is None, word
        key, _, outcome = word.partition("=")
        for other in LAW.steps[key].options if key in LAW.steps else ():
            if outcome and not {key, f"{key}={other.key}"} & set(step.after):
                refused = why_not(step, facts(step, kind, f"{key}={other.key}"), key_of(step))
                assert refused is not None, f"{key}={other.key}"


@EACH
def test_a_step_is_refused_once_what_it_may_not_follow_stands(step: Step) -> None:
    kind = kind_of(step)
    for word in step.not_after:
        refused = why_not(step, facts(step, kind, *first_of(step, kind), word), key_of(step))
        assert refused is not None, word
        assert refused.reason == f"It is too late for “{step.words}”."
        assert refused.law == step.law


@EACH
def test_a_step_is_refused_on_a_closed_matter_and_while_it_awaits_a_signature(step: Step) -> None:
    kind = kind_of(step)
    case = facts(step, kind, *first_of(step, kind))
    closed = why_not(step, replace(case, is_open=False), key_of(step))
    waiting = why_not(step, replace(case, waiting=frozenset({(step.key, key_of(step))})), key_of(step))
    assert closed is not None
    assert waiting is not None
    assert closed.reason == "The matter is closed. Re-open it first."
    assert waiting.reason == f"“{step.words}” was decided and awaits a second signature."
    assert (closed.law, waiting.law) == (step.law, step.law)


@EACH
def test_a_step_is_refused_for_whoever_it_is_not_decided_for(step: Step) -> None:
    kind = kind_of(step)
    case = facts(step, kind, *first_of(step, kind))
    for key in {"", "ole", "ana", "nobody"} - {key_of(step)}:
        refused = why_not(step, case, key)
        assert refused is not None, key
        assert "is decided for" in refused.reason
        assert refused.law == step.law


@EACH
def test_a_step_is_refused_for_every_worker_it_is_not_for(step: Step) -> None:
    kind = kind_of(step)
    others = [one for one in PersonKind if step.workers and one not in step.workers]
    for worker in others:
        refused = why_not(step, facts(step, kind, *first_of(step, kind), worker=worker), key_of(step))
        assert refused is not None, worker
        assert refused.reason == f"“{step.words}” is not taken for {worker.words.lower()}."
        assert refused.law == step.law


@EACH
def test_a_step_is_taken_again_only_where_its_row_says_so(step: Step) -> None:
    kind = kind_of(step)
    refused = why_not(step, facts(step, kind, *first_of(step, kind), step.key), key_of(step))
    said = refused.reason if refused else ""
    assert said == ("" if step.again else f"“{step.words}” was taken already and is taken once.")


@EACH
def test_nobody_takes_a_step_who_took_one_that_it_must_be_independent_of(step: Step) -> None:
    """CI-6: whoever decides is not whoever investigated; whoever sits is neither."""
    kind = kind_of(step)
    for word in step.independent_of:
        case = facts(step, kind, *first_of(step, kind), word)
        refused = not_independent(step, case, key_of(step), "user:one")
        assert refused is not None, word
        assert "must be independent of" in refused.reason
        assert refused.law == CI_6
        assert not_independent(step, case, key_of(step), "user:two") is None


def outcomes() -> Iterator[tuple[Step, Option]]:
    return ((step, option) for step in STEPS for option in step.options)


@pytest.mark.parametrize(
    ("step", "option"), list(outcomes()), ids=[f"{step.key}={option.key}" for step, option in outcomes()]
)
def test_an_outcome_is_closed_by_its_edition_its_span_its_needs_and_what_rules_it_out(
    step: Step, option: Option
) -> None:
    kind, key = kind_of(step), key_of(step)
    edition = option.editions[-1] if option.editions else "2025"
    day = max(option.from_on or DAY, DAY)
    day = day if option.open_on(day) else (option.to_on or day) - timedelta(days=1)
    held = first_of(step, kind)
    needs = next((word for word in option.needs if not {word, word.partition("=")[0]} & set(option.unless)), "")
    case = facts(step, kind, *(word for word in held if not _forbids(option, word)), *([needs] if needs else []))
    case = replace(case, edition=edition)
    assert option_closed(option, step, case, key, day) is None
    for other in {one.key for one in LAW.scheme} - set(option.editions or [one.key for one in LAW.scheme]):
        refused = option_closed(option, step, replace(case, edition=other), key, day)
        assert refused is not None
        assert "not an outcome under the edition" in refused.reason
        assert refused.law == option.law
    for word in option.unless:
        refused = option_closed(option, step, replace(case, taken=(*case.taken, taken(word))), key, day)
        assert refused is not None, word
        assert "ruled out" in refused.reason
        assert refused.law == option.law
    if option.needs:
        refused = option_closed(option, step, replace(case, taken=()), key, day)
        assert refused is not None
        assert "needs a finding or decision" in refused.reason
        assert refused.law == option.law
    if option.from_on:
        assert option_closed(option, step, case, key, option.from_on - timedelta(days=1)) is not None


def _forbids(option: Option, word: str) -> bool:
    return bool({word, word.partition("=")[0]} & set(option.unless))
