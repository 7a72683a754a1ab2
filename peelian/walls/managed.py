"""The walled manager: reading a root record without saying for whom raises, before a reader can see anything.

A root (matter, person, intake item) names its own wall, `Model.wall(viewer) -> Q`, and what not even broken glass
opens, `Model.kept_in(viewer) -> Q`. This file keeps the promise that the wall is applied; `peelian/walls/standing.py`
says what a viewer's ties, places and broken glass amount to.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Self

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import F, OuterRef

from peelian.terms.acts import RecordKind
from peelian.terms.viewer import Viewer
from peelian.walls.prepared import KEPT, OneOf, Prepared, at_moment, prepared, some_time


class Unwalled(RuntimeError):
    """A walled record was about to be read without `visible_to(viewer)` or `as_system(because=…)`."""


class WalledQuerySet(models.QuerySet[Any]):
    """Refuses to evaluate until it has been narrowed for somebody."""

    _narrowed = False

    def _clone(self) -> Self:
        clone = super()._clone()  # type: ignore[misc]  # private in the stubs, the documented seam in Django
        clone._narrowed = self._narrowed
        return clone  # type: ignore[no-any-return]  # untyped in the stubs

    def visible_to(self, viewer: Viewer) -> Self:
        """Only what `viewer` may see, by the root's own wall; all of it for the system acting for a stated reason."""
        if viewer.is_system:
            return self.as_system(because=viewer.because)
        narrowed = self.filter(prepared(self.model, self.model.wall, viewer))
        narrowed._narrowed = True
        return narrowed

    def open_to(self, viewer: Viewer) -> Self:
        """What breaking the glass could show `viewer`: everything but records they are involved in or conflicted about.

        For the walls themselves, never for a page: who may break glass, who may be given a place, what a signer sees.
        """
        if viewer.is_system:
            return self.as_system(because=viewer.because)
        narrowed = self.filter(prepared(self.model, self.model.kept_in, viewer))
        narrowed._narrowed = True
        return narrowed

    def as_system(self, *, because: str) -> Self:
        """Everything, for a reason that the calling action puts in the journal."""
        if not because:
            raise Unwalled("as_system needs its reason")
        narrowed = self._clone()
        narrowed._narrowed = True
        return narrowed

    def _must_be_narrowed(self) -> None:
        if not self._narrowed:
            raise Unwalled(f"{self.model.__name__} read without visible_to(viewer) or as_system(because=…)")

    def _fetch_all(self) -> None:
        self._must_be_narrowed()
        super()._fetch_all()

    def iterator(self, *args: Any, **kwargs: Any) -> Any:
        self._must_be_narrowed()
        return super().iterator(*args, **kwargs)

    def aiterator(self, *args: Any, **kwargs: Any) -> Any:
        self._must_be_narrowed()
        return super().aiterator(*args, **kwargs)

    def raw(self, *args: Any, **kwargs: Any) -> Any:
        """A statement of one's own passes by every wall."""
        raise Unwalled(f"{self.model.__name__} is never read by a statement of one's own")

    def __or__(self, other: models.QuerySet[Any]) -> Self:
        _must_all_be_narrowed(self, other)
        return super().__or__(other)

    def __xor__(self, other: models.QuerySet[Any]) -> Self:
        _must_all_be_narrowed(self, other)
        return super().__xor__(other)

    def _combinator_query(self, combinator: str, *others: models.QuerySet[Any], all: bool = False) -> Self:
        """Union, intersection and difference."""
        _must_all_be_narrowed(self, *others)
        return super()._combinator_query(combinator, *others, all=all)  # type: ignore[misc,no-any-return]  # private

    def count(self) -> int:
        self._must_be_narrowed()
        return super().count()

    def exists(self) -> bool:
        self._must_be_narrowed()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._must_be_narrowed()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._must_be_narrowed()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._must_be_narrowed()
        return super().delete()

    def explain(self, *args: Any, **kwargs: Any) -> str:
        self._must_be_narrowed()
        return super().explain(*args, **kwargs)

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        """A walled queryset inside another query is a read too."""
        self._must_be_narrowed()
        return super().resolve_expression(*args, **kwargs)


def _must_all_be_narrowed(*querysets: models.QuerySet[Any]) -> None:
    """One that is narrowed, put together with one that is not, would show what the second one holds."""
    for queryset in querysets:
        if isinstance(queryset, WalledQuerySet):
            queryset._must_be_narrowed()


class WalledManager(models.Manager.from_queryset(WalledQuerySet)):  # type: ignore[misc]  # built at run time
    """The only manager of a root. Other rooms cannot reach a root through a key: rows, not instances, leave a room."""


KEY_GOES_HERE = -987_654_321  # no key is negative
_GUARDED: dict[RecordKind, WalledManager] = {}


def guard(kind: RecordKind, records: WalledManager) -> None:
    """Say which manager holds the records of a kind, so that a lower room can ask without importing the higher one."""
    _GUARDED[kind] = records


def visible_keys(kind: RecordKind, viewer: Viewer) -> models.QuerySet[Any]:
    """The keys of `kind` that `viewer` may see, as a subquery. Raises KeyError for a kind nobody guards."""
    return _GUARDED[kind].visible_to(viewer).values("pk")  # type: ignore[no-any-return]  # manager built at run time


def open_keys(kind: RecordKind, viewer: Viewer) -> models.QuerySet[Any]:
    """The keys of `kind` that no involvement or conflict hides from `viewer`, as a subquery. See `open_to`."""
    return _GUARDED[kind].open_to(viewer).values("pk")  # type: ignore[no-any-return]  # manager built at run time


def is_visible(kind: RecordKind, viewer: Viewer, column: OuterRef | F) -> OneOf:
    """True of a row whose `column` is the key of a record that `viewer` may see.

    Looks the one record up by its key; `column__in=visible_keys(…)` would gather every key there is, each time.
    """
    return _one_of(visible_keys, kind, viewer, column)


def is_open(kind: RecordKind, viewer: Viewer, column: OuterRef | F) -> OneOf:
    """True of a row whose `column` is the key of a record that no involvement or conflict hides from `viewer`."""
    return _one_of(open_keys, kind, viewer, column)


def _one_of(
    keys: Callable[[RecordKind, Viewer], models.QuerySet[Any]], kind: RecordKind, viewer: Viewer, column: OuterRef | F
) -> OneOf:
    look_up = _lookup(keys, kind, some_time(viewer), connection.vendor)
    before, after = look_up.given
    return OneOf(column, look_up.pieces, (at_moment(viewer, before), at_moment(viewer, after)))


@lru_cache(maxsize=KEPT)
def _lookup(
    keys: Callable[[RecordKind, Viewer], models.QuerySet[Any]], kind: RecordKind, viewer: Viewer, vendor: str
) -> Prepared:
    """The wall of one record, cut where its key goes in: `given` before the key and after it."""
    try:
        statement, given = keys(kind, viewer).filter(pk=KEY_GOES_HERE).query.sql_with_params()
    except EmptyResultSet:
        return Prepared(("SELECT 1 WHERE 1 = 0",), ((), ()))
    pieces, place = statement.split("%s"), given.index(KEY_GOES_HERE)
    before, after = "%s".join(pieces[: place + 1]), "%s".join(pieces[place + 1 :])
    return Prepared((before, after), (given[:place], given[place + 1 :]))


def guarded_models() -> dict[RecordKind, type[models.Model]]:
    """Every guarded kind with its model; the tests compare it with the models that have a wall."""
    return {kind: records.model for kind, records in _GUARDED.items()}
