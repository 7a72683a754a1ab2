"""What the journal can say happened to a record."""

from enum import StrEnum


class Act(StrEnum):
    """The six operations that DPA 2018 s62(1) requires to be logged, and what else a court would ask for."""

    COLLECTED = "collected"
    ALTERED = "altered"
    CONSULTED = "consulted"
    DISCLOSED = "disclosed"
    COMBINED = "combined"
    ERASED = "erased"
    REFUSED = "refused"
    GRANTED = "granted"
    WITHDRAWN = "withdrawn"
    SIGNED_IN = "signed in"
    SIGNED_OUT = "signed out"


class RecordKind(StrEnum):
    """Kinds of record that an entry can name and that a wall can guard."""

    MATTER = "matter"
    PERSON = "person"
    INTAKE_ITEM = "intake item"
    LOAD = "load"
    USER = "user"
    JOB = "job"
    JOURNAL = "journal"
    LAW = "law"
    LIST = "list"
    UNIT = "unit"
    COHORT = "look-back cohort"
    STORE = "storage unit"
    PAIR = "pair of the wash"
