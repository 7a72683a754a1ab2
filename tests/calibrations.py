"""Rounds of a test case, made through the actions."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peelian.calibration import actions
from tests import worlds
from tests.worlds import Someone

CASE = "case_car"


@dataclass
class Calibration:
    """Two assessors, and a chief officer who gives test cases out."""

    at: datetime
    one: Someone
    other: Someone
    head: Someone

    def open(self, case: str = CASE, *people: Someone) -> str:
        chosen = [who.user_ref for who in people or (self.one, self.other)]
        return actions.open_round(by=self.head.viewer, case=case, user_refs=chosen, on=self.at.date())

    def answer(self, who: Someone, ref: str, option: str, **said: Any) -> bool:
        given = {"standards": ["SPB02"], "codes": ["SR-02"], "reasons": "The office was used.", "on": self.at.date()}
        return actions.answer(by=who.viewer, round_ref=ref, option=option, **{**given, **said})


def calibration(at: datetime) -> Calibration:
    one, other = worlds.user(at, "Aster Lee", "assessor"), worlds.user(at, "Bryn Moss", "assessor")
    return Calibration(at, one, other, worlds.user(at, "Hedda Head", "chief_officer"))
