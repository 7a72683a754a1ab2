"""Returns of the force, made through the actions, on days after a quarter that ended."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from peelian.returns import actions
from peelian.rules.returns import Quarter
from peelian.terms.viewer import Viewer
from tests import worlds
from tests.worlds import Someone

QUARTER = Quarter(2026, 6)  # April to June; its data are due on 30 July


@dataclass
class Returned:
    """`head` answers for the department, `authority` takes its decisions, `analyst` keeps returns. The first entry of
    the journal is of `began`, in the quarter."""

    began: datetime
    head: Someone
    authority: Someone
    analyst: Someone

    def on(self, someone: Someone, day: date) -> Viewer:
        """Somebody at noon of a day."""
        return worlds.later(someone, self.began.replace(year=day.year, month=day.month, day=day.day))

    def send(self, day: date, **said: Any) -> str:
        given: dict[str, Any] = {
            "quarter": QUARTER,
            "complaints": 12,
            "allegations": 15,
            "reference": "DC 41",
            "on": day,
        }
        return actions.send_data(by=self.on(self.analyst, day), **{**given, **said})

    def receive(self, day: date, **said: Any) -> str:
        given: dict[str, Any] = {"quarter": QUARTER, "reference": "Bulletin 9", "on": day}
        return actions.receive_bulletin(by=self.on(self.analyst, day), **{**given, **said})

    def publish(self, key: str, day: date, **said: Any) -> None:
        given: dict[str, Any] = {"address": "https://pcc.example/bulletin", "with_narrative": True, "on": day}
        actions.publish_bulletin(by=self.on(self.analyst, day), return_key=key, **{**given, **said})

    def report(self, day: date, **said: Any) -> str:
        given: dict[str, Any] = {"title": "On stalking", "bodies": "HMICFRS and the IOPC", "number": "3"}
        given |= {"words": "Train.", "on": day}
        return actions.report_super_complaint(by=self.on(self.analyst, day), **{**given, **said})

    def write(self, key: str, day: date, **said: Any) -> str:
        given: dict[str, Any] = {"accepted": True, "why": "", "words": "We accept it.", "on": day}
        return actions.write_answer(by=self.on(self.analyst, day), return_key=key, **{**given, **said})

    def judge(self, key: str, answer: str, day: date, **said: Any) -> None:
        given: dict[str, Any] = {"agreed": True, "why": "", "on": day, "by": self.on(self.authority, day)}
        actions.judge_answer(return_key=key, answer_ref=answer, **{**given, **said})

    def answer(self, key: str, day: date, **said: Any) -> None:
        given = {"reference": "Letter 7", **said}
        actions.send_answer(by=self.on(self.analyst, day), return_key=key, on=day, **given)


def returned(began: datetime) -> Returned:
    return Returned(
        began,
        worlds.user(began, "Hedda Head", "head_of_professional_standards"),
        worlds.user(began, "Avery Stone", "appropriate_authority"),
        worlds.user(began, "Ana Lyst", "analyst"),
    )
