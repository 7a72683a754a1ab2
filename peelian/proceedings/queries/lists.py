"""The proceedings of one matter, and about whom more can be opened."""

from peelian.clocks import queries as clocks
from peelian.clocks.law import law
from peelian.decisions import queries as decisions
from peelian.matters import queries as matters
from peelian.people import queries as people
from peelian.proceedings import facts
from peelian.proceedings.rows import ProceedingLine, Reached
from peelian.rules.steps import Taken
from peelian.statute import Row
from peelian.terms.known_dates import KnownDate
from peelian.terms.matters import Part
from peelian.terms.people import PersonKind
from peelian.terms.viewer import Viewer

FIRST_DAYS = {
    "hearing": "hearing_first_day",
    "meeting": "meeting_first_day",
    "accelerated": "accelerated_hearing_held",
}


def of_matter(viewer: Viewer, matter_ref: str) -> tuple[ProceedingLine, ...]:
    """Every meeting and hearing of a matter, oldest first. Raises NotFound."""
    matter = matters.parts(viewer, matter_ref)
    rows = facts.of_matter(matter)
    members = facts.sitting([row.pk for row in rows])
    people_on = {one.id: one for one in matter.people}
    found = []
    for row in rows:
        one = facts.Held(matter, row, people_on[row.involvement_id])
        found.append(
            ProceedingLine(
                ref=row.ref,
                forum=one.forum,
                person=one.person.name,
                person_key=one.person.key,
                on=row.on,
                first_day=first_day(viewer, one),
                sitting=tuple(member.name for member in members[row.pk]),
                whole=not facts.panel(viewer, one, viewer.today).against,
            )
        )
    return tuple(found)


def openable(viewer: Viewer, matter_ref: str) -> tuple[Reached, ...]:
    """For whom proceedings can be opened now, and in which forum, by what was decided. Raises NotFound."""
    matter = matters.parts(viewer, matter_ref)
    lines = people.lines_on_record(viewer, {one.person_id for one in matter.people if one.person_id})
    last = {row.involvement_id: row.forum for row in facts.of_matter(matter)}
    found = []
    for one in matter.people:
        if one.part is not Part.OFFICER_CONCERNED or not one.person_id:
            continue
        taken = decisions.standing_for(viewer, matter_ref, one.key)
        found += [
            Reached(one.key, one.name, forum)
            for forum in law().table("panel_forum")
            if is_reached(forum, taken) and fits(forum, lines[one.person_id].kind) and last.get(one.id) != forum.key
        ]
    return tuple(found)


def is_reached(forum: Row, taken: dict[str, Taken]) -> bool:
    """Whether a decision that leads to this forum stands."""
    pairs = (word.partition("=") for word in forum.get("after", ()))
    return any(key in taken and taken[key].option == option for key, _, option in pairs)


def fits(forum: Row, kind: PersonKind) -> bool:
    """Whether the forum is held for this kind of worker; one that the register does not state rules nothing out."""
    return kind in forum.get("workers", ()) or kind in (PersonKind.NOT_STATED, PersonKind.PLACEHOLDER)


def first_day(viewer: Viewer, one: facts.Held) -> KnownDate | None:
    """The first day as it is fixed now; None while nobody has fixed it."""
    key = FIRST_DAYS.get(one.row.forum, "")
    rows = [
        row
        for row in clocks.events(viewer, one.matter.ref)
        if row.key == key and not row.corrected and not row.withdrawn and row.person in ("", one.person.name)
    ]
    return max(rows, key=lambda row: row.recorded_at).on if rows else None
