"""Clearances on a day: of one person, those decided against a recommendation, and who is in post without one."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Case, DateField, F, OuterRef, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from peelian.clocks.law import law
from peelian.people import queries as people
from peelian.people.queries.serving import RISK, in_post_but, number_in_post
from peelian.people.rows import PersonLine
from peelian.rules import vetting as rules
from peelian.rules.limits import ends_on
from peelian.terms.pages import SIZE, Page, Sort
from peelian.terms.people import PersonKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.terms.vetting import ClearanceState
from peelian.terms.viewer import Viewer
from peelian.vetting import facts
from peelian.vetting.controls import standing
from peelian.vetting.models import AnnualReview, Clearance
from peelian.vetting.rows import ClearanceRow, ControlRow, PostRow
from peelian.walls.powers import must_hold
from peelian.walls.queries import actor_names

BY_RISK = Sort(RISK)
SIGNED = {False: "", True: ", as their line manager"}


def clearances_of(viewer: Viewer, person_ref: str) -> tuple[ClearanceRow, ...]:
    """Every clearance somebody was granted, the latest first. Needs READ_VETTING or ASSESS_CONDUCT. Raises NotFound.

    Controls that came of a matter are shown to whoever may see the matter.
    """
    must_hold(viewer, Permission.READ_VETTING, Permission.ASSESS_CONDUCT)
    person = people.line(viewer, person_ref)
    return _rows(viewer, facts.clearances(viewer).filter(person_id=person.id))


def clearance(viewer: Viewer, clearance_ref: str) -> ClearanceRow:
    """One clearance. Needs READ_VETTING. Raises NotFound."""
    must_hold(viewer, Permission.READ_VETTING)
    found = _rows(viewer, facts.clearances(viewer).filter(ref=clearance_ref))
    if not found:
        raise NotFound(f"clearance {clearance_ref}")
    return found[0]


def in_post(viewer: Viewer, sort: Sort = BY_RISK, number: int = 1, size: int = SIZE) -> Page[PostRow]:
    """People in post whose clearance is not enough for it, or not in force, with their work, why and since when.

    By risk: sensitive work first, there and after it whoever has none on record, then the longest without. Or by name.
    Needs READ_VETTING. Which level is enough for whom, and which work is sensitive, are rows of vetting.toml.
    """
    must_hold(viewer, Permission.READ_VETTING)
    lasting = facts.in_force(facts.every_clearance(), viewer.today)
    kinds: dict[tuple[str, ...], list[PersonKind]] = {}
    for kind in PersonKind:
        if kind.serves:
            kinds.setdefault(enough_for(kind), []).append(kind)
    enough = {tuple(found): lasting.filter(level__in=levels).values("person_id") for levels, found in kinds.items()}
    words = [word for row in law().table("vetting_sensitive") for word in row["words"]]
    page = in_post_but(viewer, enough, ran_out=_ran_out(), first=words, sort=sort, number=number, size=size)
    keys = [line.id for line, _ in page.rows]
    held: dict[int, list[ClearanceRow]] = {}
    for row in _rows(viewer, facts.clearances(viewer).filter(person_id__in=keys)):
        held.setdefault(row.person.id, []).append(row)
    asked = dict(
        facts.seen(viewer)
        .filter(person_id__in=keys, closed__isnull=True)
        .exclude(recommendations__decision__isnull=False)
        .order_by("-on", "ref")
        .values_list("person_id", "ref")
    )
    return page.of(lambda one: _in_post(one[0], one[1], held.get(one[0].id, []), asked.get(one[0].id, "")))


def _ran_out() -> Combinable:
    """On which day the last clearance of somebody ended or was suspended; the first of all days where there is none.

    One that is in force and not enough comes last: its own last day, or the last of all days.
    """
    stopped = [ClearanceState.SUSPENDED.value, ClearanceState.WITHDRAWN.value]
    day = Case(When(said__in=stopped, then=F("said_on")), default=Coalesce("expires_on", Value(date.max)))
    last = facts.every_clearance().filter(person_id=OuterRef("pk")).order_by("-granted_on", "ref")
    return Coalesce(Subquery(last.annotate(day=day).values("day")[:1]), Value(date.min), output_field=DateField())


def _in_post(line: PersonLine, work: str, held: list[ClearanceRow], application_ref: str) -> PostRow:
    called = f"{work} {line.unit}".lower()
    sensitive = next(
        (row.title for row in law().table("vetting_sensitive") if any(word in called for word in row["words"])), ""
    )
    since = held[0].since if held and not held[0].is_in_force else None
    return PostRow(line, work, _why(held), application_ref, sensitive, since)


def whole_in_post(viewer: Viewer) -> int:
    """How many people serve today, of those whom the viewer may see: what those of `in_post` are part of.

    Needs READ_VETTING.
    """
    must_hold(viewer, Permission.READ_VETTING)
    return number_in_post(viewer, [kind for kind in PersonKind if kind.serves])


def enough_for(kind: PersonKind) -> tuple[str, ...]:
    """The levels with which somebody of a kind may be in post; for the queries of this room."""
    return tuple(row.key for row in law().table("vetting_level") if kind.value in row.get("enough_for", ()))


def _why(held: list[ClearanceRow]) -> str:
    if not held:
        return ClearanceState.NONE.words
    last = held[0]
    return (
        f"{last.level} is not enough for this post" if last.is_in_force else f"{last.level}: {last.state.words.lower()}"
    )


def _rows(viewer: Viewer, found: Any) -> tuple[ClearanceRow, ...]:
    shown = facts.seen(viewer)
    own = shown.filter(pk=OuterRef("decision__recommendation__application_id"))
    listed = list(
        found.select_related("decision__recommendation__application")
        .annotate(shown=Subquery(own.values("ref")[:1]))
        .order_by("-granted_on", F("decision__recorded_at").desc(nulls_last=True), "ref")
    )
    if not listed:
        return ()
    lines = people.lines(viewer, [row.person_id for row in listed])
    left = people.lives_on_record(viewer, [row.person_id for row in listed])
    controls = _controls(viewer, {row.person_id for row in listed})
    years: dict[int, list[AnnualReview]] = {}
    for one in AnnualReview.objects.filter(clearance__in=listed).order_by("on", "pk"):
        years.setdefault(one.clearance_id, []).append(one)
    names = actor_names({one.recorded_by for found in years.values() for one in found})
    return tuple(
        _row(
            row,
            lines[row.person_id],
            left[row.person_id].left if row.person_id in left else None,
            controls.get(row.person_id, ()) if _is_latest(row, listed) else (),
            years.get(row.pk, []),
            names,
            viewer.today,
        )
        for row in listed
    )


def _is_latest(row: Clearance, listed: Iterable[Clearance]) -> bool:
    """Controls stand on the latest clearance of a person."""
    return row is next(one for one in listed if one.person_id == row.person_id)


def _row(
    row: Any,
    person: Any,
    left: Any,
    controls: tuple[ControlRow, ...],
    years: list[AnnualReview],
    names: dict[str, str],
    today: date,
) -> ClearanceRow:
    level = law().row("vetting_level", row.level)
    contractor = row.decision.recommendation.application.is_contractor if row.decision else row.is_contractor
    until = rules.expires_on(law(), level, row.granted_on, contractor=contractor)
    is_stated = row.expires_on != until.value  # the source of a load gave a last day of its own
    is_controlled = any(one.is_open for one in controls)
    left_on = left.latest if left else None
    state, since = facts.state_of(row, controlled=is_controlled, left=left_on, on=today)
    there = facts.latest(row.reviewed_on, *(one.on for one in years if one.load_ref))
    reviewed = facts.latest(there, *(one.on for one in years))
    return ClearanceRow(
        ref=row.ref,
        person=person,
        level=row.level,
        title=level.title,
        granted_on=row.granted_on,
        expires_on=row.expires_on,
        because=(f"As {row.force} gave it.",) if is_stated else until.because,
        law="" if is_stated else until.law,
        unverified=not is_stated and until.unverified,
        state=state,
        since=since,
        overridden=bool(row.decision and row.decision.is_override),
        application_ref=row.shown or "",
        controls=controls,
        reviewed_on=reviewed,
        review_due=review_due(reviewed or row.granted_on) if state.is_in_force else None,
        reviews=tuple((one.on, one.words, _held_by(one, row.force, names)) for one in years),
        force=row.force,
        load_ref=row.load_ref,
        reviewed_there=there,
        ended_under=_ended_under(person.kind) if state is ClearanceState.ENDED else "",
    )


def _held_by(one: AnnualReview, force: str, names: dict[str, str]) -> str:
    if one.load_ref:
        return f"as {force or 'a file'} gave it (load {one.load_ref})"
    return f"{names[one.recorded_by]}{SIGNED[one.by_manager]}"


def _ended_under(kind: PersonKind) -> str:
    """The provision by which clearance ended on leaving: of officers and special constables (VET-02)."""
    clock = law().editions("VET-02")[-1]
    return f"{clock.law} ({clock.id})" if kind in rules.UNDER_REGULATIONS else ""


def review_due(last: date) -> date | None:
    """When the annual review falls due (VET-05), from the last one or the grant."""
    clock = rules.edition_for(law(), "VET-05", last)
    return ends_on(clock, last, law().holidays_for(clock)).value


def _controls(viewer: Viewer, person_ids: Collection[int]) -> dict[int, tuple[ControlRow, ...]]:
    """Controls of people that stand, from decisions that the viewer may see, by the person's key."""
    found = standing(facts.seen(viewer).filter(person_id__in=list(person_ids)))
    shown = iter(facts.controls_of([row for rows in found.values() for row in rows]))
    return {key: tuple(next(shown) for _ in rows) for key, rows in found.items()}
