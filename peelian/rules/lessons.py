"""The lessons of public inquiries and reports, and whether each is kept: wholly, in part, or awaiting another room."""

from dataclasses import dataclass
from enum import StrEnum

from peelian.statute import Register, Row, UnsoundLaw


class Keeping(StrEnum):
    """Whether a lesson is kept today."""

    KEPT = "kept"
    IN_PART = "in part"
    AWAITING = "awaiting"

    @property
    def words(self) -> str:
        return self.value.capitalize()


@dataclass(frozen=True, slots=True)
class Lesson:
    """What went wrong, the rule it asks for, how that rule is tried, and what keeps it.

    `test`: in words, given, when, then. `how`, `page` (its name), `tried_by` (file and test): where it is kept.
    `falls_short`: what of it is not kept yet. `awaiting`: the part of Peelian it waits for; `missing`: for what.
    """

    id: str
    source: str
    failure: str
    rule: str
    test: str
    how: str
    page: str
    tried_by: str
    falls_short: str
    awaiting: str
    missing: str

    @property
    def keeping(self) -> Keeping:
        if self.awaiting:
            return Keeping.AWAITING
        return Keeping.IN_PART if self.falls_short else Keeping.KEPT


def lessons(law: Register) -> tuple[Lesson, ...]:
    """Every lesson in the order of the table. Raises UnsoundLaw where one has no row that says where it is kept, or a
    row says neither or both of what keeps it and what it awaits."""
    kept = {row.key: row for row in law.table("lesson_kept")}
    found = tuple(_lesson(row, kept.pop(row.key, None)) for row in law.table("lesson"))
    if kept:
        raise UnsoundLaw("lessons.toml", min(kept), "id", "is no lesson of the table")
    return found


def _lesson(row: Row, kept: Row | None) -> Lesson:
    if kept is None:
        raise UnsoundLaw("lessons.toml", row.key, "lesson_kept", "no row says where it is kept")
    is_kept = all(kept.get(field) for field in ("how", "page", "test"))
    is_awaited = all(kept.get(field) for field in ("awaiting", "missing"))
    if is_kept == is_awaited:
        raise UnsoundLaw("lessons.toml", row.key, "lesson_kept", "give how, page and test, or awaiting and missing")
    return Lesson(
        id=row.key,
        source=row["source"],
        failure=row["failure"],
        rule=row["rule"],
        test=row["test"],
        how=kept.get("how", ""),
        page=kept.get("page", ""),
        tried_by=kept.get("test", ""),
        falls_short=kept.get("falls_short", ""),
        awaiting=kept.get("awaiting", ""),
        missing=kept.get("missing", ""),
    )
