"""A complaint by Carla Willow about PC Robin Shaw, and those who work on it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from peelian.contact import actions, queries
from peelian.contact.rows import PlanDraft, SomebodyRow
from peelian.rules.contact import SafeWay
from peelian.terms.contact import RightState, Stance, Topic
from peelian.terms.viewer import Viewer
from tests import worlds
from tests.worlds import Someone

CAME = date(2026, 11, 2)


@dataclass(frozen=True)
class Touch:
    """Contact on one matter. `worker` writes; `other` may too."""

    at: datetime
    matter: str
    complainant: str
    officer: str
    worker: Someone
    other: Someone

    @property
    def by(self) -> Viewer:
        return self.worker.viewer

    @property
    def today(self) -> date:
        return self.by.today

    def of(self, person: str = "") -> dict[str, Any]:
        return {"by": self.by, "matter_ref": self.matter, "person_key": person or self.complainant, "on": self.today}

    def whole(self, viewer: Viewer | None = None) -> SomebodyRow:
        return queries.somebody_on(viewer or self.by, self.matter, self.complainant)

    def agree(self, replaces: int = 0, **facts: Any) -> int:
        facts.setdefault("ways", (SafeWay("email", "carla@example.org"),))
        draft = PlanDraft(**{"wants_contact": True, "agreed_with": "Carla", "reasons": "First agreed.", **facts})
        return actions.agree_plan(**self.of(), draft=draft, replaces=replaces)

    def say(self, topic: Topic = Topic.WITHDRAW, stance: Stance = Stance.YES, **facts: Any) -> str:
        said = {"words": "I cannot go on with this.", "reasons": "She gave none.", "how": "telephone", **facts}
        return actions.record_said(**{**self.of(), "topic": topic, "stance": stance, **said})

    def mark(self, state: RightState, *rights: str, reasons: str = "Asked on the telephone.") -> None:
        actions.mark_rights(**self.of(), rights=rights, state=state, reasons=reasons)


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    """No law or letters of a force's own."""
    settings.PEELIAN_HOME = tmp_path
    return tmp_path


@pytest.fixture
def make_touch(db: None, at: datetime) -> Callable[..., Touch]:
    """`make_touch(sensitive_reason=…)`: the matter, recorded with these facts."""

    def make(**facts: Any) -> Touch:
        worker = worlds.user(at, "Wendy Worker", "complaint_handler")
        other = worlds.user(at, "Otto Other", "supervisor")
        complainant = worlds.member_of_the_public(at, "Willow", "Carla")
        officer = worlds.officer(at, "Shaw", "Robin")
        item = worlds.item(
            at, "He swore at me at the counter.", from_person_id=worlds.key(at, complainant), received_on=CAME
        )
        matter = worlds.open_complaint(
            worlds.peelian(at) if facts.get("sensitive_reason") else worker.viewer,
            CAME,
            officers=[officer],
            complainants=[complainant],
            intake_ref=item,
            handler_ref=worker.user_ref,
            **facts,
        )
        return Touch(at, matter, complainant, officer, worker, other)

    return make


@pytest.fixture
def touch(make_touch: Callable[..., Touch]) -> Touch:
    return make_touch()
