"""What happens to people while the force works with Peelian: lines of management, accreditations, moves, leaving."""

from datetime import datetime, timedelta

from peelian.demo.naming import surname
from peelian.demo.stage import Stage
from peelian.demo.workforce import Servant
from peelian.people import actions as people
from peelian.terms.people import PersonKind

ACCREDITATIONS = {
    "Response": ("Response driver", "Conducted energy device (Taser)", "Public order level 2"),
    "Criminal Investigation": ("Investigator, PIP level 2", "Interview adviser"),
    "Public Protection": ("Investigator, PIP level 2", "Specially trained officer, sexual offences"),
    "Armed Policing": ("Authorised firearms officer", "Tactical first aid"),
    "Roads": ("Advanced driver, pursuit", "Collision investigator"),
    "Conduct Investigations": ("Investigator, PIP level 2", "Professional standards investigator"),
    "Custody": ("Custody first aid",),
    "Neighbourhoods": ("Problem-solving, level 1",),
    "Public Order": ("Public order level 2", "Public order commander, bronze"),
}
BECAUSE = "changes in the staff register since the force moved to Peelian"


def write_down(stage: Stage, concerned: list[Servant]) -> None:
    """Write the changes of people down. `concerned`: those in matters recorded here, whose managers must be known."""
    chance, diary, size = stage.chance, stage.diary, stage.size
    first = diary.first
    serving = [one for one in stage.workforce.everyone if one.slot is not None and one.left is None]
    signers = [one for one in serving if one.slot is not None and one.slot.sign_in]
    others = [one for one in serving if one.slot is not None and not one.slot.sign_in and one not in concerned]
    managed = list(dict.fromkeys([*signers, *concerned, *chance.shuffled(others)]))[: size.supervised]
    for one in managed:
        diary.on(first + timedelta(days=1), Supervised(stage, one))
    for one in chance.shuffled(managed)[: size.accredited]:
        diary.on(first + timedelta(days=chance.between(2, 300)), Accredited(stage, one))
    free = [one for one in others if one not in managed]
    span = max(30, (stage.today - first).days - 20)
    number = max(3, size.people // 100) if size.name != "full" else 60
    movers = chance.some(free, number * 4)
    for place, one in enumerate(movers):
        day = first + timedelta(days=chance.between(20, span))
        change = (Left, Moved, Promoted, Renamed)[place % 4]
        diary.on(day, change(stage, one))


class Supervised:
    """A posting confirmed under the supervisor, who is kept out of what concerns those they manage."""

    def __init__(self, stage: Stage, one: Servant) -> None:
        self.stage, self.one = stage, one

    def __call__(self, at: datetime) -> None:
        boss = self.stage.workforce.supervisor_of(self.one)
        if boss is None or self.one.slot is None:
            return
        people.post_to(
            by=self.stage.as_system(at, "lines of management were entered"),
            person_ref=self.stage.ref(self.one),
            unit_ref=self.stage.units[self.one.slot.unit],
            title=self.one.slot.title,
            supervisor_ref=self.stage.ref(boss),
            on=at.date(),
        )


class Accredited(Supervised):
    """An accreditation for what they do, for three years."""

    def __call__(self, at: datetime) -> None:
        unit = self.one.slot.unit if self.one.slot else ""
        for word, titles in ACCREDITATIONS.items():
            if word in unit:
                people.accredit(
                    by=self.stage.as_system(at, BECAUSE),
                    person_ref=self.stage.ref(self.one),
                    title=self.stage.chance.one(titles),
                    on=at.date(),
                    to_on=at.date() + timedelta(days=3 * 365),
                )


class Left(Supervised):
    """Left the service."""

    def __call__(self, at: datetime) -> None:
        reason = self.stage.chance.of({"Resigned": 6, "Retired": 4, "Transferred to another force": 1})
        people.leave_service(
            by=self.stage.as_system(at, BECAUSE), person_ref=self.stage.ref(self.one), on=at.date(), reason=reason
        )


class Moved(Supervised):
    """Moved to another team of the same kind of work, or of another."""

    def __call__(self, at: datetime) -> None:
        slots = [slot for slot in self.stage.workforce.structure.slots if slot.kind is self.one.kind]
        slot = self.stage.chance.one([slot for slot in slots if not slot.sign_in] or slots)
        people.post_to(
            by=self.stage.as_system(at, BECAUSE),
            person_ref=self.stage.ref(self.one),
            unit_ref=self.stage.units[slot.unit],
            title=slot.title,
            on=at.date(),
        )


class Promoted(Supervised):
    """Promoted from constable to sergeant."""

    def __call__(self, at: datetime) -> None:
        if self.one.kind is PersonKind.OFFICER and self.one.ranks and self.one.ranks[-1][1] == "Constable":
            people.hold_rank(
                by=self.stage.as_system(at, BECAUSE),
                person_ref=self.stage.ref(self.one),
                rank="Sergeant",
                on=at.date(),
            )


class Renamed(Supervised):
    """Took another family name on marriage."""

    def __call__(self, at: datetime) -> None:
        if self.one.sex != "Female":
            return
        family = surname(self.stage.chance, self.one.heritage, self.one.sex)
        if family != self.one.family:
            people.rename(
                by=self.stage.as_system(at, BECAUSE),
                person_ref=self.stage.ref(self.one),
                family=family,
                given=self.one.given,
                on=at.date(),
            )
