"""Roles as data: `roles.toml` read once."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from peelian.terms.permissions import Permission

HEAD = "head_of_professional_standards"


@dataclass(frozen=True, slots=True)
class Role:
    """`may`: its powers. `alone`: whoever holds it holds no other, so that nobody watches or admits themselves."""

    key: str
    title: str
    description: str
    may: frozenset[Permission]
    alone: bool = False

    def __str__(self) -> str:
        return self.title


@cache
def roles() -> dict[str, Role]:
    """Every role by key, in the file's order. Raises ValueError for a permission that does not exist."""
    raw = tomllib.loads((Path(__file__).with_name("roles.toml")).read_text())
    return {
        row["key"]: Role(
            key=row["key"],
            title=row["title"],
            description=row["description"],
            may=frozenset(Permission(key) for key in row["may"]),
            alone=row.get("alone", False),
        )
        for row in raw["role"]
    }


def permissions_of(keys: frozenset[str]) -> frozenset[Permission]:
    """What the holder of these roles may do. A role that has left the file gives nothing."""
    known = roles()
    return frozenset().union(*(known[key].may for key in keys if key in known))
