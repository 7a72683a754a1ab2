"""Saying that something did not happen, and giving the returns of a kind to somebody."""

from datetime import date

from django.db import transaction

from peelian.returns.actions.writing import KEEP, create, enter, law_of
from peelian.returns.acts import DOINGS, MEETS, STARTS, UNDOABLE
from peelian.returns.facts import kind_of, stands
from peelian.returns.models import Charge, Fact
from peelian.rules.returns import ReturnKind
from peelian.terms.acts import Act
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold
from peelian.walls.queries import users_holding


@transaction.atomic
def undo(*, by: Viewer, return_key: str, fact_ref: str, reasons: str, on: date) -> None:
    """Say that something recorded did not happen; what was recorded stays to be read. Needs KEEP_RETURNS.

    `on`: the day this is said. Raises NotFound; NotAllowed for what started a return while what met it stands, and
    where something took its place; NotValid.
    """
    must_hold(by, KEEP)
    not_ahead(by, on)
    kind = kind_of(return_key)
    last = Fact.objects.select_for_update(of=("self",)).filter(ref=fact_ref, return_key=return_key).first()
    if last is None or last.what not in UNDOABLE:
        raise NotFound(f"fact {fact_ref} of the return {return_key}")
    if last.withdrawn or Fact.objects.filter(corrects=last).exists():
        raise NotAllowed(Refusal("Something else stands in its place already.", law_of(kind)))
    if last.what == STARTS.get(kind) and stands(return_key, MEETS[kind]) is not None:
        words = DOINGS[MEETS[kind]].words
        raise NotAllowed(Refusal(f"This still stands: {words}. Say first that it did not happen.", law_of(kind)))
    reasons = sound("reasons", reasons, needed="Say how it came to be recorded.")
    create(by, last.kind, return_key, last.what, last.on, last.said, reasons, last, withdrawn=True)
    enter(by, return_key, Act.ALTERED, f"withdrew: {DOINGS[last.what].words}", on, kind)


@transaction.atomic
def give(*, by: Viewer, kind: ReturnKind, user_ref: str, reasons: str, on: date) -> None:
    """Give the returns of a kind to somebody, who owns them from now on. Needs KEEP_RETURNS.

    Raises NotValid (user_ref for somebody who does not keep returns; reasons; on).
    """
    must_hold(by, KEEP)
    not_ahead(by, on)
    able = {user.ref: user for user in users_holding(KEEP, by.today)}
    if user_ref not in able:
        raise NotValid("user_ref", "Choose somebody who keeps returns.")
    reasons = sound("reasons", reasons, needed="Say why they own these from now on.")
    number = Charge.objects.filter(kind=kind).count() + 1
    Charge.objects.create(
        kind=kind,
        number=number,
        owner_id=able[user_ref].id,
        reasons=reasons,
        on=on,
        recorded_at=by.at,
        recorded_by=by.actor,
    )
    enter(by, kind.value, Act.ALTERED, "gave the returns of a kind to an owner", on, kind)
