"""What the vetting unit owes: renewals, annual reviews, controls to look at again, reviews that casework asks for."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest

from peelian.clocks.law import law
from peelian.decisions import queries as decisions
from peelian.people import queries as people
from peelian.rules.limits import add_months
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer
from peelian.vetting import facts
from peelian.vetting.controls import standing
from peelian.vetting.models import (
    AnnualReview,
    Application,
    Clearance,
    Control,
    ControlReview,
    Declared,
    Lot,
    Recommendation,
)
from peelian.vetting.queries.again import to_decide_again
from peelian.vetting.queries.applications import waiting
from peelian.vetting.queries.clearances import review_due
from peelian.vetting.queries.declared import appeals
from peelian.vetting.queries.refusals import after_refusals
from peelian.vetting.queries.staff import years_due
from peelian.vetting.queries.withdrawals import withdrawals
from peelian.vetting.rows import Board, LotRow, RaisedRow, VettingDuty
from peelian.walls.powers import must_hold
from peelian.walls.queries import actor_names

AHEAD = timedelta(days=30)
MOST = 25
LOOKS_BACK = 24  # months of casework that are searched for what asks for a review


def board(viewer: Viewer) -> Board:
    """What waits for the viewer in vetting: of those who vet, those who decide, and those who manage others.

    Clocks whose day is near or past, at most 25 of each kind, the first due first.
    """
    may_vet, may_decide = viewer.may(Permission.VET), viewer.may(Permission.DECIDE_VETTING)
    theirs = tuple(years_due(viewer)) if viewer.may(Permission.SIGN_OWN_STAFF) else ()
    if not (may_vet or may_decide or viewer.may(Permission.OVERRIDE_VETTING)):
        return Board(duties=theirs)
    mine = waiting(viewer, "decide").exclude(recommendations__recorded_by=viewer.actor)
    return Board(
        to_recommend=waiting(viewer, "check").count() if may_vet else 0,
        to_decide=mine.count() if may_decide else 0,
        undecided=facts.declarations(viewer).filter(decided__isnull=True).count() if may_decide else 0,
        duties=(*theirs, *(_duties(viewer) if may_vet else ())),
        raised=raised(viewer) if may_vet else (),
        refused=after_refusals(viewer) if may_vet or viewer.may(Permission.OVERRIDE_VETTING) else (),
        appeals=appeals(viewer) if viewer.may(Permission.OVERRIDE_VETTING) else (),
        again=tuple((one.ref, one.person, one.due_on, one.is_overdue) for one in to_decide_again(viewer)),
    )


def raised(viewer: Viewer, matter_ref: str = "") -> tuple[RaisedRow, ...]:
    """Reviews of clearance that the casework of a matter asks for, and that nobody has opened; the oldest first.

    Computed from the decisions in effect, so that a review is asked for from the minute of the decision. Of matters
    the viewer may see, and people who hold clearance. A review that is open takes up whatever comes next on its matter;
    what took effect after it ended asks for another. `matter_ref`: of this matter alone. Needs READ_VETTING.
    """
    must_hold(viewer, Permission.READ_VETTING)
    rows = law().table("vetting_raise")
    since = add_months(viewer.today, -LOOKS_BACK)
    steps = {row["step"] for row in rows}
    found = decisions.taken(viewer, steps, since, viewer.today + timedelta(days=1), matter_ref)
    asked = [(one, row) for one in found for row in rows if row["step"] == one.step and one.option in row["options"]]
    refs = people.ids(viewer, [key for one, _ in asked for key in one.concerned])
    holders = set(facts.clearances(viewer).filter(person_id__in=refs.values()).values_list("person_id", flat=True))
    reviews = _reviews(holders)
    lines = people.lines(viewer, holders)
    triggers = {row.key: row.title for row in law().table("vetting_trigger")}
    listed: dict[tuple[int, int], RaisedRow] = {}
    place = {row.key: number for number, row in enumerate(rows)}  # of two of one moment the later row is named
    for one, row in sorted(asked, key=lambda pair: (pair[0].on, pair[0].in_effect_at, place[pair[1].key], pair[0].ref)):
        for person_id in (refs.get(key, 0) for key in one.concerned):
            since_then = reviews.get((person_id, one.matter_id), [])
            if person_id in holders and not any(at is None or at >= one.in_effect_at for at in since_then):
                step = law().steps[one.step]
                option = step.option(one.option)
                what = f"{step.words}: {option.words if option else one.option}"
                listed[person_id, one.matter_id] = RaisedRow(
                    lines[person_id], one.matter_ref, one.heading, what, one.on, triggers[row["trigger"]], row.law
                )
    return tuple(listed.values())


def _reviews(person_ids: Collection[int]) -> dict[tuple[int, int], list[datetime | None]]:
    """When each review that a matter raised was opened, by person and matter; None for one that is open still."""
    decided = Recommendation.objects.filter(application=OuterRef("pk"), decision__isnull=False)
    rows = Application.objects.filter(person_id__in=person_ids, matter__isnull=False)
    rows = rows.annotate(has_ended=Q(closed__isnull=False) | Q(Exists(decided)))
    found: dict[tuple[int, int], list[datetime | None]] = {}
    for person_id, matter_id, at, has_ended in rows.values_list("person_id", "matter_id", "recorded_at", "has_ended"):
        found.setdefault((person_id, matter_id), []).append(at if has_ended else None)
    return found


def lots(viewer: Viewer) -> tuple[LotRow, ...]:
    """Each month's random draw, the latest first. Needs READ_VETTING.

    The numbers are those of whoever drew it, who saw all that is counted.
    """
    must_hold(viewer, Permission.READ_VETTING)
    rows = list(Lot.objects.order_by("-month"))
    names = actor_names({row.recorded_by for row in rows})
    return tuple(
        LotRow(row.month, row.seed, row.share, row.of, row.drawn, row.on, names[row.recorded_by]) for row in rows
    )


def _duties(viewer: Viewer) -> tuple[VettingDuty, ...]:
    found = [*_renewals(viewer), *_years(viewer), *_controls(viewer), *_windows(viewer), *_declared(viewer)]
    return tuple(sorted(found, key=lambda one: (one.due_on, one.what, one.person.ref, one.ref)))


def _current(viewer: Viewer) -> Any:
    """The latest clearance in force of each person at each level, or one that ran out."""
    rows = facts.clearances(viewer).filter(Q(said__isnull=True) | Q(said="held"))
    later = Clearance.objects.filter(
        person_id=OuterRef("person_id"), level=OuterRef("level"), granted_on__gt=OuterRef("granted_on")
    )
    return rows.annotate(later=Subquery(later.values("ref")[:1])).filter(later__isnull=True)


def _renewals(viewer: Viewer) -> Iterator[VettingDuty]:
    ending = _current(viewer).filter(expires_on__lte=viewer.today + 3 * AHEAD)
    rows = list(ending.order_by("expires_on", "ref")[:MOST])
    serving = _serving(viewer, rows)
    for row in rows:
        level = law().row("vetting_level", row.level)
        if row.person_id in serving:
            clock_id = str(level.get("clock", ""))
            yield VettingDuty(
                what=f"Renew {row.level}",
                person=serving[row.person_id],
                due_on=row.expires_on,
                is_overdue=row.expires_on < viewer.today,
                clock=clock_id,
                law=level.law,
                unverified=level.unverified,
                page="clearance",
                ref=row.ref,
            )


def _years(viewer: Viewer) -> Iterator[VettingDuty]:
    last = AnnualReview.objects.filter(clearance=OuterRef("pk")).order_by("-on", "-pk")
    seen_on = Greatest(Coalesce(Subquery(last.values("on")[:1]), "granted_on"), Coalesce("reviewed_on", "granted_on"))
    rows = facts.in_force(_current(viewer), viewer.today).annotate(seen_on=seen_on)
    near = add_months(viewer.today + AHEAD, -12)
    listed = list(rows.filter(seen_on__lte=near).order_by("seen_on", "granted_on", "ref")[:MOST])
    serving = _serving(viewer, listed)
    clock = law().editions("VET-05")[-1]
    for row in listed:
        due_on = review_due(row.seen_on)
        if row.person_id in serving and due_on is not None:
            yield VettingDuty(
                what=clock.name,
                person=serving[row.person_id],
                due_on=due_on,
                is_overdue=due_on < viewer.today,
                clock=clock.id,
                law=clock.law,
                unverified=clock.unverified,
                page="clearance",
                ref=row.ref,
            )


def _controls(viewer: Viewer) -> Iterator[VettingDuty]:
    last = ControlReview.objects.filter(control=OuterRef("pk")).order_by("-recorded_at", "-pk")
    rows = Control.objects.filter(decision__recommendation__application__in=facts.seen(viewer).values("pk"))
    rows = rows.annotate(next_on=Subquery(last.values("next_on")[:1]), seen_on=Subquery(last.values("on")[:1]))
    due = Q(seen_on__isnull=True, review_on__lte=viewer.today + AHEAD) | Q(next_on__lte=viewer.today + AHEAD)
    listed = list(
        rows.filter(due).select_related("decision__recommendation__application").order_by("review_on", "pk")[:MOST]
    )
    applications = [row.decision.recommendation.application for row in listed]
    serving = _serving(viewer, applications)
    theirs = facts.seen(viewer).filter(person_id__in=list(serving))
    stands = {row.pk for rows in standing(theirs).values() for row in rows} if listed else set()
    for row, application in zip(listed, applications, strict=True):
        due_on: date = row.next_on or row.review_on
        if application.person_id in serving and row.pk in stands:
            yield VettingDuty(
                what="Look at a control again",
                person=serving[application.person_id],
                due_on=due_on,
                is_overdue=due_on < viewer.today,
                clock="",
                law="",
                unverified=False,
                page="vetting-application",
                ref=application.ref,
            )


def _windows(viewer: Viewer) -> Iterator[VettingDuty]:
    """The reply and the appeal that a withdrawal waits for (VET-03, VET-04)."""
    for one in withdrawals(viewer):
        for window in () if one.has_ended else one.windows:
            if window.until is not None and not window.is_over:
                yield VettingDuty(
                    what=f"Waits: {window.what.lower()}",
                    person=one.person,
                    due_on=window.until,
                    is_overdue=False,
                    clock=window.clock,
                    law=window.law,
                    unverified=window.unverified,
                    page="withdrawal",
                    ref=one.ref,
                )


def _declared(viewer: Viewer) -> Iterator[VettingDuty]:
    """Declarations to look at again, by the day that the last decision on each gave."""
    last = Declared.objects.filter(declaration=OuterRef("pk")).order_by("-recorded_at", "-pk")
    rows = facts.declarations(viewer).annotate(next_on=Subquery(last.values("review_on")[:1]))
    listed = list(rows.filter(next_on__lte=viewer.today + AHEAD).order_by("next_on", "ref")[:MOST])
    serving = _serving(viewer, listed)
    for row in listed:
        if row.person_id in serving:
            kind = law().row("vetting_declaration", row.kind)
            yield VettingDuty(
                what=f"Look at a declaration again ({kind['kind']})",
                person=serving[row.person_id],
                due_on=row.next_on,
                is_overdue=row.next_on < viewer.today,
                clock="",
                law=kind.law,
                unverified=kind.unverified,
                page="declaration",
                ref=row.ref,
            )


def _serving(viewer: Viewer, rows: Any) -> dict[int, Any]:
    """Lines of those of the people on rows who still serve, by key."""
    keys = {row.person_id for row in rows}
    left = people.lives_on_record(viewer, keys)
    lines = people.lines(viewer, keys)
    return {key: line for key, line in lines.items() if not ((gone := left[key].left) and gone.latest <= viewer.today)}
