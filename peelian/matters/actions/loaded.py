"""What a load brought about somebody who has serious matters already: open ones are read together. LES-07.

A history of years would ask for thousands of closed matters at once, and nobody would read one. So a load asks for the
open ones alone, and says once that there are others, which the register of people with more than one matter lists.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from peelian.intake.queries import published
from peelian.matters.actions.repeating import BECAUSE, ask
from peelian.matters.models import Allegation, JointReview, Matter
from peelian.matters.queries.lines import known
from peelian.matters.queries.register import concerned
from peelian.people.queries.kinds import of_kinds
from peelian.rules.limits import add_months
from peelian.rules.serious import Earlier, must_be_read_again
from peelian.statute import Register, product
from peelian.terms.matters import MatterState
from peelian.terms.people import PersonKind
from peelian.terms.viewer import Viewer

AT_ONCE = 500
MOST = 200  # reviews that one load asks for; the others it says


@dataclass(frozen=True, slots=True)
class AfterLoad:
    """`asked`: how many open matters are to be read together. `others`: whether the rule is met for somebody besides,
    of matters that are not sensitive."""

    asked: int
    others: bool


def ask_after_load(by: Viewer, load_id: int, on: date) -> AfterLoad:
    """Part of publishing a load: ask that open matters are read together with serious ones that it brought.

    Only serious matters with a day within the years of the rule count as brought: a history without dates, or an old
    one, asks for nothing. Three statements where nobody is met twice; a few for each review.
    """
    law = product()
    within = int(law.table("joint_review")[0].get("within_years", 0))
    brought = _serious(law, Allegation.objects.filter(load_id=load_id))
    recent = Q(matter__came_to_attention_on__gte=add_months(on, -12 * within), matter__came_to_attention_on__lte=on)
    new: dict[int, set[int]] = {}
    for person_id, matter_id in (
        _concerned().filter(recent, matter_id__in=brought).values_list("person_id", "matter_id")
    ):
        new.setdefault(int(person_id), set()).add(matter_id)
    met = _met(law, new)
    others, asked = False, 0
    for person_id, (because_id, open_ids, is_said) in sorted(met.items()):
        if not open_ids or asked >= MOST:
            others = others or is_said
            continue
        asked += _ask(by, person_id, because_id, open_ids, on)
    return AfterLoad(asked, others)


def _met(law: Register, new: dict[int, set[int]]) -> dict[int, tuple[int, tuple[int, ...], bool]]:
    """For each person for whom the rule is met: the latest serious matter brought, the open matters about them but
    that one, and whether it rests on matters of which none is sensitive."""
    found: dict[int, tuple[int, tuple[int, ...], bool]] = {}
    serious = _serious(law, Allegation.objects.filter(published()))
    for part in _parts(sorted(new)):
        rows: dict[int, list[Any]] = {}
        told = _concerned().filter(Q(matter_id__in=serious) | Q(matter__state=MatterState.OPEN), person_id__in=part)
        grave = set(told.filter(matter_id__in=serious).values_list("matter_id", flat=True))
        for row in told.values_list(
            "person_id",
            "matter_id",
            "matter__came_to_attention_on",
            "matter__came_to_attention_precision",
            "matter__state",
            "matter__sensitive_on",
            "matter__ref",
        ):
            rows.setdefault(int(row[0]), []).append(row)
        for person_id, held in rows.items():
            mine = [row for row in held if row[1] in new[person_id]]
            latest = max(mine, key=lambda row: (row[2], row[6]))
            earlier = [Earlier(row[1], known(row[2], row[3]), row[1] in grave) for row in held if row[1] != latest[1]]
            if must_be_read_again(law, known(latest[2], latest[3]), earlier):
                still_open = tuple(row[1] for row in held if row[4] == MatterState.OPEN and row[1] != latest[1])
                found[person_id] = (latest[1], still_open, not any(row[5] for row in held))
    return found


def _ask(by: Viewer, person_id: int, because_id: int, open_ids: Iterable[int], on: date) -> int:
    """Ask for each open matter that awaits no review already; how many were asked for."""
    waiting = JointReview.objects.filter(person_id=person_id, matter_id__in=open_ids, answer__isnull=True)
    fresh = set(open_ids) - set(waiting.values_list("matter_id", flat=True))
    held = {one.pk: one for one in Matter.objects.as_system(because=BECAUSE).filter(pk__in=[*fresh, because_id])}
    for key in sorted(fresh, key=lambda key: held[key].ref):
        ask(by, held[key], held[because_id], person_id, on)
    return len(fresh)


def _concerned() -> QuerySet[Any]:
    return concerned().exclude(person_id__in=of_kinds([PersonKind.PLACEHOLDER]))


def _serious(law: Register, alleged: QuerySet[Any]) -> QuerySet[Any]:
    """Keys of the matters of those allegations that are on the lists of serious categories and factors; a subquery."""
    listed = [row.key for row in law.table("serious_category")]
    coded = Q(category__in=listed)
    for letter in (key for key in listed if len(key) == 1):
        coded |= Q(category__startswith=letter)
    flagged = Q(factors__factor__in=[row.key for row in law.table("serious_factor")])
    return alleged.filter(coded | flagged).values("matter_id")


def _parts(keys: list[int]) -> Iterable[list[int]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))
