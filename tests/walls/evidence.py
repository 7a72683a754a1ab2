"""The evidence of a world: one exhibit of a matter, in one storage unit, with everything that can be said of it."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from peelian.evidence import actions
from peelian.evidence.states import SubmissionKind, UnitKind
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer


def a_store(made: Any) -> None:
    """A freezer that fails and has room for three."""
    by, since = made.user("assessor"), date(2026, 8, 1)
    given: dict[str, Any] = {"kind": UnitKind.FREEZER, "site": "Store", "capacity": 3, "on": since}
    given |= {"lowest": Decimal("-25"), "highest": Decimal("-18")}
    made.refs["store"] = actions.make_unit(by=by, name="Freezer 4", **given)
    made.refs["failure"] = actions.record_failure(
        by=by, unit_ref=made.refs["store"], what="It stopped.", from_on=since, on=made.today
    )


def evidence_of(made: Any, name: str, by: Viewer, matter: str) -> None:
    """An exhibit that lies in the freezer and waits for a second signature, a file, and a submission that waits."""
    by = replace(by, permissions=by.permissions | {Permission.KEEP_EVIDENCE})
    ref, day = made.refs[matter], made.today - timedelta(days=9)
    words = "A grimoire bound in wyvern" if name == "hidden" else "A cap"
    exhibit = actions.book_in(
        by=by,
        matter_ref=ref,
        mark="ABC/1",
        description=words,
        where="A drawer",
        found_by="A Collier",
        found_on=day,
        seal=f"S-{name}",
        on=day,
    )
    actions.place(by=by, exhibit_ref=exhibit, unit_ref=made.refs["store"], shelf="1", on=day)
    file = actions.keep(by=by, matter_ref=ref, name=f"{words}.txt", content=words.encode(), on=day)
    actions.attach(by=by, exhibit_ref=exhibit, file_ref=file, on=day)
    made.refs[f"{name}_submission"] = actions.submit(
        by=by,
        matter_ref=ref,
        kind=SubmissionKind.FORENSIC,
        to="The laboratory",
        asked=f"What is it: {words}?",
        exhibit_refs=[exhibit],
        promised_on=day + timedelta(days=2),
        on=day,
    )
    made.refs[f"{name}_hand_over"] = actions.hand_over(
        by=by, exhibit_ref=exhibit, outside="A courier", reasons="To be read.", on=day
    )
    made.refs[f"{name}_exhibit"], made.refs[f"{name}_file"] = exhibit, file
