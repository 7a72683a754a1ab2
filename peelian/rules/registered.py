"""The register of rules: which rule implements which provision. Coverage and the law pages are computed from it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by name, the provisions it implements as a citation, and what it says in one line."""

    name: str
    law: str
    says: str


_REGISTER: dict[str, Rule] = {}


def implements(law: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a function as the rule for these provisions. Refuses one without a docstring or a name used twice."""

    def enter(function: Callable[P, R]) -> Callable[P, R]:
        name = f"{function.__module__.rpartition('.')[2]}.{function.__name__}"
        says = (function.__doc__ or "").strip().split("\n")[0]
        if not says:
            raise ValueError(f"the rule {name} has no docstring")
        if name in _REGISTER:
            raise ValueError(f"the rule {name} is registered twice")
        _REGISTER[name] = Rule(name, law, says)
        return function

    return enter


def registered() -> tuple[Rule, ...]:
    """Every rule that has been read in, by name."""
    return tuple(_REGISTER[name] for name in sorted(_REGISTER))
