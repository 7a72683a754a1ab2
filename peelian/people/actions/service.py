"""How people serve: ranks, postings, accreditations, restrictions, and leaving."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from peelian.people.actions.entries import close_open, enter, held_person, line
from peelian.people.models import Accreditation, Person, Posting, RankHeld, Restriction, Unit
from peelian.terms.acts import Act
from peelian.terms.known_dates import Precision
from peelian.terms.people import PersonKind
from peelian.terms.refusals import NotFound, NotValid
from peelian.terms.typed import not_ahead
from peelian.terms.viewer import Viewer
from peelian.walls.actions import tie, untie
from peelian.walls.powers import must_say

RESTRICTIONS = ("restricted duties", "redeployment", "suspension")
LINE_MANAGER = "line_manager"


@transaction.atomic
def hold_rank(*, by: Viewer, person_ref: str, rank: str, on: date) -> None:
    """A person holds a rank or grade from `on`; the one before ends that day. Raises NotValid, NotFound."""
    person = _serving(by, person_ref)
    not_ahead(by, on)
    rank = line("rank", rank, most=80, needed="Give the rank or grade.")
    if person.rankhelds.filter(rank=rank, to_on__isnull=True).exists():
        raise NotValid("rank", "They hold this rank already.")
    close_open(person.rankhelds, on, what="rank")
    RankHeld.objects.create(person=person, rank=rank, from_on=on)
    enter(by, person, Act.ALTERED, "recorded a rank", {"after": rank}, on=on)


@transaction.atomic
def post_to(*, by: Viewer, person_ref: str, unit_ref: str, title: str = "", supervisor_ref: str = "", on: date) -> None:
    """A person works in a unit from `on`, under a supervisor where one is named; the posting before ends that day.

    The supervisor becomes their line manager behind the walls, and the one before ceases to be. SI 2020/4 reg 15 and
    local rule CI-2. Raises NotValid, NotFound.
    """
    person = _serving(by, person_ref)
    not_ahead(by, on)
    unit = Unit.objects.filter(ref=unit_ref).first()
    if unit is None:
        raise NotFound(f"unit {unit_ref}")
    title = line("title", title, most=120)
    supervisor = None
    if supervisor_ref:
        supervisor = Person.objects.visible_to(by).filter(ref=supervisor_ref).first()
        if supervisor is None:
            raise NotFound(f"person {supervisor_ref}")
        if supervisor.pk == person.pk:
            raise NotValid("supervisor", "Nobody is their own supervisor.")
    before = close_open(person.postings, on, what="posting")
    former_id = before.supervisor_id if before else None
    Posting.objects.create(person=person, unit=unit, title=title, supervisor=supervisor, from_on=on)
    if former_id is not None and former_id != (supervisor.pk if supervisor else None):
        _end_line_manager(by, person, former_id, on)
    if supervisor is not None and supervisor.pk != former_id:
        tie(
            by=by,
            person_id=supervisor.pk,
            person_ref=supervisor.ref,
            other_id=person.pk,
            other_ref=person.ref,
            ground=LINE_MANAGER,
            on=on,
        )
    text = {"unit": unit.name, "title": title, "supervisor": supervisor.ref if supervisor else ""}
    enter(by, person, Act.ALTERED, "posted to a unit", text, on=on)


@transaction.atomic
def accredit(*, by: Viewer, person_ref: str, title: str, on: date, to_on: date | None = None) -> None:
    """A person holds an accreditation from `on`, until `to_on` (not included) where that is known. Raises NotValid."""
    person = _serving(by, person_ref)
    title = line("title", title, most=120, needed="Give the accreditation.")
    if to_on is not None and to_on <= on:
        raise NotValid("to_on", "An accreditation ends after it begins.")
    Accreditation.objects.create(person=person, title=title, from_on=on, to_on=to_on)
    enter(by, person, Act.ALTERED, "recorded an accreditation", {"after": title}, on=on)


@transaction.atomic
def restrict(*, by: Viewer, person_ref: str, kind: str, words: str, reason: str, on: date) -> int:
    """Record a restriction, redeployment or suspension from `on`; returns its number among the person's.

    `kind`: one of RESTRICTIONS. `words`: what it means in practice. Raises NotValid without a reason.
    """
    person = _serving(by, person_ref)
    not_ahead(by, on)
    if kind not in RESTRICTIONS:
        raise NotValid("kind", f"Choose one of: {', '.join(RESTRICTIONS)}.")
    words = line("words", words, most=300, needed="Say what they may not do.")
    reason = must_say(reason, why="Say why.")
    Restriction.objects.create(person=person, kind=kind, words=words, from_on=on)
    enter(by, person, Act.ALTERED, "recorded a restriction", {"kind": kind, "after": words, "reason": reason}, on=on)
    return int(person.restrictions.count())


@transaction.atomic
def lift(*, by: Viewer, person_ref: str, number: int, reason: str, on: date) -> None:
    """End a restriction: `on` is the first day without it; `number` as on the row. Raises NotValid, NotFound."""
    person = _serving(by, person_ref, may_have_left=True)
    not_ahead(by, on)
    reason = must_say(reason, why="Say why it is lifted.")
    held = list(person.restrictions.order_by("from_on", "kind", "words", "pk"))
    if not 1 <= number <= len(held):
        raise NotFound(f"restriction {number} of {person_ref}")
    row = held[number - 1]
    if row.to_on is not None:
        raise NotValid("number", "This restriction has already ended.")
    if row.from_on is not None and on < row.from_on:
        raise NotValid("on", "It cannot end before it began.")
    row.to_on = on
    row.save(update_fields=["to_on"])
    enter(by, person, Act.ALTERED, "lifted a restriction", {"kind": row.kind, "reason": reason}, on=on)


@transaction.atomic
def leave_service(*, by: Viewer, person_ref: str, on: date, reason: str = "") -> None:
    """A person leaves the service: their rank, posting, accreditations, restrictions and line manager end.

    `on` is the first day on which they no longer serve. Raises NotValid where they have left already, NotFound.
    """
    person = _serving(by, person_ref)
    not_ahead(by, on)
    if person.joined_on and on < person.joined_on:
        raise NotValid("on", "Nobody leaves before they join.")
    before = close_open(person.postings, on, what="posting")
    close_open(person.rankhelds, on, what="rank")
    for spans in (person.accreditations, person.restrictions):
        spans.filter(Q(to_on__isnull=True) | Q(to_on__gt=on), from_on__lte=on).update(to_on=on)
    if before is not None and before.supervisor_id is not None:
        _end_line_manager(by, person, before.supervisor_id, on)
    person.left_on, person.left_precision = on, Precision.DAY
    person.save(update_fields=["left_on", "left_precision"])
    enter(by, person, Act.ALTERED, "left the service", {"reason": reason}, on=on)


def _serving(by: Viewer, person_ref: str, *, may_have_left: bool = False) -> Person:
    person = held_person(by, person_ref)
    if not PersonKind(person.kind).serves:
        raise NotValid("person", "This person does not serve.")
    if person.left_on is not None and not may_have_left:
        raise NotValid("person", "This person has left the service.")
    return person


def _end_line_manager(by: Viewer, person: Person, supervisor_id: int, on: date) -> None:
    everyone = Person.objects.as_system(because="to end the tie to a former line manager")
    former_ref = everyone.values_list("ref", flat=True).get(pk=supervisor_id)
    try:
        untie(
            by=by,
            person_id=supervisor_id,
            person_ref=former_ref,
            other_id=person.pk,
            other_ref=person.ref,
            ground=LINE_MANAGER,
            on=on,
        )
    except NotFound:
        return  # a posting that came in a load tied nobody
