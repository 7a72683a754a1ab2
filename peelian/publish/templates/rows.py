"""What a template is, what is wrong with one, and who writes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from peelian.rules.service import CONDUCT
from peelian.rules.words import day_words
from peelian.terms.matters import MatterKind, Part
from peelian.terms.people import PersonKind
from peelian.terms.refusals import NotValid

PUBLIC, BODY = "public", "body"
ADDRESSEES = frozenset({*(part.value for part in Part), PUBLIC, BODY})
FIELDS = ("name", "date", "place", "content")  # what a chair's directions speak of, SI 2020/4 regs 36, 53
COUNTS = ("sent", "served")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a template may not be used. `line` counts from 1 in its file."""

    file: str
    line: int
    reason: str

    @property
    def words(self) -> str:
        return f"{self.file}, line {self.line}: {self.reason}"


class UnsoundTemplates(NotValid):
    """Files of letters that may not be used as they stand."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("letters", "\n".join(problem.words for problem in self.problems))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph that the writer writes. `choices`: it is one of these. `field`: what a chair's directions call it."""

    key: str
    label: str
    hint: str
    needed: bool
    choices: tuple[str, ...]
    field: str


@dataclass(frozen=True, slots=True)
class Template:
    """One template. `addressees`: parts a person may play, or `public`, or `body` (then `body` names it).

    `about`: it concerns an officer who is not its addressee. `records`: the events that its service records.
    `workers`: kinds of worker whom its law reaches, of the officer concerned that it is to or about; empty for all.
    `in_post`: its law speaks of those who still serve. `instead_of`: the letter whose place it takes for its workers.
    `counts`: whether they happen on the day it is sent or on the day it counts as served. `stage`: of casework, where
    its service takes no step that says so. `text`: the body as written.
    """

    key: str
    title: str
    version: int
    law: str
    addressees: tuple[str, ...]
    body: str
    about: bool
    records: tuple[str, ...]
    counts: str
    kinds: tuple[str, ...]
    workers: tuple[PersonKind, ...]
    in_post: bool
    instead_of: str
    stage: str
    paragraphs: tuple[Paragraph, ...]
    text: str
    sha256: str
    is_local: bool
    ease: int

    @property
    def is_public(self) -> bool:
        return PUBLIC in self.addressees

    @property
    def parts(self) -> tuple[Part, ...]:
        return tuple(Part(one) for one in self.addressees if one not in (PUBLIC, BODY))

    @property
    def addressee_words(self) -> str:
        words = [part.words.lower() for part in self.parts]
        words += ["the public"] if self.is_public else []
        return " or ".join([*words, *([self.body] if self.body else [])])

    @property
    def is_conduct_notice(self) -> bool:
        """Whether it is served as the Conduct Regulations say: a notice under them to the officer concerned."""
        return CONDUCT in self.law and Part.OFFICER_CONCERNED in self.parts

    @property
    def fields(self) -> Mapping[str, str]:
        """The field of each of the writer's paragraphs that has one."""
        return {one.key: one.field for one in self.paragraphs if one.field}

    def reaches(self, kind: PersonKind | None) -> bool:
        """Whether it can be to or about an officer concerned of this kind; one that is not known is not kept out."""
        return not self.workers or kind is None or not kind.serves or kind in self.workers

    def why_not(self, kind: PersonKind | None, left: date | None, on: date) -> str:
        """Why it cannot be to or about an officer concerned on a day, in a sentence; empty where it can be.

        `left`: the day they left the force.
        """
        if not self.reaches(kind):
            whom = " or ".join(one.words.lower() for one in self.workers)
            return f"This letter is for somebody who serves as {whom}; its law reaches nobody else."
        if self.in_post and left is not None and left <= on:
            return f"This letter is for somebody who still serves, and they left on {day_words(left)}."
        return ""

    def fits(self, kind: MatterKind) -> bool:
        return "any" in self.kinds or kind in self.kinds


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes: `letterhead.toml`, shipped without a force's name."""

    force: str
    department: str
    address: tuple[str, ...]
    contact: str
