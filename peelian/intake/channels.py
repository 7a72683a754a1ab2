"""How things arrive: the national `received_via` list, and what Peelian itself hands in."""

from functools import cache

from peelian import statute

FINDING = "finding"
LOAD = "load"
OWN = {FINDING: "Found by Peelian", LOAD: "Found in a load"}


@cache
def channel_words() -> dict[str, str]:
    """Every channel's label by key, in the order of the national list; Peelian's own last."""
    national = {row.key: str(row.fields["label"]) for row in statute.table("received_via")}
    return {**national, **OWN}
