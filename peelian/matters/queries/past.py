"""Past matters chosen by criteria, for a look-back; and what a room that follows them must know of each."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from peelian.intake import queries as items
from peelian.intake.queries import published
from peelian.matters.models import Allegation, AllegationFactor, Involvement, Matter
from peelian.matters.queries.lines import known
from peelian.matters.queries.lists import THIS_FORCE
from peelian.matters.rows import KeptFrom, PastCriteria, PastMatter
from peelian.people.queries.kinds import of_kinds
from peelian.terms.matters import MatterKind, MatterState, Part
from peelian.terms.viewer import Viewer

AT_ONCE = 500
CONCERNED = "has a part in the matter looked at again"


def past_matters(
    viewer: Viewer, criteria: PastCriteria, *, but: Iterable[int] = (), most: int | None = None
) -> tuple[PastMatter, ...]:
    """The matters that meet the criteria and that the viewer may see, oldest first, at most `most`.

    Those of one day stand in the order in which they were recorded. `but`: keys of matters to leave out.
    """
    left_out = set(but)
    narrowed = _met(viewer, criteria)
    if left_out:
        narrowed = narrowed.exclude(pk__in=left_out)
    ordered = narrowed.order_by(F("came_to_attention_on").asc(nulls_last=True), "pk")
    columns = ("pk", "ref", "kind", "state", "came_to_attention_on", "came_to_attention_precision")
    return tuple(
        PastMatter(pk, ref, MatterKind(kind), MatterState(state), known(on, precision))
        for pk, ref, kind, state, on, precision in ordered.values_list(*columns)[:most]
    )


def past_undated(viewer: Viewer, criteria: PastCriteria) -> int:
    """How many more would meet the criteria, had a day been recorded on which they came to attention."""
    if criteria.undated or not (criteria.from_on or criteria.to_on):
        return 0
    anytime = replace(criteria, from_on=None, to_on=None)
    return int(_met(viewer, anytime).filter(came_to_attention_on__isnull=True).count())


def recorders(viewer: Viewer, matter_ids: Iterable[int]) -> dict[int, str]:
    """The actor who recorded each of those of the matters that the viewer may see, by key."""
    wanted, found = sorted(set(matter_ids)), dict[int, str]()
    for start in range(0, len(wanted), AT_ONCE):
        seen = Matter.objects.visible_to(viewer).filter(pk__in=wanted[start : start + AT_ONCE])
        found |= dict(seen.values_list("pk", "recorded_by"))
    return found


def kept_from(everywhere: Viewer, matter_id: int) -> KeptFrom:
    """Who must never see what comes of a matter; for an act on a matter that its author may see.

    `everywhere`: the system, for the reason that goes to the journal with the act.
    """
    held = Matter.objects.visible_to(everywhere).get(pk=matter_id)
    rows = Involvement.objects.filter(published(), matter=held).order_by("pk")
    people = {key: CONCERNED for key in rows.values_list("person_id", flat=True) if key}
    for item_ref in items.item_refs(everywhere, [held.intake_item_id or 0]).values():
        item = items.item(everywhere, item_ref).row
        people |= {row.person_id: row.ground for row in items.kept_out_of(item.id)}
        people |= {item.from_person_id: CONCERNED} if item.from_person_id else {}
    return KeptFrom(tuple(people.items()), held.sensitive_reason)


def _met(viewer: Viewer, criteria: PastCriteria) -> QuerySet[Any]:
    narrowed: QuerySet[Any] = Matter.objects.visible_to(viewer)
    dated = {"came_to_attention_on__gte": criteria.from_on, "came_to_attention_on__lt": criteria.to_on}
    if within := {column: day for column, day in dated.items() if day}:
        narrowed = narrowed.filter(Q(**within) | (Q(came_to_attention_on__isnull=True) if criteria.undated else Q()))
    if criteria.closed:
        narrowed = narrowed.filter(state=MatterState.CLOSED)
    if criteria.kinds:
        narrowed = narrowed.filter(kind__in=criteria.kinds)
    if criteria.forces:
        named = [force for force in criteria.forces if force != THIS_FORCE]
        narrowed = narrowed.filter(force__in=[*named, *([""] if THIS_FORCE in criteria.forces else [])])
    alleged = Allegation.objects.filter(published(), matter=OuterRef("pk"))
    if criteria.categories:
        narrowed = narrowed.filter(Exists(alleged.filter(_coded(criteria.categories))))
    if criteria.factors:
        flagged = AllegationFactor.objects.filter(allegation__matter=OuterRef("pk"), factor__in=criteria.factors)
        narrowed = narrowed.filter(Exists(flagged))
    if words := criteria.outcome.strip():
        said = Q(outcome_words__icontains=words) | Q(finding_words__icontains=words)
        narrowed = narrowed.filter(Exists(alleged.filter(said)))
    if criteria.workers:
        concerned = Involvement.objects.filter(
            published(), matter=OuterRef("pk"), part=Part.OFFICER_CONCERNED, person_id__in=of_kinds(criteria.workers)
        )
        narrowed = narrowed.filter(Exists(concerned))
    return narrowed


def _coded(categories: Iterable[str]) -> Q:
    found = Q(pk__in=[])
    for code in categories:
        found |= Q(category__startswith=code) if len(code) == 1 else Q(category=code)
    return found
