"""Criteria of a cohort: as they are chosen, as they are stored, and in words."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from peelian.matters.queries import factors, groups
from peelian.matters.rows import PastCriteria
from peelian.terms.known_dates import date_words
from peelian.terms.matters import MatterKind
from peelian.terms.people import PersonKind

Words = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Criteria:
    """`past`: what a matter must meet. `fresh`: leave out a matter that is a case of another cohort already."""

    past: PastCriteria = field(default_factory=PastCriteria)
    fresh: bool = False


def stored(criteria: Criteria) -> dict[str, Any]:
    """As plain values."""
    past = criteria.past
    return {
        "from_on": past.from_on.isoformat() if past.from_on else "",
        "to_on": past.to_on.isoformat() if past.to_on else "",
        "undated": past.undated,
        "kinds": [one.value for one in past.kinds],
        "categories": list(past.categories),
        "factors": list(past.factors),
        "workers": [one.value for one in past.workers],
        "forces": list(past.forces),
        "outcome": past.outcome,
        "closed": past.closed,
        "fresh": criteria.fresh,
    }


def criteria_of(held: dict[str, Any]) -> Criteria:
    """From plain values."""
    past = PastCriteria(
        from_on=date.fromisoformat(held["from_on"]) if held["from_on"] else None,
        to_on=date.fromisoformat(held["to_on"]) if held["to_on"] else None,
        undated=held["undated"],
        kinds=tuple(MatterKind(one) for one in held["kinds"]),
        categories=tuple(held["categories"]),
        factors=tuple(held["factors"]),
        workers=tuple(PersonKind(one) for one in held["workers"]),
        forces=tuple(held["forces"]),
        outcome=held["outcome"],
        closed=held["closed"],
    )
    return Criteria(past, held["fresh"])


def in_words(criteria: Criteria) -> Words:
    """Each criterion that narrows, as its name and what it asks for; the last day is included."""
    past = criteria.past
    titles = {code: title for group in groups() for code, title in ((group.code, group.title), *group.leaves)}
    factor_titles = {row.code: row.title for row in factors()}
    said = [
        ("Came to attention", _span(past)),
        ("State", "Closed" if past.closed else "Any"),
        ("Kind of matter", "; ".join(one.words for one in past.kinds)),
        ("Categories", "; ".join(f"{code} {titles.get(code, '')}".strip() for code in past.categories)),
        ("National factors", "; ".join(factor_titles.get(code, code) for code in past.factors)),
        ("Kind of worker concerned", "; ".join(one.words for one in past.workers)),
        ("Forces", "; ".join(_force(one) for one in past.forces)),
        ("Words of the finding or outcome", past.outcome),
        ("Besides", "No case of another look-back" if criteria.fresh else ""),
    ]
    return tuple((name, words) for name, words in said if words)


def _span(past: PastCriteria) -> str:
    last = past.to_on - timedelta(days=1) if past.to_on else None
    parts = [f"from {date_words(past.from_on)}" if past.from_on else "", f"to {date_words(last)}" if last else ""]
    words = " ".join(part for part in parts if part) or "on any day"
    return f"{words}, or on a day not known" if past.undated and (past.from_on or past.to_on) else words


def _force(name: str) -> str:
    return name[:1].upper() + name[1:]
