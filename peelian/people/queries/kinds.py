"""Which people work in which way, and how they are addressed, as subqueries for rooms that show records they are on."""

from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from peelian.people.models import Person
from peelian.terms.people import PersonKind


def of_kinds(kinds: Iterable[PersonKind]) -> QuerySet[Any]:
    """Keys of the people of these kinds, as a subquery. Says nothing of anybody: the caller's own wall does."""
    everyone: QuerySet[Any] = Person.objects.as_system(because="to choose records by the kind of worker on them")
    return everyone.filter(kind__in=list(kinds)).values("pk")


def ref_of(key: OuterRef) -> Subquery:
    """The reference of the person with this key, to order by. Says nothing of anybody: the caller's own wall does."""
    everyone: QuerySet[Any] = Person.objects.as_system(because="to order records by the people on them")
    return Subquery(everyone.filter(pk=key).values("ref")[:1])
