"""Words for matters: kinds, parts people play, places of users, states. Labels carry the law's own words."""

from enum import StrEnum


class MatterKind(StrEnum):
    """The keys of `statute/matters.toml` `[[kind]]` that become a matter; see there for definitions and law."""

    COMPLAINT_OUTSIDE_SCHEDULE_3 = "complaint_outside_s3"
    COMPLAINT_UNDER_SCHEDULE_3 = "complaint_s3"
    CONDUCT_MATTER = "conduct_matter"
    RECORDABLE_CONDUCT_MATTER = "recordable_conduct_matter"
    DSI_MATTER = "dsi"
    HISTORY = "history"  # an older record from an outside file that does not say which kind it was

    @property
    def words(self) -> str:
        return {
            MatterKind.COMPLAINT_OUTSIDE_SCHEDULE_3: "Complaint handled outside Schedule 3",
            MatterKind.COMPLAINT_UNDER_SCHEDULE_3: "Complaint recorded under Schedule 3",
            MatterKind.CONDUCT_MATTER: "Conduct matter",
            MatterKind.RECORDABLE_CONDUCT_MATTER: "Recordable conduct matter",
            MatterKind.DSI_MATTER: "Death or serious injury (DSI) matter",
            MatterKind.HISTORY: "History, kind not stated",
        }[self]


class Part(StrEnum):
    """The part a person plays in a matter."""

    OFFICER_CONCERNED = "officer_concerned"  # includes the person complained against in a complaint
    COMPLAINANT = "complainant"
    INTERESTED_PERSON = "interested_person"
    WITNESS = "witness"
    REPRESENTATIVE = "representative"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ").capitalize()


class Capacity(StrEnum):
    """The place a user holds on a matter."""

    HANDLER = "handler"
    ASSESSOR = "assessor"
    INVESTIGATOR = "investigator"
    SUPERVISOR = "supervisor"
    APPROPRIATE_AUTHORITY = "appropriate_authority"
    PANEL_MEMBER = "panel_member"
    REVIEWER = "reviewer"  # of a look-back: reads a past matter afresh, or sits on the panel that reads all
    NAMED = "named"  # named on a sensitive matter

    @property
    def words(self) -> str:
        return self.value.replace("_", " ").capitalize()


class MatterState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    NOT_STATED = "not stated"  # an outside record that says neither

    @property
    def words(self) -> str:
        return self.value.capitalize()
