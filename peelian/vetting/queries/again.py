"""Decisions on clearance taken again: what waits for somebody, the blind page, two side by side, figures by month."""

from collections.abc import Iterable
from typing import Any

from peelian.clocks.law import law
from peelian.people import queries as people
from peelian.rules.agreement import Agreement, agreement
from peelian.statute import Row
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotFound, Refusal
from peelian.terms.viewer import Viewer
from peelian.vetting import facts
from peelian.vetting.models import Draw, Drawn, Redecision, Source
from peelian.vetting.second_rows import AgainRow, AgainTask, BlindRow, SecondDraw
from peelian.walls.powers import must_hold
from peelian.walls.queries import actor_names

BLIND_PAGE = "page vetting-second"  # in a look: the pages that show nothing of the first decision
LAW = "Local rule (LES-27)"
WHOLE = "draw", "decision__recommendation__application", "redecision__looked"


def to_decide_again(viewer: Viewer) -> tuple[AgainTask, ...]:
    """Decisions on clearance that fell to the viewer by lot, by day. One statement for whoever has none."""
    waiting = Drawn.objects.filter(owner_id=viewer.user_id or 0, redecision__isnull=True)
    return _tasks(viewer, list(waiting.select_related("decision__recommendation__application")))


def blind(viewer: Viewer, drawn_ref: str) -> BlindRow:
    """What the viewer reads who decides again: sources and what was weighed, without what was made of it.

    Raises NotFound for what fell to somebody else; NotAllowed once it is locked.
    """
    drawn = held_task(viewer, drawn_ref)
    decision = drawn.decision
    application = decision.recommendation.application
    said = Source.objects.filter(application=application, recorded_at__lte=decision.recorded_at).order_by("on", "pk")
    rows = list(said)
    names = actor_names({row.recorded_by for row in rows})
    weighed = set(decision.recommendation.weights.values_list("item", flat=True))
    holds = bool(law().row("vetting_purpose", application.purpose).get("of_holder"))
    return BlindRow(
        ref=drawn.ref,
        due_on=drawn.due_on,
        person=people.lines(viewer, [application.person_id])[application.person_id],
        purpose=law().row("vetting_purpose", application.purpose),
        level=law().row("vetting_level", application.level),
        areas=tuple(application.areas),
        on=application.on,
        sources=facts.sources_from(application, rows, names, viewer.today),
        against=tuple(one for one in facts.against(viewer, application.person_id) if one.key in weighed),
        outcomes=tuple(row for row in law().table("vetting_outcome") if bool(row.get("of_holder")) is holds),
    )


def compared(viewer: Viewer, drawn_ref: str) -> AgainRow:
    """Both decisions, once the second is locked. Needs DECIDE_VETTING or OVERRIDE_VETTING. Raises NotFound."""
    must_hold(viewer, Permission.DECIDE_VETTING, Permission.OVERRIDE_VETTING)
    found: Any = Redecision.objects.filter(drawn__ref=drawn_ref).select_related("looked").first()
    drawn: Any = Drawn.objects.select_related(*WHOLE).filter(ref=drawn_ref).first() if found else None
    application = drawn.decision.recommendation.application if drawn else None
    if application is None or not facts.seen(viewer).filter(pk=application.pk).exists():
        raise NotFound(f"second look {drawn_ref}")
    first, looked = drawn.decision, getattr(found, "looked", None)
    hands = {found.recorded_by, first.recorded_by, first.recommendation.recorded_by}
    names = actor_names(hands | ({looked.recorded_by} if looked else set()))
    heads = {one.key: one.title for one in law().table("vetting_head")}
    return AgainRow(
        ref=drawn_ref,
        application_ref=application.ref,
        person=people.lines(viewer, [application.person_id])[application.person_id],
        first=_outcome(first.outcome).title,
        first_reasons=first.reasons,
        first_by=names[first.recorded_by],
        first_on=first.on,
        second=_outcome(found.outcome).title,
        second_heads=tuple(heads.get(key, key) for key in found.heads),
        second_reasons=found.reasons,
        second_by=names[found.recorded_by],
        second_on=found.on,
        agrees=found.agrees,
        was_blind=found.was_blind,
        looked=looked.words if looked else "",
        looked_by=names[looked.recorded_by] if looked else "",
        may_look=not found.agrees and looked is None and viewer.actor not in hands,
    )


def second_draws(viewer: Viewer) -> tuple[SecondDraw, ...]:
    """Every draw in figures, the latest first, of the applications that the viewer may see. Needs READ_VETTING."""
    must_hold(viewer, Permission.READ_VETTING)
    made = list(Draw.objects.order_by("-month"))
    if not made:
        return ()
    seen = facts.seen(viewer).values("pk")
    members = Drawn.objects.filter(decision__recommendation__application__in=seen).select_related(*WHOLE)
    of: dict[int, list[Any]] = {}
    for one in members.order_by("due_on", "ref"):
        of.setdefault(one.draw_id, []).append(one)
    lines = people.lines(viewer, {_application(one).person_id for found in of.values() for one in found})
    return tuple(_figures(viewer, one, of.get(one.pk, []), lines) for one in made)


def agreed_in_all(draws: Iterable[SecondDraw]) -> Agreement | None:
    """How far two people agreed over all draws together, of what the viewer may see; None where nothing counts."""
    pairs = [pair for one in draws for pair in one.pairs]
    return agreement(pairs) if pairs else None


def held_task(viewer: Viewer, drawn_ref: str) -> Any:
    """A decision that fell to the viewer to take again. Raises NotFound, also behind a wall; NotAllowed once locked."""
    found: Any = Drawn.objects.select_related(*WHOLE).filter(ref=drawn_ref, owner_id=viewer.user_id or 0).first()
    if found is None or not facts.seen(viewer).filter(pk=_application(found).pk).exists():
        raise NotFound(f"second look {drawn_ref}")
    if getattr(found, "redecision", None):
        raise NotAllowed(Refusal("What you decided again is locked, and stays as it is.", LAW))
    return found


def weighed_matters(recommendation: Any) -> set[str]:
    """References of the matters that a recommendation weighed."""
    items = recommendation.weights.values_list("item", flat=True)
    keyed = (item.partition(":") for item in items)
    return {key.partition("/")[0] for kind, _, key in keyed if kind in ("matter", "allegation")}


def _application(drawn: Any) -> Any:
    return drawn.decision.recommendation.application


def _outcome(key: str) -> Row:
    return law().row("vetting_outcome", key)


def _tasks(viewer: Viewer, rows: list[Any]) -> tuple[AgainTask, ...]:
    if not rows:
        return ()
    seen = set(facts.seen(viewer).filter(pk__in=[_application(one).pk for one in rows]).values_list("pk", flat=True))
    lines = people.lines(viewer, {_application(one).person_id for one in rows})
    found = [
        AgainTask(one.ref, lines[_application(one).person_id], one.due_on, one.due_on < viewer.today)
        for one in rows
        if _application(one).pk in seen
    ]
    return tuple(sorted(found, key=lambda one: (one.due_on, one.ref)))


def _figures(viewer: Viewer, one: Any, members: list[Any], lines: Any) -> SecondDraw:
    done = [each for each in members if getattr(each, "redecision", None)]
    pairs = [(each.decision.outcome, each.redecision.outcome) for each in done if each.redecision.was_blind]
    differ = [each for each in done if not each.redecision.agrees]
    waiting = [each for each in members if each.owner_id is not None and each not in done]
    return SecondDraw(
        ref=one.ref,
        month=one.month,
        seed=one.seed,
        share=one.share,
        law=one.law,
        drawn=len(members),
        answered=len(done),
        waiting=len(waiting),
        late=sum(each.due_on < viewer.today for each in waiting),
        missing=sum(each.owner_id is None for each in members),
        not_blind=len(done) - len(pairs),
        looked=sum(getattr(each.redecision, "looked", None) is not None for each in differ),
        differ=tuple(AgainTask(each.ref, lines[_application(each).person_id], each.due_on, False) for each in differ),
        agreement=agreement(pairs) if pairs else None,
        pairs=tuple(pairs),
    )
