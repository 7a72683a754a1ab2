"""Words for letters: where one stands, what was done with it, and why somebody is not to be named."""

from enum import StrEnum


class LetterState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    SENT_BACK = "sent back"
    ISSUED = "issued"
    SERVED = "served"
    ABANDONED = "abandoned"

    @property
    def words(self) -> str:
        return {
            LetterState.DRAFT: "Draft",
            LetterState.SUBMITTED: "Waiting for approval",
            LetterState.SENT_BACK: "Sent back",
            LetterState.ISSUED: "Issued, not yet served",
            LetterState.SERVED: "Served",
            LetterState.ABANDONED: "Abandoned",
        }[self]

    @property
    def is_written(self) -> bool:
        """Whether its words can still change."""
        return self in (LetterState.DRAFT, LetterState.SENT_BACK)


class Move(StrEnum):
    DRAFTED = "drafted"
    CHANGED = "changed"
    SUBMITTED = "submitted"
    SENT_BACK = "sent back"
    TAKEN_BACK = "taken back"
    APPROVED = "approved"
    SERVED = "served"
    ABANDONED = "abandoned"

    @property
    def words(self) -> str:
        return {
            Move.DRAFTED: "Drafted",
            Move.CHANGED: "Changed",
            Move.SUBMITTED: "Submitted for approval",
            Move.SENT_BACK: "Sent back",
            Move.TAKEN_BACK: "Taken back by its writer",
            Move.APPROVED: "Approved and issued",
            Move.SERVED: "Service recorded",
            Move.ABANDONED: "Abandoned",
        }[self]


WRITING = (Move.DRAFTED, Move.CHANGED, Move.SUBMITTED)  # whoever did one of these does not approve


class Ground(StrEnum):
    """Why a person marked somebody as not to be named."""

    SEXUAL_OFFENCE = "sexual offence"
    CHILD = "child"
    AT_RISK = "at risk"
    COURT_ORDER = "court order"
    CONFIDENTIAL = "confidential"

    @property
    def words(self) -> str:
        return {
            Ground.SEXUAL_OFFENCE: "They complain of a sexual offence",
            Ground.CHILD: "They are a child",
            Ground.AT_RISK: "They are at risk if they are named",
            Ground.COURT_ORDER: "A court or the chair has ordered it",
            Ground.CONFIDENTIAL: "They reported in confidence",
        }[self]


FIELD_WORDS = {
    "name": "The name of the officer",
    "date": "The date and time",
    "place": "The place",
    "content": "What the case is about",
}
