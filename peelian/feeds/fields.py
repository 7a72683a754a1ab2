"""The fields a column map may fill, one list for each kind of content; `docs/reference/column-map.md` prints them."""

from dataclasses import dataclass
from enum import StrEnum

from peelian.terms.matters import MatterKind, MatterState
from peelian.terms.people import PersonKind


class Content(StrEnum):
    """What one row of a source speaks of."""

    STAFF_REGISTER = "staff_register"  # one person who serves or served
    COMPLAINT_HISTORY = "complaint_history"  # one matter x person (x allegation)
    INCIDENTS = "incidents"  # one incident x person, from this force or another
    CLEARANCES = "clearances"  # one vetting clearance of a person, granted before or elsewhere

    @property
    def words(self) -> str:
        return {
            Content.STAFF_REGISTER: "Staff register",
            Content.COMPLAINT_HISTORY: "Complaint and misconduct history",
            Content.INCIDENTS: "Incidents, this force and others",
            Content.CLEARANCES: "Vetting clearances, granted before or elsewhere",
        }[self]


class Shape(StrEnum):
    """How a cell is read."""

    IDENTIFIER = "identifier"  # always text; scientific form is refused
    NAME = "name"  # spaces put right, nothing else; `Null` and `NA` are real names
    NAMES = "names"  # several names in a cell, or in several columns; a tuple
    FULL_NAME = "full_name"  # `Family, Given` or `Given Family`; fills family_name and given_names
    TEXT = "text"  # a short text: spaces put right, value table applied
    LONG_TEXT = "long_text"  # a narrative: kept as it stands
    DATE = "date"  # a KnownDate
    YEAR = "year"  # a whole number
    FLAG = "flag"  # True or False
    CHOICE = "choice"  # one of a fixed list


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `words` is its label in plain English; `choices` only for a choice."""

    name: str
    shape: Shape
    words: str
    required: bool = False
    choices: tuple[str, ...] = ()


_PERSON_KINDS = tuple(kind.value for kind in PersonKind if kind is not PersonKind.PLACEHOLDER)
_MATTER_KINDS = tuple(kind.value for kind in MatterKind)
_STATES = tuple(state.value for state in MatterState)

STAFF_REGISTER = (
    Field("person_key", Shape.IDENTIFIER, "key of the person in this source", required=True),
    Field("person_kind", Shape.CHOICE, "officer, special constable, staff …", choices=_PERSON_KINDS),
    Field("family_name", Shape.NAME, "family name"),
    Field("given_names", Shape.NAME, "given names"),
    Field("full_name", Shape.FULL_NAME, "whole name in one cell"),
    Field("former_names", Shape.NAMES, "former names"),
    Field("warrant_number", Shape.IDENTIFIER, "warrant number"),
    Field("collar_number", Shape.IDENTIFIER, "collar (shoulder) number"),
    Field("staff_number", Shape.IDENTIFIER, "staff, pay or employee number"),
    Field("vehicle_marks", Shape.NAMES, "registration marks of their vehicles"),
    Field("birth_on", Shape.DATE, "date of birth"),
    Field("birth_year", Shape.YEAR, "year of birth"),
    Field("sex", Shape.TEXT, "sex"),
    Field("ethnicity", Shape.TEXT, "ethnicity"),
    Field("rank", Shape.TEXT, "rank or grade"),
    Field("role", Shape.TEXT, "role"),
    Field("unit", Shape.TEXT, "unit, command or station"),
    Field("force", Shape.TEXT, "force"),
    Field("rank_from", Shape.DATE, "rank held from"),
    Field("posted_on", Shape.DATE, "posted to the unit on"),
    Field("appointed_on", Shape.DATE, "appointed on"),
    Field("left_on", Shape.DATE, "left on"),
    Field("leaving_reason", Shape.TEXT, "reason for leaving"),
)

COMPLAINT_HISTORY = (
    Field("matter_reference", Shape.IDENTIFIER, "reference of the matter", required=True),
    Field("matter_kind", Shape.CHOICE, "kind of matter", choices=_MATTER_KINDS),
    Field("state", Shape.CHOICE, "open or closed", choices=_STATES),
    Field("allegation_reference", Shape.IDENTIFIER, "reference or number of the allegation"),
    Field("person_key", Shape.IDENTIFIER, "key of the person complained against"),
    Field("family_name", Shape.NAME, "family name of the person complained against"),
    Field("given_names", Shape.NAME, "given names of the person complained against"),
    Field("full_name", Shape.FULL_NAME, "whole name of the person complained against"),
    Field("warrant_number", Shape.IDENTIFIER, "warrant number of the person complained against"),
    Field("collar_number", Shape.IDENTIFIER, "collar number of the person complained against"),
    Field("rank", Shape.TEXT, "rank at the time"),
    Field("unit", Shape.TEXT, "unit at the time"),
    Field("force", Shape.TEXT, "force"),
    Field("incident_on", Shape.DATE, "date of the incident"),
    Field("complaint_on", Shape.DATE, "date of the complaint"),
    Field("recorded_on", Shape.DATE, "date recorded"),
    Field("closed_on", Shape.DATE, "date closed"),
    Field("category", Shape.TEXT, "category in words"),
    Field("category_code", Shape.TEXT, "code of the category"),
    Field("factor", Shape.TEXT, "national factor"),
    Field("allegation_text", Shape.LONG_TEXT, "the allegation in words"),
    Field("finding_recommended", Shape.TEXT, "finding recommended"),
    Field("finding_final", Shape.TEXT, "final finding"),
    Field("outcome_recommended", Shape.TEXT, "outcome recommended"),
    Field("outcome_final", Shape.TEXT, "final outcome"),
    Field("internal", Shape.FLAG, "raised from inside the force"),
    Field("location", Shape.TEXT, "place"),
    Field("narrative", Shape.LONG_TEXT, "narrative"),
    Field("complainant_key", Shape.IDENTIFIER, "key of the complainant"),
    Field("complainant_family_name", Shape.NAME, "family name of the complainant"),
    Field("complainant_given_names", Shape.NAME, "given names of the complainant"),
    Field("complainant_birth_on", Shape.DATE, "date of birth of the complainant"),
    Field("complainant_sex", Shape.TEXT, "sex of the complainant"),
    Field("complainant_ethnicity", Shape.TEXT, "ethnicity of the complainant"),
    Field("complainant_contact", Shape.LONG_TEXT, "how to reach the complainant"),
)

INCIDENTS = (
    Field("incident_reference", Shape.IDENTIFIER, "reference of the incident", required=True),
    Field("force", Shape.TEXT, "force that holds the record"),
    Field("incident_on", Shape.DATE, "date of the incident"),
    Field("reported_on", Shape.DATE, "date reported"),
    Field("closed_on", Shape.DATE, "date closed"),
    Field("person_key", Shape.IDENTIFIER, "key of the person in this source"),
    Field("family_name", Shape.NAME, "family name"),
    Field("given_names", Shape.NAME, "given names"),
    Field("full_name", Shape.FULL_NAME, "whole name in one cell"),
    Field("birth_on", Shape.DATE, "date of birth"),
    Field("birth_year", Shape.YEAR, "year of birth"),
    Field("warrant_number", Shape.IDENTIFIER, "warrant number"),
    Field("collar_number", Shape.IDENTIFIER, "collar number"),
    Field("part", Shape.TEXT, "part the person played"),
    Field("category", Shape.TEXT, "category"),
    Field("location", Shape.TEXT, "place"),
    Field("text", Shape.LONG_TEXT, "what happened"),
    Field("outcome", Shape.TEXT, "outcome"),
)

CLEARANCES = (
    Field("staff_number", Shape.IDENTIFIER, "staff, pay or employee number"),
    Field("warrant_number", Shape.IDENTIFIER, "warrant number"),
    Field("collar_number", Shape.IDENTIFIER, "collar (shoulder) number"),
    Field("level", Shape.TEXT, "level of clearance, as the tables call it", required=True),
    Field("granted_on", Shape.DATE, "granted on", required=True),
    Field("expires_on", Shape.DATE, "last day; counted from the level where it is empty"),
    Field("force", Shape.TEXT, "force or body that granted it", required=True),
    Field("reviewed_on", Shape.DATE, "last annual review"),
    Field("contractor", Shape.FLAG, "held as a contractor"),
)

FIELDS: dict[Content, dict[str, Field]] = {
    Content.STAFF_REGISTER: {field.name: field for field in STAFF_REGISTER},
    Content.COMPLAINT_HISTORY: {field.name: field for field in COMPLAINT_HISTORY},
    Content.INCIDENTS: {field.name: field for field in INCIDENTS},
    Content.CLEARANCES: {field.name: field for field in CLEARANCES},
}
