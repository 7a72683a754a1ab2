"""Words for disclosure: what an item is, what was decided of it, how it goes, where a pack stands."""

from enum import StrEnum


class ItemKind(StrEnum):
    FILE = "file"
    EXHIBIT = "exhibit"
    LETTER = "letter"
    PASSAGE = "passage"

    @property
    def words(self) -> str:
        return {
            ItemKind.FILE: "File",
            ItemKind.EXHIBIT: "Exhibit",
            ItemKind.LETTER: "Letter, as issued",
            ItemKind.PASSAGE: "Passage written down",
        }[self]


class Decision(StrEnum):
    """What a person decided of an item. It binds towards those against whom one of its grounds stands."""

    UNDECIDED = "undecided"
    DISCLOSE = "disclose"
    REDACT = "redact"
    WITHHOLD = "withhold"

    @property
    def words(self) -> str:
        return {
            Decision.UNDECIDED: "Not decided",
            Decision.DISCLOSE: "Disclose",
            Decision.REDACT: "Disclose redacted",
            Decision.WITHHOLD: "Withhold",
        }[self]

    @property
    def keeps_back(self) -> bool:
        return self in (Decision.REDACT, Decision.WITHHOLD)


class How(StrEnum):
    """How an item goes to somebody."""

    WHOLE = "whole"
    REDACTED = "redacted"

    @property
    def words(self) -> str:
        return {How.WHOLE: "Whole", How.REDACTED: "Redacted copy"}[self]


class PackState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    GIVEN = "given"
    ABANDONED = "abandoned"

    @property
    def words(self) -> str:
        return {
            PackState.DRAFT: "Draft",
            PackState.SUBMITTED: "Waiting for approval",
            PackState.APPROVED: "Approved, not yet given",
            PackState.GIVEN: "Given",
            PackState.ABANDONED: "Abandoned",
        }[self]


class PackMove(StrEnum):
    MADE = "made"
    CHANGED = "changed"
    SUBMITTED = "submitted"
    TAKEN_BACK = "taken back"
    SENT_BACK = "sent back"
    APPROVED = "approved"
    GIVEN = "given"
    ABANDONED = "abandoned"

    @property
    def words(self) -> str:
        return {
            PackMove.MADE: "Made",
            PackMove.CHANGED: "Changed",
            PackMove.SUBMITTED: "Submitted for approval",
            PackMove.TAKEN_BACK: "Taken back",
            PackMove.SENT_BACK: "Sent back",
            PackMove.APPROVED: "Approved",
            PackMove.GIVEN: "Given",
            PackMove.ABANDONED: "Abandoned",
        }[self]


MAKING = (PackMove.MADE, PackMove.CHANGED, PackMove.SUBMITTED)  # whoever did one of these does not approve
