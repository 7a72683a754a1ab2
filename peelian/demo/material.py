"""The schedule of one matter: what is relied on, a redacted copy, something withheld, and the pack that was given."""

from datetime import datetime
from typing import Any

from peelian.demo.tables import table
from peelian.demo.worked import Worked
from peelian.disclosure import actions, queries
from peelian.disclosure.actions.redacting import MarkDraft
from peelian.disclosure.rows import ItemRow
from peelian.disclosure.states import Decision, How
from peelian.evidence import actions as evidence

SAFETY, TO = "welfare_safety", "officer_concerned"
AUDIT, REPORT, CALL = "Audit of searches", "Report of the investigation, parts relied on", "Note of a telephone call"
WHERE = "It tells where the former partner lives and how to reach her."
MARKS = ("14 Larch Row, Castlemere", "07700 900142")


class Material:
    """Writes the schedule and the pack of a worked investigation into the diary."""

    def __init__(self, worked: Worked) -> None:
        self.worked, self.life, self.stage = worked, worked.life, worked.life.stage
        self.pack = ""

    def begin(self) -> None:
        """All of it: between the report and the papers of the hearing."""
        self.worked.on(66, self.scheduled)
        self.worked.on(64, self.decided)
        self.worked.on(62, self.confirmed)
        self.worked.on(53, self.packed)
        self.worked.on(51, self.approved)
        self.worked.on(50, self.given)

    def _by(self, at: datetime, who: str = "") -> dict[str, Any]:
        by = self.stage.as_user(who or self.life.investigator, at)
        return {"by": by, "matter_ref": self.life.ref, "on": at.date()}

    def _item(self, given: dict[str, Any], title: str) -> ItemRow:
        listed = queries.schedule(given["by"], self.life.ref).items
        return next(one for one in listed if one.now.title == title)

    def scheduled(self, at: datetime) -> None:
        given, words = self._by(at), table("worked")["material"]
        audit, report = (
            evidence.keep(**given, name=f"{name}.txt", content=words[key].strip().encode())
            for name, key in ((AUDIT, "audit"), (REPORT, "report"))
        )
        actions.schedule_sources(**given, sources=[audit, report])
        actions.schedule_passage(**given, title=CALL, text=words["call"].strip(), is_used=False)

    def decided(self, at: datetime) -> None:
        given = self._by(at)
        for place, (title, decision, reasons) in enumerate(
            (
                (AUDIT, Decision.DISCLOSE, ""),
                (REPORT, Decision.REDACT, WHERE),
                (
                    CALL,
                    Decision.WITHHOLD,
                    "She asked for it, and what she says of the brother tells of a risk.",
                ),
            )
        ):
            item = queries.schedule(given["by"], self.life.ref).items[place]
            actions.decide(
                **given,
                item_ref=item.ref,
                version=item.now.number,
                title=title,
                is_used=item.now.is_used,
                is_sensitive=decision is Decision.WITHHOLD,
                decision=decision,
                grounds=[SAFETY] if decision.keeps_back else (),
                reasons=reasons,
            )
        marks = [MarkDraft(SAFETY, WHERE, words) for words in MARKS]
        actions.redact(**given, item_ref=self._item(given, REPORT).ref, audience_key=TO, marks=marks)

    def confirmed(self, at: datetime) -> None:
        given = self._by(at, "supervisor2")
        item = self._item(given, CALL)
        reasons = "The risk is real and recent. Nothing in the note bears on what is alleged."
        actions.read_second(**given, item_ref=item.ref, version=item.now.number, agrees=True, reasons=reasons)

    def packed(self, at: datetime) -> None:
        given = self._by(at)
        self.pack = actions.make_pack(
            **given,
            audience_key=TO,
            person_key=self.worked.person,
            basis="SI 2020/4 reg 30",
            purpose="To answer at the misconduct hearing.",
        )
        report = self._item(given, REPORT)
        items = {self._item(given, AUDIT).ref: How.WHOLE, report.ref: How.REDACTED}
        actions.choose(**given, pack_ref=self.pack, version=self._version(given), items=items)
        actions.submit_pack(**given, pack_ref=self.pack, version=self._version(given))

    def approved(self, at: datetime) -> None:
        given = self._by(at, "supervisor2")
        row = queries.pack(given["by"], self.life.ref, self.pack)
        actions.approve_pack(**given, pack_ref=self.pack, version=row.version, digest=row.digest)

    def given(self, at: datetime) -> None:
        given = self._by(at)
        way = "In person, to the officer and the police friend, against a receipt"
        actions.give_pack(
            **given, pack_ref=self.pack, version=self._version(given), way=way, safety_read=True, understood=True
        )

    def _version(self, given: dict[str, Any]) -> int:
        return queries.pack(given["by"], self.life.ref, self.pack).version
