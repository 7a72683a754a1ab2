"""What a step of casework records besides its outcome and reasons: details in words, and the lines of enquiry."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from peelian.statute.loading import Place


class Form(StrEnum):
    """How a detail is said."""

    LINE = "line"
    TEXT = "text"
    DAY = "day"
    CODES = "codes"  # reason codes of severity, as many as fit


@dataclass(frozen=True, slots=True)
class Detail:
    """Something a step records besides its reasons: who, where, from when to when.

    `options`: the outcomes with which it is asked for; empty for all. `needed`: it is not left out with those.
    """

    key: str
    words: str
    form: Form
    needed: bool
    options: tuple[str, ...]

    def asked_with(self, option: str) -> bool:
        return not self.options or option in self.options


class CitesLines(StrEnum):
    """What a step does with the lines of enquiry: nothing; keeps them as they stood; asks too why some stay open."""

    NO = "no"
    CITES = "cites"
    EXPLAINS = "explains"


OPEN_LINES = "open_lines"  # the detail under which it is said why lines of enquiry stay open


def details(place: Place, outcomes: Collection[str], questions: Collection[str]) -> tuple[Detail, ...]:
    """The details of a step. Raises UnsoundLaw for a key used twice and for an unknown outcome."""
    found = []
    for row in place.row.get("detail", []):
        inner = Place(place.file, f"{place.key} {row.get('key', '?')}", row)
        only = inner.words("options")
        if unknown := [one for one in only if one not in outcomes]:
            raise inner.refuse("options", f"the step has no outcome {unknown[0]!r}")
        found.append(
            Detail(
                key=inner.text("key", needed=True),
                words=inner.text("words", needed=True),
                form=inner.one_of(Form, "form", Form.LINE),
                needed=inner.truth("needed"),
                options=only,
            )
        )
    keys = [one.key for one in found]
    if len({*keys, *questions, OPEN_LINES}) < len(keys) + len(questions) + 1:
        raise place.refuse("detail", "two details, or a detail and a question, have one key")
    return tuple(found)
