"""Somebody who is vetted, made through the actions: who asks, who recommends, who decides, who may override."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from peelian.rules.vetting import Weighing
from peelian.terms.vetting import Said
from peelian.vetting import actions, queries
from peelian.vetting.rows import ApplicationRow, Recommended
from tests import worlds
from tests.worlds import Someone

AREAS = ("Northbeck", "Southby")
PLAIN = Weighing("some", ("recent",), "It is recent, and was dealt with.")


@dataclass
class Vetted:
    """One officer, and those who vet them."""

    at: datetime
    person: str
    officer: Someone
    manager: Someone
    chief: Someone
    ref: str = ""

    @property
    def on(self) -> date:
        return self.at.date()

    @property
    def row(self) -> ApplicationRow:
        return queries.application(self.officer.viewer, self.ref)

    def asks(self, purpose: str = "new", level: str = "RV", **said: Any) -> str:
        given = {"by": self.officer.viewer, "person_ref": self.person, "areas": AREAS, "on": self.on, **said}
        given.setdefault("last_force", AREAS[0] if purpose == "transfer" else "")
        self.ref = actions.apply(purpose=purpose, level=level, **given)
        return self.ref

    def says(self, check: str, said: Said = Said.ANSWERED, area: str = "", **more: Any) -> None:
        given: dict[str, Any] = {"found": False} if said is Said.ANSWERED else {}
        given |= {"words": "Not needed at this level."} if said is Said.EXPLAINED else {}
        actions.say(
            **{"by": self.officer.viewer, "application_ref": self.ref, "on": self.on, **given, **more},
            check=check,
            area=area,
            said=said,
        )

    def answered(self, but: tuple[str, str] = ("", "")) -> None:
        """Every source has answered that it holds nothing, save one."""
        for one in self.row.sources:
            if (one.key, one.area) != but and not one.state.is_settled:
                self.says(one.key, area=one.area)

    def informs(self, kind: str = "allegation", **details: str) -> str:
        details = details or {"said_by": "A former partner, to another force"}
        given: dict[str, Any] = {"by": self.officer.viewer, "application_ref": self.ref, "on": self.on}
        return actions.inform(kind=kind, words="They were violent at home.", details=details, **given)

    def recommends(self, outcome: str = "grant", weights: dict[str, Weighing] | None = None, **said: Any) -> None:
        row = self.row
        given: dict[str, Any] = {"heads": (), "withhold": None, "reasons": "Everything was read together."}
        if outcome in ("refuse", "assess"):
            given |= {"heads": ("public",), "withhold": True, "disparity": "Nothing like it was decided otherwise."}
        if outcome.endswith("_controls"):
            controls = (("No work alone with children.", self.on + timedelta(days=90)),)
            given |= {"heads": ("public",), "withhold": False, "controls": controls}
        weights = {one.key: PLAIN for one in row.against} if weights is None else weights
        made = Recommended(outcome=outcome, weights=weights, **{**given, **said})
        actions.recommend(by=self.officer.viewer, application_ref=self.ref, said=made, on=self.on)

    def decides(self, outcome: str = "grant", by: Someone | None = None, **said: Any) -> str:
        given = {"by": (by or self.manager).viewer, "application_ref": self.ref, "on": self.on, **said}
        return actions.decide(outcome=outcome, **{"reasons": "As recommended.", **given})

    def cleared(self, level: str = "RV", outcome: str = "grant") -> str:
        """Granted, from the application to the decision; returns the reference of the clearance."""
        self.asks(level=level)
        self.answered()
        self.recommends(outcome)
        return self.decides(outcome)


def vetted(at: datetime, family: str = "Shaw") -> Vetted:
    unit = worlds.unit(at, "Vetting")
    return Vetted(
        at=at,
        person=worlds.officer(at, family, "Ada"),
        officer=worlds.user(at, "Vera Vetter", "vetting_officer", unit_ref=unit),
        manager=worlds.user(at, "Mona Manager", "vetting_manager", unit_ref=unit),
        chief=worlds.user(at, "Cora Chief", "chief_officer", unit_ref=worlds.unit(at, "Chief Officers")),
    )
