"""Drafting a letter, writing its paragraphs, recording the chair's directions, submitting it, taking it back."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from peelian.matters.queries.parts import PersonPart
from peelian.people.rows import HIDDEN_NAME
from peelian.publish.actions.held import held_letter, moved, must_have_panel, refuse_namings, sha256
from peelian.publish.directed import directed as directed_of
from peelian.publish.facts import Around, around, reading, template_of
from peelian.publish.fitting import fitting, why_not
from peelian.publish.models import Direction, Letter, Written
from peelian.publish.states import LetterState, Move
from peelian.publish.templates import FIELDS, Template, templates
from peelian.publish.wording import text_of
from peelian.terms.acts import Act
from peelian.terms.matters import Part
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotAllowed, NotValid, Refusal
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold, must_say

DIRECTIONS_LAW = "PB-3: SI 2020/4 regs 36, 39, 53, 59"


@transaction.atomic
def draft(*, by: Viewer, matter_ref: str, template: str, person_key: str = "", on: date) -> str:
    """Begin a letter of `template` on a matter; returns its reference. Needs WRITE_LETTERS.

    `person_key`: to whom, or about whom where it is to the public or a body (see `queries.choices`). Raises NotFound,
    NotValid for a template that does not fit the matter or the person.
    """
    must_hold(by, Permission.WRITE_LETTERS)
    not_ahead(by, on)
    place = around(by, matter_ref)
    chosen = templates().get(template)
    if chosen is None or not chosen.fits(place.parts.kind):
        raise NotValid("template", "Choose a letter that fits this kind of matter.")
    person = _person(place, chosen, person_key, by.today)
    to_person = bool(chosen.parts)
    letter = Letter(
        ref=new_reference("PN"),
        matter_id=place.parts.id,
        template=chosen.key,
        title=chosen.title,
        addressee_id=person.id if to_person else None,
        about_id=None if to_person else person.id,
        body=chosen.body,
        state=LetterState.DRAFT,
        written_at=by.at,
        written_by=by.actor,
        version=0,
    )
    moved(by, place, letter, Move.DRAFTED, on=on, act=Act.COLLECTED)
    return str(letter.ref)


@transaction.atomic
def write(
    *, by: Viewer, matter_ref: str, letter_ref: str, version: int, paragraphs: Mapping[str, str], on: date
) -> None:
    """Write the writer's own paragraphs; those not given stay. Needs WRITE_LETTERS.

    Raises NotFound, StaleLetter, NotValid for a paragraph the template does not have or a choice it does not offer.
    """
    must_hold(by, Permission.WRITE_LETTERS)
    place, letter = held_letter(by, matter_ref, letter_ref, version, LetterState.DRAFT, LetterState.SENT_BACK)
    known = {one.key: one for one in _template(letter).paragraphs}
    for key, text in paragraphs.items():
        if key not in known:
            raise NotValid(key, "This letter has no such paragraph.")
        text = sound(key, text)
        if known[key].choices and text and text not in known[key].choices:
            raise NotValid(key, "Choose one of those offered.")
        Written.objects.update_or_create(letter=letter, key=key, defaults={"text": text})
    moved(by, place, letter, Move.CHANGED, on=on, texts={"paragraphs": dict(paragraphs)})


@transaction.atomic
def direct(
    *,
    by: Viewer,
    matter_ref: str,
    letter_ref: str,
    version: int,
    directions: Mapping[str, tuple[bool, str]],
    directed_by: str,
    directed_on: date,
    on: date,
) -> None:
    """Record what the chair directed of each field, where no proceedings are recorded. Needs WRITE_LETTERS.

    `directions`: for each of name, date, place and content, whether it may be published and the chair's reason.
    `directed_by`: who gave them. Raises NotFound, StaleLetter, NotValid for a letter that is not to be published, a
    field left out, or what is held back without its reason.
    """
    must_hold(by, Permission.WRITE_LETTERS)
    place, letter = held_letter(by, matter_ref, letter_ref, version, LetterState.DRAFT, LetterState.SENT_BACK)
    if letter.addressee_id is not None or letter.body:
        raise NotValid("letter", "Directions are recorded for what is published, and this is a letter to somebody.")
    if directed_of(by, place.parts, letter).of_proceedings:
        reason = "The directions are recorded with the proceedings of this person, and hold this letter from there."
        raise NotAllowed(Refusal(reason, DIRECTIONS_LAW))
    letter.directed_by = sound("directed_by", directed_by, most=200, needed="Say who gave the directions.")
    not_ahead(by, directed_on, field="directed_on")
    letter.directed_on = directed_on
    for field in FIELDS:
        if field not in directions:
            raise NotValid(field, "Say whether the chair lets this be published.")
        allowed, reason = directions[field]
        reason = sound(field, reason, most=300, needed="" if allowed else "Say why the chair holds this back.")
        given = {"may_be_published": allowed, "reason": reason}
        Direction.objects.update_or_create(letter=letter, field=field, defaults=given)
    texts = {field: {"may be published": may, "reason": why} for field, (may, why) in directions.items()}
    moved(by, place, letter, Move.CHANGED, on=on, texts={"directions": texts, "directed by": letter.directed_by})


@transaction.atomic
def submit(*, by: Viewer, matter_ref: str, letter_ref: str, version: int, on: date) -> str:
    """Submit a letter for approval and keep the words as they read now; returns their SHA-256. Needs WRITE_LETTERS.

    Raises NotFound, StaleLetter; NotValid while a fact or a paragraph is missing; NotAllowed where its law does not
    reach whom it is to or about, while it gives away somebody protected (PB-1, PB-2, or marked) or while the chair's
    directions are not all recorded (PB-3).
    """
    must_hold(by, Permission.WRITE_LETTERS)
    place, letter = held_letter(by, matter_ref, letter_ref, version, LetterState.DRAFT, LetterState.SENT_BACK)
    template = _template(letter)
    if template.is_public:
        _must_be_directed(by, place, letter)
    _must_reach(place, letter, template, by.today)
    must_have_panel(by, place, letter, template.records)
    now = reading(by, place, letter, template)
    if now.missing:
        raise NotValid("letter", " ".join(now.missing))
    if now.asked:
        raise NotValid(now.asked[0].key, f"Write this first: {now.asked[0].label}")
    refuse_namings(now.namings)
    letter.text = text_of(now.blocks)
    letter.text_sha256 = sha256(letter.text)
    letter.title = template.title
    letter.template_version, letter.template_sha256 = template.version, template.sha256
    letter.state = LetterState.SUBMITTED
    moved(by, place, letter, Move.SUBMITTED, on=on, texts={"text": letter.text})
    return str(letter.text_sha256)


@transaction.atomic
def take_back(*, by: Viewer, matter_ref: str, letter_ref: str, version: int, reasons: str, on: date) -> None:
    """Take a submitted letter back to change it. Needs WRITE_LETTERS. Raises NotFound, StaleLetter, NotValid."""
    must_hold(by, Permission.WRITE_LETTERS)
    place, letter = held_letter(by, matter_ref, letter_ref, version, LetterState.SUBMITTED)
    reasons = must_say(reasons, why="Say why it is taken back.", field="reasons")
    letter.state, letter.text, letter.text_sha256 = LetterState.DRAFT, "", ""
    moved(by, place, letter, Move.TAKEN_BACK, on=on, reasons=sound("reasons", reasons))


@transaction.atomic
def abandon(*, by: Viewer, matter_ref: str, letter_ref: str, version: int, reasons: str, on: date) -> None:
    """Give a letter up before it is issued; it stays to be read. Needs WRITE_LETTERS. Raises as `take_back`."""
    must_hold(by, Permission.WRITE_LETTERS)
    place, letter = held_letter(by, matter_ref, letter_ref, version, LetterState.DRAFT, LetterState.SENT_BACK)
    reasons = must_say(reasons, why="Say why it is given up.", field="reasons")
    letter.state = LetterState.ABANDONED
    moved(by, place, letter, Move.ABANDONED, on=on, reasons=sound("reasons", reasons))


def _template(letter: Letter) -> Template:
    found = template_of(letter)
    if found is None:
        raise NotValid("template", f"There is no template {letter.template!r} any more. Abandon this letter.")
    return found


def _person(place: Around, chosen: Template, person_key: str, on: date) -> PersonPart:
    found = next((one for one in fitting(place.parts, chosen, on) if one.key == person_key), None)
    if found is not None:
        return found
    parts = chosen.parts or (Part.OFFICER_CONCERNED,)
    named = [one for one in place.parts.people if one.key == person_key and one.part in parts]
    why = why_not(chosen, named[0], on) if named and named[0].name != HIDDEN_NAME else ""
    if why:
        raise NotValid("person", f"{why} Choose another letter for this person.")
    raise NotValid("person", f"Choose to whom or about whom it is: {' or '.join(one.words.lower() for one in parts)}.")


def _must_reach(place: Around, letter: Letter, template: Template, on: date) -> None:
    """Who somebody is may be known better, or they may have left, since the letter was begun."""
    person = place.person(letter.addressee_id or letter.about_id)
    if person is not None and (why := why_not(template, person, on)):
        raise NotAllowed(Refusal(f"{why} Give this letter up and begin another.", template.law))


def _must_be_directed(by: Viewer, place: Around, letter: Letter) -> None:
    if not directed_of(by, place.parts, letter).is_whole:
        reason = "Record first what the chair directed: what may be published of name, date, place and content."
        raise NotAllowed(Refusal(reason, DIRECTIONS_LAW))
