"""A complaint with somebody on each side of it, and the people who write and approve its letters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from peelian.clocks import actions as clocks
from peelian.decisions import queries as cases
from peelian.decisions.rows import DecisionRow
from peelian.matters import actions as matters
from peelian.publish import actions, queries
from peelian.publish.rows import LetterRow
from peelian.terms.known_dates import KnownDate
from peelian.terms.matters import Capacity
from peelian.terms.viewer import Viewer
from tests import stepping, worlds
from tests.worlds import Someone

CAME = date(2026, 11, 2)


@dataclass
class Desk:
    """A matter, and the hands its letters pass through."""

    at: datetime
    matter: str
    complainant: str
    officer: str
    writer: Someone
    approver: Someone

    @property
    def today(self) -> date:
        return self.writer.viewer.today

    @property
    def writes(self) -> Viewer:
        return self.writer.viewer

    @property
    def approves(self) -> Viewer:
        return self.approver.viewer

    def event(self, key: str, on: date, person_key: str = "") -> None:
        clocks.record_event(by=self.writes, matter_ref=self.matter, key=key, on=KnownDate(on), person_key=person_key)

    def draft(self, template: str, person: str = "", paragraphs: Mapping[str, str] | None = None) -> str:
        """A letter with every paragraph written (with its first choice where it has choices), or with these words."""
        key = person or (self.officer if template != "update-complainant" else self.complainant)
        ref = actions.draft(by=self.writes, matter_ref=self.matter, template=template, person_key=key, on=self.today)
        held = self.letter(ref)
        assert held.template is not None
        words = {one.key: (one.choices or (f"Words about {one.key}.",))[0] for one in held.template.paragraphs}
        self.write(ref, {**words, **(paragraphs or {})})
        return ref

    def letter(self, ref: str, viewer: Viewer | None = None) -> LetterRow:
        return queries.letter(viewer or self.writes, self.matter, ref)

    def write(self, ref: str, paragraphs: Mapping[str, str]) -> None:
        actions.write(**self.on(ref), by=self.writes, paragraphs=paragraphs, on=self.today)

    def submit(self, ref: str) -> str:
        return actions.submit(**self.on(ref), by=self.writes, on=self.today)

    def approve(self, ref: str) -> str:
        sha256 = self.letter(ref).text_sha256
        return actions.approve(**self.on(ref), by=self.approves, text_sha256=sha256, on=self.today)

    def issue(self, template: str, person: str = "", paragraphs: Mapping[str, str] | None = None) -> str:
        ref = self.draft(template, person, paragraphs)
        self.submit(ref)
        self.approve(ref)
        return ref

    def serve(self, ref: str, way: str, **said: Any) -> date:
        said.setdefault("sent_on", self.today)
        return actions.serve(**self.on(ref), by=self.writes, way=way, **said)

    def take(self, *outcomes: str) -> None:
        """Steps of casework in order, each by whoever holds its power."""
        stepping.take(self.at, self.matter, outcomes, officer=self.officer, complainant=self.complainant)

    def standing(self) -> dict[str, DecisionRow]:
        """What stands in the casework, by step."""
        return {row.step.key: row for row in cases.decisions(worlds.peelian(self.at), self.matter) if row.stands}

    def on(self, ref: str) -> dict[str, Any]:
        return {"matter_ref": self.matter, "letter_ref": ref, "version": self.letter(ref).version}


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    """No templates of a force's own but those a test puts here."""
    settings.PEELIAN_HOME = tmp_path
    return tmp_path


@pytest.fixture
def make_desk(db: None, at: datetime) -> Callable[..., Desk]:
    """`make_desk(allegations=…)`: a complaint by Carla Willow about PC Robin Shaw, handled by the writer."""

    def make(**facts: Any) -> Desk:
        writer = worlds.user(at, "Wendy Writer", "complaint_handler", "investigator")
        approver = worlds.user(at, "Anna Approver", "supervisor")
        complainant = worlds.member_of_the_public(at, "Willow", "Carla")
        officer = worlds.officer(at, "Shaw", "Robin")
        matter = worlds.open_complaint(
            writer.viewer, CAME, officers=[officer], complainants=[complainant], handler_ref=writer.user_ref, **facts
        )
        matters.allocate(
            by=worlds.peelian(at),
            matter_ref=matter,
            user_ref=writer.user_ref,
            capacity=Capacity.INVESTIGATOR,
            on=writer.viewer.today,
        )
        matters.sign(by=writer.viewer, matter_ref=matter, on=writer.viewer.today)
        return Desk(at, matter, complainant, officer, writer, approver)

    return make


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    return make_desk()
