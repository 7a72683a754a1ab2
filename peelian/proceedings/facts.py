"""From what is stored to what the rules of panels take: the edition, the officer, who sits, what is against them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from peelian.clocks import queries as clocks
from peelian.clocks.law import law
from peelian.decisions import queries as decisions
from peelian.matters import queries as matters
from peelian.matters.queries import MatterParts
from peelian.matters.queries.parts import PersonPart
from peelian.people import queries as people
from peelian.people.queries.serving import kinds_and_leaving, last_ranks
from peelian.proceedings.models import PanelMember, Proceeding
from peelian.rules.answers import Answer
from peelian.rules.editions import governing_edition
from peelian.rules.panels import OfficerFacts, Sitter, incomplete, may_sit, seats, took_part
from peelian.statute import Row, SchemeEdition
from peelian.terms.acts import RecordKind
from peelian.terms.known_dates import KnownDate
from peelian.terms.matters import Capacity
from peelian.terms.people import PersonKind
from peelian.terms.proceedings import Role
from peelian.terms.refusals import NotFound, Refusal
from peelian.terms.viewer import Viewer
from peelian.walls.queries import places_on

NOTICES = ("papers_supplied", "accelerated_notice_given")  # notice of referral, on which the edition may turn
BECAUSE = "to hold who sits in proceedings against the law"
IMPARTIAL = "SI 2020/4 reg 15"
BY_CONTRACT = "local"  # the law of a forum that no regulation makes
NO_EDITION = Refusal("No edition of the scheme held in the tables governs this matter: nobody can be held eligible.")
NO_PANEL = "No panel is recorded. Open the proceedings of this person and name who sits."


@dataclass(frozen=True, slots=True)
class Held:
    """One proceeding with its matter and the person concerned, as the viewer may see it."""

    matter: MatterParts
    row: Any
    person: PersonPart

    @property
    def forum(self) -> Row:
        return law().row("panel_forum", self.row.forum)


@dataclass(frozen=True, slots=True)
class Panel:
    """Who sits, the seats asked for, and what stands against each of them and against the whole."""

    edition: Answer[SchemeEdition | None]
    officer: OfficerFacts
    seats: tuple[Row, ...]
    members: tuple[Any, ...]
    refusals: Mapping[int, Refusal | None]
    against: tuple[Refusal, ...]


def held(viewer: Viewer, matter_ref: str, proceeding_ref: str) -> Held:
    """Raises NotFound, also behind the wall of the matter."""
    matter = matters.parts(viewer, matter_ref)
    row = Proceeding.objects.filter(matter_id=matter.id, ref=proceeding_ref).first()
    if row is None:
        raise NotFound(f"proceeding {proceeding_ref}")
    return Held(matter, row, _person(matter, row.involvement_id))


def last_about(viewer: Viewer, matter_ref: str, person_key: str) -> Held | None:
    """The proceedings opened last about a person of a matter; None where there are none. Raises NotFound."""
    matter = matters.parts(viewer, matter_ref)
    keys = {one.id: one for one in matter.people if one.key == person_key}
    found = Proceeding.objects.filter(matter_id=matter.id, involvement_id__in=sorted(keys))
    row = found.order_by("recorded_at", "pk").last()
    return Held(matter, row, keys[row.involvement_id]) if row is not None else None


def of_matter(matter: MatterParts) -> list[Any]:
    return list(Proceeding.objects.filter(matter_id=matter.id).order_by("recorded_at", "pk"))


def sitting(proceeding_ids: Sequence[int]) -> dict[int, list[Any]]:
    """Who sits in each of the proceedings now, in the order in which they were named. One statement."""
    found: dict[int, list[Any]] = {key: [] for key in proceeding_ids}
    rows = PanelMember.objects.filter(proceeding_id__in=list(proceeding_ids), departure__isnull=True)
    for member in rows.order_by("recorded_at", "pk"):
        found[member.proceeding_id].append(member)
    return found


def panel(viewer: Viewer, one: Held, on: date) -> Panel:
    """Everything that stands for and against a panel on a day. A fixed number of statements."""
    edition = edition_on(viewer, one.matter, on)
    members = sitting([one.row.pk])[one.row.pk]
    officer, sitters = officer_and_sitters(viewer, one, members, on)
    asked = seats(law(), one.row.forum, edition.value.key, officer.standing(law())) if edition.value else ()
    by_key = {row.key: row for row in asked}
    taken = decisions.takers(viewer, one.matter.ref)
    places = places_on(RecordKind.MATTER, one.matter.id)
    refusals: dict[int, Refusal | None] = {}
    for member in members:
        seat = by_key.get(member.seat)
        refusals[member.pk] = (
            may_sit(law(), seat, member.qualification, sitters[member.pk], officer, on) if seat else None
        ) or impartial(one, member.person_id, member.user_id, taken, places)
    filled: dict[str, int] = {}
    for member in members:
        filled[member.seat] = filled.get(member.seat, 0) + 1
    against = [refusal for refusal in refusals.values() if refusal is not None]
    against += incomplete(asked, filled, one.forum) if edition.value else (NO_EDITION,)
    return Panel(edition, officer, asked, tuple(members), refusals, tuple(dict.fromkeys(against)))


def impartial(
    one: Held,
    person_id: int | None,
    user_id: int | None,
    taken: Mapping[str, frozenset[str]],
    places: Sequence[Any],
) -> Refusal | None:
    """Why somebody is not independent of a matter, as far as the matter itself says; None where nothing does."""
    law = BY_CONTRACT if one.forum.law == BY_CONTRACT else IMPARTIAL
    if person_id is not None and any(part.person_id == person_id for part in one.matter.people):
        return Refusal("Plays a part in this matter.", law)
    if user_id is None:
        return None
    mine = [row for row in places if row.user.id == user_id]
    if any(row.conflict_at is not None for row in mine):
        return Refusal("Declared a conflict about this matter.", f"{law}; local rule CI-5 (conflict rules)")
    if not any(row.capacity is Capacity.PANEL_MEMBER and row.to_on is None for row in mine):
        return Refusal("Has no place on this matter as a panel member any more.", law)
    actor = f"user:{mine[0].user.ref}"
    return took_part(one.forum, taken, actor)


def edition_on(viewer: Viewer, matter: MatterParts, on: date) -> Answer[SchemeEdition | None]:
    """Which edition says who sits: by the day of attention and the notice of referral, `on` where none was given."""
    known = [row for row in clocks.events(viewer, matter.ref) if not row.corrected and not row.withdrawn]
    notices = [row.on for row in known if row.key in NOTICES]
    again = [row.on for row in known if row.key == "reinvestigation_ordered"]
    return governing_edition(
        law(),
        matter.came_to_attention,
        referral_notice=min(notices, key=lambda day: day.earliest, default=KnownDate(on)),
        reopened=min(again, key=lambda day: day.earliest, default=None),
    )


def officer_and_sitters(
    viewer: Viewer, one: Held, members: Sequence[Any], on: date
) -> tuple[OfficerFacts, dict[int, Sitter]]:
    """What is compared of the officer concerned and of each who sits, by key. Ranks as on the day, or the last."""
    keys = {member.person_id for member in members if member.person_id}
    about = one.person.person_id or 0
    lines = people.lines_on_record(viewer, [about])
    ranks = last_ranks({*keys, about}, on)
    facts = kinds_and_leaving(keys, because=BECAUSE)
    officer = OfficerFacts(lines[about].kind if about in lines else None, ranks.get(about, ""))
    return officer, {member.pk: sitter(member.person_id, facts, ranks) for member in members}


def sitter(
    person_id: int | None, known: Mapping[int, tuple[PersonKind, date | None]], ranks: Mapping[int, str]
) -> Sitter:
    if person_id is None or person_id not in known:
        return Sitter(None)
    kind, left_on = known[person_id]
    return Sitter(kind, ranks.get(person_id, ""), left_on)


def role_of(seat_key: str) -> Role:
    return Role(law().row("panel_seat", seat_key).get("role"))


def _person(matter: MatterParts, involvement_id: int) -> PersonPart:
    return next(one for one in matter.people if one.id == involvement_id)
