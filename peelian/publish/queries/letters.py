"""The letters of one matter: which there are, which are owed, one whole, and what was issued."""

from typing import Any

from peelian.clocks import queries as clocks
from peelian.clocks.law import law as law_in_force
from peelian.contact.queries.safety import safe_for
from peelian.decisions import queries as decisions
from peelian.matters import queries as matters
from peelian.people.rows import Reach
from peelian.publish.directed import directed
from peelian.publish.facts import (
    Around,
    around,
    given_away,
    protections_of,
    reading,
    submitted_blocks,
    template_of,
    written_of,
)
from peelian.publish.fitting import fitting, parts_of, stage_of, unfit
from peelian.publish.models import Issued, Letter, LetterMove, ProtectedIdentity
from peelian.publish.placeholders import names_in
from peelian.publish.queries.lines import lines_of
from peelian.publish.rendering import docx_of, sheet_of
from peelian.publish.rows import (
    Choice,
    IssuedRow,
    LetterLine,
    LetterRow,
    MoveRow,
    ProtectedRow,
    ServedRow,
    Serving,
    Unfit,
)
from peelian.publish.states import WRITING, Ground, LetterState, Move
from peelian.publish.templates import Template, checked, templates
from peelian.publish.wording import blocks_of
from peelian.rules.service import publication, ways
from peelian.statute import STAGES
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer
from peelian.walls import queries as users

NOBODY = Reach((), ())


def letters_of(viewer: Viewer, matter_ref: str) -> tuple[LetterLine, ...]:
    """Every letter of a matter, latest first. Raises NotFound."""
    matter = matters.parts(viewer, matter_ref)
    held = Letter.objects.filter(matter_id=matter.id).select_related("issued", "served")
    return lines_of(viewer, held.order_by("-written_at", "ref"), {matter.id: matter})


def choices(viewer: Viewer, matter_ref: str) -> tuple[Choice, ...]:
    """The templates that fit a matter and somebody on it: those of which something is owed first, then by the stage of
    casework that they belong to, in the order of its page.

    Raises NotFound.
    """
    matter = parts_of(viewer, matter_ref)
    owed = _owed(viewer, matter_ref)
    recorded = {row.key for row in clocks.events(viewer, matter_ref) if not (row.corrected or row.withdrawn)}
    found = []
    for template in templates().values():
        people = fitting(matter, template, viewer.today)
        if not people:
            continue
        names = {one.name for one in people}
        words = [
            said
            for event in template.records
            for person, said in owed.get(event, ())
            if (not person or person in names) and _needed(template) <= recorded
        ]
        people_on_it = tuple((one.key, f"{one.name} ({one.part.words.lower()})") for one in people)
        stage = stage_of(template, law_in_force())
        found.append(Choice(template, people_on_it, tuple(dict.fromkeys(words)), stage))
    return tuple(sorted(found, key=_order))


def _order(one: Choice) -> tuple[bool, int, str, str]:
    place = STAGES.index(one.stage) if one.stage else len(STAGES)
    return not one.owed, place, one.template.title, one.template.key


def why_unfit(viewer: Viewer, matter_ref: str, template: str) -> Unfit:
    """Why a letter is not among the choices of a matter, and what to write instead.

    Raises NotFound for a matter that the viewer may not see and a letter that does not exist.
    """
    chosen = templates().get(template)
    if chosen is None:
        raise NotFound(f"a letter {template}")
    return unfit(parts_of(viewer, matter_ref), chosen, viewer.today)


def unsound_letters() -> tuple[str, ...]:
    """Why some files of letters may not be used, a sentence each; empty where all are sound."""
    return tuple(problem.words for problem in checked()[1])


def letter(viewer: Viewer, matter_ref: str, letter_ref: str) -> LetterRow:
    """One letter, whole, as it reads now. Raises NotFound, MustSign."""
    place = around(viewer, matter_ref)
    held = _held(place.parts.id, letter_ref)
    template, state = template_of(held), LetterState(held.state)
    moves = list(LetterMove.objects.filter(letter=held).order_by("at", "pk"))
    wrote_it = any(row.by == viewer.actor and row.move in WRITING for row in moves)
    addressee = place.person(held.addressee_id)
    about = place.person(held.about_id)
    is_public = held.addressee_id is None and not held.body
    safe = safe_for(viewer, place.parts, addressee) if addressee else None
    said = directed(viewer, place.parts, held)
    if state.is_written and template is not None:
        now = reading(viewer, place, held, template)
        blocks, missing, asked, named = now.blocks, now.missing, now.asked, now.namings
    else:
        blocks, missing, asked = submitted_blocks(held), (), ()
        named = given_away(viewer, place, held, blocks) if state is LetterState.SUBMITTED else ()
    return LetterRow(
        line=lines_of(viewer, [held], {place.parts.id: place.parts})[0],
        version=held.version,
        part=addressee.part if addressee else None,
        is_public=is_public,
        template=template,
        about=about.name if about else "",
        written=written_of(held),
        text=held.text,
        text_sha256=held.text_sha256,
        blocks=blocks,
        missing=missing,
        asked=asked,
        namings=named,
        directions=said.rows,
        directed_by=said.by,
        directed_on=said.on,
        of_proceedings=said.of_proceedings,
        moves=_moves(moves),
        reach=safe.reach if safe else NOBODY,
        issued=_issued(held),
        served=_served(held),
        may_write=viewer.may(Permission.WRITE_LETTERS),
        may_approve=viewer.may(Permission.APPROVE_LETTERS),
        wrote_it=wrote_it,
        unread=state is LetterState.SUBMITTED and template is not None and template.sha256 != held.template_sha256,
        safe=safe,
    )


def serving(viewer: Viewer, matter_ref: str, letter_ref: str) -> Serving:
    """How an issued letter may be served today. Raises NotFound, also where it was not issued."""
    place = around(viewer, matter_ref)
    held = _held(place.parts.id, letter_ref)
    issued = Issued.objects.filter(letter=held).first()
    if issued is None:
        raise NotFound(f"letter {letter_ref}, issued")
    if held.addressee_id is None and not held.body:
        offered = publication(place.law, viewer.today)
    else:
        offered = ways(place.law, viewer.today, under_conduct=issued.is_conduct_notice)
    addressee = place.person(held.addressee_id)
    safe = safe_for(viewer, place.parts, addressee) if addressee else None
    person, keys = place.person(held.addressee_id or held.about_id), issued.records.split()
    steps = decisions.served_steps(viewer, matter_ref, keys, person.key if person else "")
    records = tuple(place.law.events[key].words for key in keys if key not in steps)
    return Serving(offered, safe.reach if safe else NOBODY, records, tuple(steps.values()), safe)


def lettered() -> frozenset[str]:
    """The events that the service of some letter records: what of them is recorded otherwise has no letter."""
    return frozenset(key for one in templates().values() for key in one.records)


def issued_pdf(viewer: Viewer, matter_ref: str, letter_ref: str) -> bytes:
    """The PDF as it was issued, to the byte. Raises NotFound."""
    return bytes(_the_issued(viewer, matter_ref, letter_ref).pdf)


def issued_docx(viewer: Viewer, matter_ref: str, letter_ref: str) -> bytes:
    """An editable copy of what was issued. Raises NotFound."""
    issued = _the_issued(viewer, matter_ref, letter_ref)
    return docx_of(sheet_of(issued.text, issued_on=issued.issued_on))


def protected(viewer: Viewer, matter_ref: str) -> tuple[ProtectedRow, ...]:
    """Everybody on a matter, and why a letter to somebody else may not name them. Raises NotFound, MustSign."""
    place = around(viewer, matter_ref)
    held = protections_of(viewer, place, is_public=False)
    marks = {
        row.involvement_id: row
        for row in ProtectedIdentity.objects.filter(matter_id=place.parts.id, lifted_on__isnull=True)
    }
    return tuple(
        ProtectedRow(
            key=one.key,
            name=one.name,
            part=one.part,
            rules=tuple(f"{row.rule}: {row.why} {row.law}" for row in held if row.involvement_id == one.id),
            mark=Ground(marks[one.id].ground) if one.id in marks else None,
            mark_reason=marks[one.id].reason if one.id in marks else "",
            marked_on=marks[one.id].marked_on if one.id in marks else None,
        )
        for one in place.parts.people
    )


def _owed(viewer: Viewer, matter_ref: str) -> dict[str, list[tuple[str, str]]]:
    """By the event that answers it: to whom or about whom something is owed, and what in words.

    A duty that waits on somebody outside the force is answered by no letter of ours. An event that ends a duty beside
    its own (an outcome told ends the updates) is left to its own.
    """
    drives, owed = law_in_force().drives, dict[str, list[tuple[str, str]]]()
    own = {drive.met_by[0]: drive.clock for drive in drives.values() if drive.met_by}
    for duty in clocks.matter_duties(viewer, matter_ref, viewer.today).open:
        drive = drives[duty.clock]
        to = f", {duty.person}" if duty.person else ""
        for event in drive.met_by if not drive.waits_on else ():
            if event == drive.met_by[0] or event not in own:
                owed.setdefault(event, []).append((duty.person, f"{duty.name}{to}: {duty.due_words}"))
    return owed


def _needed(template: Template) -> set[str]:
    """The events of which the template states the day: without them it is not yet time for this letter."""
    return {name.partition(".")[2] for name in names_in(template.text) if name.startswith("event.")}


def _held(matter_id: int, letter_ref: str) -> Any:
    held = Letter.objects.filter(matter_id=matter_id, ref=letter_ref).select_related("issued", "served").first()
    if held is None:
        raise NotFound(f"letter {letter_ref}")
    return held


def _the_issued(viewer: Viewer, matter_ref: str, letter_ref: str) -> Issued:
    place: Around = around(viewer, matter_ref)
    found = Issued.objects.filter(letter__matter_id=place.parts.id, letter__ref=letter_ref).first()
    if found is None:
        raise NotFound(f"letter {letter_ref}, issued")
    return found


def _moves(moves: list[Any]) -> tuple[MoveRow, ...]:
    names = users.actor_names({row.by for row in moves})
    return tuple(MoveRow(Move(row.move), row.at, names[row.by], row.reasons) for row in moves)


def _issued(held: Any) -> IssuedRow | None:
    issued = getattr(held, "issued", None)
    if issued is None:
        return None
    sheet = sheet_of(issued.text, issued_on=issued.issued_on)
    return IssuedRow(
        text=issued.text,
        sheet=sheet,
        blocks=blocks_of(held.text),
        sha256=issued.sha256,
        pdf_sha256=issued.pdf_sha256,
        template_version=issued.template_version,
        template_sha256=issued.template_sha256,
        law=issued.law,
        issued_on=issued.issued_on,
        issued_at=issued.issued_at,
        issued_by=users.actor_names([issued.issued_by])[issued.issued_by],
    )


def _served(held: Any) -> ServedRow | None:
    served = getattr(held, "served", None)
    if served is None:
        return None
    return ServedRow(
        way_words=served.way_words,
        address=served.address,
        sent_on=served.sent_on,
        sent_at=served.sent_at,
        served_on=served.served_on,
        law=served.law,
        unverified=served.unverified,
        note=served.note,
        recorded_at=served.recorded_at,
        recorded_by=users.actor_names([served.recorded_by])[served.recorded_by],
    )
