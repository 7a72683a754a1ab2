"""Which provisions the product implements, holds as data only, or does not model. Computed, never listed by hand."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from peelian.rules.registered import registered
from peelian.statute import Citation, Register, Status
from peelian.statute.citations import opened, provisions
from peelian.statute.loading import forms_of

AS_A_WHOLE = "as a whole"
_NO_LAW = frozenset({"local", "none", "practice"})  # instruments that stand for the want of one


class Coverage(StrEnum):
    IMPLEMENTED = "implemented"
    DATA_ONLY = "data only"
    NOT_MODELLED = "not modelled"

    @property
    def words(self) -> str:
        return {
            Coverage.IMPLEMENTED: "its time limit is computed, or a rule answers for it",
            Coverage.DATA_ONLY: "held as a cited row; nothing is computed from it",
            Coverage.NOT_MODELLED: "known to exist, and in no row and no rule",
        }[self]


@dataclass(frozen=True, slots=True)
class Covered:
    """One provision of one instrument. `by`: the rules, clocks and rows that cite it, in that order."""

    instrument: str
    provision: str
    state: Coverage
    by: tuple[str, ...]


def coverage(law: Register) -> tuple[Covered, ...]:
    """Every provision of law that a rule, a clock or a row cites, or that its instrument is known to have.

    By instrument as `instruments.toml` lists them, then by provision.
    """
    forms = forms_of(law.instruments)
    computed: dict[tuple[str, str], list[str]] = {}
    held: dict[tuple[str, str], list[str]] = {}
    for rule in registered():
        _enter(computed, forms.read(rule.law), f"rule {rule.name}")
    for clock in law.clocks():
        into = held if clock.status is Status.PROPOSED else computed
        _enter(into, clock.citations, clock.id)
    for section, rows in law.sections.items():
        for row in rows:
            if not row.inherited or "law" in row.fields:
                _enter(held, row.citations, f"{section} {row.key}")
    for event in law.events.values():
        _enter(held, forms.read(event.law), f"event {event.key}")
    for step in law.steps.values():
        laws = (step.law, *(one.law for one in step.options), *(one.law for one in step.questions))
        for cited in dict.fromkeys(laws):
            _enter(held, forms.read(cited), f"step {step.key}")
    known = {(one.key, name) for one in law.instruments.values() for line in one.provisions for name in opened(line)}
    return tuple(
        Covered(
            instrument=key[0],
            provision=key[1],
            state=_state(key, computed, held),
            by=tuple(dict.fromkeys(computed.get(key, []) + held.get(key, []))),
        )
        for key in sorted(known | set(computed) | set(held), key=lambda key: _order(law, key))
        if key[0] not in _NO_LAW
    )


def _enter(into: dict[tuple[str, str], list[str]], citations: Iterable[Citation], name: str) -> None:
    for citation in citations:
        for provision in provisions(citation) or (AS_A_WHOLE,):
            into.setdefault((citation.instrument, provision), []).append(name)


def _state(
    key: tuple[str, str], computed: dict[tuple[str, str], list[str]], held: dict[tuple[str, str], list[str]]
) -> Coverage:
    if key in computed:
        return Coverage.IMPLEMENTED
    return Coverage.DATA_ONLY if key in held else Coverage.NOT_MODELLED


def _order(law: Register, key: tuple[str, str]) -> tuple[int, list[tuple[int, int, str]]]:
    place = list(law.instruments).index(key[0])
    pieces = re.findall(r"\d+|[A-Za-z]+", key[1] if key[1] != AS_A_WHOLE else "")
    return place, [(0, int(piece), "") if piece.isdigit() else (1, 0, piece) for piece in pieces]
