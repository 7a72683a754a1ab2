"""People of the register and what a wash found about them, for the tests of matches: taken in through the action."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from peelian.matches import actions
from peelian.matches.models import Judgement, Pair, Run, Sighting
from peelian.matches.rows import Found
from peelian.matches.words import seal
from peelian.people import actions as people
from peelian.terms.people import IdentifierKind
from tests import worlds
from tests.worlds import Someone

BASIS = {
    **{"purpose": "Integrity screening", "lawful_basis": "a power", "impact_assessment": "DPIA-1"},
    **{"approved_by": "Deputy Chief Constable", "expires_on": "2027-03-31"},
}
ENDED = BASIS | {"approved_by": "", "expires_on": "2026-10-01"}
ACCOUNT = {
    "basis": BASIS,
    "on": "2026-11-22",
    "last_night_on": "",
    "model": "9bf08eaf1720",
    "people_rows": {"rows": 4, "accepted": 3, "already_held": 0, "set_aside": 1},
    "people": {
        "people": 3, "associates": 0, "without_a_name": 0, "too_little_known": 0, "no_trace": 1, "with_pairs": 2,
    },
    "sources": [
        {
            "id": "pnd",
            "title": "National records", "state": "washed", "reason": "", "as_of": "2026-11-01", "basis": BASIS,
            "protected": "welfare", "rows": 10, "accepted": 9, "already_held": 0, "gone": 0, "set_aside": 1,
            "withheld": 0, "in_pairs": 2, "in_none": 6, "too_little_known": 1,
        },
        {
            "id": "other",
            "title": "Another force", "state": "refused", "reason": "its approval ended on 1 October 2026", "as_of": "",
            "basis": ENDED, "protected": "withheld", "rows": 0, "accepted": 0, "already_held": 0, "gone": 0,
            "set_aside": 0, "withheld": 0, "in_pairs": 0, "in_none": 0, "too_little_known": 0,
        },
    ],
    "pairs": {"certain": 1, "probable": 1, "possible": 0, "unsure": 0},
    "pairs_looked_at": 40,
    "for_welfare_only": 0,
    "to_raise_today": 0,
    "associations": 0,
    "unsure_because": {},
}  # fmt: skip
SIDES = (
    ("name", "ada shaw", "ada shaw"),
    ("date of birth", "1980-02-03", "1980-03-02"),
    ("sex", "f", ""),
    ("postcodes", "LS14AB; YO17AA", "LS14AB"),
)
RAPE: dict[str, Any] = {"category": "Rape", "part": "suspect", "serious": True}


@dataclass
class Washed:
    """Ada Shaw, E100 in the file of the workforce; two who judge, a head who answers for findings, one who reads."""

    at: datetime
    officer: str
    judge: Someone
    other: Someone
    head: Someone

    @property
    def on(self) -> date:
        return self.at.date()

    def take_in(self, *found: Found, **said: Any) -> str:
        given = {"workforce": "workforce", "account": ACCOUNT, "on": self.on, **said}
        return actions.take_in(by=worlds.peelian(self.at), found=found, **given)

    def ref(self, record: str = "CR/1") -> str:
        return str(Pair.objects.get(record_key=record).ref)

    def judged(self, verdict: str, record: str = "CR/1", by: Someone | None = None, **said: Any) -> Any:
        given = {"reasons": "As I read both.", "on": self.on, **said}
        return actions.judge(by=(by or self.judge).viewer, pair_ref=self.ref(record), verdict=verdict, **given)


def found(record: str = "CR/1", person: str = "E100", **said: Any) -> Found:
    facts = {
        **{"weight": 9.5, "band": "certain", "sides": SIDES, "words_for": ("same forename",)},
        **{"words_against": ("day and month of birth swapped",), "category": "Harassment", "part": "suspect"},
        "steps": (("before anything is compared", -10.5), ("same forename", 8.3), ("same surname", 11.7)),
    }
    return Found(person_id=person, source="pnd", record_id=record, **(facts | said))


def washed(at: datetime, first: Sequence[Found] = ()) -> Washed:
    """The people, and a run of `first` taken in if there is any."""
    officer = worlds.officer(at, "Shaw", "Ada")
    people.add_identifier(
        by=worlds.peelian(at), person_ref=officer, kind=IdentifierKind.STAFF_NUMBER, value="E100", on=at.date()
    )
    made = Washed(
        at,
        officer,
        worlds.user(at, "Vera Vale", "vetting_officer"),
        worlds.user(at, "Otto Oak", "supervisor"),
        worlds.user(at, "Hedda Head", "head_of_professional_standards"),
    )
    if first:
        made.take_in(*first)
    return made


def written_sighting(pair: Pair, run: Run, **words: Any) -> Sighting:
    """How a run saw a pair, written past the actions, for worlds that must not differ by an act."""
    row = Sighting(pair=pair, run=run, weight=pair.weight, band=pair.band)
    with transaction.atomic():
        seal([(pair.ref, row, words)])
    row.save(force_insert=True)
    return row


def written_judgement(sighting: Sighting, reasons: str, **facts: Any) -> Judgement:
    """What somebody judged, written past the actions."""
    row = Judgement(pair=sighting.pair, sighting=sighting, **facts)
    with transaction.atomic():
        seal([(sighting.pair.ref, row, {"reasons": reasons})])
    row.save(force_insert=True)
    return row
