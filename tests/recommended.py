"""A recommendation with its owner, made through the actions."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from peelian.recommendations import actions
from tests import worlds
from tests.worlds import Someone


@dataclass
class Recommended:
    """`owner` owns it; `keeper` keeps the register; `second` signs for others. Due in ten days."""

    at: datetime
    keeper: Someone
    owner: Someone
    second: Someone
    ref: str = ""

    def add(self, number: str = "4", **said: Any) -> str:
        given = {"source": "An inquiry", "words": "Read every file again.", "owner": "Head of Vetting"}
        given |= {"owner_ref": self.owner.user_ref, "due_on": self.at.date() + timedelta(days=10), "on": self.at.date()}
        return actions.add(by=self.keeper.viewer, number=number, **{**given, **said})

    def give(self, **said: Any) -> str:
        given = {"what": "All were read.", "where": "File 12", "completes": True, "says": "Every file was read."}
        given |= {"recommendation_ref": self.ref, "on": self.at.date()}
        return actions.give_evidence(by=self.keeper.viewer, **{**given, **said})


def recommended(at: datetime) -> Recommended:
    keeper, owner = worlds.user(at, "Ana Lyst", "analyst"), worlds.user(at, "Hedda Head", "supervisor")
    made = Recommended(at, keeper, owner, worlds.user(at, "Chief Chiefly", "chief_officer"))
    made.ref = made.add()
    return made
