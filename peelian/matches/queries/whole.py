"""One pair: both sides beside each other, the reasons in words, everything that was said of it."""

from typing import Any

from peelian.matches.actions.ruling import standing_beside
from peelian.matches.compared import Compared, Side, steps_of
from peelian.matches.models import Judgement, Pair, Raised
from peelian.matches.queries.listing import rows_of
from peelian.matches.results import choices_for, result_kinds
from peelian.matches.rows import Before, JudgementRow, PairDetail, ResultRow, Seen
from peelian.matches.seeing import compared
from peelian.matches.wall import pair_of
from peelian.matches.words import Words, opened, reasons
from peelian.terms.matches import PairState, Verdict
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer
from peelian.walls.queries import actor_names

OTHERWISE = 1.0  # bits from which a pair is said to weigh otherwise than when it was judged


def pair(viewer: Viewer, pair_ref: str) -> PairDetail:
    """One pair whole. Raises NotFound, also where it is hidden."""
    found = pair_of(viewer, pair_ref)
    sightings = list(found.sightings.select_related("run").order_by("pk"))
    last = next(one for one in reversed(sightings) if not one.is_gone)
    seen = compared([last], found.ref)[last]
    judged = list(found.judgements.select_related("second", "result", "sighting").order_by("pk"))
    state, may = PairState(found.state), viewer.may(Permission.JUDGE_MATCHES) and found.disposed_on is None
    waits = judged[-1] if judged and state is PairState.SECOND else None
    names, words = _names(judged), opened((found.ref, one) for one in _said(judged))
    has_result = bool(judged) and getattr(judged[-1], "result", None) is not None
    choices = choices_for(found.purpose, found.link) if state is PairState.YES and may and not has_result else ()
    raised = Raised.objects.filter(pair=found).first()
    return PairDetail(
        row=rows_of(viewer, [found])[0],
        person_key=found.person_key,
        sides=tuple(Side(*side) for side in seen.sides),
        steps=steps_of(seen.steps),
        lent=seen.lent,
        words_for=seen.words_for,
        words_against=seen.words_against,
        unsure=seen.unsure,
        category=seen.category,
        part=seen.part,
        recorded_on=seen.recorded_on,
        resolved_on=seen.resolved_on,
        relation=seen.relation,
        is_gone=found.is_gone,
        seen=tuple(Seen(one.run.on, one.weight, one.band, one.is_gone) for one in sightings),
        judgements=tuple(_judgement(one, names, words) for one in judged),
        may_judge=may and state is not PairState.SECOND,
        may_answer=may and waits is not None and waits.recorded_by != viewer.actor,
        choices=tuple((one.key, one.title) for one in choices),
        marks=seen.marks if may and state is PairState.NO else (),
        ruled_by=_ruled_by(found, seen) if state is PairState.RULED_OUT else "",
        raised_item=raised.item_ref if raised else "",
        disposed_on=found.disposed_on,
        before=_before(found),
        weighs_otherwise=bool(judged) and abs(judged[-1].sighting.weight - last.weight) >= OTHERWISE,
    )


def _said(judged: list[Judgement]) -> list[Any]:
    """Judgements, each with what the second person and the result say."""
    answers = ("second", "result")
    return [*judged, *(other for one in judged for name in answers if (other := getattr(one, name, None)))]


def _names(judged: list[Judgement]) -> dict[str, str]:
    said = _said(judged)
    return actor_names({one.recorded_by for one in said}) if said else {}


def _before(found: Pair) -> Before | None:
    """What stood here before it was disposed of and found again."""
    was = found.again_of
    if was is None or was.disposed_on is None:
        return None
    return Before(was.ref, PairState(was.state), was.disposed_on)


def _judgement(one: Judgement, names: dict[str, str], words: dict[Any, Words]) -> JudgementRow:
    second, result = getattr(one, "second", None), getattr(one, "result", None)
    return JudgementRow(
        verdict=Verdict(one.verdict),
        reasons=reasons(words[one]),
        on=one.on,
        by_name=names.get(one.recorded_by, one.recorded_by),
        band=one.sighting.band,
        weight=one.sighting.weight,
        needs_second=one.needs_second,
        second_agreed=second.agreed if second else None,
        second_reasons=reasons(words[second]) if second else "",
        second_by_name=names.get(second.recorded_by, "") if second else "",
        result=None
        if result is None
        else ResultRow(
            title=result_kinds()[result.result].title,
            reasons=reasons(words[result]),
            on=result.on,
            due_on=result.due_on,
            item_ref=result.item_ref,
            by_name=names.get(result.recorded_by, ""),
        ),
    )


def _ruled_by(found: Pair, seen: Compared) -> str:
    """The reasons of the rule by which a pair is never the same."""
    rules = list(standing_beside(found).select_related("pair").order_by("-pk"))
    words = opened((one.pair.ref, one) for one in rules)
    return next((reasons(words[one]) for one in rules if words[one].get("mark") in seen.marks), "")
