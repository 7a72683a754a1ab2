"""Casework whole: an investigation in hand, a hearing ahead, decisions that wait, a look-back, a second look."""

from datetime import date, datetime, timedelta
from typing import Any

from peelian.demo.caseload import Caseload
from peelian.demo.deliberations import LESSER
from peelian.demo.exhibits import Exhibits
from peelian.demo.lives import Life
from peelian.demo.looking_back import LookBack
from peelian.demo.material import Material
from peelian.demo.routes import routes
from peelian.demo.second_looks import drawn_by_lot, last_month
from peelian.demo.sittings import Hearing
from peelian.demo.stage import Stage
from peelian.demo.tables import table
from peelian.demo.worked import Worked
from peelian.demo.workforce import Servant
from peelian.evidence import actions as evidence
from peelian.terms.people import PersonKind

LATE = 18 * 60  # after everything else of the day


class Casework:
    """Writes the matters that show casework into the diary."""

    def __init__(self, stage: Stage, caseload: Caseload) -> None:
        self.stage, self.caseload = stage, caseload
        self.taken: list[Servant] = []
        self.way = next(one for one in routes() if one.key == "conduct")

    def write_down(self) -> None:
        """All of it."""
        self.hearing()
        self.in_hand()
        self.no_case()
        self.lesser(11, waits=True)
        drawn_by_lot(self.stage, self.second_look())
        LookBack(self.stage).write_down()

    def before(self, days: int) -> date:
        return self.stage.today - timedelta(days=days)

    def hearing(self) -> None:
        """An officer who searched for a former partner, with a hearing in some days."""
        life = self._conduct(260, 420, "D1", by_steps=True, severity="gross_misconduct")
        worked = Worked(life, "searches")
        worked.begin(250, reported=70, decided=55, outcome="gross")
        Material(worked).begin()
        Hearing(worked).begin()

    def in_hand(self) -> None:
        """A notebook said to be altered: exhibits at the laboratory, and a line of enquiry past its day."""
        life = self._conduct(72, 300, "G5", by_steps=True, severity="gross_misconduct")
        Worked(life, "notebook").begin(62)
        Exhibits(self.stage, life, "investigator").write_down()

    def no_case(self) -> None:
        """No case to answer, decided and waiting for a second person."""
        life = self._conduct(85, 300, "H5", by_steps=True, severity="misconduct", investigator="investigator2")
        Worked(life, "remark").begin(75, reported=16, decided=4, outcome="no_case")

    def lesser(self, days: int, *, waits: bool) -> Life:
        """Assessed against what the rule indicates; where it waits, nobody has signed yet."""
        return self._conduct(days, 200, "H3", severity=LESSER, waits=waits)

    def second_look(self) -> Life:
        """An assessment of last month, on which the lot falls."""
        received = last_month(self.stage.today) + timedelta(days=8)
        days = (self.stage.today - received).days
        life = self._conduct(days, 260, "H2", severity="misconduct", assessor="assessor2")

        def keep(at: datetime) -> None:
            by, words = self.stage.as_user("assessor2", at), table("worked")["letter"]["text"].strip()
            given: dict[str, Any] = {"by": by, "matter_ref": life.ref, "on": at.date()}
            evidence.keep(**given, name="Letter of the carer.txt", content=words.encode(), about="What she heard")

        self.stage.diary.on(life.recorded, keep, minute=LATE)
        return life

    def _conduct(self, days: int, length: int, category: str, allegations: int = 1, **more: object) -> Life:
        given: dict[str, Any] = {
            "handler": "supervisor2",
            "assessor": "assessor",
            "investigator": "investigator",
            "authority": "authority",
            "unsigned": frozenset(),
            "recorded_after": 1,
        }
        given |= more
        who = self._officer(self.before(days))
        return self.caseload.life(
            self.way, self.before(days), length, category=category, allegations=allegations, officers=[who], **given
        )

    def _officer(self, day: date) -> Servant:
        """An officer who never was in a unit with anybody who signs in here, so that no conflict keeps them out."""
        cast = self.stage.workforce.by_sign_in.values()
        shared = {unit for one in cast for _, unit, _ in one.posts}
        officers = [
            one
            for one in self.caseload.subjects.people
            if one.kind is PersonKind.OFFICER and one.serves_on(day) and one.rank_on(day)
        ]
        apart = [one for one in officers if shared.isdisjoint(unit for _, unit, _ in one.posts)]
        fresh = [one for one in apart if one not in self.taken] or apart or officers
        chosen = self.caseload.chance.one(fresh)
        self.taken.append(chosen)
        return chosen
