"""What is owed of each return, by whom and what comes next: lines, as the lists and one whole show them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from peelian.clocks.law import law
from peelian.recommendations import queries as recommendations
from peelian.recommendations.rows import RecommendationLine
from peelian.returns.acts import (
    MEETS,
    REPORTED,
    STARTS,
    WRITTEN,
)
from peelian.returns.facts import (
    Standing,
    approved,
    data_key,
    kind_of,
    live,
    owed_quarters,
    quarter_in,
    verdict,
)
from peelian.returns.models import Charge
from peelian.returns.rows import ReturnLine
from peelian.rules.returns import Quarter, ReturnKind, return_duty
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold
from peelian.walls.queries import users_holding
from peelian.walls.rows import UserRow

KEEP = Permission.KEEP_RETURNS
ANSWERS_FOR = ("head_of_professional_standards", "appropriate_authority")  # roles asked in turn where nobody was named
NOBODY = "nobody yet"


def to_tie(viewer: Viewer) -> tuple[RecommendationLine, ...]:
    """Recommendations kept here that a super-complaint may have made; none for whoever may not read them."""
    must_hold(viewer, KEEP)
    may_read = any(viewer.may(power) for power in recommendations.READERS)
    return recommendations.recommendations(viewer) if may_read else ()


def lines_of(viewer: Viewer, found: dict[str, dict[str, Any]]) -> Iterator[ReturnLine]:
    """Lines of the quarters that ended, and of what was started among the facts given."""
    owners = _owners(viewer)
    tied = tied_to(viewer, found)
    for quarter in owed_quarters(viewer):
        key = data_key(quarter)
        yield _line(viewer, key, quarter, "", quarter.until_on, found.get(key, {}), owners)
    for key, held in found.items():
        kind = kind_of(key)
        start = held.get(STARTS.get(kind, ""))
        if start is None:
            continue
        of = quarter_in(key) if kind is ReturnKind.BULLETIN else None
        yield _line(viewer, key, of, _named(start, tied) if of is None else "", start.on, held, owners)


def tied_to(viewer: Viewer, found: dict[str, dict[str, Any]]) -> dict[str, RecommendationLine]:
    """Those of `to_tie` that the super-complaints among the facts are tied to, by reference."""
    refs = {held[REPORTED].said.get("recommendation_ref") for held in found.values() if REPORTED in held} - {None}
    return {one.ref: one for one in to_tie(viewer) if one.ref in refs} if refs else {}


def _line(
    viewer: Viewer,
    key: str,
    quarter: Quarter | None,
    about: str,
    started_on: date,
    held: Standing,
    owners: dict[ReturnKind, UserRow | None],
) -> ReturnLine:
    kind = kind_of(key)
    met, start = live(held, MEETS[kind]), held.get(STARTS.get(kind, ""))
    asked = start.said.get("asked_by") if start is not None else None
    duty = return_duty(
        kind,
        started_on,
        met.on if met is not None else None,
        viewer.today,
        law=law(),
        asked_by=date.fromisoformat(asked) if asked else None,
        withdrawn=start.reasons if start is not None and start.withdrawn else "",
    )
    owner = owners[kind]
    is_open = duty.state.is_live
    waits = is_open and kind is ReturnKind.SUPER_COMPLAINT and live(held, WRITTEN) is not None and verdict(held) is None
    return ReturnLine(
        key=key,
        kind=kind,
        about=quarter.words if quarter else about,
        duty=duty,
        owner=owner.name if owner else NOBODY,
        owner_ref=owner.ref if owner else "",
        is_mine=owner is not None and owner.id == viewer.user_id,
        next_words=_next(kind, held) if is_open else "",
        asks_viewer=waits and viewer.may(Permission.DETERMINE) and live(held, WRITTEN).recorded_by != viewer.actor,
        quarter=quarter,
    )


def _next(kind: ReturnKind, held: Standing) -> str:
    if kind is ReturnKind.DATA:
        return "Send the data"
    if kind is ReturnKind.BULLETIN:
        return "See that the local policing body publishes it"
    if live(held, WRITTEN) is None:
        return "Write the answer"
    said = verdict(held)
    if said is None:
        return "Approve the answer"
    return "Send the answer" if approved(held) is not None else "Write the answer again"


def _owners(viewer: Viewer) -> dict[ReturnKind, UserRow | None]:
    """Who owns each kind: whoever it was given to while they keep returns, else the head, else the authority."""
    able = {user.id: user for user in users_holding(KEEP, viewer.today)}
    given = dict(Charge.objects.order_by("number").values_list("kind", "owner_id"))
    first = next((user for role in ANSWERS_FOR for user in users_holding(role, viewer.today) if user.id in able), None)
    return {kind: able.get(given.get(kind.value, 0), first) for kind in ReturnKind}


def _named(start: Any, tied: dict[str, RecommendationLine]) -> str:
    kept = tied.get(start.said.get("recommendation_ref", ""))
    number = kept.number if kept else start.said.get("number", "")
    return f"{start.said['title']}{f', {number}' if number else ''}"
