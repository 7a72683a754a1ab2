"""Words for proceedings: who sits as what, how somebody attends, what the officer says of an allegation."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody is on a panel. The seats themselves are rows of `statute/panels.toml`."""

    CHAIR = "chair"
    MEMBER = "member"
    INDEPENDENT_MEMBER = "independent_member"
    ADVISER = "adviser"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ").capitalize()


class Pleaded(StrEnum):
    """What the officer's reply says of one allegation."""

    ACCEPTED = "accepted"
    IN_PART = "accepted in part"
    DENIED = "denied"

    @property
    def words(self) -> str:
        return self.value.capitalize()


class Named(StrEnum):
    """Whose list a witness stands on."""

    AUTHORITY = "authority"
    OFFICER = "officer"
    BOTH = "both"

    @property
    def words(self) -> str:
        return {
            Named.AUTHORITY: "The appropriate authority's list",
            Named.OFFICER: "The officer's list",
            Named.BOTH: "Both lists: agreed",
        }[self]


class Attending(StrEnum):
    """Those of whom the chair says how they attend."""

    OFFICER = "officer"
    WITNESSES = "witnesses"
    PANEL = "panel"
    COMPLAINANT = "complainant"
    OBSERVERS = "observers"

    @property
    def words(self) -> str:
        return {
            Attending.OFFICER: "The officer concerned",
            Attending.WITNESSES: "Witnesses",
            Attending.PANEL: "Those who sit and advise",
            Attending.COMPLAINANT: "Complainants and interested persons",
            Attending.OBSERVERS: "The public and other observers",
        }[self]


class Attendance(StrEnum):
    IN_PERSON = "in person"
    REMOTE = "by video or telephone"
    EITHER = "either way"
    NOT = "not at all"

    @property
    def words(self) -> str:
        return self.value.capitalize()
