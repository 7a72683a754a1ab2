"""Offering an independent adviser, making the referral, asking what came of it."""

from datetime import date
from typing import Any

from django.db import transaction

from peelian.clocks.law import law
from peelian.contact.held import acting_on, enter, row_of, written
from peelian.contact.models import Referral, ReferralAnswer, ReferralMade
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.typed import sound
from peelian.terms.viewer import Viewer

CONSENT = "Victims Code (2021) Right 4; local"


@transaction.atomic
def offer_adviser(
    *, by: Viewer, matter_ref: str, person_key: str, adviser: str, consented: bool, words: str, on: date
) -> str:
    """Record that an independent adviser was offered and what they answered; returns the referral's reference.

    Needs RECORD_EVENT. `adviser`: an id of `adviser`. `words`: their answer, in their words. Raises NotFound, NotValid.
    """
    matter, person = acting_on(by, matter_ref, person_key, on)
    if adviser not in {row.key for row in law().table("adviser", on=on)}:
        raise NotValid("adviser", "Choose what kind of adviser was offered.")
    words = sound("words", words, needed="Write down what they answered, in their words.")
    offered = Referral(**row_of(by, matter, person, on), ref=new_reference("PR"), adviser=adviser, consented=consented)
    referral = written(matter, offered, words=words)
    text = {"referral": referral.ref, "adviser": adviser, "consented": consented, "words": words}
    enter(by, matter, person, "offered an independent adviser", text, on=on)
    return str(referral.ref)


@transaction.atomic
def make_referral(*, by: Viewer, matter_ref: str, person_key: str, referral_ref: str, service: str, on: date) -> None:
    """Record that the referral was made, to which service. Needs RECORD_EVENT.

    Raises NotFound; NotAllowed where they did not consent; NotValid where it was made already, or before they agreed.
    """
    matter, person = acting_on(by, matter_ref, person_key, on)
    referral = _held(person.id, referral_ref)
    if not referral.consented:
        raise NotAllowed(Refusal("They did not agree to be referred. Nobody is referred without consent.", CONSENT))
    if hasattr(referral, "made"):
        raise NotValid("referral", "This referral was made already.")
    if on < referral.on:
        raise NotValid("on", "A referral is made after they agreed to it.")
    service = sound("service", service, most=200, needed="Say to which service.")
    made = ReferralMade(referral=referral, on=on, recorded_at=by.at, recorded_by=by.actor)
    written(matter, made, service=service)
    enter(by, matter, person, "referred to an independent adviser", {"referral": referral_ref, "to": service}, on=on)


@transaction.atomic
def answer_referral(*, by: Viewer, matter_ref: str, person_key: str, referral_ref: str, words: str, on: date) -> None:
    """Record what came of a referral. Needs RECORD_EVENT. Raises NotFound, NotValid before it was made or twice."""
    matter, person = acting_on(by, matter_ref, person_key, on)
    referral = _held(person.id, referral_ref)
    if not hasattr(referral, "made"):
        raise NotValid("referral", "Record first that the referral was made.")
    if hasattr(referral, "answer"):
        raise NotValid("referral", "What came of it was recorded already.")
    if on < referral.made.on:
        raise NotValid("on", "Something comes of a referral after it was made.")
    words = sound("words", words, needed="Say what came of it.")
    answer = ReferralAnswer(referral=referral, on=on, recorded_at=by.at, recorded_by=by.actor)
    written(matter, answer, words=words)
    enter(by, matter, person, "recorded what came of a referral", {"referral": referral_ref, "words": words}, on=on)


def _held(involvement_id: int, ref: str) -> Any:
    found = Referral.objects.filter(involvement_id=involvement_id, ref=ref).select_related("made", "answer").first()
    if found is None:
        raise NotFound(f"referral {ref}")
    return found
