"""When people were born and when they left, for rooms that count from it."""

from collections.abc import Iterable

from peelian.people.models import Person
from peelian.people.queries.naming import AT_ONCE, known
from peelian.people.rows import LifeRow
from peelian.terms.viewer import Viewer


def lives_on_record(viewer: Viewer, person_ids: Iterable[int]) -> dict[int, LifeRow]:
    """Birth date and last day of service, by key, of people who play a part in a record the viewer was just shown.

    Whoever a wall hides from the viewer is left out. One statement for up to 500 people.
    """
    wanted, found = sorted({key for key in person_ids if key}), dict[int, LifeRow]()
    for start in range(0, len(wanted), AT_ONCE):
        for person in Person.objects.open_to(viewer).filter(pk__in=wanted[start : start + AT_ONCE]):
            born, left = known(person.born_on, person.born_precision), known(person.left_on, person.left_precision)
            found[person.pk] = LifeRow(born, left)
    return found
