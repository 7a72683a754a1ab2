"""Where recommendations stand: for those who keep them, and for anybody."""

from itertools import groupby
from typing import Any

from django.db.models import Prefetch, QuerySet

from peelian.recommendations.models import Charge, Evidence, Recommendation
from peelian.recommendations.rows import (
    ChargeRow,
    EvidenceRow,
    Mine,
    Published,
    PublishedReport,
    RecommendationLine,
    RecommendationRow,
)
from peelian.rules.recommendations import Shown, Standing, standing
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold
from peelian.walls.queries import actor_names, users_by_id, users_holding

KEEP = Permission.KEEP_RECOMMENDATIONS
READERS = (KEEP, Permission.COUNTERSIGN)


def published(viewer: Viewer) -> tuple[PublishedReport, ...]:
    """What stands on the public page, report by report, by number. Needs no power, and names nobody who works here."""
    found = sorted(_whole(Recommendation.objects.filter(is_published=True)), key=_in_order)
    return tuple(
        PublishedReport(source, tuple(_published(viewer, one) for one in held))
        for source, held in groupby(found, key=lambda one: str(one.source))
    )


def recommendations(viewer: Viewer, only: Standing | None = None) -> tuple[RecommendationLine, ...]:
    """All of them by report and number; `only` those that stand there. Needs to keep them, or to sign for others."""
    must_hold(viewer, *READERS)
    found = _lines(viewer, _whole(Recommendation.objects.all()))
    return tuple(one for one in found if only is None or one.standing is only)


def recommendation(viewer: Viewer, recommendation_ref: str) -> RecommendationRow:
    """One whole, with every owner and day it had and all its evidence. Raises NotFound."""
    must_hold(viewer, *READERS)
    found = list(_whole(Recommendation.objects.filter(ref=recommendation_ref)))
    if not found:
        raise NotFound(f"recommendation {recommendation_ref}")
    one = found[0]
    charges, evidence = list(one.charges.all()), list(one.evidence.all())
    verdicts = [given.verdict for given in evidence if hasattr(given, "verdict")]
    names = actor_names({row.recorded_by for row in (*charges, *evidence, *verdicts)})
    holders = users_by_id({row.owner_id for row in charges if row.owner_id})
    owner_id = charges[0].owner_id
    return RecommendationRow(
        line=_lines(viewer, found)[0],
        charges=tuple(
            ChargeRow(
                row.owner,
                holders[row.owner_id].name if row.owner_id else "",
                *(row.due_on, row.reasons, row.on, names.get(row.recorded_by, row.recorded_by)),
            )
            for row in charges
        ),
        evidence=tuple(_evidence(viewer, row, names, owner_id) for row in evidence),
    )


def holders(viewer: Viewer) -> tuple[tuple[str, str], ...]:
    """Who may hold a recommendation, by reference and name."""
    must_hold(viewer, KEEP)
    able = users_holding(KEEP, viewer.today)
    return tuple(sorted(((one.ref, one.name) for one in able), key=lambda pair: (pair[1], pair[0])))


def mine(viewer: Viewer) -> Mine:
    """What the viewer owns and is not met, and what waits for them as a second person; for My work."""
    if viewer.user_id is None or not any(viewer.may(power) for power in READERS):
        return Mine()
    waits = Evidence.objects.filter(verdict__isnull=True).exclude(recorded_by=viewer.actor)
    asked = set(waits.values_list("recommendation_id", flat=True)) if viewer.may(Permission.COUNTERSIGN) else set()
    held = Charge.objects.filter(owner_id=viewer.user_id).values_list("recommendation_id", flat=True)
    ids = asked | (set(held) if viewer.may(KEEP) else set())
    if not ids:
        return Mine()
    whole = list(_whole(Recommendation.objects.filter(pk__in=ids)))
    own = [one for one in whole if one.charges.all()[0].owner_id == viewer.user_id]
    owned = [line for line in _lines(viewer, own) if not line.standing.is_met]
    return Mine(tuple(owned), _lines(viewer, [one for one in whole if one.pk in asked and one not in own]))


def _whole(found: QuerySet[Any]) -> QuerySet[Any]:
    charges = Charge.objects.order_by("-number")
    evidence = Evidence.objects.select_related("verdict").order_by("-on", "-recorded_at", "ref")
    return found.prefetch_related(Prefetch("charges", queryset=charges), Prefetch("evidence", queryset=evidence))


def _in_order(one: Any) -> tuple[str, int, str]:
    digits = "".join(letter for letter in one.number if letter.isdecimal())
    return one.source, int(digits[:9] or 0), one.number


def _shown(one: Any) -> tuple[Shown, ...]:
    return tuple(Shown(given.on, given.completes, _accepted(given)) for given in one.evidence.all())


def _accepted(given: Any) -> bool | None:
    return given.verdict.accepted if hasattr(given, "verdict") else None


def _lines(viewer: Viewer, found: Any) -> tuple[RecommendationLine, ...]:
    rows = sorted(found, key=_in_order)
    people = users_by_id({one.charges.all()[0].owner_id for one in rows if one.charges.all()[0].owner_id})
    listed = []
    for one in rows:
        last = one.charges.all()[0]
        where = standing(last.due_on, _shown(one), viewer.today)
        holder = people[last.owner_id].name if last.owner_id else ""
        listed.append(
            RecommendationLine(
                *(one.ref, one.source, one.number, one.words, last.owner, holder, last.due_on, where, one.is_published)
            )
        )
    return tuple(listed)


def _published(viewer: Viewer, one: Any) -> Published:
    charges = list(one.charges.all())
    last, first = charges[0], charges[-1]
    done = tuple((given.on, given.says) for given in one.evidence.all() if _accepted(given) and given.says)
    return Published(
        source=one.source,
        number=one.number,
        words=one.words,
        owner=last.owner,
        due_on=last.due_on,
        first_due_on=first.due_on if first.due_on != last.due_on else None,
        standing=standing(last.due_on, _shown(one), viewer.today),
        done=done,
    )


def _evidence(viewer: Viewer, row: Any, names: dict[str, str], owner_id: int | None) -> EvidenceRow:
    verdict = getattr(row, "verdict", None)
    second = row.recorded_by != viewer.actor and owner_id != viewer.user_id
    return EvidenceRow(
        ref=row.ref,
        what=row.what,
        where=row.where,
        says=row.says,
        completes=row.completes,
        on=row.on,
        by=names.get(row.recorded_by, row.recorded_by),
        accepted=_accepted(row),
        reasons=verdict.reasons if verdict else "",
        answered_on=verdict.on if verdict else None,
        answered_by=names.get(verdict.recorded_by, verdict.recorded_by) if verdict else "",
        may_answer=verdict is None and second and viewer.may(Permission.COUNTERSIGN),
    )
