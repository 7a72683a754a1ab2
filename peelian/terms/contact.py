"""Words for keeping in touch with people: what they are asked, what they answer, where a right or a referral stands."""

from enum import StrEnum

CHANNELS = ("email", "telephone", "text message", "post", "in person", "through a representative")
WITHOUT_AN_HOUR = ("post",)  # nobody chooses the hour at which it arrives
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Topic(StrEnum):
    """What somebody is asked, or says of themselves. None of them is an outcome of anything."""

    CONTACT = "contact"
    SHARING = "sharing"
    EVIDENCE = "evidence"
    OUTCOME = "outcome"
    WITHDRAW = "withdraw"

    @property
    def words(self) -> str:
        return {
            Topic.CONTACT: "To be contacted",
            Topic.SHARING: "That something is shared with somebody else",
            Topic.EVIDENCE: "To give evidence or a statement",
            Topic.OUTCOME: "What they want to come of it",
            Topic.WITHDRAW: "To withdraw, or no longer to support it",
        }[self]

    @property
    def names_somebody(self) -> bool:
        """Whether the answer means nothing without saying with whom."""
        return self is Topic.SHARING


class Stance(StrEnum):
    """What somebody answered."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"

    @property
    def words(self) -> str:
        return {Stance.YES: "Yes", Stance.NO: "No", Stance.UNSURE: "Unsure, or not yet"}[self]


class RightState(StrEnum):
    """Where one right of the Victims' Code stands for one person."""

    APPLIES = "applies"
    DOES_NOT_APPLY = "does not apply"
    OFFERED = "offered"
    TAKEN_UP = "taken up"
    DECLINED = "declined"

    @property
    def words(self) -> str:
        return {
            RightState.APPLIES: "It applies and is owed",
            RightState.DOES_NOT_APPLY: "It does not apply",
            RightState.OFFERED: "It was offered",
            RightState.TAKEN_UP: "It was offered and taken up",
            RightState.DECLINED: "It was offered and declined",
        }[self]

    @property
    def was_offered(self) -> bool:
        return self in (RightState.OFFERED, RightState.TAKEN_UP, RightState.DECLINED)


class ReferralState(StrEnum):
    """Where a referral to an independent adviser stands."""

    DECLINED = "declined"
    TO_REFER = "to refer"
    REFERRED = "referred"
    ANSWERED = "answered"

    @property
    def words(self) -> str:
        return {
            ReferralState.DECLINED: "Offered and declined",
            ReferralState.TO_REFER: "They agreed; the referral is still to be made",
            ReferralState.REFERRED: "Referred; what came of it is not known yet",
            ReferralState.ANSWERED: "Referred, and answered",
        }[self]
