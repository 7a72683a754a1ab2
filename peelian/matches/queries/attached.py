"""Records that stand with people, behind the walls of the person and of the intake item that came of them.

A victim's, witness's or associate's record never stands here, nor one that people judged to be about somebody else.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet

from peelian.intake import queries as intake
from peelian.matches.attached import AssociationRow, LateRow, RecordRow
from peelian.matches.models import Pair, Raised, Result
from peelian.matches.read import day_of, matched
from peelian.matches.seeing import AT_ONCE, last_seen
from peelian.matches.sources import Titles
from peelian.matches.wall import seen_with
from peelian.people import queries as people
from peelian.rules import crime_records as rules
from peelian.statute import product
from peelian.terms.matches import PairState
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer, system

AWAY = (PairState.NO, PairState.RULED_OUT)
OLDEST = 50


def records_of(viewer: Viewer, person_ids: Iterable[int]) -> dict[int, tuple[RecordRow, ...]]:
    """Crime records and domestic incidents of each of these people, the oldest first; people without any are left out.

    Of those that the viewer may see and that fit probably or better, or were judged to be about them (LES-02, LES-03).
    For those who see what the wash found and those who assess severity. At most seven statements; none for others.
    """
    wanted = sorted({key for key in person_ids if key})
    if not wanted:
        return {}
    found: dict[int, list[RecordRow]] = {}
    for row in _records(viewer, _seen(viewer).filter(person_id__in=wanted)):
        found.setdefault(row.person_id, []).append(row)
    return {key: tuple(rows) for key, rows in found.items()}


def counted(viewer: Viewer) -> dict[int, int]:
    """How many records count in the pattern count of each person that has any, by key. As `records_of`."""
    found: dict[int, int] = {}
    for row in _records(viewer, _seen(viewer)):
        found[row.person_id] = found.get(row.person_id, 0) + 1
    return found


def associations_of(viewer: Viewer, person_id: int) -> tuple[AssociationRow, ...]:
    """Associates of somebody whom the wash found on records, the surest first.

    One that may be a colleague whom the viewer may not see is left out whole. Nobody enters the register for being
    named here. As `records_of`.
    """
    pairs = [row for row in _seen(viewer).filter(person_id=person_id, link="association") if not row.is_gone]
    last, titles = last_seen(pairs), Titles()
    everybody = system("matches", at=viewer.at, because="to leave out associates whom the viewer may not see")
    known = people.held_by(everybody, sorted({row.person_key for row in pairs}))
    lines = people.lines(viewer, [key for key in known.values() if key != person_id])
    rows = []
    for row in pairs:
        seen, key = last[row.pk], known.get(row.person_key)
        associate = key if key != person_id else None
        if associate is not None and lines[associate].is_hidden:
            continue
        if key == person_id:  # the record names them as somebody's associate
            name = f"Whoever {row.record_key} is about"
        else:
            given = next((side[1] or side[2] for side in seen.sides if side[0] == "name"), "")
            name = " ".join(word.capitalize() for word in given.split())
        rows.append(
            AssociationRow(
                ref=row.ref,
                name=name or "name not stated",
                through=seen.relation or seen.part or "how is not said",
                source=titles.of(row.workforce, row.source),
                record_key=row.record_key,
                category=seen.category,
                recorded_on=day_of(seen.recorded_on),
                band=row.band,
                state=PairState(row.state),
                associate_id=associate,
            )
        )
    return tuple(sorted(rows, key=lambda one: (one.state is not PairState.YES, one.name, one.ref)))


def late_assessments(viewer: Viewer) -> tuple[LateRow, ...]:
    """Crime records that nobody has assessed within the hours of the rule, for those to whom that is raised. LES-02.

    The oldest first, at most fifty. None for anybody else, and then no statement.
    """
    rule = product().table("conduct_assessment")[0]
    if not viewer.roles.intersection(rule["raised_to"]):
        return ()
    before = viewer.at - timedelta(hours=int(rule["hours"]))
    raised = Raised.objects.filter(recorded_at__lte=before, pair__in=_seen(viewer).values("pk"))
    listed = list(raised.select_related("pair").order_by("on", "pair__ref"))
    waiting = intake.awaiting_among(viewer, [row.item_ref for row in listed]) if listed else {}
    late = [row for row in listed if row.item_ref in waiting][:OLDEST]
    if not late:
        return ()
    names = people.refs_on_record(viewer, {row.pair.person_id or 0 for row in late})
    last = last_seen(row.pair for row in late)
    return tuple(
        LateRow(
            ref=row.pair.ref,
            person=names[row.pair.person_id or 0][1],
            person_ref=names[row.pair.person_id or 0][0],
            what=last[row.pair_id].category or row.pair.record_key,
            item_ref=row.item_ref,
            owner=waiting[row.item_ref],
            on=row.on,
        )
        for row in late
    )


def _seen(viewer: Viewer) -> QuerySet[Any]:
    """For those who see what the wash found, or assess severity (LES-21)."""
    return seen_with(viewer, Permission.READ_MATCHES, Permission.ASSESS_CONDUCT)


def _records(viewer: Viewer, pairs: QuerySet[Any]) -> list[RecordRow]:
    law = product()
    fits = Q(pk__in=[])
    for row in (*law.table("conduct_assessment"), *law.table("incident_setting")):
        fits |= Q(band__in=row["grades"]) | Q(band=rules.UNSURE, weight__gte=float(row["unsure_from"]))
    stands = pairs.filter(
        (fits & Q(is_gone=False)) | Q(state=PairState.YES), link=rules.PERSON, purpose=rules.INTEGRITY
    )
    listed = list(stands.exclude(state__in=AWAY))
    if not listed:
        return []
    last, items, titles = last_seen(listed), _items(listed), Titles()
    rows = []
    for row in listed:
        seen = last[row.pk]
        record = matched(row, seen.part, seen.category, seen.recorded_on)
        is_domestic = rules.is_domestic(law, record)
        if not (is_domestic or rules.opens_assessment(law, record) or row.state == PairState.YES):
            continue
        sexual = rules.sexual(law, seen.category)
        rows.append(
            RecordRow(
                ref=row.ref,
                source=titles.of(row.workforce, row.source),
                record_key=row.record_key,
                category=seen.category,
                part=seen.part,
                recorded_on=record.recorded_on,
                written_on="" if record.recorded_on else seen.recorded_on,
                resolved_on=seen.resolved_on,
                band=row.band,
                state=PairState(row.state),
                is_domestic=is_domestic,
                serious=sexual.title if sexual else "",
                item_ref=next(iter(items.get(row.pk, ())), ""),
                is_gone=row.is_gone,
                person_id=row.person_id or 0,
            )
        )
    return sorted(rows, key=lambda one: (str(one.recorded_on or ""), one.record_key, one.ref))


def _items(pairs: Sequence[Pair]) -> dict[int, list[str]]:
    """References of the intake items that came of each pair, by its key, the first first."""
    found: dict[int, list[str]] = {}
    for part in _parts(pairs):
        for key, ref in Raised.objects.filter(pair__in=part).values_list("pair_id", "item_ref"):
            found.setdefault(key, []).append(ref)
        results = Result.objects.filter(judgement__pair__in=part).exclude(item_ref="").order_by("pk")
        for key, ref in results.values_list("judgement__pair_id", "item_ref"):
            found.setdefault(key, []).append(ref)
    return found


def _parts(pairs: Sequence[Pair]) -> Iterator[Sequence[Pair]]:
    return (pairs[start : start + AT_ONCE] for start in range(0, len(pairs), AT_ONCE))
