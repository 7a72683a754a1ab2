"""A wall that was written as SQL beforehand shows what the wall itself would, wherever a query puts it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import EmptyResultSet
from django.db.models import Exists, OuterRef, Q

from peelian.intake.models import Item
from peelian.matches.models import Pair, Raised
from peelian.matches.wall import seen as seen_pairs
from peelian.matches.wall import wall as wall_of_pairs
from peelian.matters.models import Matter
from peelian.people.models import Person
from peelian.terms.acts import RecordKind
from peelian.terms.matters import Capacity, Part
from peelian.terms.viewer import Viewer
from peelian.walls import prepared, queries
from peelian.walls.models import BrokenGlass, Place, Tether
from tests.walls.cast import Cast

ROOTS = (Matter, Person, Item)
ROLES = ("assessor", "investigator", "head_of_professional_standards", "analyst", "auditor", "administrator")


def one_of_everything(cast: Cast, role: str) -> Viewer:
    """Records on both sides of each piece of the wall, for somebody of this role."""
    me, manager, other = cast.person("Me"), cast.person("Manager"), cast.person("Other")
    hidden, known = cast.person("Hidden", registered=False), cast.person("Known", registered=False)
    user = cast.user(role, person_id=me)
    cast.tie(me, manager)
    cast.matter((other, Part.OFFICER_CONCERNED), (known, Part.COMPLAINANT))
    cast.matter((me, Part.WITNESS), (hidden, Part.COMPLAINANT))
    cast.matter((manager, Part.OFFICER_CONCERNED))
    cast.matter(sensitive=True)
    opened = cast.matter((other, Part.WITNESS), sensitive=True)
    placed(cast, RecordKind.MATTER, cast.matter(sensitive=True).pk, user)
    placed(cast, RecordKind.MATTER, cast.matter().pk, user, signed=False)
    named = cast.item(me)
    cast.matter(item_id=named.pk)
    cast.matter(item_id=cast.item(from_person_id=manager).pk)
    cast.item(other)
    placed(cast, RecordKind.INTAKE_ITEM, cast.item(sensitive=True).pk, user)
    cast.item(sensitive=True)
    Tether.objects.create(person_id=known, kind=RecordKind.INTAKE_ITEM, record_id=named.pk)
    glass(cast, user, opened.pk)
    return queries.viewer_for(user, at=cast.at)


def placed(cast: Cast, kind: RecordKind, record_id: int, user_id: int, *, signed: bool = True) -> None:
    """Written as it stands: some of these roles could not be given a place."""
    Place.objects.create(
        kind=kind,
        record_id=record_id,
        user_id=user_id,
        capacity=Capacity.INVESTIGATOR,
        from_on=cast.today,
        given_by=cast.system.actor,
        signed_at=cast.at if signed else None,
    )


def glass(cast: Cast, user_id: int, matter_id: int) -> None:
    BrokenGlass.objects.create(
        ref=f"PG-{matter_id}",
        user_id=user_id,
        kind=RecordKind.MATTER,
        record_id=matter_id,
        record_ref="PM",
        at=cast.at,
        until=cast.at + timedelta(hours=4),
        reason="the test",
    )


@pytest.mark.parametrize("days", [0, -40, 40])
@pytest.mark.parametrize("role", ROLES)
def test_it_shows_what_the_wall_shows(cast: Cast, role: str, days: int) -> None:
    now = one_of_everything(cast, role)
    viewer = replace(now, at=now.at + timedelta(days=days))
    for root in ROOTS:
        everything = root.objects.as_system(because="the test")
        for wall, narrowed in (
            (root.wall, root.objects.visible_to(viewer)),
            (root.kept_in, root.objects.open_to(viewer)),
        ):
            expected = set(everything.filter(wall(viewer)).values_list("pk", flat=True))
            row: Any = OuterRef("pk")
            asked = {
                "by itself": narrowed,
                "twice": narrowed & narrowed,
                "in a subquery": everything.filter(pk__in=narrowed.values("pk")),
                "in a subquery of itself": narrowed.filter(pk__in=narrowed.filter(pk__in=narrowed.values("pk"))),
                "of one row of the same table": everything.filter(Exists(narrowed.filter(pk=row))),
                "two deep": everything.filter(Exists(everything.filter(Exists(narrowed.filter(pk=row)), pk=row))),
                "or nothing": narrowed | everything.none(),
            }
            for how, found in asked.items():
                assert set(found.values_list("pk", flat=True)) == expected, (root, how)
            hidden = everything.exclude(pk__in=narrowed.values("pk"))
            assert hidden.count() == everything.count() - len(expected)


@pytest.mark.parametrize("role", ROLES)
def test_it_shows_the_same_inside_a_wall_that_is_written_beforehand_too(cast: Cast, role: str) -> None:
    """Or a name of the inner one would stand for a table of the outer one, and hide or show what it should not."""
    viewer = one_of_everything(cast, role)
    for root in ROOTS:

        def outer(one: Viewer, root: Any = root) -> Q:
            return Q(pk__in=root.objects.visible_to(one).values("pk")) & ~Q(
                pk__in=root.objects.as_system(because="the test").exclude(pk__in=root.objects.open_to(one).values("pk"))
            )

        everything = root.objects.as_system(because="the test")
        narrowed = everything.filter(prepared.prepared(root, outer, viewer))
        expected = set(root.objects.visible_to(viewer).values_list("pk", flat=True))
        assert set(narrowed.values_list("pk", flat=True)) == expected, root
        assert set(everything.filter(pk__in=narrowed.values("pk")).values_list("pk", flat=True)) == expected, root


@pytest.mark.parametrize("days", [0, -40, 40])
def test_the_wall_of_a_pair_is_written_once_and_shows_what_it_would(cast: Cast, days: int) -> None:
    """One page of the wash asks it five times; it holds the walls of people and of intake items."""
    now = one_of_everything(cast, "vetting_officer")
    viewer = replace(now, at=now.at + timedelta(days=days))
    people = Person.objects.as_system(because="the test").order_by("pk").values_list("pk", flat=True)
    for number, person_id in enumerate(people):
        pair_about(person_id, f"R{number}")
    for number, item in enumerate(Item.objects.as_system(because="the test").order_by("pk")):
        pair = pair_about(min(Person.objects.visible_to(viewer).values_list("pk", flat=True)), f"I{number}")
        Raised.objects.create(pair=pair, item_ref=item.ref, on=cast.today, recorded_at=cast.at, recorded_by="x")
    expected = set(Pair.objects.filter(wall_of_pairs(viewer)).values_list("pk", flat=True))
    assert 0 < len(expected & set(Raised.objects.values_list("pair", flat=True))) < Raised.objects.count()
    prepared._written.cache_clear()
    for moved in (0, 1, 0):
        pairs = seen_pairs(replace(viewer, at=viewer.at + timedelta(hours=moved)))
        assert set(pairs.values_list("pk", flat=True)) == expected
        within = Pair.objects.filter(pk__in=pairs.values("pk"))
        assert set(within.values_list("pk", flat=True)) == expected
    assert prepared._written.cache_info().misses == 4, "a pair's, a person's, and both of an item's"


def pair_about(person_id: int, record: str) -> Pair:
    facts = {"stake": 0, "weight": 1.0, "band": "possible", "link": "person", "purpose": "integrity", "digest": "x"}
    names = {"ref": f"PW-{record}", "workforce": "w", "person_key": "E1", "source": "s", "record_key": record}
    row: Pair = Pair.objects.create(person_id=person_id, **names, **facts)
    return row


def test_the_world_has_records_on_both_sides(cast: Cast) -> None:
    viewer = one_of_everything(cast, "assessor")
    for root in ROOTS:
        everything = root.objects.as_system(because="the test").count()
        assert 0 < root.objects.visible_to(viewer).count() < root.objects.open_to(viewer).count() <= everything


@pytest.mark.parametrize("role", ROLES)
def test_a_wall_hands_day_and_moment_on_and_reckons_with_neither(cast: Cast, role: str) -> None:
    """Or what was written for one day would be asked on another."""
    early = cast.viewer(role, person_id=cast.person("Me"))
    late = replace(early, at=early.at + timedelta(days=200, hours=3))
    its_own = [{str(one.at.astimezone(UTC).replace(tzinfo=None)), str(one.today)} for one in (early, late)]
    for root in ROOTS:
        for wall in (root.wall, root.kept_in):
            written = []
            for one in (early, late):
                query = root.objects.as_system(because="the test").filter(wall(one)).query
                written.append(sql_of(query))
            (first, given), (second, given_later) = written
            assert first == second, (root, wall)
            different = [pair for pair in zip(given, given_later, strict=True) if pair[0] != pair[1]]
            for value, later in different:
                assert as_text(value) in its_own[0]
                assert as_text(later) in its_own[1]


def sql_of(query: Any) -> tuple[str, tuple[Any, ...]]:
    try:
        return query.sql_with_params()  # type: ignore[no-any-return]  # untyped in the stubs
    except EmptyResultSet:
        return "nothing", ()


def as_text(value: Any) -> str:
    """A day or a moment as either database is given it."""
    return str(value.astimezone(UTC).replace(tzinfo=None) if isinstance(value, datetime) else value)


def test_it_is_written_once_whatever_the_day(cast: Cast) -> None:
    viewer = cast.viewer("assessor", person_id=cast.person("Me"))
    prepared._written.cache_clear()
    for days in range(5):
        list(Matter.objects.visible_to(replace(viewer, at=viewer.at + timedelta(days=days))))
    assert prepared._written.cache_info().misses == 1


@pytest.mark.parametrize("hours", [(0, 5), (5, 0)])
def test_it_is_asked_at_the_viewers_own_moment(cast: Cast, hours: tuple[int, int]) -> None:
    """The wall is written once for both."""
    user = cast.user("head_of_professional_standards")
    matter = cast.matter(sensitive=True)
    glass(cast, user, matter.pk)
    for after in hours:
        viewer = queries.viewer_for(user, at=cast.at + timedelta(hours=after))
        assert viewer.today == cast.today
        assert Matter.objects.visible_to(viewer).filter(pk=matter.pk).exists() is (after == 0)


def test_a_day_later_a_tie_has_ended(cast: Cast) -> None:
    me, officer = cast.person("Me"), cast.person("Officer")
    cast.tie(me, officer, on=cast.today + timedelta(days=1))
    user = cast.user("assessor", person_id=me)
    matter = cast.matter((officer, Part.OFFICER_CONCERNED))
    for days, seen in ((0, True), (1, False), (0, True)):
        viewer = queries.viewer_for(user, at=cast.at + timedelta(days=days))
        assert Matter.objects.visible_to(viewer).filter(pk=matter.pk).exists() is seen


def test_what_came_since_counts_at_once(cast: Cast) -> None:
    """No answer is kept: a second look within one moment finds what happened between."""
    me = cast.person("Me")
    viewer = cast.viewer("assessor", person_id=me)
    first = cast.matter()
    assert list(Matter.objects.visible_to(viewer)) == [first]
    cast.matter((me, Part.WITNESS))
    second = cast.matter()
    assert set(Matter.objects.visible_to(viewer)) == {first, second}


def test_a_wall_that_joins_a_table_is_refused(cast: Cast) -> None:
    def joining(viewer: Viewer) -> Q:
        return Q(load__published_at__lte=viewer.at)

    with pytest.raises(RuntimeError, match="joins a table"):
        prepared.prepared(Matter, joining, cast.viewer("assessor"))
