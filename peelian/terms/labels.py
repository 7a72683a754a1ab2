"""A label on every stored field: what it may be used for outside the case record.

`identity` names or points to a person; `special` is sensitive in law or in fact; `operational` is the force's own
working; `public` could stand on a public page. An unlabelled field fails the build.
"""

from enum import StrEnum


class Label(StrEnum):
    IDENTITY = "identity"
    SPECIAL = "special"
    OPERATIONAL = "operational"
    PUBLIC = "public"


def labels(*, identity: str = "", special: str = "", operational: str = "", public: str = "") -> dict[str, Label]:
    """Field names, separated by spaces, to their label: `LABELS = labels(identity="name", public="kind")`."""
    given = {
        Label.IDENTITY: identity,
        Label.SPECIAL: special,
        Label.OPERATIONAL: operational,
        Label.PUBLIC: public,
    }
    return {name: label for label, names in given.items() for name in names.split()}
