"""Reading lines of enquiry, through the wall of the matter. Every query gives frozen rows; none writes."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import F

from peelian.investigations.models import LineChange, LineOfEnquiry
from peelian.investigations.rows import ChangeRow, Choices, Cited, LinePage, LineRow, Lines, MyLine
from peelian.matters import queries as matters
from peelian.matters.queries import MatterParts
from peelian.terms.acts import RecordKind
from peelian.terms.investigations import LineState, Priority
from peelian.terms.known_dates import date_words
from peelian.terms.matters import MatterState
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer
from peelian.walls.managed import is_visible
from peelian.walls.queries import actor_names, users_by_id, users_holding
from peelian.walls.rows import UserRow

NAMES = {"owner": "Who", "due_on": "By when", "priority": "Priority", "state": "State"}
MOST = 200  # lines of one person on My work


def lines(viewer: Viewer, matter_ref: str) -> Lines:
    """The lines of enquiry of a matter: open ones first, by day, then by number. Raises NotFound."""
    matter = matters.parts(viewer, matter_ref)
    held = list(LineOfEnquiry.objects.filter(matter_id=matter.id).order_by("number"))
    rows = _rows(viewer, matter, held)
    may_add = viewer.may(Permission.INVESTIGATE) and matter.state is not MatterState.CLOSED
    ordered = sorted(rows, key=lambda row: (not row.is_open, row.due_on, row.number))
    return Lines(matter.ref, matter.heading or matter.kind.words, tuple(ordered), may_add)


def line(viewer: Viewer, matter_ref: str, number: int) -> LinePage:
    """One line of enquiry with its changes. Raises NotFound."""
    matter = matters.parts(viewer, matter_ref)
    held = LineOfEnquiry.objects.filter(matter_id=matter.id, number=number).first()
    if held is None:
        raise NotFound(f"line of enquiry {number} of {matter_ref}")
    changes = list(LineChange.objects.filter(line=held).order_by("recorded_at", "pk"))
    owned = {f"user:{said['owner']}" for one in changes for said in (one.before, one.after) if "owner" in said}
    names = actor_names({held.recorded_by, *(one.recorded_by for one in changes)} | owned)
    may = viewer.may(Permission.INVESTIGATE) and not held.came_from
    return LinePage(
        row=_rows(viewer, matter, [held])[0],
        added_by=names.get(held.recorded_by, "Peelian"),
        changes=tuple(
            ChangeRow(
                tuple(
                    (words, _in_words(key, one.before[key], names), _in_words(key, one.after[key], names))
                    for key, words in NAMES.items()
                    if key in one.after
                ),
                one.words,
                one.on,
                names.get(one.recorded_by, "Peelian"),
                one.recorded_at,
            )
            for one in changes
        ),
        may_change=may,
        may_end=held.state == LineState.OPEN and not held.came_from and (may or held.owner_id == viewer.user_id),
    )


def my_lines(viewer: Viewer) -> tuple[MyLine, ...]:
    """The open lines that the viewer owns, on matters that they may see; overdue first, then by day and priority.

    Two statements, and at most 200 lines.
    """
    mine = LineOfEnquiry.objects.filter(owner_id=viewer.user_id or 0, state=LineState.OPEN)
    if not mine.exists():
        return ()  # nearly always, and My work asks each time
    seen = mine.filter(is_visible(RecordKind.MATTER, viewer, F("matter_id"))).order_by("due_on", "number")
    rows = seen.values_list("matter__ref", "matter__heading", "number", "what", "priority", "due_on")[:MOST]
    order = list(Priority)
    found = [
        MyLine(ref, heading, number, what, Priority(priority), due_on, due_on < viewer.today)
        for ref, heading, number, what, priority, due_on in rows
    ]
    return tuple(sorted(found, key=lambda one: (one.due_on, order.index(one.priority), one.matter_ref, one.number)))


def cited(matter: MatterParts) -> tuple[Cited, ...]:
    """The lines of a matter that was shown to its viewer, as a decision keeps them, by number. Two statements."""
    held = list(LineOfEnquiry.objects.filter(matter_id=matter.id).order_by("number"))
    owners = users_by_id({one.owner_id for one in held}) if held else {}
    return tuple(
        {
            "number": one.number,
            "what": one.what,
            "owner": owners[one.owner_id].name,
            "due_on": one.due_on.isoformat(),
            "state": one.state,
            "result": one.result,
        }
        for one in held
    )


def stamp(lines_read: Iterable[Cited]) -> str:
    """A mark of lines as they stood on a page, so that nobody agrees to what they did not see. Empty for none."""
    listed = list(lines_read)
    return hashlib.sha256(json.dumps(listed, sort_keys=True).encode()).hexdigest()[:16] if listed else ""


def choices(viewer: Viewer, matter_ref: str) -> Choices:
    """What a form of a line may choose from on a matter. Raises NotFound, and MustSign as `matters.matter`."""
    whole = matters.matter(viewer, matter_ref)
    matter = matters.parts(viewer, matter_ref)
    return Choices(
        owners=owners(viewer),
        allegations=tuple(
            (str(one.number), f"{one.number}. {one.category_title or one.category_words or 'Allegation'}")
            for one in whole.allegations
        ),
        people=tuple((one.key, f"{one.name}, {one.part.words.lower()}") for one in matter.people),
    )


def owners(viewer: Viewer) -> tuple[UserRow, ...]:
    """Users to whom a line may be given, by name. Whether a wall keeps one of them out is asked in the act."""
    found = {
        *users_holding(Permission.INVESTIGATE, viewer.today),
        *users_holding(Permission.RECORD_EVENT, viewer.today),
    }
    return tuple(sorted(found, key=lambda user: (user.name, user.ref)))


def _in_words(key: str, value: str, names: Mapping[str, str]) -> str:
    if key == "owner":
        return names.get(f"user:{value}", "")
    if key == "due_on":
        return date_words(date.fromisoformat(value))
    return Priority(value).words if key == "priority" else LineState(value).words


def _rows(viewer: Viewer, matter: MatterParts, held: list[Any]) -> list[LineRow]:
    users: Mapping[int, UserRow] = users_by_id({one.owner_id for one in held}) if held else {}
    people = {one.id: one.name for one in matter.people}
    return [_row(viewer, matter, one, users[one.owner_id], people) for one in held]


def _row(viewer: Viewer, matter: MatterParts, one: Any, owner: UserRow, people: Mapping[int, str]) -> LineRow:
    serves = [f"Allegation {one.allegation}"] if one.allegation else []
    serves += [people[one.involvement_id]] if one.involvement_id in people else []
    serves += [one.source] if one.source else []
    is_open = one.state == LineState.OPEN
    return LineRow(
        matter_ref=matter.ref,
        number=one.number,
        what=one.what,
        why=one.why,
        serves=tuple(serves),
        came_from=one.came_from,
        priority=Priority(one.priority),
        state=LineState(one.state),
        owner=owner,
        due_on=one.due_on,
        added_on=one.added_on,
        ended_on=one.ended_on,
        result=one.result,
        version=one.version,
        is_overdue=is_open and one.due_on < viewer.today,
    )
