"""Facts of a person by number: what a page shows beside each, and an action takes to say which is meant."""

from datetime import date
from typing import Any

from django.db.models import F

from peelian.intake.queries import published

ORDERS = {
    "contacts": ("channel", "value"),
    "needs": ("words",),
    "accreditations": ("title",),
    "vehicles": ("folded",),
}


def numbered(person: Any, what: str) -> list[Any]:
    """All published facts of one kind (a key of `ORDERS`), in order of time; the first is number 1."""
    rows = getattr(person, what).filter(published())
    return list(rows.order_by(F("from_on").asc(nulls_first=True), *ORDERS[what], "pk"))


def newest_first(rows: list[Any]) -> list[tuple[int, Any]]:
    """The same with their numbers, newest first; what has no start comes last, and what still holds before the rest."""
    pairs = list(enumerate(rows, start=1))
    pairs.sort(key=lambda pair: _days(pair[1].to_on, none_is=date.max), reverse=True)
    pairs.sort(key=lambda pair: _days(pair[1].from_on, none_is=date.min), reverse=True)
    return pairs


def _days(on: date | None, *, none_is: date) -> int:
    return (on or none_is).toordinal()
