"""A workforce of two groups of probationers, some of whom reached every decision point, made for figures."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from peelian.decisions.models import Decision
from peelian.matters.models import Involvement
from peelian.people.models import Person
from peelian.terms.known_dates import Precision
from peelian.terms.matters import MatterKind, Part
from peelian.terms.people import PersonKind
from peelian.terms.references import new_reference
from tests import worlds

FROM, TO = date(2026, 10, 1), date(2026, 11, 1)
JOINED, CAME, DECIDED = date(2025, 6, 2), date(2026, 10, 5), date(2026, 10, 20)
STEPS = {
    "severity": "misconduct",
    "determination": "misconduct",
    "measures": "suspend_in_writing",
    "action_misconduct": "written_warning",
    "probationer": "discharged",
}
WHITE, BLACK = "White: British", "Black or Black British: African"
SIZES = {WHITE: (40, 5), BLACK: (30, 6)}


@dataclass
class Compared:
    """`matters`: the reference of whom each is about and the key of their involvement, White first."""

    at: datetime
    matters: list[tuple[str, int]]

    def decide(self, step: str, number: int, **said: Any) -> None:
        """Somebody decided this about the first so many; behind the actions, which would take a minute."""
        for _, involvement_id in self.matters[:number]:
            one = Involvement.objects.get(pk=involvement_id)
            given = {"option": STEPS.get(step, ""), "on": DECIDED, **said}
            Decision.objects.create(
                ref=new_reference("PD"),
                matter_id=one.matter_id,
                step=step,
                involvement=one,
                answers={},
                reasons="As it is.",
                needs_signature=False,
                recorded_at=self.at,
                recorded_by="system:worlds",
                **given,
            )


def register(at: datetime, number: int, ethnicity: str, sex: str = "Male") -> list[str]:
    """So many officers who said this of themselves, by reference; behind the actions, for there are many."""
    made = [
        Person(
            ref=new_reference("PP"),
            kind=PersonKind.OFFICER,
            display_name=f"Sam {ethnicity[:2]}{place}",
            sort_name=f"{ethnicity[:2]}{place} sam",
            sex=sex,
            ethnicity=ethnicity,
            joined_on=JOINED,
            joined_precision=Precision.DAY,
            registered_on=JOINED,
            recorded_at=at,
            recorded_by="system:worlds",
        )
        for place in range(number)
    ]
    Person.objects.bulk_create(made)
    return [one.ref for one in made]


def compared(at: datetime, sizes: dict[str, tuple[int, int]] | None = None) -> Compared:
    made = Compared(at, [])
    for ethnicity, (number, concerned) in (sizes or SIZES).items():
        for officer in register(at, number, ethnicity)[:concerned]:
            recording = {"officers": [officer], "kind": MatterKind.CONDUCT_MATTER}
            matter = worlds.open_complaint(worlds.peelian(at), CAME, **recording)
            found = Involvement.objects.get(matter__ref=matter, part=Part.OFFICER_CONCERNED)
            made.matters.append((officer, found.pk))
    return made
