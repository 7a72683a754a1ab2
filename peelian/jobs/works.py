"""Which kinds of work there are. The room that does the work registers it; jobs only keep the row."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from peelian.terms.permissions import Permission


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a work ended: a sentence without personal text, and the record it made, if any."""

    words: str
    kind: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """`permission`: what one must hold to ask for it and see all its jobs. Called as `run(progress, **arguments)`."""

    kind: str
    permission: Permission
    run: Callable[..., Outcome]


WORKS: dict[str, Work] = {}


def work(kind: str, *, permission: Permission) -> Callable[[Callable[..., Outcome]], Callable[..., Outcome]]:
    """Register the decorated function as the work of `kind`.

    It is called as `run(progress, **arguments)`, returns an `Outcome`, must be safe to run twice, and calls
    `progress.step(...)` between its transactions, never inside one. Raises ValueError for a kind taken twice.
    """

    def registered(function: Callable[..., Outcome]) -> Callable[..., Outcome]:
        if kind in WORKS:
            raise ValueError(f"two works of the kind {kind!r}")
        WORKS[kind] = Work(kind, permission, function)
        return function

    return registered


def arguments_are_plain(arguments: dict[str, Any]) -> bool:
    """Whether every argument is a string, number, truth value or nothing, so that a row can carry it."""
    return all(value is None or isinstance(value, str | int | float | bool) for value in arguments.values())
