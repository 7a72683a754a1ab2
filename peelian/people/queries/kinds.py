"""Which people work in which way, as keys for a room that has shown the record they are on to its viewer."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from peelian.people.models import Person
from peelian.terms.people import PersonKind


def of_kinds(kinds: Iterable[PersonKind]) -> QuerySet[Any]:
    """Keys of the people of these kinds, as a subquery. Says nothing of anybody: the caller's own wall does."""
    everyone: QuerySet[Any] = Person.objects.as_system(because="to choose records by the kind of worker on them")
    return everyone.filter(kind__in=list(kinds)).values("pk")
