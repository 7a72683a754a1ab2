"""The walled manager: reading a root record without saying for whom raises, before a reader can see anything.

A root (matter, person, intake item) names its own wall: `Model.wall(viewer) -> Q`. This file keeps the promise that the
wall is applied; `peelian/walls/standing.py` says what a viewer's ties, places and broken glass amount to.
"""

from collections.abc import Callable
from typing import Any, Self

from django.db import models

from peelian.terms.acts import RecordKind
from peelian.terms.viewer import Viewer


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
        narrowed = self.filter(self.model.wall(viewer))
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


class WalledManager(models.Manager.from_queryset(WalledQuerySet)):  # type: ignore[misc]  # built at run time
    """The only manager of a root. Other rooms cannot reach a root through a key: rows, not instances, leave a room."""


Wall = Callable[[Viewer], models.QuerySet[Any]]
_WALLS: dict[RecordKind, Wall] = {}


def guard(kind: RecordKind, visible: Wall) -> None:
    """Say how the visible keys of a kind are found, so that a lower room can ask without importing the higher one.

    `visible(viewer)` returns a queryset of the keys of one kind that the viewer may see, fit for a subquery.
    """
    _WALLS[kind] = visible


def visible_keys(kind: RecordKind, viewer: Viewer) -> models.QuerySet[Any]:
    """The keys of `kind` that `viewer` may see, as a subquery. Raises KeyError for a kind nobody guards."""
    return _WALLS[kind](viewer)
