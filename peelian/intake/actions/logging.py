"""Logging an item without a matter: by one person, or by two where it is about a serious category. LES-04."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from peelian.intake.actions.assessing import assess, visible
from peelian.intake.actions.owning import KIND, text_of
from peelian.intake.models import Item, LogAnswer, LogProposal
from peelian.journal import actions as journal
from peelian.rules.crime_records import serious_rows
from peelian.rules.serious import LOGGING, is_serious
from peelian.statute import product
from peelian.terms.acts import Act
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold, must_say

LOGGED = "logged an item with reasons"


@transaction.atomic
def log_with_reasons(*, by: Viewer, item_ref: str, reasons: str, on: date, serious: Collection[str] = ()) -> bool:
    """Close an item without a matter, for reasons that are kept; whether it took effect. Needs ASSESS.

    `serious`: keys of the serious categories that it is about, as whoever assesses it says. Where there is one, it
    waits until a second, independent person agrees (`answer_log`); so does a record of a sexual offence, whatever they
    say (LES-10). Raises NotFound, NotValid without reasons or while
    one waits; NotAllowed where somebody has assessed it already.
    """
    must_hold(by, Permission.ASSESS)
    item = visible(by, ref=item_ref)
    serious = {*serious, *(code for row in serious_rows(product(), item.serious) for code in row["codes"])}
    if not is_serious(product(), serious):
        if serious:
            raise NotValid("serious", "Choose from the serious categories, or say that it is about none.")
        assess(by, item, Item.State.LOGGED, reasons, on, LOGGED)
        return True
    reasons = must_say(text_of("reasons", reasons), why="Give the reasons.", field="reasons")
    if item.state != Item.State.AWAITING:
        raise NotAllowed(Refusal("This item has been assessed already.", LOGGING))
    if LogProposal.objects.filter(item=item, answer__isnull=True).exists():
        raise NotValid("reasons", "Somebody asked for it to be logged already, and it waits for a second person.")
    if on < item.received_on or on > by.today:
        raise NotValid("on", "It is assessed on or after the day it arrived, and not after today.")
    LogProposal.objects.create(
        item=item, categories=sorted(serious), reasons=reasons, on=on, recorded_at=by.at, recorded_by=by.actor
    )
    journal.record(
        by=by,
        act=Act.ALTERED,
        kind=KIND,
        key=item.ref,
        summary="asked for an item to be logged, which awaits a second person",
        decision=", ".join(sorted(serious)),
        on=on,
        texts=[(item.ref, {"reasons": reasons})],
    )
    return False


@transaction.atomic
def answer_log(*, by: Viewer, item_ref: str, agreed: bool, reasons: str, on: date) -> None:
    """Agree that an item about a serious category is logged, or send it back to be assessed. Needs COUNTERSIGN.

    Raises NotFound; NotAllowed for whoever asked for it, or took the item in; NotValid where nothing waits.
    """
    must_hold(by, Permission.COUNTERSIGN)
    item = visible(by, ref=item_ref)
    proposal = LogProposal.objects.filter(item=item, answer__isnull=True).first()
    if proposal is None or item.state != Item.State.AWAITING:
        raise NotFound(f"nothing waits on {item_ref}")
    if by.actor in (proposal.recorded_by, item.recorded_by):
        raise NotAllowed(Refusal("You asked for it, or took it in: somebody else must agree.", LOGGING))
    if not proposal.on <= on <= by.today:
        raise NotValid("on", "Give a day from that on which it was asked for to today.")
    reasons = must_say(text_of("reasons", reasons), why="Say why you agree or send it back.", field="reasons")
    LogAnswer.objects.create(
        proposal=proposal, agreed=agreed, reasons=reasons, on=on, recorded_at=by.at, recorded_by=by.actor
    )
    journal.record(
        by=by,
        act=Act.GRANTED if agreed else Act.WITHDRAWN,
        kind=KIND,
        key=item.ref,
        summary="agreed that an item is logged" if agreed else "sent an item back to be assessed",
        on=on,
        texts=[(item.ref, {"reasons": reasons})],
    )
    if agreed:
        assess(by, item, Item.State.LOGGED, proposal.reasons, on, LOGGED, assessed_by=proposal.recorded_by)
