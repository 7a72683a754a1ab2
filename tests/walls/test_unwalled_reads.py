"""Forgetting to say for whom a root is read raises, however it is read."""

import ast
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db.models import F

from peelian.intake.models import Item
from peelian.matters.models import Matter
from peelian.people.models import Person
from peelian.walls.managed import Unwalled, WalledManager, guarded_models
from tests.house.code import modules
from tests.walls.cast import Cast

ROOTS = (Matter, Person, Item)


async def all_of(found: Any) -> Any:
    return [one async for one in found.aiterator()]


def driven(found: Any) -> Any:
    """By hand, as a loop may be running already: in a browser's process."""
    reading = all_of(found)
    try:
        reading.send(None)
    finally:
        reading.close()


READS: dict[str, Callable[[Any], Any]] = {
    "list": list,
    "bool": bool,
    "len": len,
    "repr": repr,
    "one by position": lambda found: found.order_by("ref")[0],
    "a slice": lambda found: list(found.order_by("ref")[:5]),
    "get": lambda found: found.get(ref="x"),
    "first": lambda found: found.first(),
    "last": lambda found: found.last(),
    "latest": lambda found: found.latest("ref"),
    "contains": lambda found: found.contains(found.model(pk=1)),
    "in_bulk": lambda found: found.in_bulk([1]),
    "values": lambda found: list(found.values("pk")),
    "values_list": lambda found: list(found.values_list("pk", flat=True)),
    "only": lambda found: list(found.only("ref")),
    "dates": lambda found: list(found.datetimes("recorded_at", "year")),
    "iterator": lambda found: list(found.iterator()),
    "asynchronous iterator": driven,
    "count": lambda found: found.count(),
    "exists": lambda found: found.exists(),
    "aggregate": lambda found: found.aggregate(n=F("pk")),
    "explain": lambda found: found.explain(),
    "update": lambda found: found.update(ref="x"),
    "bulk_update": lambda found: found.bulk_update([found.model(pk=1, ref="x")], ["ref"]),
    "delete": lambda found: found.delete(),
    "get_or_create": lambda found: found.get_or_create(ref="x"),
    "update_or_create": lambda found: found.update_or_create(ref="x"),
    "select_for_update": lambda found: list(found.select_for_update()),
    "in another query": lambda found: list(
        found.model.objects.as_system(because="the test").filter(pk__in=found.values("pk"))
    ),
    "or": lambda found: list(found.model.objects.as_system(because="the test") | found),
    "or, the other way": lambda found: list(found | found.model.objects.as_system(because="the test")),
    "xor": lambda found: list(found.model.objects.as_system(because="the test") ^ found),
    "union": lambda found: list(found.model.objects.as_system(because="the test").union(found)),
    "difference": lambda found: list(found.model.objects.as_system(because="the test").difference(found)),
    "raw": lambda found: list(found.raw("select 1")),
}


@pytest.mark.parametrize("root", ROOTS, ids=lambda root: root.__name__)
@pytest.mark.parametrize("read", READS.values(), ids=list(READS))
def test_an_unwalled_read_raises(db: None, root: Any, read: Callable[[Any], Any]) -> None:
    with pytest.raises(Unwalled):
        read(root.objects.all())


def test_a_read_through_a_related_set_is_unwalled_too(cast: Cast) -> None:
    item = cast.item()
    with pytest.raises(Unwalled):
        list(item.load.item_set.all() if item.load else Item.objects.filter(load__isnull=True))


def test_as_system_needs_its_reason() -> None:
    with pytest.raises(Unwalled):
        Matter.objects.as_system(because="")


def test_narrowing_lasts_through_what_follows_it(cast: Cast) -> None:
    matter = cast.matter()
    found = Matter.objects.visible_to(cast.viewer("assessor"))
    assert list(found.filter(ref=matter.ref).order_by("ref").exclude(ref="x").distinct()) == [matter]


def test_every_model_with_a_wall_is_guarded_and_read_through_the_walled_manager_alone() -> None:
    walled = {model for model in apps.get_models() if hasattr(model, "wall")}
    assert walled == set(ROOTS) == set(guarded_models().values())
    for model in walled:
        assert hasattr(model, "kept_in")
        assert [type(manager) for manager in model._meta.managers] == [WalledManager]


def test_no_other_model_carries_a_secret_of_a_root_without_pointing_to_it() -> None:
    """A model in a room of records is a root, or hangs on one, or is named here with the reason."""
    alone = {
        "Unit": "the force's own structure",
        "Source": "an outside system",
        "Load": "a file, opened with READ_LOADS",
        "HeldRow": "the ledger of a source, read by loads alone",
        "HeldValues": "the ledger of a source, read by loads alone",
        "PendingChange": "the ledger of a source, read by loads alone",
        "SetAsideRow": "a row of a file, opened with READ_LOADS",
    }
    hanging = set(ROOTS)
    models = [model for model in apps.get_models() if model._meta.app_label in ("intake", "people", "matters")]
    for _ in models:
        for model in models:
            parents = {
                field.related_model for field in model._meta.get_fields() if field.many_to_one or field.one_to_one
            }
            if parents & hanging:
                hanging.add(model)
    assert {model.__name__ for model in models} - {model.__name__ for model in hanging} <= set(alone)


def test_a_subquery_written_by_hand_narrows_its_root_in_the_same_breath() -> None:
    """`Exists` and `Subquery` take a query out of its queryset unasked, so the manager cannot catch them: this does."""
    names = {root.__name__ for root in ROOTS}
    wrong = []
    for module in modules():
        for node in ast.walk(module.tree):
            if not (isinstance(node, ast.Call) and ast.unparse(node.func) in ("Exists", "Subquery", "OuterRef")):
                continue
            words = ast.unparse(node)
            if any(f"{name}.objects" in words for name in names) and not (
                "visible_to(" in words or "as_system(" in words
            ):
                wrong.append(f"{module.name}:{node.lineno}: {words}")
    assert wrong == []
