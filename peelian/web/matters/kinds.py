"""The kinds of matter and the recording tests as choices of a form, each with its words and its law."""

from collections.abc import Sequence
from dataclasses import dataclass

from peelian import statute
from peelian.matters.queries import recording_tests
from peelian.terms.matters import MatterKind
from peelian.web.fields import Hinted

OUTSIDE, UNDER = MatterKind.COMPLAINT_OUTSIDE_SCHEDULE_3.value, MatterKind.COMPLAINT_UNDER_SCHEDULE_3.value
NOT_READ = "unverified: nobody has read this in the text of the law"


@dataclass(frozen=True, slots=True)
class KindRow:
    """A kind of matter as the table `kind` defines it."""

    key: str
    label: str
    definition: str
    law: str
    unverified: bool

    @property
    def choice(self) -> Hinted:
        return Hinted(self.label, _with_law(self.definition, self.law, self.unverified))


def kinds() -> tuple[KindRow, ...]:
    """The kinds that become a matter, in the order of the table."""
    known = {kind.value for kind in MatterKind}
    return tuple(
        KindRow(row.key, str(row["label"]), str(row["definition"]), row.law, row.unverified)
        for row in statute.table("kind")
        if row.key in known
    )


def tests() -> Sequence[tuple[str, Hinted]]:
    """The recording tests as choices."""
    return [
        (row.id, Hinted(f"{row.id}: {row.test}", _with_law("", row.law, row.unverified))) for row in recording_tests()
    ]


def _with_law(words: str, law: str, unverified: bool) -> str:
    return " ".join(part for part in (words, law, f"({NOT_READ})" if unverified else "") if part)
