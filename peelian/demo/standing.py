"""Crime records, a domestic incident, vehicles and associations of a few officers, beside the run of the wash."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from peelian.demo.stage import Stage
from peelian.demo.summing import BEGUN, summed
from peelian.demo.workforce import Servant
from peelian.matches.rows import Found
from peelian.matches.unnamed import Unnamed, by_vehicle
from peelian.people import actions as people
from peelian.terms.permissions import Permission
from peelian.vetting import actions as vetting

CRIMES, LOGS = "crime-records", "incident-logs"
TITLES = {CRIMES: "Crime records of the force", LOGS: "Incident logs of the force"}
VETS = "vetting"
LIVED = ("lived in this district", 2.6)
ALIKE = (
    *(BEGUN, ("same forename", 8.3), ("because that forename is common", -1.7)),
    *(("same surname", 8.4), ("because that surname is common", -2.1)),
)
MARK, SHARED = "QX21 ABL", "QX19 RDW"
PERMIT = "Their parking permit"


def known_before(stage: Stage, officers: Sequence[Servant], at: datetime) -> None:
    """Vehicles of the first three, one of which two of them have; what the first declared, and what was found."""
    first, second, third = officers[:3]
    by, on = stage.as_system(at, "vehicles of the staff car park were recorded"), at.date()
    for one, mark, words in (
        (first, SHARED, "A red hatchback"),
        (second, SHARED, "A red hatchback"),
        (third, MARK, "A blue estate"),
    ):
        given: dict[str, Any] = {"mark": mark, "words": words, "source": PERMIT, "on": on - timedelta(days=200)}
        people.add_vehicle(by=by, person_ref=stage.ref(one), **given)
    vets = stage.viewers.get(VETS)
    if vets is None or not vets.may(Permission.VET):
        return
    said: dict[str, Any] = {"by": stage.as_user(VETS, at), "person_ref": stage.ref(first), "on": on}
    for kind, about, words, by_self in (
        ("association_criminal", "A cousin under investigation for fraud", "They meet at family parties.", True),
        ("association_media_investigator", "A neighbour who writes for the local paper", "Said at once.", True),
        ("business", "Lets out a flat", "One flat, through an agent.", True),
    ):
        vetting.declare(kind=kind, about=about, words=words, by_self=by_self, arose_on=on - timedelta(days=20), **said)


def records(stage: Stage, officers: Sequence[Servant], at: datetime) -> list[Found]:
    """A suspect's new crime record, a domestic incident, two associations, and exposure reported by a vehicle."""
    first, second, third = officers[:3]
    on = at.date()
    incident = {"category": "Domestic incident, no crime recorded", "part": "involved party"}
    crime = {"category": "Common assault", "part": "suspect"}
    partner = {"category": "Possession of drugs with intent", "part": "suspect", "relation": "partner"}
    harassment = {"category": "Harassment", "part": "associate of suspect"}
    exposure = Unnamed(
        source=CRIMES,
        record_id=f"CR/{on.year}/004901",
        marks=(MARK.replace(" ", ""),),
        part="suspect",
        category="Exposure",
        recorded_on=(on - timedelta(days=2)).isoformat(),
        resolved_on="",
        keepers=(third.warrant,),
    )
    return [
        _found(first, LOGS, "00871", on - timedelta(days=9), incident),
        _found(second, CRIMES, "004822", on - timedelta(days=4), crime),
        _found(first, CRIMES, "003377", on - timedelta(days=300), partner, associate="Jodie Marlow"),
        _found(first, LOGS, "00412", on - timedelta(days=120), harassment),
        *by_vehicle(stage.as_system(at, "records without a name were put beside vehicles"), [exposure]),
    ]


def sources(found: Sequence[Found], at: datetime, basis: dict[str, str]) -> list[dict[str, Any]]:
    """What the proof of coverage says of their two sources."""
    said = []
    for key, title in TITLES.items():
        inside = len({one.record_id for one in found if one.source == key and one.sides[0][0] == "name"})
        aside = 3 if key == CRIMES else 1
        said.append(
            {
                **{"id": key, "title": title, "state": "washed", "reason": "", "basis": basis},
                "as_of": at.date().isoformat(),
                **{"protected": "withheld", "rows": 640, "accepted": 500, "already_held": 0, "gone": 0},
                **{"set_aside": aside, "withheld": 140 - aside, "in_pairs": inside},
                **{"in_none": 500 - inside - 12, "too_little_known": 12},
            }
        )
    return said


def _found(one: Servant, source: str, number: str, day: date, facts: dict[str, Any], *, associate: str = "") -> Found:
    name = (associate or one.name).lower()
    sides, born = [("name", name, name)], LIVED
    if not associate:
        sides.append(("date of birth", one.born.isoformat(), str(one.born.year)))
        born = ("same year of birth; the day is not known on one side", 5.7)
    is_association = bool(associate) or facts["part"].startswith("associate")
    return Found(
        person_id=f"{one.warrant}-partner" if associate else one.warrant,
        associate_of=one.warrant if associate else "",
        source=source,
        record_id=f"{'INC' if source == LOGS else 'CR'}/{day.year}/{number}",
        band="probable",
        link="association" if is_association else "person",
        recorded_on=day.isoformat(),
        sides=tuple(sides),
        **summed(*ALIKE, born),
        **facts,
    )
