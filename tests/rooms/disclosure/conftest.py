"""A complaint about a sexual touch, files of it, somebody who decides what is given and somebody who approves it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from peelian.disclosure import actions, queries
from peelian.disclosure.actions.redacting import MarkDraft
from peelian.disclosure.redacting import apart
from peelian.disclosure.rows import ItemRow, PackRow
from peelian.disclosure.states import Decision, How
from peelian.evidence import actions as evidence
from peelian.terms.viewer import Viewer
from tests import worlds
from tests.rooms.disclosure.documents import typed
from tests.worlds import Someone

CAME = date(2026, 11, 2)


@dataclass
class Desk:
    """A matter with three files, and the hands its disclosure passes through."""

    at: datetime
    matter: str
    complainant: str
    officer: str
    decider: Someone
    approver: Someone
    files: dict[str, str] = field(default_factory=dict)
    items: dict[str, str] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.decider.viewer.today

    @property
    def decides(self) -> Viewer:
        return self.decider.viewer

    @property
    def approves(self) -> Viewer:
        return self.approver.viewer

    def on(self) -> dict[str, Any]:
        return {"by": self.decides, "matter_ref": self.matter, "on": self.today}

    def keep(self, name: str, content: bytes) -> str:
        self.files[name] = evidence.keep(**self.on(), name=name, content=content)
        return self.files[name]

    def schedule(self, name: str) -> str:
        [self.items[name]] = actions.schedule_sources(**self.on(), sources=[self.files[name]])
        return self.items[name]

    def item(self, name: str) -> ItemRow:
        return queries.item(self.decides, self.matter, self.items[name])

    def decide(self, name: str, decision: Decision, grounds: Sequence[str] = (), **said: Any) -> int:
        now = self.item(name).now
        said = {"title": now.title, "is_used": True, "is_sensitive": False, "reasons": "A reason."} | said
        given = self.on() | {"item_ref": self.items[name], "version": now.number}
        return actions.decide(**given, decision=decision, grounds=grounds, **said)

    def confirm(self, name: str, *, agrees: bool = True) -> None:
        given = self.on() | {"by": self.approves, "item_ref": self.items[name], "version": self.item(name).now.number}
        actions.read_second(**given, agrees=agrees, reasons="I read it.")

    def redact(
        self, name: str, *words: str, ground: str = "protected_identity", to: str = "officer_concerned", **said: Any
    ) -> str:
        marks = [MarkDraft(ground, "Her name is protected.", words=one) for one in words]
        return actions.redact(
            **self.on(), item_ref=self.items[name], audience_key=to, marks=said.pop("marks", marks), **said
        )

    def pack(self, audience: str, **said: Any) -> str:
        said = {"basis": "SI 2020/4 reg 30", "purpose": "For the hearing."} | said
        if "person_key" not in said and "who" not in said:
            said["person_key"] = {"officer_concerned": self.officer, "complainant": self.complainant}.get(audience, "")
        return actions.make_pack(**self.on(), audience_key=audience, **said)

    def read(self, pack: str, viewer: Viewer | None = None) -> PackRow:
        return queries.pack(viewer or self.decides, self.matter, pack)

    def choose(self, pack: str, items: Mapping[str, How]) -> None:
        given = {self.items[name]: how for name, how in items.items()}
        actions.choose(**self.on_pack(pack), items=given)

    def submit(self, pack: str) -> str:
        return actions.submit_pack(**self.on_pack(pack))

    def approve(self, pack: str) -> None:
        actions.approve_pack(**self.on_pack(pack) | {"by": self.approves}, digest=self.read(pack).digest)

    def give(self, pack: str, **said: Any) -> str:
        said = {"way": "By hand", "understood": True} | said
        return actions.give_pack(**self.on_pack(pack), **said)

    def on_pack(self, pack: str) -> dict[str, Any]:
        return self.on() | {"pack_ref": pack, "version": self.read(pack).version}


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    """A store of files of its own."""
    settings.PEELIAN_HOME = tmp_path
    return tmp_path


@pytest.fixture
def really_apart() -> None:
    """Ask for this to read files in a process of its own, as it is done outside the tests."""


@pytest.fixture(autouse=True)
def in_this_process(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read here and not in a process each, which takes a second."""
    if "really_apart" not in request.fixturenames:
        monkeypatch.setattr(apart, "_in_a_process", apart.answered)


@pytest.fixture
def make_desk(db: None, at: datetime) -> Callable[..., Desk]:
    """`make_desk(...)`: a complaint by Carla Willow about PC Robin Shaw; three files are kept, and scheduled."""

    def make(**facts: Any) -> Desk:
        decider = worlds.user(at, "Dora Decider", "supervisor")
        approver = worlds.user(at, "Anna Approver", "head_of_professional_standards")
        complainant = worlds.member_of_the_public(at, "Willow", "Carla")
        officer = worlds.officer(at, "Shaw", "Robin")
        facts.setdefault("allegations", (worlds.allegation("He touched me.", category="J1", against=(0,)),))
        matter = worlds.open_complaint(
            decider.viewer,
            CAME,
            officers=[officer],
            complainants=[complainant],
            handler_ref=decider.user_ref,
            **facts,
        )
        desk = Desk(at, matter, complainant, officer, decider, approver)
        desk.keep("Statement", typed("Carla Willow saw it.", "Fine weather.", "It was Willow."))
        desk.keep("Note", b"A note of a call. Nobody is named.")
        desk.keep("Source", b"Who told us, and how.")
        for name in ("Statement", "Note", "Source"):
            desk.schedule(name)
        return desk

    return make


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    return make_desk()
