"""What somebody may read of their own matter: nothing is in these rows that is not for them."""

from dataclasses import dataclass
from datetime import date

from peelian.contact.rows import AdviserRow, ReferralRow, RightRow
from peelian.publish.wording import Block
from peelian.terms.known_dates import KnownDate


@dataclass(frozen=True, slots=True)
class ToldRow:
    """Something they told us, in their own words."""

    on: date
    words: str


@dataclass(frozen=True, slots=True)
class HappenedRow:
    on: KnownDate
    words: str


@dataclass(frozen=True, slots=True)
class NextRow:
    """What comes next. `is_law`: a provision asks for it; else it is what we aim for. `is_theirs`: they may act."""

    words: str
    due_on: date | None
    due_words: str
    is_late: bool
    is_law: bool
    law: str
    unverified: bool
    is_theirs: bool


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """A letter with the outcome, as it was served on them."""

    title: str
    served_on: date
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """Their right to a review. `body`: which hears it, empty where only the letter says. `until_on`: the last day."""

    body: str
    until_on: date | None
    is_over: bool
    law: str
    unverified: bool


@dataclass(frozen=True, slots=True)
class OwnView:
    """One person's view of their own matter. `ways`: by which ways we reach them and when, without any address."""

    ref: str
    is_complaint: bool
    came_on: KnownDate | None
    is_closed: bool
    told_us: tuple[ToldRow, ...]
    role: str
    department: str
    force: str
    contact: str
    happened: tuple[HappenedRow, ...]
    comes_next: tuple[NextRow, ...]
    last_update_on: KnownDate | None
    next_update: NextRow | None
    every_days: int | None
    wants_contact: bool
    is_unsafe: bool
    ways: tuple[tuple[str, str], ...]
    outcomes: tuple[OutcomeRow, ...]
    review: ReviewRow | None
    rights: tuple[RightRow, ...]
    code_applies: bool
    advisers: tuple[AdviserRow, ...]
    referrals: tuple[ReferralRow, ...]
    unverified: bool
