"""The walled manager: reading a root record without saying for whom raises, before a reader can see anything.

A root (matter, person, intake item) names its own wall, `Model.wall(viewer) -> Q`, and what not even broken glass
opens, `Model.kept_in(viewer) -> Q`. This file keeps the promise that the wall is applied; `peelian/walls/standing.py`
says what a viewer's ties, places and broken glass amount to.
"""

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

    def open_to(self, viewer: Viewer) -> Self:
        """What breaking the glass could show `viewer`: everything but records they are involved in or conflicted about.

        For the walls themselves, never for a page: who may break glass, who may be given a place, what a signer sees.
        """
        if viewer.is_system:
            return self.as_system(because=viewer.because)
        narrowed = self.filter(self.model.kept_in(viewer))
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


def guarded_models() -> dict[RecordKind, type[models.Model]]:
    """Every guarded kind with its model; the tests compare it with the models that have a wall."""
    return {kind: records.model for kind, records in _GUARDED.items()}
