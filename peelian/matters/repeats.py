"""What leaves this room of what governed a matter before, and of earlier matters that are to be read together."""

from dataclasses import dataclass
from datetime import date

from peelian.terms.matters import MatterKind


@dataclass(frozen=True, slots=True)
class KindChangeRow:
    """That what governs a matter changed, by which decision."""

    was: MatterKind
    now: MatterKind
    ground: str
    law: str
    reasons: str
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class JointReviewRow:
    """That an earlier matter is to be read together with one that came later, `because`. LES-07.

    `owner`: empty while nobody may see both. `reopens`: None while nobody has answered.
    """

    ref: str
    matter_ref: str
    heading: str
    because_ref: str
    because: str
    owner: str
    due_on: date
    on: date
    is_late: bool
    reopens: bool | None
    reasons: str
    answered_on: date | None
    by: str
