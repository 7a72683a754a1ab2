"""Those whom a line manager manages: where their clearance stands, what falls due, what the manager was told."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any

from peelian.clocks.law import law
from peelian.people.queries.serving import managed_by
from peelian.people.rows import PersonLine
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, Refusal
from peelian.terms.vetting import ClearanceState
from peelian.terms.viewer import Viewer
from peelian.vetting import facts
from peelian.vetting.controls import standing
from peelian.vetting.kept_rows import Staff, StaffRow
from peelian.vetting.models import AnnualReview, Application, Statement
from peelian.vetting.queries.clearances import enough_for, review_due
from peelian.vetting.rows import VettingDuty
from peelian.walls.powers import must_hold

Told = dict[int, list[tuple[str, date]]]
SIGNS = "my-staff-year"
AHEAD = timedelta(days=30)
NOT_THEIRS = Refusal(
    "Nobody with this reference works under you today. Whoever manages them directly signs their annual review.",
    "Vetting APP, Appendix B form (VET-05)",
)


def staff_member(viewer: Viewer, person_ref: str) -> StaffRow:
    """One of those whom the viewer manages directly today, as `staff` shows them. Needs READ_OWN_STAFF.

    Raises NotAllowed for anybody else, in the same words whether they are in the register or not.
    """
    found = next((row for row in staff(viewer).rows if row.ref == person_ref), None)
    if found is None:
        raise NotAllowed(NOT_THEIRS)
    return found


def years_due(viewer: Viewer) -> Iterator[VettingDuty]:
    """The annual reviews of those whom the viewer manages that are due within a month; for the queries of this room."""
    clock = law().editions("VET-05")[-1]
    managed = {line.ref: line for line, _ in managed_by(viewer).values()} if viewer.person_id else {}
    for row in staff(viewer).rows if managed else ():
        if row.review_due is not None and row.review_is_near:
            yield VettingDuty(
                what=clock.name,
                person=managed[row.ref],
                due_on=row.review_due,
                is_overdue=row.review_is_late,
                clock=clock.id,
                law=clock.law,
                unverified=clock.unverified,
                page=SIGNS,
                ref=row.ref,
            )


def staff(viewer: Viewer) -> Staff:
    """Whom the viewer manages directly today, those without clearance that is enough first, then by name.

    Needs READ_OWN_STAFF. Where clearance stands and until when, the annual review, and what managers were told of a
    control; never why, nor an application, a declaration, or anything of a matter that the viewer may not see. A fixed
    number of statements, however many they are.
    """
    must_hold(viewer, Permission.READ_OWN_STAFF)
    if viewer.person_id is None:
        return Staff(False, ())
    managed = managed_by(viewer)
    if not managed:
        return Staff(True, ())
    held: dict[int, list[Any]] = {}
    for row in facts.every_clearance().filter(person_id__in=list(managed)).order_by("-granted_on", "ref"):
        held.setdefault(row.person_id, []).append(row)
    reviews = AnnualReview.objects.filter(clearance__person_id__in=list(managed)).order_by("on", "pk")
    reviewed = dict(reviews.values_list("clearance_id", "on"))
    stated = dict(
        Statement.objects.filter(person_id__in=list(managed)).order_by("on", "pk").values_list("person_id", "on")
    )
    told = _told(viewer, managed)
    rows = [
        _row(line, work, held.get(key, []), reviewed, stated.get(key), told.get(key, []), viewer.today)
        for key, (line, work) in managed.items()
    ]
    return Staff(True, tuple(sorted(rows, key=lambda one: (one.enough, one.name, one.ref))))


def _row(
    line: PersonLine,
    work: str,
    held: list[Any],
    reviewed: dict[int, date],
    stated_on: date | None,
    told: list[tuple[str, date]],
    today: date,
) -> StaffRow:
    states = [(row, facts.state_of(row, controlled=bool(told), left=None, on=today)[0]) for row in held]
    levels = enough_for(line.kind)
    good = next(((row, state) for row, state in states if state.is_in_force and row.level in levels), None)
    shown, state = good or (states[0] if states else (None, ClearanceState.NONE))
    last = facts.latest(reviewed.get(shown.pk), shown.reviewed_on) if shown else None
    since = (last or shown.granted_on) if shown and state.is_in_force else None
    due = review_due(since) if since else None
    lacks = state.is_in_force and not good
    return StaffRow(
        ref=line.ref,
        name=line.name,
        rank=line.rank or line.kind.words,
        unit=line.unit,
        work=work,
        enough=good is not None,
        stands="Not enough for this post" if lacks else state.words,
        level=shown.level if shown else "",
        expires_on=shown.expires_on if shown else None,
        review_due=due,
        review_is_late=due is not None and due < today,
        review_is_near=due is not None and due <= today + AHEAD,
        reviewed_on=last,
        clearance_ref=shown.ref if shown and state.is_in_force else "",
        stated_on=stated_on,
        told=tuple(told),
    )


def _told(viewer: Viewer, person_ids: Collection[int]) -> Told:
    """The last words to managers of each control that stands, of decisions that no matter hides from the viewer."""
    seen = Application.objects.filter(facts.of_matter(viewer, "matter_id"), person_id__in=list(person_ids))
    found: Told = {}
    held = standing(seen)
    shown = iter(facts.controls_of([row for rows in held.values() for row in rows]))
    for person_id, rows in held.items():
        controls = [next(shown) for _ in rows]
        found[person_id] = [(one.told, one.next_on) for one in controls if one.told and one.next_on]
    return found
