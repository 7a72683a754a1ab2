"""On what ground a look at a matter or its people is told to those who answer for it. LES-26."""

from enum import StrEnum


class AlertGround(StrEnum):
    """How whoever looked is connected with a person concerned; the nearest connection is the one that is told."""

    SUBJECT = "subject"
    TIED = "tied"
    UNIT = "unit"

    @property
    def words(self) -> str:
        return {
            AlertGround.SUBJECT: "Is a person concerned",
            AlertGround.TIED: "Is tied to a person concerned",
            AlertGround.UNIT: "Works in the unit of a person concerned, or did in the last 5 years",
        }[self]


LAW = "Local rule (LES-26): access by the subject, their unit or a connected person is told"
