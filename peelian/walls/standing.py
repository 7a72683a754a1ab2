"""What a viewer's ties, places and broken glass amount to; the pieces every root's wall is made of.

One function keeps out the officer concerned, complainant, witness, line manager and anyone with a declared
relationship alike (`barred_people`): being in a matter is a wall. Law: SI 2020/4 reg 15, SI 2020/2 reg 12
(`access.toml` CI-1, CI-2, CI-4, CI-5). The functions return subqueries of keys, so that a wall stays one statement.
"""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from peelian.terms.acts import RecordKind
from peelian.terms.viewer import Viewer
from peelian.walls.managed import is_visible
from peelian.walls.models import BrokenGlass, Place, Tether, Tie

NOBODY = 0  # keys start at 1


def lasting(viewer: Viewer) -> Q:
    """Rows whose span holds the viewer's day (the end is not included)."""
    return Q(from_on__lte=viewer.today) & (Q(to_on__isnull=True) | Q(to_on__gt=viewer.today))


def barred_people(viewer: Viewer) -> QuerySet[Any]:
    """Keys of the people other than the viewer whose part in a record keeps the viewer out of it."""
    return Tie.objects.filter(lasting(viewer), person_id=viewer.person_id or NOBODY).values("other_id")


def involves_barred(viewer: Viewer, person_field: str) -> Q:
    """True of a row whose `person_field` is the viewer or somebody the viewer is tied to."""
    if viewer.person_id is None:
        return Q(pk__in=[])
    return Q(**{person_field: viewer.person_id}) | Q(**{f"{person_field}__in": barred_people(viewer)})


def links_to_barred(viewer: Viewer, links: QuerySet[Any]) -> tuple[QuerySet[Any], ...]:
    """Rows of `links` (with a `person_id`) that name the viewer, and those that name somebody the viewer is tied to.

    Apart, since PostgreSQL looks through every link for either, and finds each off the index.
    """
    if viewer.person_id is None:
        return ()
    return links.filter(person_id=viewer.person_id), links.filter(person_id__in=barred_people(viewer))


def any_of(field: str, keys: Iterable[QuerySet[Any]]) -> Q:
    """True of a row whose `field` is in one of the subqueries; of none where there is no subquery."""
    return reduce(or_, (Q(**{f"{field}__in": one}) for one in keys), Q(pk__in=[]))


def signed_places(viewer: Viewer, kind: RecordKind) -> QuerySet[Any]:
    """Keys of records on which the viewer has a place and has signed that they have no conflict."""
    return Place.objects.filter(
        lasting(viewer), user_id=viewer.user_id or NOBODY, kind=kind, signed_at__isnull=False, conflict_at__isnull=True
    ).values("record_id")


def unsigned_places(viewer: Viewer, kind: RecordKind) -> QuerySet[Any]:
    """Keys of records on which the viewer has a place and has yet to sign."""
    return Place.objects.filter(
        lasting(viewer), user_id=viewer.user_id or NOBODY, kind=kind, signed_at__isnull=True, conflict_at__isnull=True
    ).values("record_id")


def conflicted(viewer: Viewer, kind: RecordKind) -> QuerySet[Any]:
    """Keys of records for which the viewer declared a conflict, whether or not the place has ended."""
    return Place.objects.filter(user_id=viewer.user_id or NOBODY, kind=kind, conflict_at__isnull=False).values(
        "record_id"
    )


def opened_by_glass(viewer: Viewer, kind: RecordKind) -> QuerySet[Any]:
    """Keys of records the viewer opened by break-glass and that are still open to them."""
    return BrokenGlass.objects.filter(
        user_id=viewer.user_id or NOBODY, kind=kind, at__lte=viewer.at, until__gt=viewer.at
    ).values("record_id")


def by_tether(viewer: Viewer, kinds: tuple[RecordKind, ...]) -> Q:
    """True of a person known through no record, or through one that the viewer may see."""
    tethers = Tether.objects.filter(person_id=OuterRef("pk"))
    seen = Q(pk__in=[])
    for kind in kinds:
        seen |= Q(Exists(tethers.filter(is_visible(kind, viewer, F("record_id")), kind=kind)))
    return ~Q(Exists(tethers)) | seen


def kept_in(viewer: Viewer, kind: RecordKind, barred: Q) -> Q:
    """Neither involved nor conflicted: what nothing opens, not a place and not broken glass, is everything else."""
    return ~barred & ~Q(pk__in=conflicted(viewer, kind))


def root_wall(viewer: Viewer, kind: RecordKind, *, reads_all: bool, reads_placed: bool, kept_in: Q) -> Q:
    """The wall of a root with places: not barred, no conflict, signed where placed, sensitive only for the placed.

    `reads_all`: whether the viewer's role reads every record of the kind that no wall hides. `reads_placed`: whether it
    reads those on which the viewer has a place; a place gives an administrator or an auditor nothing. `kept_in`: true
    of records that neither involvement nor conflict hides. Broken glass opens what the rest hides.
    """
    placed = Q(pk__in=signed_places(viewer, kind)) if reads_placed or reads_all else Q(pk__in=[])
    seen = placed
    if reads_all:
        seen = (Q(sensitive_on__isnull=True) & ~Q(pk__in=unsigned_places(viewer, kind))) | placed
    return kept_in & (seen | Q(pk__in=opened_by_glass(viewer, kind)))
