"""A run of the wash that was taken in: some pairs to judge, one judged, one that waits for a second person."""

from datetime import date, datetime, timedelta
from typing import Any

from peelian.demo import standing
from peelian.demo.chance import Chance
from peelian.demo.stage import Stage
from peelian.demo.summing import BEGUN, summed
from peelian.demo.workforce import Servant
from peelian.matches import actions, queries
from peelian.matches.rows import Found
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer

BEGINS = 8 * 60 + 40
DAYS = 3  # before the demonstration's own day
SOURCE = "national-extract"
JUDGES = "supervisor2"
ALIKE = (BEGUN, ("only an initial, and it agrees", 4.2), ("same surname", 8.4))
# What each pair shows: how it stands, the steps of its weight, and how the record has the date and place of birth.
SHOWN: tuple[dict[str, Any], ...] = (
    {
        **{
            "band": "certain",
            "category": "Harassment",
            "part": "suspect",
            "born": "one digit",
            "phone": "07700 900318",
        },
        "steps": (
            *(*ALIKE, ("because that surname is rare", 3.1), ("date of birth with one digit different", 4.9)),
            ("same telephone number", 18.9),
        ),
    },
    {
        **{"band": "unsure", "category": "Indecent exposure", "part": "suspect", "serious": True, "born": "same"},
        **{"resolved_on": "2017-02-11", "unsure": "same day of birth and same family, another forename: a twin?"},
        "steps": (BEGUN, ("different forename", -6.5), *ALIKE[2:], ("same date of birth", 13.9)),
    },
    {
        **{"band": "probable", "category": "Burglary", "part": "victim", "purpose": "welfare", "born": ""},
        **{"towns": ("ambleford", "ambleford"), "steps": (*ALIKE, ("same place of birth", 4.6))},
    },
    {
        **{
            "band": "probable",
            "category": "Supply of drugs",
            "part": "associate",
            "link": "association",
            "born": "year",
        },
        "steps": (
            *(*ALIKE, ("because that surname is common", -1.9)),
            ("same year of birth; the day is not known on one side", 5.7),
        ),
    },
    {
        **{"band": "possible", "category": "Criminal damage", "part": "suspect", "born": "another day"},
        "towns": ("ambleford", "netherpool"),
        "steps": (*ALIKE, ("same year of birth, another day", -0.4), ("different place of birth", -3.3)),
    },
    {
        **{"band": "possible", "category": "Drunk and disorderly", "part": "suspect", "born": "another year"},
        "steps": (*ALIKE, ("because that surname is common", -2.4), ("born a year apart", -1.7)),
    },
)


def write_down(stage: Stage) -> None:
    """The run into the diary, and what was judged of it directly after."""
    stage.diary.on(stage.today - timedelta(days=DAYS), Judged(stage), minute=BEGINS)


class Judged:
    """The run, about serving officers who cannot sign in; then two judgements."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        able = [
            one
            for one in stage.workforce.everyone
            if one.warrant and one.slot and not one.slot.sign_in and not one.left
        ]
        self.officers = Chance(stage.seed, "judged").some(able, len(SHOWN) + 3)

    def __call__(self, at: datetime) -> None:
        by, on = self.stage.as_system(at, "a run of the wash was taken in"), at.date()
        found = [
            Found(
                person_id=one.warrant,
                source=SOURCE,
                record_id=f"NE/{2011 + 2 * number}/00{4417 + number}",
                **self.both(one, facts),
            )
            for number, (one, facts) in enumerate(zip(self.officers, SHOWN, strict=False))
        ]
        standing.known_before(self.stage, self.officers[len(SHOWN) :], at)
        more = standing.records(self.stage, self.officers[len(SHOWN) :], at)
        account = self.account(found, more, at)
        actions.take_in(by=by, workforce="workforce", account=account, found=[*found, *more], on=on)
        judge = self.stage.as_user(JUDGES, at)
        if judge.may(Permission.JUDGE_MATCHES):
            self.judged(
                judge, "Indecent exposure", "no", "The record gives another forename and a sister's address.", at
            )
            self.judged(
                judge, "Criminal damage", "no", "Born in another town; the record was spoken to at the time.", at
            )

    def judged(self, judge: Viewer, category: str, verdict: str, reasons: str, at: datetime) -> None:
        for row in queries.pairs(judge).rows:
            if row.what.startswith(category):
                actions.judge(by=judge, pair_ref=row.ref, verdict=verdict, reasons=reasons, on=at.date())

    def both(self, one: Servant, facts: dict[str, Any]) -> dict[str, Any]:
        """The facts with both sides: the person as the register has them, the record as somebody wrote it down."""
        shown = dict(facts)
        born, towns, phone = shown.pop("born"), shown.pop("towns", ()), shown.pop("phone", "")
        forename = "robin" if shown["band"] == "unsure" else one.given.lower()[:1]
        sides = [
            ("name", one.name.lower(), f"{forename} {one.family.lower()}"),
            ("date of birth", one.born.isoformat(), _written(one.born, born)),
            ("sex", one.sex.lower()[:1], ""),
        ]
        sides += [("place of birth", *towns)] if towns else []
        sides += [("telephones", phone, phone)] if phone else []
        return shown | summed(*shown["steps"]) | {"recorded_on": "2016-05-04", "sides": tuple(sides)}

    def account(self, found: list[Found], more: list[Found], at: datetime) -> dict[str, Any]:
        """The proof of coverage of a small extract, as the wash prints one."""
        people = len(self.stage.workforce.everyone)
        basis = {
            **{"purpose": "integrity screening of the workforce", "lawful_basis": "invented, for the demonstration"},
            **{"impact_assessment": "DPIA-0", "approved_by": "Deputy Chief Constable"},
            "expires_on": (at.date() + timedelta(days=120)).isoformat(),
        }
        source = {
            **{"id": SOURCE, "title": "Extract of national records", "state": "washed", "reason": ""},
            "as_of": at.date().isoformat(),
            **{"basis": basis, "protected": "welfare", "rows": 2000, "accepted": 1996},
            **{"already_held": 0, "gone": 0, "set_aside": 4, "withheld": 0, "in_pairs": len(found)},
            **{"in_none": 1996 - len(found) - 31, "too_little_known": 31},
        }
        grades = ("certain", "probable", "possible", "unsure")
        return {
            **{
                "on": at.date().isoformat(),
                "last_night_on": "",
                "model": "demonstration",
                "sources": [source, *standing.sources(more, at, basis)],
                "basis": basis,
            },
            "people": {
                **{"people": people, "associates": 0, "without_a_name": 0, "too_little_known": 0},
                **{"no_trace": people - len(found) - 3, "with_pairs": len(found) + 3},
            },
            "pairs": {grade: sum(one.band == grade for one in (*found, *more)) for grade in grades},
            **{"pairs_looked_at": 1480, "for_welfare_only": 1, "to_raise_today": 1, "associations": 3},
            "unsure_because": {},
        }


def _written(born: date, how: str) -> str:
    """A date of birth as a record has it."""
    day = 28 if (born.month, born.day) == (2, 29) else born.day
    near = born.year - 1 if born.year % 10 else born.year + 1
    other = date(born.year, born.month % 12 + 1, born.day % 28 + 1)
    return {
        "": "",
        "same": born.isoformat(),
        "one digit": date(near, born.month, day).isoformat(),
        "year": str(born.year),
        "another day": other.isoformat(),
        "another year": date(born.year - 1, other.month, other.day).isoformat(),
    }[how]
