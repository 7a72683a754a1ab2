"""Reading a letter before it leaves: approving it, which issues it, or sending it back with reasons."""

from datetime import date
from typing import Any

from django.db import transaction

from peelian.contact import actions as contact
from peelian.publish.actions.held import held_letter, moved, refuse_namings, sha256
from peelian.publish.facts import Around, given_away, submitted_blocks, template_of
from peelian.publish.models import Issued, LetterMove
from peelian.publish.queries.lines import THE_PUBLIC
from peelian.publish.rendering import CannotPrint, kept_text, lines_above, pdf_of, sheet_of
from peelian.publish.states import WRITING, LetterState, Move
from peelian.publish.templates import letterhead
from peelian.rules.contact import Outgoing
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotValid, Refusal
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold, must_say

SECOND_READER = "Local rule: nobody approves a letter that they wrote"


@transaction.atomic
def approve(*, by: Viewer, matter_ref: str, letter_ref: str, version: int, text_sha256: str, on: date) -> str:
    """Approve a submitted letter and issue it: its exact text and its PDF are kept; returns the SHA-256 of the text.

    Needs APPROVE_LETTERS, of somebody who wrote none of it. `text_sha256`: of the words that were read. Raises
    NotFound, StaleLetter; NotAllowed for a writer, for other words than were read, where it gives away somebody who has
    been marked since, and where it breaks the contact plan of its addressee; NotValid where it cannot be laid out.
    """
    must_hold(by, Permission.APPROVE_LETTERS)
    not_ahead(by, on)
    place, letter = held_letter(by, matter_ref, letter_ref, version, LetterState.SUBMITTED)
    _must_be_another(by, letter)
    if letter.text_sha256 != text_sha256:
        raise NotAllowed(Refusal("The words are not those that you read. Read it again.", SECOND_READER))
    refuse_namings(given_away(by, place, letter, submitted_blocks(letter)))
    template = template_of(letter)
    if template is None or template.sha256 != letter.template_sha256:
        raise NotValid("letter", "The template changed after it was submitted. Send it back, to be made anew.")
    kept = kept_text(
        letterhead(),
        lines=lines_above(on=on, to=_to(place, letter), matter_ref=place.parts.ref, letter_ref=letter.ref),
        title=letter.title,
        text=letter.text,
    )
    addressee = place.person(letter.addressee_id)
    if addressee:
        contact.must_be_safe(by=by, matter=place.parts, person=addressee, message=Outgoing("", "", on, words=kept))
    try:
        pdf = pdf_of(sheet_of(kept, issued_on=on))
    except CannotPrint as refused:
        raise NotValid("letter", str(refused)) from refused
    issued = Issued.objects.create(
        letter=letter,
        text=kept,
        sha256=sha256(kept),
        pdf=pdf,
        pdf_sha256=sha256(pdf),
        template_version=letter.template_version,
        template_sha256=letter.template_sha256,
        law=template.law,
        records=" ".join(template.records),
        counts=template.counts,
        is_conduct_notice=template.is_conduct_notice,
        issued_on=on,
        issued_at=by.at,
        issued_by=by.actor,
    )
    letter.state = LetterState.ISSUED
    hashes = {"text SHA-256": issued.sha256, "PDF SHA-256": issued.pdf_sha256}
    moved(by, place, letter, Move.APPROVED, on=on, texts={"text": kept, **hashes})
    return issued.sha256


@transaction.atomic
def send_back(*, by: Viewer, matter_ref: str, letter_ref: str, version: int, reasons: str, on: date) -> None:
    """Send a submitted letter back to its writer with reasons. Powers and refusals as `approve`."""
    must_hold(by, Permission.APPROVE_LETTERS)
    place, letter = held_letter(by, matter_ref, letter_ref, version, LetterState.SUBMITTED)
    _must_be_another(by, letter)
    reasons = must_say(reasons, why="Say what must change.", field="reasons")
    letter.state, letter.text, letter.text_sha256 = LetterState.SENT_BACK, "", ""
    moved(by, place, letter, Move.SENT_BACK, on=on, reasons=sound("reasons", reasons))


def _must_be_another(by: Viewer, letter: Any) -> None:
    if LetterMove.objects.filter(letter=letter, by=by.actor, move__in=WRITING).exists():
        raise NotAllowed(Refusal("You wrote this letter, or a part of it. Somebody else approves it.", SECOND_READER))


def _to(place: Around, letter: Any) -> str:
    addressee = place.person(letter.addressee_id)
    return addressee.name if addressee else letter.body or THE_PUBLIC
