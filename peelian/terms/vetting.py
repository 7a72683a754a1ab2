"""Words of vetting: what becomes of a source that is asked, and where a clearance stands."""

from enum import StrEnum


class Said(StrEnum):
    """What is recorded of one source of an application, in the order of time."""

    ASKED = "asked"
    CHASED = "chased"
    ANSWERED = "answered"
    EXPLAINED = "explained"

    @property
    def words(self) -> str:
        return {
            Said.ASKED: "Asked",
            Said.CHASED: "Asked again",
            Said.ANSWERED: "Answered",
            Said.EXPLAINED: "Not checked, with the reason",
        }[self]


class SourceState(StrEnum):
    """Where one source stands. `silent`: it was asked and has not answered, which is a fact about it."""

    NOT_ASKED = "not asked"
    SILENT = "silent"
    ANSWERED = "answered"
    EXPLAINED = "explained"

    @property
    def words(self) -> str:
        return {
            SourceState.NOT_ASKED: "Not asked yet",
            SourceState.SILENT: "Asked; no answer",
            SourceState.ANSWERED: "Answered",
            SourceState.EXPLAINED: "Not checked, with the reason",
        }[self]

    @property
    def is_settled(self) -> bool:
        return self in (SourceState.ANSWERED, SourceState.EXPLAINED)


class ClearanceState(StrEnum):
    """Where the clearance of somebody stands on a day."""

    NONE = "none"
    HELD = "held"
    CONTROLS = "held with controls"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"

    @property
    def words(self) -> str:
        return {
            ClearanceState.NONE: "No clearance on record",
            ClearanceState.HELD: "Held",
            ClearanceState.CONTROLS: "Held, with controls",
            ClearanceState.SUSPENDED: "Suspended",
            ClearanceState.EXPIRED: "Expired",
            ClearanceState.WITHDRAWN: "Withdrawn",
            ClearanceState.ENDED: "Ended on leaving",
        }[self]

    @property
    def is_in_force(self) -> bool:
        return self in (ClearanceState.HELD, ClearanceState.CONTROLS)
