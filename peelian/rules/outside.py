"""Why another force is asked for somebody. CI-3, LES-05, LES-25, LES-33."""

from enum import StrEnum


class OutsideGround(StrEnum):
    """Each with its sentence for the request and its law."""

    NOBODY = "nobody_eligible"
    NOBODY_APART = "nobody_apart"
    CHIEF_OFFICER = "chief_officer"
    OWN_HANDLING = "own_handling"

    @property
    def words(self) -> str:
        return {
            OutsideGround.NOBODY: "Nobody of this force is free of a conflict of interest",
            OutsideGround.NOBODY_APART: "Nobody of this force outside the unit may give the second signature",
            OutsideGround.CHIEF_OFFICER: "A chief officer is concerned",
            OutsideGround.OWN_HANDLING: "The matter is about how this force handled another",
        }[self]

    @property
    def law(self) -> str:
        return {
            OutsideGround.NOBODY: "SI 2020/4 reg 15; SI 2020/2 reg 12; local rule CI-4 (conflict rules)",
            OutsideGround.NOBODY_APART: "Local rule (LES-05, LES-17, LES-23): a second person from outside the unit",
            OutsideGround.CHIEF_OFFICER: "SI 2020/2 reg 12",
            OutsideGround.OWN_HANDLING: "Local rule (LES-33): a review of one's own failings is decided by others",
        }[self]
