"""Kinds and states of exhibits, storage units and submissions, with the words a page says them in."""

from enum import StrEnum


class ExhibitState(StrEnum):
    HELD = "held"
    OUTSIDE = "outside"
    RETURNED = "returned"
    DESTROYED = "destroyed"

    @property
    def words(self) -> str:
        return "With somebody outside the force" if self is ExhibitState.OUTSIDE else self.value.capitalize()


class EndingKind(StrEnum):
    RETURNED = "returned"
    DESTROYED = "destroyed"

    @property
    def words(self) -> str:
        return {
            EndingKind.RETURNED: "Return it to whom it belongs",
            EndingKind.DESTROYED: "Destroy it",
        }[self]


class UnitKind(StrEnum):
    FREEZER = "freezer"
    FRIDGE = "fridge"
    DRY = "dry"
    SAFE = "safe"
    DRYING = "drying"
    BAY = "bay"

    @property
    def words(self) -> str:
        return {
            UnitKind.FREEZER: "Freezer",
            UnitKind.FRIDGE: "Fridge",
            UnitKind.DRY: "Dry store or shelf",
            UnitKind.SAFE: "Safe",
            UnitKind.DRYING: "Drying cabinet",
            UnitKind.BAY: "Vehicle bay",
        }[self]

    @property
    def is_cold(self) -> bool:
        """Whether its temperature has to be known."""
        return self in (UnitKind.FREEZER, UnitKind.FRIDGE)


class SubmissionKind(StrEnum):
    FORENSIC = "forensic"
    DIGITAL = "digital"

    @property
    def words(self) -> str:
        return {SubmissionKind.FORENSIC: "Forensic laboratory", SubmissionKind.DIGITAL: "Digital unit"}[self]


class Step(StrEnum):
    """What can happen to a submission."""

    PROMISED = "promised"
    RESULTS = "results"
    SENT_BACK = "sent back"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> str:
        return {
            Step.PROMISED: "Promised for another day",
            Step.RESULTS: "Results arrived",
            Step.SENT_BACK: "Results sent back",
            Step.ACCEPTED: "Results accepted",
            Step.WITHDRAWN: "Withdrawn",
        }[self]


class SubmissionState(StrEnum):
    WAITING = "waiting"
    ARRIVED = "arrived"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> str:
        return {
            SubmissionState.WAITING: "Waiting",
            SubmissionState.ARRIVED: "Results to be read",
            SubmissionState.ACCEPTED: "Done",
            SubmissionState.WITHDRAWN: "Withdrawn",
        }[self]
