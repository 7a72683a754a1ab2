"""Giving a place: to whoever was meant, or to somebody else where a conflict of interest keeps them out."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from peelian.demo.stage import Stage
from peelian.matters import actions, queries
from peelian.terms.matters import Capacity
from peelian.terms.refusals import NotAllowed

CASTS = {
    Capacity.INVESTIGATOR: ("investigator", "investigator2", "investigator3"),
    Capacity.APPROPRIATE_AUTHORITY: ("authority", "authority2"),
}
REASONS = "Nobody else of the department is free, and the two have not worked together for years."


def give(stage: Stage, matter_ref: str, who: str, capacity: Capacity, *, by: str, at: datetime) -> str:
    """Give the place; returns who has it: `who`, or somebody of the cast who is eligible, or `who` with reasons.

    Empty where a conflict that nobody may set aside keeps all of them out: the place waits for another force.
    """
    given: dict[str, Any] = {"matter_ref": matter_ref, "capacity": capacity, "on": at.date()}
    giver = stage.as_user(by, at)
    try:
        actions.allocate(by=giver, user_ref=stage.user_refs[who], **given)
    except NotAllowed:
        found = queries.proposal(giver, matter_ref, capacity, at.date())
        eligible = {one.user.ref for one in found.eligible}
        others = [one for one in CASTS[capacity] if stage.user_refs[one] in eligible]
        if others:
            actions.allocate(by=giver, user_ref=stage.user_refs[others[0]], **given)
            return others[0]
        decider = stage.as_user("authority2" if who == "authority" else "authority", at)
        for one in dict.fromkeys((who, *CASTS[capacity])):
            with suppress(NotAllowed):
                actions.allocate(by=decider, user_ref=stage.user_refs[one], set_aside=REASONS, **given)
                return one
        return ""
    return who
