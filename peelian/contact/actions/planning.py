"""Agreeing a contact plan. The one before stays, with the reasons why another took its place."""

from datetime import date
from typing import Any

from django.db import transaction

from peelian.contact.held import acting_on, enter, row_of, written
from peelian.contact.models import Plan
from peelian.contact.rows import PlanDraft
from peelian.rules.contact import SafeWay
from peelian.terms.contact import CHANNELS
from peelian.terms.refusals import NotAllowed, NotValid, Refusal
from peelian.terms.typed import sound
from peelian.terms.viewer import Viewer

MOST_WAYS = 12
MOST_DAYS = 365
STALE = "Local rule: no act overwrites another unseen"


class PlanMoved(NotAllowed):
    """Somebody agreed another plan after the author of this one read what stood. `number`: of the one that stands."""

    def __init__(self, refusal: Refusal, number: int) -> None:
        super().__init__(refusal)
        self.number = number


@transaction.atomic
def agree_plan(*, by: Viewer, matter_ref: str, person_key: str, draft: PlanDraft, replaces: int, on: date) -> int:
    """Record a contact plan as it was agreed with somebody on `on`; returns its number. Needs RECORD_EVENT.

    `replaces`: the number of the plan its author read as the standing one; 0 for none. Victims Code (2021) Rights 1, 4.
    Raises NotFound (also for an officer concerned), NotValid, PlanMoved where another plan was agreed meanwhile.
    """
    matter, person = acting_on(by, matter_ref, person_key, on)
    held = Plan.objects.filter(involvement_id=person.id).order_by("-version").values_list("version", flat=True).first()
    if (held or 0) != replaces:
        reason = (
            "Another plan was agreed after you opened this page. Nothing of yours was written. Read it, then go on."
        )
        raise PlanMoved(Refusal(reason, STALE), held or 0)
    ways = tuple(_way(way) for way in draft.ways)
    if draft.wants_contact and not ways:
        raise NotValid("ways", "Say at least one way that is safe, or that they want no contact for now.")
    if len(ways) > MOST_WAYS:
        raise NotValid("ways", f"Use {MOST_WAYS} ways or fewer.")
    if draft.every_days is not None and not 1 <= draft.every_days <= MOST_DAYS:
        raise NotValid("every_days", f"Give a number of days from 1 to {MOST_DAYS}.")
    words: dict[str, Any] = {
        "ways": [_kept(way) for way in ways],
        "say": sound("say", draft.say),
        "never_say": sound("never_say", draft.never_say),
        "never_write": sound("never_write", draft.never_write),
        "may_be_told": sound("may_be_told", draft.may_be_told),
        "lives_there": sound("lives_there", draft.lives_there),
        "interpreter": sound("interpreter", draft.interpreter, most=200),
        "adjustments": sound("adjustments", draft.adjustments),
        "agreed_with": sound("agreed_with", draft.agreed_with, most=200, needed="Say with whom it was agreed."),
        "reasons": sound("reasons", draft.reasons, needed="Say why, or what changed."),
    }
    number = replaces + 1
    standing = {"version": number, "wants_contact": draft.wants_contact, "every_days": draft.every_days}
    written(matter, Plan(**row_of(by, matter, person, on), **standing), **words)
    said = {"ways": words["ways"], "with": words["agreed_with"], "reasons": words["reasons"], "number": number}
    enter(by, matter, person, "agreed a contact plan", said, on=on)
    return number


def _way(way: SafeWay) -> SafeWay:
    if way.channel not in CHANNELS:
        raise NotValid("ways", f"Choose one of: {', '.join(CHANNELS)}.")
    if not way.days:
        raise NotValid("ways", "Choose at least one day for each way, or leave the way out.")
    if (way.from_time is None) != (way.to_time is None):
        raise NotValid("ways", "Give both times, from and to, or neither.")
    if way.from_time is not None and way.to_time is not None and way.from_time >= way.to_time:
        raise NotValid("ways", "The second time comes after the first.")
    return SafeWay(
        channel=way.channel,
        address=sound("ways", way.address, most=300),
        days=way.days,
        from_time=way.from_time,
        to_time=way.to_time,
        note=sound("ways", way.note, most=300),
    )


def _kept(way: SafeWay) -> dict[str, object]:
    return {
        "channel": way.channel,
        "address": way.address,
        "days": sorted(way.days),
        "from": f"{way.from_time:%H:%M}" if way.from_time else "",
        "to": f"{way.to_time:%H:%M}" if way.to_time else "",
        "note": way.note,
    }
