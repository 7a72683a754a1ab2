"""Words of a look-back: what a review can come to, where a case stands, what follows from it."""

from enum import IntEnum, StrEnum


class Reading(StrEnum):
    """What a look-back reads again."""

    CONDUCT = "conduct"
    HANDLING = "handling"

    @property
    def words(self) -> str:
        return {
            Reading.CONDUCT: "What was done by those concerned",
            Reading.HANDLING: "How this force dealt with it",
        }[self]


class ReviewCategory(StrEnum):
    """What a review of a past matter comes to. Every case of a cohort ends in exactly one of them."""

    NO_FURTHER_ACTION = "no_further_action"
    NEW_ASSESSMENT = "new_assessment"
    RISK_MANAGEMENT = "risk_management"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ").capitalize()

    @property
    def meaning(self) -> str:
        return {
            ReviewCategory.NO_FURTHER_ACTION: "It was handled as it should have been, and nothing is left to do.",
            ReviewCategory.NEW_ASSESSMENT: "There is something to assess afresh: it goes to intake, with an owner.",
            ReviewCategory.RISK_MANAGEMENT: "There is a risk to manage, whether or not anything is assessed afresh.",
        }[self]


class Position(IntEnum):
    """Which of the independent reviews of a case it is."""

    FIRST = 1
    SECOND = 2
    THIRD = 3

    @property
    def words(self) -> str:
        return {1: "First reviewer", 2: "Second reviewer", 3: "Third reviewer"}[self.value]


class Stage(StrEnum):
    """Where a case of a cohort stands. Each stage has one owner: whoever must act next."""

    TO_ALLOCATE = "to_allocate"
    UNDER_REVIEW = "under_review"
    TO_THIRD = "to_third"
    WITH_THIRD = "with_third"
    WITH_PANEL = "with_panel"
    DECIDED = "decided"

    @property
    def words(self) -> str:
        return {
            Stage.TO_ALLOCATE: "Waits for two reviewers",
            Stage.UNDER_REVIEW: "Under review",
            Stage.TO_THIRD: "Waits for a third reviewer",
            Stage.WITH_THIRD: "With the third reviewer",
            Stage.WITH_PANEL: "With the panel",
            Stage.DECIDED: "Decided",
        }[self]

    @property
    def owner(self) -> str:
        return {
            Stage.TO_ALLOCATE: "Whoever leads the look-back",
            Stage.UNDER_REVIEW: "The first and second reviewer",
            Stage.TO_THIRD: "Whoever leads the look-back",
            Stage.WITH_THIRD: "The third reviewer",
            Stage.WITH_PANEL: "The panel",
            Stage.DECIDED: "Whoever owns what follows from it",
        }[self]


class Recontact(StrEnum):
    """Whether a review plans that the complainant or victim is contacted again."""

    NOT_PLANNED = "not_planned"
    PLANNED = "planned"
    IN_CONTACT = "in_contact"

    @property
    def words(self) -> str:
        return {
            Recontact.NOT_PLANNED: "Not planned",
            Recontact.PLANNED: "Planned",
            Recontact.IN_CONTACT: "They are in contact with us already",
        }[self]


class Consent(StrEnum):
    """What the complainant or victim said about being contacted again. None of these closes a case."""

    NOT_ASKED = "not_asked"
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> str:
        return {
            Consent.NOT_ASKED: "Not asked yet",
            Consent.GIVEN: "Given",
            Consent.REFUSED: "Refused",
            Consent.WITHDRAWN: "Withdrawn",
        }[self]


class TaskKind(StrEnum):
    """What follows from reviews, each with an owner and a day."""

    ENQUIRY = "enquiry"
    RECONTACT = "recontact"
    RISK = "risk"

    @property
    def words(self) -> str:
        return {
            TaskKind.ENQUIRY: "Line of enquiry",
            TaskKind.RECONTACT: "Contact with the complainant or victim",
            TaskKind.RISK: "Risk management",
        }[self]
