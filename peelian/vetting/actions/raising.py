"""Reviews of clearance that open by themselves: casework asks for them, a judged record of the wash, a conviction."""

from datetime import date
from typing import Any

from django.db import transaction

from peelian.clocks.law import law
from peelian.matches import queries as matches
from peelian.matches.rows import HitRow
from peelian.people import queries as people
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer
from peelian.vetting import facts
from peelian.vetting.actions.applying import apply
from peelian.vetting.models import Application
from peelian.vetting.queries.applications import waiting
from peelian.vetting.queries.duties import raised
from peelian.walls.powers import must_hold

AREA = "This force"


@transaction.atomic
def open_raised(*, by: Viewer, on: date, pair_ref: str = "", matter_ref: str = "") -> tuple[str, ...]:
    """Open every review of clearance that is asked for and not open yet; returns their references. Needs VET.

    `pair_ref`, `matter_ref`: for this pair of the wash, or the decisions on this matter, alone; otherwise for every
    judged pair and every decision in effect that a row of the tables names. Of people who hold clearance: whoever holds
    none stands in the list of people in post. Safe to run again. Raises NotAllowed, NotValid.
    """
    must_hold(by, Permission.VET)
    opened: list[str] = []
    if not matter_ref:
        opened = [ref for hit in matches.hits(by, pair_ref=pair_ref) if _asks(hit) for ref in _of_hit(by, hit, on)]
    if not pair_ref:
        triggers = {row.title: row.key for row in law().table("vetting_trigger")}
        for one in raised(by, matter_ref):
            given = {"trigger": triggers[one.trigger], "matter_ref": one.matter_ref, "words": one.what}
            opened += _review(by, one.person.id, on, **given)
    return tuple(opened)


def open_recorded(by: Viewer, person_id: int, key: str, on: date) -> None:
    """Part of recording what a row of `vetting_recorded` names: open a review, unless one of no matter is open still.

    Whatever else is open takes it up by itself: nothing is decided while it is not weighed.
    """
    row = law().row("vetting_recorded", key)
    waits = waiting(by).filter(person_id=person_id, purpose="review", matter__isnull=True, origin="")
    if not waits.exists():
        _review(by, person_id, on, trigger=str(row["trigger"]), words=f"{row.title}.")


def _asks(hit: HitRow) -> bool:
    [row] = law().table("vetting_hit")
    return hit.result in row["results"] or bool(row["serious"] and hit.is_serious and not hit.is_associate)


def _of_hit(by: Viewer, hit: HitRow, on: date) -> list[str]:
    if Application.objects.filter(origin=hit.ref).exists():
        return []
    [row] = law().table("vetting_hit")
    return _review(by, hit.person_id, on, trigger=str(row["trigger"]), origin=hit.ref, words=f"{row.title}.")


def _review(by: Viewer, person_id: int, on: date, **given: Any) -> list[str]:
    """The review of the latest clearance in force, suspended or not; nothing for whoever holds none or has left."""
    held: list[Any] = list(facts.clearances(by).filter(person_id=person_id).order_by("-granted_on", "ref"))
    lasting = [one for one in held if one.said != "withdrawn" and (one.expires_on is None or one.expires_on >= on)]
    left = people.lives_on_record(by, [person_id])[person_id].left if lasting else None
    if not lasting or (left and left.latest <= on):
        return []
    ref = people.lines(by, [person_id])[person_id].ref
    areas = facts.areas_of(by, person_id) or [AREA]
    return [apply(by=by, person_ref=ref, purpose="review", level=lasting[0].level, areas=areas, on=on, **given)]
