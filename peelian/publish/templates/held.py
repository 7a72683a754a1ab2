"""The templates in use: those shipped, with a force's own laid over them by name; and the letterhead."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from django.conf import settings

from peelian.clocks.law import law as law_in_force
from peelian.publish.templates.reading import read
from peelian.publish.templates.rows import Letterhead, Problem, Template, UnsoundTemplates
from peelian.statute import Register

SHIPPED = Path(__file__).parent.parent / "letters"


def own_folder() -> Path:
    """Where a force keeps its own templates."""
    return Path(settings.PEELIAN_HOME) / "letters"


def templates() -> Mapping[str, Template]:
    """Every sound template by its key, a force's own in the place of the one shipped under the same name.

    Read again only when a file changes. A file that is not sound stops its own letter, and the shipped one does not
    step into its place.
    """
    return checked()[0]


def checked() -> tuple[Mapping[str, Template], tuple[Problem, ...]]:
    """The templates that are sound, and every problem of those that are not."""
    law, shipped = law_in_force(), tuple(sorted(SHIPPED.glob("*.md")))
    own = tuple(sorted(own_folder().glob("*.md"))) if own_folder().is_dir() else ()
    return _checked(_Law(law), shipped, own, tuple(path.stat().st_mtime_ns for path in (*shipped, *own)))


def letterhead() -> Letterhead:
    """The force's own letterhead, or the one shipped. Raises UnsoundTemplates."""
    own = own_folder() / "letterhead.toml"
    path = own if own.is_file() else SHIPPED / "letterhead.toml"
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8"))
        return Letterhead(
            force=str(held["force"]),
            department=str(held["department"]),
            address=tuple(str(line) for line in held["address"]),
            contact=str(held["contact"]),
        )
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError) as wrong:
        reason = f"is no letterhead: it gives force, department, contact, and address as a list of lines ({wrong})"
        raise UnsoundTemplates([Problem(path.name, 1, reason)]) from wrong


class _Law:
    """A register as a key of a cache: the same object is the same law."""

    def __init__(self, law: Register) -> None:
        self.law = law

    def __hash__(self) -> int:
        return id(self.law)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Law) and other.law is self.law


@lru_cache(maxsize=8)
def _checked(
    key: _Law, shipped: tuple[Path, ...], own: tuple[Path, ...], stamps: tuple[int, ...]
) -> tuple[Mapping[str, Template], tuple[Problem, ...]]:
    by_name = {path.name: path for path in shipped} | {path.name: path for path in own}
    found: dict[str, Template] = {}
    problems: list[Problem] = []
    for name in sorted(by_name):
        made, wrong = read(by_name[name], key.law, is_local=by_name[name] in own)
        problems += wrong
        if made is not None and not wrong:
            found[made.key] = made
    return MappingProxyType(found), tuple(problems)
