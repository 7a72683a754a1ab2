"""What followed a refusal, and what can come next; for the page of its application."""

from typing import Any

from django.db.models import Exists, OuterRef

from peelian.clocks.law import law
from peelian.people import queries as people
from peelian.people.rows import PersonLine
from peelian.rules import vetting as rules
from peelian.rules.disclosure import ground
from peelian.terms.permissions import Permission
from peelian.terms.refusals import Refusal
from peelian.terms.viewer import Viewer
from peelian.vetting import facts
from peelian.vetting.kept_rows import NextRow, RefusedRow, StepRow
from peelian.vetting.models import Decision, RefusalStep
from peelian.walls.powers import LAW
from peelian.walls.queries import actor_names

MOST = 25
TELL, HEAR = "Tell of a refusal and of the right of appeal", "Hear an appeal against a refusal"


def refusal_of(viewer: Viewer, decision: Any) -> RefusedRow | None:
    """Of a decision that the viewer may see; None where it refused nothing."""
    if decision is None or decision.outcome != facts.REFUSED:
        return None
    done = list(decision.followed.order_by("recorded_at", "pk"))
    taken = tuple(rules.StepTaken(one.key, one.on, one.recorded_by) for one in done)
    names = actor_names({one.recorded_by for one in done})
    rows = {row.key: row for row in law().table("vetting_refusal")}
    steps = tuple(
        StepRow(
            rows[one.key],
            one.on,
            names[one.recorded_by],
            one.words,
            one.withheld,
            tuple(ground(law(), key, one.on) for key in one.grounds),
        )
        for one in done
    )
    keys = {one.key for one in taken}
    near = [row for row in rows.values() if row.key not in keys and set(row.get("after", ())) <= keys]
    nexts = tuple(NextRow(row, _why_not(viewer, row, taken, decision)) for row in near)
    ended = any(rows[key].get("ends") for key in keys)
    opened = next((one.opened for one in done if one.opened), "")
    return RefusedRow(steps, () if ended else nexts, opened)


def after_refusals(viewer: Viewer) -> tuple[tuple[str, PersonLine, str], ...]:
    """Refusals of which nobody was told, for whoever vets; appeals to hear, for whoever may and had no part.

    The application, the person and what is to be done, the oldest first, at most 25; for the queries of this room.
    """
    done = RefusalStep.objects.filter(decision=OuterRef("pk"))
    ended = [row.key for row in law().table("vetting_refusal") if row.get("ends")]
    rows = Decision.objects.filter(
        outcome=facts.REFUSED, recommendation__application__in=facts.seen(viewer).values("pk")
    ).annotate(told=Exists(done.filter(key="told")), appealed=Exists(done.filter(key="appeal")))
    if not viewer.may(Permission.VET):
        rows = rows.filter(appealed=True).exclude(followed__recorded_by=viewer.actor)
    if not viewer.may(Permission.OVERRIDE_VETTING):
        rows = rows.filter(told=False)
    rows = rows.exclude(Exists(done.filter(key__in=ended))).select_related("recommendation__application")
    found = []
    for one in rows.order_by("on", "pk")[:MOST]:
        if not one.told:
            found.append((one.recommendation.application, TELL))
        elif one.appealed and viewer.actor not in facts.hands_of(one):
            found.append((one.recommendation.application, HEAR))
    lines = people.lines(viewer, {held.person_id for held, _ in found}) if found else {}
    return tuple((held.ref, lines[held.person_id], words) for held, words in found)


def _why_not(viewer: Viewer, row: Any, taken: tuple[rules.StepTaken, ...], decision: Any) -> Refusal | None:
    if not viewer.may(Permission(row["needs"])):
        return Refusal(f"Your role does not let you {Permission(row['needs']).words}.", LAW)
    return rules.may_follow(law(), row, taken, facts.hands_of(decision), viewer.actor)
