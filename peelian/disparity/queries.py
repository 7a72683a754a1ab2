"""Figures for a period: how many of each group were in post, reached each decision point, and still wait."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from peelian.clocks.law import law
from peelian.decisions.queries import decided_counted
from peelian.decisions.queries.counted import CountedDecision
from peelian.disparity.rows import DisparityReport, PointFigures
from peelian.matters.queries import concerned_counted
from peelian.matters.queries.counted import CountedConcern
from peelian.people.queries import in_post_counted
from peelian.people.queries.counted import CountedPerson
from peelian.rules.disparity import NOT_STATED, Count, Figure, Group, Measuring, Point, figures, group_of, measuring
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotValid
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold

PROBATION = 2  # years from joining within which an officer may be discharged (SI 2003/527 reg 12, 13)


@dataclass(frozen=True, slots=True)
class Reached:
    """Keys of people at one point: `there` reached it, `decided` had it decided, `still_open` have neither."""

    there: frozenset[int]
    decided: frozenset[int]
    still_open: frozenset[int]


def disparity(viewer: Viewer, by: str, from_on: date, to_on: date) -> DisparityReport:
    """Ratio, 95% interval and base numbers at each decision point, as far as the viewer may see. Needs READ_DISPARITY.

    `by`: "ethnicity" or "sex". The period ends before `to_on`. LES-20. Raises NotValid (by, to_on).
    """
    must_hold(viewer, Permission.READ_DISPARITY)
    rule = measuring(law())
    if by not in rule.by:
        raise NotValid("by", "Choose ethnicity or sex.")
    if not from_on < to_on:
        raise NotValid("to_on", "The period must end after it begins.")
    groups = rule.by[by]
    people = in_post_counted(viewer, from_on, to_on)
    concerns = concerned_counted(viewer, from_on, to_on)
    steps = frozenset[str]().union(*(point.steps for point in rule.points))
    still_open = {one.matter_id for one in concerns if one.is_open}
    decisions = decided_counted(viewer, sorted(steps), from_on, to_on, also=sorted(still_open))
    belongs = {one.id: group_of(str(getattr(one, by)), groups) for one in people}
    early = _years_before(from_on)
    new = {one.id for one in people if one.joined_on is not None and one.joined_on > early}
    return DisparityReport(
        by=by,
        from_on=from_on,
        to_on=to_on,
        base=next(group.title for group in groups if group.is_base),
        points=tuple(
            _point(point, _among(people, new, point), belongs, _reached(point, concerns, decisions), groups, rule)
            for point in rule.points
        ),
        words=rule.words,
        hides=rule.hides,
        law=rule.law,
        unverified=rule.unverified,
    )


def _years_before(day: date) -> date:
    """The day two years before; of 29 February the 28th."""
    last = min(day.day, 28) if day.month == 2 else day.day
    return date(day.year - PROBATION, day.month, last)


def _among(people: Iterable[CountedPerson], new: Collection[int], point: Point) -> frozenset[int]:
    return frozenset(one.id for one in people if not point.of_probationers or one.id in new)


def _reached(point: Point, concerns: Sequence[CountedConcern], decisions: Sequence[CountedDecision]) -> Reached:
    if not point.steps:  # the first point: a matter, and no decision
        came = [one for one in concerns if one.in_period]
        waits = frozenset(one.person_id for one in came if one.is_open)
        return Reached(frozenset(one.person_id for one in came), frozenset(), waits)
    at_it = [one for one in decisions if one.step in point.steps]
    there = frozenset(
        one.person_id
        for one in at_it
        if one.in_period and (one.stands or point.ever) and _is_one_of(one, point.reached)
    )
    decided = frozenset(
        one.person_id for one in at_it if one.in_period and one.stands and _is_one_of(one, point.decided)
    )
    answered = {(one.person_id, one.matter_id) for one in at_it}
    open_now = (one for one in concerns if one.is_open and (one.person_id, one.matter_id) not in answered)
    return Reached(there, decided, frozenset(one.person_id for one in open_now) - there)


def _is_one_of(one: CountedDecision, wanted: Iterable[tuple[str, str]]) -> bool:
    return any(one.step == step and option in ("", one.option) for step, option in wanted)


def _point(
    point: Point,
    among: frozenset[int],
    belongs: Mapping[int, str],
    reached: Reached,
    groups: Sequence[Group],
    rule: Measuring,
) -> PointFigures:
    there = reached.there & among
    decided = (reached.decided | reached.there) & among if point.decided else frozenset()
    missing = sum(belongs[key] == NOT_STATED for key in there)
    elsewhere = len(reached.there - among)
    return PointFigures(
        key=point.key,
        title=point.title,
        words=point.words,
        of_probationers=point.of_probationers,
        figures=_figures(among, there, reached.still_open & among, belongs, groups, rule),
        of_decided=_figures(decided, there, frozenset(), belongs, groups, rule) if decided else (),
        missing_in_post=sum(belongs[key] == NOT_STATED for key in among) / len(among) if among else None,
        missing_reached=missing / len(there) if there and missing >= rule.fewest else None,
        elsewhere=elsewhere if elsewhere >= rule.fewest else None,
    )


def _figures(
    of: frozenset[int],
    there: frozenset[int],
    still_open: frozenset[int],
    belongs: Mapping[int, str],
    groups: Sequence[Group],
    rule: Measuring,
) -> tuple[Figure, ...]:
    base, reached, waits = (Counter(belongs[key] for key in keys) for keys in (of, there, still_open))
    counts = {group.key: Count(base[group.key], reached[group.key], waits[group.key]) for group in groups}
    return figures(counts, groups, rule)
