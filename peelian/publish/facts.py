"""The facts of a matter as a letter may state them, and everything that stands against a draft, for one viewer."""

from dataclasses import dataclass
from typing import Any

from peelian.clocks import queries as clocks
from peelian.clocks.law import law as law_in_force
from peelian.clocks.rows import ChronologyEntry
from peelian.matters import queries as matters
from peelian.matters.queries.parts import MatterParts, PersonPart
from peelian.matters.rows import MatterRow
from peelian.people import queries as people
from peelian.people.rows import HIDDEN_NAME
from peelian.publish.directed import directed
from peelian.publish.fitting import parts_of
from peelian.publish.models import Letter, ProtectedIdentity, Written
from peelian.publish.placeholders import CHRONOLOGIES, Facts, lengths_of, names_in
from peelian.publish.protected import Protection, Sought, namings, protections, sought
from peelian.publish.rows import Naming
from peelian.publish.states import FIELD_WORDS, Ground
from peelian.publish.templates import Paragraph, Template, letterhead, templates
from peelian.publish.wording import Block, blocks_of, filled
from peelian.rules.words import day_words
from peelian.statute import Register
from peelian.terms.known_dates import KnownDate
from peelian.terms.matters import Capacity, Part
from peelian.terms.viewer import Viewer
from peelian.walls import queries as users

BECAUSE = "to keep the identity of somebody protected out of a letter"
DIRECTIONS_LAW = "SI 2020/4 regs 36, 39, 53, 59"


@dataclass(frozen=True, slots=True)
class Around:
    """A matter as whoever writes a letter about it sees it."""

    matter: MatterRow
    parts: MatterParts
    law: Register

    def person(self, involvement_id: int | None) -> PersonPart | None:
        return next((one for one in self.parts.people if one.id == involvement_id), None)


@dataclass(frozen=True, slots=True)
class Reading:
    """A draft as it reads now: its blocks, and what keeps it from being submitted."""

    blocks: tuple[Block, ...]
    missing: tuple[str, ...]
    asked: tuple[Paragraph, ...]
    namings: tuple[Naming, ...]


def around(viewer: Viewer, matter_ref: str) -> Around:
    """Raises NotFound, MustSign."""
    return Around(matters.matter(viewer, matter_ref), parts_of(viewer, matter_ref), law_in_force())


def template_of(letter: Any) -> Template | None:
    """The template that a letter is made from; None where none of that key is held any more."""
    return templates().get(letter.template)


def written_of(letter: Any) -> dict[str, str]:
    return dict(Written.objects.filter(letter=letter).values_list("key", "text"))


def facts_of(viewer: Viewer, place: Around, letter: Any) -> Facts:
    """What may be said of the matter in this letter."""
    addressee, about = place.person(letter.addressee_id), place.person(letter.about_id)
    officer = about or (addressee if addressee and addressee.part is Part.OFFICER_CONCERNED else None)
    head, template = letterhead(), template_of(letter)
    return Facts(
        matter_ref=place.parts.ref,
        matter_kind=place.parts.kind.words,
        matter_came_on=place.parts.came_to_attention,
        addressee_name=letter.body or _name(addressee),
        about_name=f"{_rank(place.matter, officer)} {_name(officer)}".strip() if _name(officer) else "",
        officers=tuple(
            f"{row.person.rank} {row.words}".strip() if row.person else row.words
            for row in place.matter.involvements
            if row.part is Part.OFFICER_CONCERNED and row.words != HIDDEN_NAME
        ),
        allegations=tuple(
            dict.fromkeys(row.category_title or row.category_words for row in place.matter.allegations if row.category)
        ),
        handler=_holder(place.matter, Capacity.HANDLER) or _holder(place.matter, Capacity.INVESTIGATOR),
        investigator=_holder(place.matter, Capacity.INVESTIGATOR),
        writer=users.actor_names([letter.written_by])[letter.written_by],
        force=head.force,
        department=head.department,
        contact=head.contact,
        events=_events(viewer, place, [one.name for one in (addressee, about) if one]),
        lengths=lengths_of(place.law),
        chronologies=_chronologies(viewer, place) if template and CHRONOLOGIES in names_in(template.text) else (),
    )


def reading(viewer: Viewer, place: Around, letter: Any, template: Template) -> Reading:
    """The draft as it reads now and all that stands against it."""
    written = written_of(letter)
    withheld = directed(viewer, place.parts, letter).withheld if template.is_public else frozenset()
    facts = facts_of(viewer, place, letter)
    blocks, missing = filled(template.text, facts, written, place.law, withheld=withheld, fields=template.fields)
    asked = tuple(
        one for one in template.paragraphs if one.needed and one.field not in withheld and not written.get(one.key)
    )
    return Reading(blocks, tuple(one.why for one in missing), asked, given_away(viewer, place, letter, blocks))


def given_away(viewer: Viewer, place: Around, letter: Any, blocks: tuple[Block, ...]) -> tuple[Naming, ...]:
    """Where the words of a letter give away somebody protected, or what the chair does not let be published."""
    is_public = letter.addressee_id is None and not letter.body
    known = people.identities([one.person_id for one in place.parts.people if one.person_id], because=BECAUSE)
    held = protections_of(viewer, place, is_public=is_public, known=known)
    allowed = place.person(letter.addressee_id)
    looked_for, may_stand = sought(held, place.parts, known, allowed=allowed)
    if is_public and (withheld := directed(viewer, place.parts, letter).withheld):
        looked_for += _withheld_words(viewer, place, letter, withheld, known)
        about = place.person(letter.about_id)
        if "name" in withheld and about and about.person_id in known:
            own = {name.words for name in known[about.person_id].names}
            may_stand = tuple(name for name in may_stand if name not in own)
    return namings(blocks, looked_for, may_stand)


def protections_of(viewer: Viewer, place: Around, *, is_public: bool, known: Any = None) -> tuple[Protection, ...]:
    """Everybody on the matter who may not be named."""
    if known is None:
        known = people.identities([one.person_id for one in place.parts.people if one.person_id], because=BECAUSE)
    marks = {
        row.involvement_id: (Ground(row.ground), row.reason)
        for row in ProtectedIdentity.objects.filter(matter_id=place.parts.id, lifted_on__isnull=True)
    }
    return protections(place.law, place.matter, place.parts.people, known, marks, on=viewer.today, is_public=is_public)


def submitted_blocks(letter: Letter) -> tuple[Block, ...]:
    return blocks_of(letter.text)


def _withheld_words(
    viewer: Viewer, place: Around, letter: Any, withheld: frozenset[str], known: Any
) -> tuple[Sought, ...]:
    """Words of the fields that are held back, which may not stand elsewhere in the text either."""
    why = "The chair directed that this not be published: {}."
    found: list[Sought] = []
    about = place.person(letter.about_id)
    if "name" in withheld and about and about.person_id in known:
        reason = why.format(FIELD_WORDS["name"].lower())
        for name in known[about.person_id].names:
            own = [name.words, *(word for word in (name.family, *name.given.split()) if len(word) > 2)]
            found += [Sought(word, "PB-3", DIRECTIONS_LAW, reason) for word in own]
    template, written = template_of(letter), written_of(letter)
    for key, field in (template.fields if template else {}).items():
        words = written.get(key, "").strip()
        if field in withheld and 4 < len(words) <= 120:
            found.append(Sought(words, "PB-3", DIRECTIONS_LAW, why.format(FIELD_WORDS[field].lower()), anywhere=True))
    if "date" in withheld:
        day = _events(viewer, place, [about.name] if about else []).get("hearing_first_day")
        if day is not None and day.is_exact:
            reason = why.format(FIELD_WORDS["date"].lower())
            both = (day_words(day.earliest), day.words)
            found += [Sought(one, "PB-3", DIRECTIONS_LAW, reason, anywhere=True) for one in both]
    return tuple(found)


def _events(viewer: Viewer, place: Around, names: list[str]) -> dict[str, KnownDate]:
    """The last day of each event: one recorded for somebody of these names before one for nobody, before any other."""
    ranked: dict[str, tuple[tuple[int, Any], KnownDate]] = {}
    for row in clocks.events(viewer, place.parts.ref):
        if row.corrected or row.withdrawn:
            continue
        nearness = 2 if row.person in names else 1 if not row.person else 0
        order = (nearness, (row.on.earliest, row.recorded_at))
        if row.key not in ranked or ranked[row.key][0] <= order:
            ranked[row.key] = (order, row.on)
    return {key: on for key, (_, on) in ranked.items()}


def _chronologies(viewer: Viewer, place: Around) -> tuple[str, ...]:
    """What the viewer may see of each person concerned, oldest first: the day, what it was, the source. LES-09."""
    found: list[str] = []
    for row in place.matter.involvements:
        if row.part is not Part.OFFICER_CONCERNED or row.person is None or row.person.is_hidden:
            continue
        told = clocks.chronology(viewer, row.person.ref)
        found += [f"{row.words}, {_day_of(one)}: {_said(one)}" for one in (*told.dated, *told.undated)]
    return tuple(found)


def _day_of(one: ChronologyEntry) -> str:
    if one.on is None:
        return "day not known"
    return day_words(one.on.earliest) if one.on.is_exact else one.on.words


def _said(one: ChronologyEntry) -> str:
    words = f"{one.title}; {one.words}" if one.words else one.title
    of_force = f" of {one.force}" if one.force else ""
    kept = "the wash of records" if one.pair_ref else "the register of people"
    source = f"matter {one.matter_ref}{of_force}" if one.matter_ref else kept
    return f"{words}. Source: {source}."


def _name(one: PersonPart | None) -> str:
    return one.name if one and one.name != HIDDEN_NAME else ""


def _rank(matter: MatterRow, one: PersonPart | None) -> str:
    row = next((row for row in matter.involvements if one and row.id == one.id), None)
    return row.person.rank if row and row.person else ""


def _holder(matter: MatterRow, capacity: Capacity) -> str:
    held = [row for row in matter.places if row.capacity is capacity and row.to_on is None]
    return min(held, key=lambda row: (row.from_on, row.user.name)).user.name if held else ""
