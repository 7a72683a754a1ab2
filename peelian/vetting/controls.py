"""Which controls stand: those of the last decision that granted or kept clearance of somebody at a level."""

from typing import Any

from django.db.models import QuerySet

from peelian.clocks.law import law
from peelian.vetting.models import Application, Control, Decision


def standing(applications: QuerySet[Application]) -> dict[int, list[Any]]:
    """Controls that no later decision took the place of, by person; ended ones too. Two statements.

    `applications`: those that the viewer may see, of the people who are asked about: what a hidden one put in their
    place shows to nobody who may not see it. A refusal, and the opening of a withdrawal, take the place of nothing.
    """
    kept = [row.key for row in law().table("vetting_outcome") if row.get("grants") or _keeps(row)]
    made = Decision.objects.filter(recommendation__application__in=applications.values("pk"), outcome__in=kept)
    last: dict[tuple[int, str], int] = {}
    for key, person_id, level in made.order_by("on", "recorded_at", "pk").values_list(
        "pk", "recommendation__application__person_id", "recommendation__application__level"
    ):
        last[person_id, level] = key
    of = {key: person_id for (person_id, _), key in last.items()}
    rows = Control.objects.filter(decision__in=list(of)).select_related("decision__recommendation__application")
    found: dict[int, list[Any]] = {}
    for row in rows.order_by("decision__on", "decision_id", "number") if of else ():
        found.setdefault(of[row.decision_id], []).append(row)
    return found


def _keeps(row: Any) -> bool:
    return bool(row.get("of_holder")) and not row.get("withhold")
