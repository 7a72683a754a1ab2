"""Ending what no longer holds of a person, and putting right what was wrong about them."""

from datetime import date

from django.db import transaction

from peelian.people.actions.entries import enter, held_person
from peelian.people.numbering import numbered
from peelian.terms.acts import Act
from peelian.terms.known_dates import KnownDate
from peelian.terms.refusals import NotFound, NotValid
from peelian.terms.typed import not_ahead
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_say


@transaction.atomic
def end_contact(*, by: Viewer, person_ref: str, number: int, reason: str, on: date) -> None:
    """A way to reach a person holds no more: `on` is the first day without it; `number` as on the row.

    Raises NotFound, NotValid without a reason, where it has ended, or before it began.
    """
    end_fact(by, person_ref, "contacts", number, reason, on, "ended a way to reach a person")


@transaction.atomic
def end_need(*, by: Viewer, person_ref: str, number: int, reason: str, on: date) -> None:
    """A need holds no more; as `end_contact`."""
    end_fact(by, person_ref, "needs", number, reason, on, "ended a need")


@transaction.atomic
def end_accreditation(*, by: Viewer, person_ref: str, number: int, reason: str, on: date) -> None:
    """An accreditation holds no more, though it may have been given for longer; as `end_contact`."""
    end_fact(by, person_ref, "accreditations", number, reason, on, "ended an accreditation")


@transaction.atomic
def correct_birth(*, by: Viewer, person_ref: str, born: KnownDate | None, reason: str, on: date) -> None:
    """Put a date of birth right, as well as it is known; None: it is not known after all. `on`: the day of correcting.

    What stood before is in the journal. Raises NotFound; NotValid without a reason, where nothing changes, for a day
    ahead, or after they joined.
    """
    person = held_person(by, person_ref)
    reason = must_say(reason, why="Say why the date of birth is put right.")
    before = (person.born_on, person.born_precision)
    if born is not None:
        not_ahead(by, born.earliest, field="born")
        if person.joined_on is not None and person.joined_on < born.earliest:
            raise NotValid("born", "Nobody joins before they are born.")
    person.born_on, person.born_precision = (born.earliest, born.precision) if born else (None, "")
    if (person.born_on, person.born_precision) == before:
        raise NotValid("born", "This is what stands now.")
    person.save(update_fields=["born_on", "born_precision"])
    text = {"before": _words(*before), "after": _words(person.born_on, person.born_precision), "reason": reason}
    enter(by, person, Act.ALTERED, "corrected a date of birth", text, on=on)


def end_fact(by: Viewer, person_ref: str, what: str, number: int, reason: str, on: date, summary: str) -> None:
    """One fact of a person ends on a day, for a reason; for the acts of this room."""
    person = held_person(by, person_ref)
    not_ahead(by, on)
    reason = must_say(reason, why="Say why it ends.")
    held = numbered(person, what)
    if not 1 <= number <= len(held):
        raise NotFound(f"{what} {number} of {person_ref}")
    row = held[number - 1]
    if row.to_on is not None and row.to_on <= on:
        raise NotValid("on", "It has ended already.")
    if row.from_on is not None and on < row.from_on:
        raise NotValid("on", "It cannot end before it began.")
    row.to_on = on
    if what == "contacts":
        row.is_preferred = False
    row.save()
    enter(by, person, Act.ALTERED, summary, {"reason": reason}, on=on)


def _words(on: date | None, precision: str) -> str:
    return f"{on.isoformat()} ({precision})" if on else "not known"
