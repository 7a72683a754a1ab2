"""Vehicles of people who serve: by their registration marks a record without a name is found (LES-10)."""

from datetime import date

from django.db import transaction

from peelian.people.actions.ending import end_fact
from peelian.people.actions.entries import enter, held_person, line
from peelian.people.models import Vehicle
from peelian.people.names import folded_identifier
from peelian.terms.acts import Act
from peelian.terms.refusals import NotValid
from peelian.terms.typed import not_ahead
from peelian.terms.viewer import Viewer


@transaction.atomic
def add_vehicle(*, by: Viewer, person_ref: str, mark: str, words: str = "", source: str, on: date) -> None:
    """Record that somebody keeps or uses a vehicle from `on`. `words`: make, model, colour; `source`: who says so.

    Needs EDIT_PEOPLE. Raises NotValid (mark, source, on), also where they have it already; NotFound.
    """
    person = held_person(by, person_ref)
    not_ahead(by, on)
    mark = line("mark", mark.upper(), most=20, needed="Give the registration mark.")
    folded = folded_identifier(mark)
    if len(folded) < 2:
        raise NotValid("mark", "A registration mark holds letters or digits, such as AB12 CDE.")
    if Vehicle.objects.filter(person=person, folded=folded, to_on__isnull=True).exists():
        raise NotValid("mark", "They have this vehicle already.")
    source = line("source", source, most=120, needed="Say where this is known from.")
    words = line("words", words, most=120)
    Vehicle.objects.create(person=person, mark=mark, folded=folded, words=words, source=source, from_on=on)
    enter(by, person, Act.ALTERED, "recorded a vehicle", {"after": mark, "words": words, "source": source}, on=on)


@transaction.atomic
def end_vehicle(*, by: Viewer, person_ref: str, number: int, reason: str, on: date) -> None:
    """They have a vehicle no more: `on` is the first day without it; `number` as on the row.

    Raises NotFound, NotValid without a reason, where it has ended, or before it began.
    """
    end_fact(by, person_ref, "vehicles", number, reason, on, "ended a vehicle")
