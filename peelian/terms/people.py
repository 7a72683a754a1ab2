"""Words for people in the register."""

from enum import StrEnum


class PersonKind(StrEnum):
    OFFICER = "officer"
    SPECIAL_CONSTABLE = "special_constable"
    STAFF = "staff"
    VOLUNTEER = "volunteer"
    CONTRACTOR = "contractor"
    PUBLIC = "public"  # complainants, interested persons, witnesses who do not serve
    NOT_STATED = "not_stated"
    PLACEHOLDER = "placeholder"  # a key that stands for nobody in particular; never counted as a person

    @property
    def words(self) -> str:
        return {
            PersonKind.OFFICER: "Police officer",
            PersonKind.SPECIAL_CONSTABLE: "Special constable",
            PersonKind.STAFF: "Police staff",
            PersonKind.VOLUNTEER: "Designated volunteer",
            PersonKind.CONTRACTOR: "Contractor",
            PersonKind.PUBLIC: "Member of the public",
            PersonKind.NOT_STATED: "Not stated",
            PersonKind.PLACEHOLDER: "Placeholder, not a person",
        }[self]

    @property
    def serves(self) -> bool:
        return self in _SERVES


_SERVES = frozenset(
    {
        PersonKind.OFFICER,
        PersonKind.SPECIAL_CONSTABLE,
        PersonKind.STAFF,
        PersonKind.VOLUNTEER,
        PersonKind.CONTRACTOR,
    }
)


class NameKind(StrEnum):
    CURRENT = "current"
    FORMER = "former"
    ALIAS = "alias"


class IdentifierKind(StrEnum):
    WARRANT_NUMBER = "warrant_number"
    COLLAR_NUMBER = "collar_number"
    STAFF_NUMBER = "staff_number"
    SOURCE_KEY = "source_key"  # the key an outside file uses for this person

    @property
    def words(self) -> str:
        return self.value.replace("_", " ").capitalize()
