"""Rules of never the same: which stand, who made them and why, which somebody asked to lift."""

from typing import Any

from peelian.matches.models import Lift, Never
from peelian.matches.queries.listing import rows_of
from peelian.matches.rows import PairRow, RuleRow
from peelian.matches.wall import seen
from peelian.matches.words import GONE, Words, opened, reasons
from peelian.terms.known_dates import date_words
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer
from peelian.walls.queries import actor_names


def rules(viewer: Viewer, pair_ref: str = "") -> tuple[RuleRow, ...]:
    """Every rule that the viewer may see, the latest first, lifted ones too; of one pair where it is given.

    Eight statements.
    """
    if not viewer.may(Permission.READ_MATCHES):
        return ()
    found = Never.objects.filter(pair__in=seen(viewer)).select_related("pair").prefetch_related("lifts__answer")
    if pair_ref:
        found = found.filter(pair__ref=pair_ref)
    kept = list(found.order_by("-on", "-recorded_at", "pair__ref"))
    rows = {row.ref: row for row in rows_of(viewer, {one.pair.pk: one.pair for one in kept}.values())}
    names = actor_names({said.recorded_by for one in kept for said in _said(one)}) if kept else {}
    words = opened((one.pair.ref, said) for one in kept for said in _said(one))
    return tuple(_row(viewer, one, rows[one.pair.ref], names, words) for one in kept)


def lifts_waiting(viewer: Viewer) -> int:
    """How many rules somebody else asked to lift, and the viewer may answer. One statement."""
    if not viewer.may(Permission.JUDGE_MATCHES):
        return 0
    asked = Lift.objects.filter(answer__isnull=True, rule__pair__in=seen(viewer).filter(disposed_on__isnull=True))
    return int(asked.exclude(recorded_by=viewer.actor).count())


def _said(rule: Never) -> list[Any]:
    lifts = list(rule.lifts.all())
    return [rule, *lifts, *(one.answer for one in lifts if hasattr(one, "answer"))]


def _row(viewer: Viewer, rule: Never, pair: PairRow, names: dict[str, str], words: dict[Any, Words]) -> RuleRow:
    lifts = sorted(rule.lifts.all(), key=lambda one: (one.recorded_at, one.on))
    asked = next((one for one in lifts if not hasattr(one, "answer")), None)
    lifted = next((one for one in lifts if hasattr(one, "answer") and one.answer.agreed), None)
    may = viewer.may(Permission.JUDGE_MATCHES) and rule.pair.disposed_on is None
    return RuleRow(
        pair_ref=rule.pair.ref,
        person=pair.person,
        record_key=pair.record_key,
        mark=str(words[rule].get("mark", GONE)),
        reasons=reasons(words[rule]),
        on=rule.on,
        by_name=names.get(rule.recorded_by, ""),
        asked=f"{reasons(words[asked])} ({names.get(asked.recorded_by, '')}, {date_words(asked.on)})" if asked else "",
        lifted=_lifted(lifted, names, words) if lifted else "",
        may_ask=may and asked is None and lifted is None,
        may_answer=may and asked is not None and asked.recorded_by != viewer.actor,
    )


def _lifted(lift: Any, names: dict[str, str], words: dict[Any, Words]) -> str:
    answer = lift.answer
    first, second = names.get(lift.recorded_by, ""), names.get(answer.recorded_by, "")
    return f"{reasons(words[lift])} ({first}) {reasons(words[answer])} ({second}, {date_words(answer.on)})"
