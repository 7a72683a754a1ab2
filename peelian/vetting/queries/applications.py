"""Applications: the queue, those of one person, and one of them whole, with all that stands against somebody."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from peelian.clocks.law import law
from peelian.matters import queries as matters
from peelian.people import queries as people
from peelian.people.rows import PersonLine
from peelian.rules import vetting as rules
from peelian.terms.pages import SIZE, Page, Sort
from peelian.terms.permissions import Permission
from peelian.terms.vetting import SourceState
from peelian.terms.viewer import Viewer
from peelian.vetting import facts
from peelian.vetting.models import Application, Decision, Recommendation, Source
from peelian.vetting.queries.clearances import clearances_of
from peelian.vetting.queries.refusals import refusal_of
from peelian.vetting.rows import (
    AgainstRow,
    ApplicationLine,
    ApplicationRow,
    DecisionRow,
    OverrideRow,
    RecommendationRow,
    SourceRow,
    WeightRow,
)
from peelian.walls.lists import page_of
from peelian.walls.powers import must_hold
from peelian.walls.queries import actor_names

OLDEST = Sort("on")


def applications(viewer: Viewer, stage: str = "", number: int = 1, size: int = SIZE) -> Page[ApplicationLine]:
    """Applications that have not ended, the oldest first. Needs READ_VETTING.

    `stage`: `check` for those without a recommendation, `decide` for those with one; both where empty.
    """
    must_hold(viewer, Permission.READ_VETTING)
    found = waiting(viewer, stage)
    page = page_of(found, sort=OLDEST, keys={"on": ("on",)}, row=lambda row: row, number=number, size=size)
    lines = {line.ref: line for line in lines_of(viewer, page.rows)}
    return page.of(lambda row: lines[row.ref])


def waiting(viewer: Viewer, stage: str = "") -> QuerySet[Application]:
    """Applications that have not ended; for the queries of this room."""
    recommended = Recommendation.objects.filter(application=OuterRef("pk"))
    found = facts.seen(viewer).filter(closed__isnull=True)
    found = found.filter(~Q(Exists(recommended.filter(decision__isnull=False))))
    if stage:
        has = Q(Exists(recommended))
        found = found.filter(has if stage == "decide" else ~has)
    return found


def overrides(viewer: Viewer) -> tuple[OverrideRow, ...]:
    """Decisions against a recommendation, the latest first, whatever was decided; they show for good.

    Needs READ_VETTING. Each is hidden with the matter that raised it.
    """
    must_hold(viewer, Permission.READ_VETTING)
    seen = facts.seen(viewer).values("pk")
    found = Decision.objects.filter(is_override=True, recommendation__application__in=seen)
    rows = list(found.select_related("recommendation__application").order_by("-on", "-recorded_at", "-pk"))
    lines = people.lines(viewer, {row.recommendation.application.person_id for row in rows})
    names = actor_names({row.recorded_by for row in rows})
    return tuple(
        OverrideRow(
            application_ref=row.recommendation.application.ref,
            person=lines[row.recommendation.application.person_id],
            level=row.recommendation.application.level,
            recommended=law().row("vetting_outcome", row.recommendation.outcome).title,
            decided=law().row("vetting_outcome", row.outcome).title,
            by=names[row.recorded_by],
            on=row.on,
        )
        for row in rows
    )


def of_person(viewer: Viewer, person_ref: str) -> tuple[ApplicationLine, ...]:
    """Every application about somebody, the latest first. Needs READ_VETTING. Raises NotFound."""
    must_hold(viewer, Permission.READ_VETTING)
    person = people.line(viewer, person_ref)
    rows = facts.seen(viewer).filter(person_id=person.id).select_related("closed").order_by("-on", "ref")
    return lines_of(viewer, list(rows))


def person_of(viewer: Viewer, person_ref: str) -> PersonLine:
    """The line of somebody whose vetting is opened. Needs READ_VETTING. Raises NotFound."""
    must_hold(viewer, Permission.READ_VETTING)
    return people.line(viewer, person_ref)


def areas_of(viewer: Viewer, person_ref: str) -> tuple[str, ...]:
    """Every area named for somebody before, to be offered again. Needs READ_VETTING. Raises NotFound."""
    return tuple(facts.areas_of(viewer, person_of(viewer, person_ref).id))


def application(viewer: Viewer, application_ref: str) -> ApplicationRow:
    """One application, whole: its sources, all that stands against somebody, what was recommended and decided.

    Needs READ_VETTING. Raises NotFound, also behind a wall. A fixed number of statements for one matter or fifty.
    """
    must_hold(viewer, Permission.READ_VETTING)
    held = facts.held(viewer, application_ref)
    person = people.lines(viewer, [held.person_id])[held.person_id]
    sources = facts.sources_of(held, viewer.today)
    said = matters.said_of(viewer, held.person_id)
    against = facts.against(viewer, held.person_id, said)
    purpose = law().row("vetting_purpose", held.purpose)
    last = held.recommendations.select_related("decision").order_by("-recorded_at", "-pk").first()
    decision = getattr(last, "decision", None) if last else None
    closed = getattr(held, "closed", None)
    names = _names(held, last, decision, closed)
    weighed = list(last.weights.order_by("pk")) if last else []
    undecidable = rules.undecidable(law(), purpose, facts.settled(sources))
    unread = None
    if last and not decision:
        unread = rules.unweighed({one.key: one.title for one in against}, {one.item for one in weighed})
    others = sum(not one.matter_ref for one in against)
    routine = rules.not_routine(law(), facts.weighed_matters(said), others, viewer.today)
    matter = matters.lines_by_id(viewer, [held.matter_id]).get(held.matter_id) if held.matter_id else None
    trigger = rules.row_of(law(), "vetting_trigger", held.trigger)
    return ApplicationRow(
        line=_line(held, person, sources, bool(last), bool(decision)),
        purpose=purpose,
        level=law().row("vetting_level", held.level),
        trigger=trigger.title if trigger else "",
        is_contractor=held.is_contractor,
        areas=tuple(held.areas),
        words=held.words,
        matter_ref=matter.ref if matter else "",
        pair_ref=held.origin if viewer.may(Permission.READ_MATCHES) else "",
        sources=sources,
        against=against,
        undecidable=undecidable,
        unread=unread,
        not_routine=routine if held.purpose == "renewal" else None,
        recommendation=_recommendation(last, _shown(weighed, against), names) if last else None,
        decision=_decision(decision, names) if decision else None,
        closed=(closed.on, closed.words, names[closed.recorded_by]) if closed else None,
        opened_by=names[held.recorded_by],
        holds=clearances_of(viewer, person.ref),
        refused=refusal_of(viewer, decision),
        id=held.pk,
    )


def lines_of(viewer: Viewer, rows: Any) -> tuple[ApplicationLine, ...]:
    """Lines for applications already narrowed to the viewer, in their order. A fixed number of statements."""
    listed = list(rows)
    found = people.lines(viewer, [row.person_id for row in listed])
    said: dict[int, list[Source]] = {}
    for one in Source.objects.filter(application__in=[row.pk for row in listed]).order_by("on", "pk"):
        said.setdefault(one.application_id, []).append(one)
    done = dict(
        Recommendation.objects.filter(application__in=[row.pk for row in listed])
        .order_by("recorded_at", "pk")
        .values_list("application_id", "decision__outcome")
    )
    return tuple(
        _line(
            row,
            found[row.person_id],
            facts.sources_from(row, said.get(row.pk, []), {}, viewer.today),
            row.pk in done,
            bool(done.get(row.pk)),
        )
        for row in listed
    )


def _line(
    held: Any, person: PersonLine, sources: tuple[SourceRow, ...], recommended: bool, decided: bool
) -> ApplicationLine:
    settled = sum(one.state.is_settled for one in sources)
    silent = [one for one in sources if one.state is SourceState.SILENT]
    stage = "Sources are asked" if settled < len(sources) else "For a recommendation"
    if recommended:
        stage = "Decided" if decided else "For a decision"
    elif getattr(held, "closed", None):
        stage = "Ended without a decision"
    return ApplicationLine(
        ref=held.ref,
        person=person,
        purpose=law().row("vetting_purpose", held.purpose).title,
        level=held.level,
        on=held.on,
        stage=stage,
        sources=len(sources),
        settled=settled,
        silent=len(silent),
        oldest_days=max((one.waits_days for one in silent), default=0),
    )


def _shown(weighed: list[Any], against: tuple[AgainstRow, ...]) -> list[Any]:
    """What was weighed, without what is about a matter that the viewer may not see: its title would tell of it."""
    keys = {one.key for one in against}
    refs = {one.matter_ref for one in against}
    return [one for one in weighed if one.item in keys or one.item.partition(":")[2].partition("/")[0] in refs]


def _names(*rows: Any) -> dict[str, str]:
    return actor_names({row.recorded_by for row in rows if row is not None})


def _recommendation(row: Any, weighed: list[Any], names: dict[str, str]) -> RecommendationRow:
    heads = {one.key: one.title for one in law().table("vetting_head")}
    reasons = {one.key: one.title for one in law().table("vetting_reason")}
    weights = {one.key: one.title for one in law().table("vetting_weight")}
    return RecommendationRow(
        heads=tuple(heads.get(key, key) for key in row.heads),
        withhold=row.withhold,
        outcome=law().row("vetting_outcome", row.outcome),
        reasons=row.reasons,
        disparity=row.disparity,
        controls=tuple((words, date.fromisoformat(day)) for words, day in row.controls),
        weights=tuple(
            WeightRow(
                one.title,
                weights.get(one.weight, one.weight),
                tuple(reasons.get(key, key) for key in one.reasons),
                one.words,
                one.evidence,
            )
            for one in weighed
        ),
        by=names[row.recorded_by],
        on=row.on,
    )


def _decision(row: Decision, names: dict[str, str]) -> DecisionRow:
    granted = getattr(row, "clearance", None)
    return DecisionRow(
        outcome=law().row("vetting_outcome", row.outcome),
        is_override=row.is_override,
        is_routine=row.is_routine,
        reasons=row.reasons,
        by=names[row.recorded_by],
        on=row.on,
        clearance_ref=granted.ref if granted else "",
        controls=facts.controls_of(list(row.controls.order_by("number"))),
    )
