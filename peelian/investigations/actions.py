"""Writing lines of enquiry: adding one, changing who or when, saying what came of it, opening it again."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from peelian.investigations.models import LineChange, LineOfEnquiry
from peelian.investigations.rows import LineDraft
from peelian.journal import actions as journal
from peelian.matters import queries as matters
from peelian.matters.queries import MatterParts
from peelian.terms.acts import Act, RecordKind
from peelian.terms.investigations import LineState, Priority
from peelian.terms.matters import Capacity, MatterState
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer
from peelian.walls import queries as users
from peelian.walls.actions.many_places import give_places, open_to
from peelian.walls.managed import visible_keys
from peelian.walls.powers import must_hold

MATTER = RecordKind.MATTER
LAW = "SI 2020/4 reg 17; SI 2020/2 reg 17; IOPC statutory guidance"
OWNED_ELSEWHERE = "This line came from a look-back. Say there what came of it, or who is to do it."


class LineMoved(NotAllowed):
    """Somebody changed the line after its author read it."""


@transaction.atomic
def add_line(*, by: Viewer, matter_ref: str, draft: LineDraft, on: date) -> int:
    """Add a line of enquiry to an open matter; returns its number. Needs INVESTIGATE.

    An owner who cannot see the matter yet is named on it, and signs first. Raises NotFound; NotAllowed on a closed
    matter; NotValid (what, why, owner, due_on, allegation, person, source).
    """
    must_hold(by, Permission.INVESTIGATE)
    matter = matters.parts(by, matter_ref)
    if matter.state is MatterState.CLOSED:
        raise NotAllowed(Refusal("The matter is closed. Re-open it first.", LAW))
    owner_id = _owner(by, matter, draft.owner_ref)
    involvement_id = next((one.id for one in matter.people if one.key == draft.person_key), None)
    if draft.person_key and involvement_id is None:
        raise NotValid("person", "Choose somebody who is on this matter.")
    _must_be_alleged(by, matter_ref, draft.allegation)
    return _add(by, matter.id, matter.ref, draft, owner_id, on, involvement_id=involvement_id)


@transaction.atomic
def hand_over_line(
    *, by: Viewer, matter_id: int, matter_ref: str, draft: LineDraft, owner_id: int, came_from: str, on: date
) -> int:
    """Take over a line that another room found undone, as part of the caller's act and power; returns its number.

    `came_from`: the reference under which that room finds it again, and where it is finished. Raises NotValid.
    """
    return _add(by, matter_id, matter_ref, draft, owner_id, on, came_from=came_from)


@transaction.atomic
def follow_handed_line(
    *,
    by: Viewer,
    matter_id: int,
    matter_ref: str,
    came_from: str,
    words: str,
    on: date,
    owner_id: int | None = None,
    due_on: date | None = None,
    is_done: bool = False,
) -> None:
    """Follow what the room that handed a line over did with it: done, or another owner and day. Part of its act.

    Does nothing where no line came from there: tasks made before lines were kept have none.
    """
    held = LineOfEnquiry.objects.select_for_update().filter(matter_id=matter_id, came_from=came_from).first()
    if held is None:
        return
    changed: dict[str, object] = {}
    if is_done:
        changed |= {"state": LineState.DONE.value, "ended_on": on, "result": words}
    if owner_id is not None:
        changed["owner_id"] = owner_id
    if due_on is not None:
        changed["due_on"] = due_on
    _change(by, held, matter_ref, changed, words, on)


@transaction.atomic
def change_line(
    *,
    by: Viewer,
    matter_ref: str,
    number: int,
    version: int,
    owner_ref: str,
    due_on: date | None,
    priority: Priority,
    reason: str,
    on: date,
) -> None:
    """Give a line to another owner, another day or priority, with a reason; one that ended is opened again.

    Needs INVESTIGATE. Raises NotFound; LineMoved where somebody changed it meanwhile; NotAllowed for one that is
    followed elsewhere or on a closed matter; NotValid where nothing changes, without a reason, for a day that is gone.
    """
    must_hold(by, Permission.INVESTIGATE)
    matter, held = _held(by, matter_ref, number, version)
    reason = sound("reason", reason, needed="Say why it changes.")
    owner_id = _owner(by, matter, owner_ref)
    if due_on is None or (due_on < on and due_on != held.due_on):
        raise NotValid("due_on", "Give a day, today or later.")
    wanted: dict[str, object] = {"owner_id": owner_id, "due_on": due_on, "priority": priority.value}
    if held.state != LineState.OPEN:
        wanted |= {"state": LineState.OPEN.value, "ended_on": None, "result": ""}
    changed = {key: value for key, value in wanted.items() if getattr(held, key) != value}
    if not changed:
        raise NotValid("reason", "Nothing changes: choose another owner, day or priority.")
    _change(by, held, matter.ref, changed, reason, on)
    if "owner_id" in changed:
        _let_see(by, matter.id, matter.ref, owner_id, on)


@transaction.atomic
def end_line(*, by: Viewer, matter_ref: str, number: int, version: int, state: LineState, words: str, on: date) -> None:
    """Say what came of a line: done, with its result, or stopped, with the reasons. It stays to be read.

    By its owner or whoever holds INVESTIGATE; only the latter stops one. Raises NotFound, LineMoved, NotAllowed,
    NotValid (state, words, on).
    """
    matter, held = _held(by, matter_ref, number, version)
    if held.owner_id != by.user_id or state is LineState.STOPPED:
        must_hold(by, Permission.INVESTIGATE)
    if state is LineState.OPEN:
        raise NotValid("state", "Say whether it is done or stopped.")
    if held.state != LineState.OPEN:
        raise NotValid("state", "This line has ended already.")
    if not held.added_on <= on <= by.today:
        raise NotValid("on", "Give a day from the day it was added until today.")
    why = "Say what was found." if state is LineState.DONE else "Say why it is stopped, and what is not known for it."
    words = sound("words", words, needed=why)
    _change(by, held, matter.ref, {"state": state.value, "ended_on": on, "result": words}, words, on)


def _add(
    by: Viewer,
    matter_id: int,
    matter_ref: str,
    draft: LineDraft,
    owner_id: int,
    on: date,
    *,
    involvement_id: int | None = None,
    came_from: str = "",
) -> int:
    what = sound("what", draft.what, needed="Say what is to be found out.")
    why = sound("why", draft.why, needed="Say why, and what it could change.")
    source = sound("source", draft.source)
    if draft.due_on is None or draft.due_on < on:
        raise NotValid("due_on", "Give a day, today or later.")
    not_ahead(by, on)
    there = LineOfEnquiry.objects.select_for_update().filter(matter_id=matter_id)
    number = max((int(one) for one in there.values_list("number", flat=True)), default=0) + 1
    LineOfEnquiry.objects.create(
        matter_id=matter_id,
        number=number,
        what=what,
        why=why,
        allegation=draft.allegation,
        involvement_id=involvement_id,
        source=source,
        came_from=came_from,
        priority=draft.priority,
        state=LineState.OPEN,
        owner_id=owner_id,
        due_on=draft.due_on,
        added_on=on,
        recorded_at=by.at,
        recorded_by=by.actor,
    )
    owner = users.users_by_id([owner_id])[owner_id].ref
    summary = f"added line of enquiry {number}, of {owner}, to be done by {draft.due_on.isoformat()}"
    _enter(by, matter_ref, Act.COLLECTED, summary, on, {"what": what, "why": why, "source": source})
    _let_see(by, matter_id, matter_ref, owner_id, on)
    return number


def _change(
    by: Viewer, held: LineOfEnquiry, matter_ref: str, changed: Mapping[str, object], words: str, on: date
) -> None:
    before = {_key(key): _shown(key, getattr(held, key)) for key in changed if key in SHOWN}
    after = {_key(key): _shown(key, value) for key, value in changed.items() if key in SHOWN}
    for key, value in changed.items():
        setattr(held, key, value)
    held.version += 1
    held.save(update_fields=[*changed, "version"])
    LineChange.objects.create(
        line=held, before=before, after=after, words=words, on=on, recorded_at=by.at, recorded_by=by.actor
    )
    summary = f"changed line of enquiry {held.number}: {', '.join(after) or 'words'}"
    _enter(by, matter_ref, Act.ALTERED, summary, on, {"before": before, "after": after, "words": words})


SHOWN = ("owner_id", "due_on", "priority", "state")  # of a change; the rest is in its words


def _key(column: str) -> str:
    return column.removesuffix("_id")


def _shown(column: str, value: object) -> str:
    """As a change keeps it: users by reference, days in ISO form."""
    if column == "owner_id":
        return users.users_by_id([int(str(value))])[int(str(value))].ref
    return value.isoformat() if isinstance(value, date) else str(value)


def _held(by: Viewer, matter_ref: str, number: int, version: int) -> tuple[MatterParts, LineOfEnquiry]:
    """The line, locked until the act ends, on an open matter."""
    matter = matters.parts(by, matter_ref)
    held = LineOfEnquiry.objects.select_for_update().filter(matter_id=matter.id, number=number).first()
    if held is None:
        raise NotFound(f"line of enquiry {number} of {matter_ref}")
    if held.came_from:
        raise NotAllowed(Refusal(OWNED_ELSEWHERE, LAW))
    if matter.state is MatterState.CLOSED:
        raise NotAllowed(Refusal("The matter is closed. Re-open it first.", LAW))
    if held.version != version:
        reason = "Somebody changed this line after you opened the page. Nothing of yours was written. Read it again."
        raise LineMoved(Refusal(reason, "Local rule: no act overwrites another unseen"))
    return matter, held


def _owner(by: Viewer, matter: MatterParts, user_ref: str) -> int:
    """Who is to do it. Raises NotValid, in the same words whatever keeps them out."""
    try:
        user = users.user_by_ref(user_ref)
    except NotFound as error:
        raise NotValid("owner", "Choose who is to do it.") from error
    if matter.id not in open_to(user.id, MATTER, [matter.id], by):
        raise NotValid("owner", "Choose somebody else: this person cannot take it.")
    return user.id


def _let_see(by: Viewer, matter_id: int, matter_ref: str, user_id: int, on: date) -> None:
    """Name the owner on the matter, if they cannot see it; they sign before they do."""
    viewer = users.viewer_for(user_id, at=by.at)
    sees = visible_keys(MATTER, viewer).filter(pk=matter_id).exists()
    if sees or users.unsigned(viewer, MATTER, matter_id):
        return
    given = [(matter_id, matter_ref, user_id)]
    give_places(by=by, kind=MATTER, given=given, capacity=Capacity.NAMED, on=on, because="owns a line of enquiry")


def _must_be_alleged(by: Viewer, matter_ref: str, number: int | None) -> None:
    if number is not None and number not in {one.number for one in matters.matter(by, matter_ref).allegations}:
        raise NotValid("allegation", "Choose an allegation of this matter.")


def _enter(by: Viewer, matter_ref: str, act: Act, summary: str, on: date, texts: Mapping[str, object]) -> None:
    journal.record(
        by=by, act=act, kind=MATTER, key=matter_ref, summary=summary, on=on, texts=[(matter_ref, dict(texts))]
    )
