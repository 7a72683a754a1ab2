"""Keeping recommendations: adding one, saying who owns it and by when, giving evidence, accepting it."""

from datetime import date
from typing import Any

from django.db import transaction

from peelian.journal import actions as journal
from peelian.recommendations.models import Charge, Evidence, Recommendation, Verdict
from peelian.terms.acts import Act, RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold
from peelian.walls.queries import users_holding

LAW = "Local rule (LES-14): each recommendation has an owner, a date and evidence, and where it stands is published"
KEEP = Permission.KEEP_RECOMMENDATIONS


@transaction.atomic
def add(
    *,
    by: Viewer,
    source: str,
    number: str,
    words: str,
    owner: str,
    due_on: date,
    on: date,
    owner_ref: str = "",
    published: bool = True,
) -> str:
    """Write down what a report asks, with its owner and day; returns its reference. Needs KEEP_RECOMMENDATIONS.

    `source`: the report; `number`: as it numbers them; `owner`: a post, which is published; `owner_ref`: who holds it.
    LES-14. Raises NotValid (source, number, words, owner, owner_ref, on).
    """
    must_hold(by, KEEP)
    not_ahead(by, on)
    source = sound("source", source, most=200, needed="Give the title of the report.")
    number = sound("number", number, most=40, needed="Give the number that the report gives it.")
    words = sound("words", words, needed="Give the words of the recommendation.")
    if Recommendation.objects.filter(source=source, number=number).exists():
        raise NotValid("number", f"Recommendation {number} of this report stands here already.")
    stamp: dict[str, Any] = {"on": on, "recorded_at": by.at, "recorded_by": by.actor}
    made = Recommendation.objects.create(
        ref=new_reference("PE"), source=source, number=number, words=words, is_published=published, **stamp
    )
    _charge(made, 1, owner, owner_ref, due_on, "", stamp)
    _enter(by, made.ref, Act.COLLECTED, f"wrote down a recommendation, due {due_on.isoformat()}", on)
    return str(made.ref)


@transaction.atomic
def charge(
    *, by: Viewer, recommendation_ref: str, owner: str, due_on: date, reasons: str, on: date, owner_ref: str = ""
) -> None:
    """Give a recommendation another owner or another day, with reasons; the days it had before stay, and are published.

    Needs KEEP_RECOMMENDATIONS. Raises NotFound; NotValid (owner, owner_ref, due_on, reasons, on).
    """
    must_hold(by, KEEP)
    not_ahead(by, on)
    made = _held(recommendation_ref)
    reasons = sound("reasons", reasons, needed="Say why the owner or the date changes.")
    last = made.charges.order_by("-number").first()
    assert last is not None  # it was added with one
    stamp: dict[str, Any] = {"on": on, "recorded_at": by.at, "recorded_by": by.actor}
    _charge(made, last.number + 1, owner, owner_ref, due_on, reasons, stamp)
    moved = f"moved from {last.due_on.isoformat()} to {due_on.isoformat()}" if due_on != last.due_on else "the same day"
    _enter(by, made.ref, Act.ALTERED, f"gave a recommendation to an owner: {moved}", on)


@transaction.atomic
def give_evidence(
    *, by: Viewer, recommendation_ref: str, what: str, where: str, completes: bool, on: date, says: str = ""
) -> str:
    """Say what was done and where it can be read; returns the reference. It counts once a second person accepts it.

    `completes`: it shows that all of it is done. `says`: for the public page, without anybody's name. Needs
    KEEP_RECOMMENDATIONS. Raises NotFound; NotValid (what, where, says, on).
    """
    must_hold(by, KEEP)
    not_ahead(by, on)
    made = _held(recommendation_ref)
    given = Evidence.objects.create(
        ref=new_reference("PE"),
        recommendation=made,
        what=sound("what", what, needed="Say what was done."),
        where=sound("where", where, most=300, needed="Say where it can be read: a file, a reference."),
        says=sound("says", says),
        completes=completes,
        on=on,
        recorded_at=by.at,
        recorded_by=by.actor,
    )
    _enter(by, made.ref, Act.ALTERED, "gave evidence for a recommendation", on)
    return str(given.ref)


@transaction.atomic
def answer(*, by: Viewer, evidence_ref: str, accepted: bool, reasons: str, on: date) -> None:
    """Accept evidence or send it back, with reasons, as a second person: neither who gave it nor who owns it.

    Needs COUNTERSIGN. Raises NotFound; NotAllowed for those two and where it was answered already; NotValid.
    """
    must_hold(by, Permission.COUNTERSIGN)
    given = Evidence.objects.select_related("recommendation").filter(ref=evidence_ref).first()
    if given is None:
        raise NotFound(f"evidence {evidence_ref}")
    last = given.recommendation.charges.order_by("-number").first()
    if by.actor == given.recorded_by or (last is not None and last.owner_id == by.user_id):
        raise NotAllowed(Refusal("You gave this evidence or own what it is for: somebody else must read it.", LAW))
    if Verdict.objects.filter(evidence=given).exists():
        raise NotAllowed(Refusal("This evidence was answered already. What was said stays.", LAW))
    words = sound("reasons", reasons, needed="Say why you accept it, or what is missing.")
    if not given.on <= on <= by.today:
        raise NotValid("on", "Give a day from that of the evidence to today.")
    Verdict.objects.create(
        evidence=given, accepted=accepted, reasons=words, on=on, recorded_at=by.at, recorded_by=by.actor
    )
    said = "accepted evidence" if accepted else "sent evidence back"
    _enter(by, given.recommendation.ref, Act.ALTERED, f"{said} for a recommendation", on)


def _charge(
    made: Recommendation,
    number: int,
    owner: str,
    owner_ref: str,
    due_on: date,
    reasons: str,
    stamp: dict[str, Any],
) -> None:
    holder = None
    if owner_ref:
        able = {user.ref: user for user in users_holding(KEEP, stamp["on"])}
        if owner_ref not in able:
            raise NotValid("owner_ref", "Choose somebody who keeps recommendations.")
        holder = able[owner_ref].id
    post = sound("owner", owner, most=120, needed="Give the post that owns it, as the public will read it.")
    Charge.objects.create(
        recommendation=made, number=number, owner=post, owner_id=holder, due_on=due_on, reasons=reasons, **stamp
    )


def _held(ref: str) -> Recommendation:
    found = Recommendation.objects.select_for_update().filter(ref=ref).first()
    if found is None:
        raise NotFound(f"recommendation {ref}")
    return found


def _enter(by: Viewer, ref: str, act: Act, summary: str, on: date) -> None:
    key = f"recommendation {ref}"
    journal.record(by=by, act=act, kind=RecordKind.LIST, key=key, summary=summary, decision=LAW, on=on)
