"""A misconduct hearing that is coming: papers, who sits, the officer's reply, witnesses, the day, the directions."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from peelian.demo.days import working_day
from peelian.demo.worked import Worked
from peelian.matters import actions as matters
from peelian.proceedings import actions, queries
from peelian.terms.proceedings import Attendance, Attending, Named, Pleaded
from peelian.terms.refusals import NotAllowed

CHAIRS = ("Commander, specialist operations", "Commander, boroughs")  # by the title of their post; they sign in nowhere
SITS = "panel"  # writes down what the chair directs
IN_DAYS = 12  # from today to the first day of the hearing
KNOWN = "The letter of appointment was read. Asked in writing: knows nobody concerned, and has no interest in the case."
BUNDLE = ("Regulation 30 notice", "Report of the investigation", "Audit of searches, with the officer's answers to it")
CALLED = "Those who saw the searches or what came of them are heard. Who speaks to character alone may write."
LISTS = "sent to each other, and to the chair, on the same day."


class Hearing:
    """Writes the hearing of a worked investigation into the diary. `ref`: of the proceedings, once they are open."""

    def __init__(self, worked: Worked) -> None:
        self.worked, self.life, self.stage = worked, worked.life, worked.life.stage
        self.ref = ""

    def begin(self) -> None:
        """All of it; what rests on a whole panel is left out where the register holds nobody who may take the chair."""
        self.worked.on(48, self.open)
        self.worked.on(45, self.panel)
        self.worked.on(44, self.signed)
        self.worked.on(43, self.told)
        self.worked.on(36, self.reply)
        self.worked.on(33, self.lists)
        self.worked.on(29, self.day)
        self.worked.on(20, self.direct)

    def _given(self, who: str, at: datetime) -> dict[str, Any]:
        by = self.stage.as_user(who, at)
        return {"by": by, "matter_ref": self.life.ref, "proceeding_ref": self.ref, "on": at.date()}

    def _take(self, who: str, step: str, option: str, reasons: str) -> None:
        self.worked.decide(who, step, option, reasons, person=self.worked.person)

    def open(self, at: datetime) -> None:
        authority = self.life.authority
        self._take(authority, "papers", "supplied", "Handed to the officer and the police friend, against a receipt.")
        by, on = self.stage.as_user(authority, at), at.date()
        given: dict[str, Any] = {"matter_ref": self.life.ref, "person_key": self.worked.person}
        self.ref = actions.open_proceeding(by=by, forum="hearing", on=on, **given)
        actions.add_papers(**self._given(authority, at), titles=BUNDLE)

    def panel(self, at: datetime) -> None:
        """The chair, two independent members, the adviser. A conflict of interest leaves a seat open."""
        refs, given = self.stage.user_refs, self._given(self.life.authority, at) | {"known_by": KNOWN}
        lay = {"seat": "hearing-independent-members", "qualification": "independent_list"}
        seats: tuple[dict[str, Any], ...] = (
            {"seat": "hearing-chair", "qualification": "delegate_senior_officer", "person_ref": self._chair()},
            lay | {"user_ref": refs["panel"]},
            lay | {"name": "Rosalind Achebe"},
            {
                "seat": "hearing-adviser",
                "qualification": "legally_qualified_adviser",
                "name": "Edmund Farrow KC",
            },
        )
        for seat in seats:
            with suppress(NotAllowed):
                actions.name_member(**given, **seat)

    def signed(self, at: datetime) -> None:
        """Who sits and signs in here signs that they have no conflict."""
        row = queries.proceeding(self.stage.as_user(self.life.authority, at), self.life.ref, self.ref)
        if self.stage.user_ids[SITS] in {one.user_id for one in row.members}:
            matters.sign(by=self.stage.as_user(SITS, at), matter_ref=self.life.ref, on=at.date())

    def told(self, at: datetime) -> None:
        if self._is_whole(at):
            self._take(self.life.authority, "panel_named", "told", "Told in writing who sits, and how to object.")

    def reply(self, at: datetime) -> None:
        given = self._given(self.life.authority, at)
        row = queries.proceeding(given["by"], self.life.ref, self.ref)
        said = self.worked.said
        answers = {
            line.number: (Pleaded.IN_PART, said["reply"]) if line.number == 1 else (Pleaded.DENIED, said["denial"])
            for line in row.allegations
        }
        actions.record_reply(**given, answers=answers, mitigation=said["mitigation"])

    def lists(self, at: datetime) -> None:
        given = self._given(self.life.authority, at)
        for name, about, listed in self.worked.said["witnesses"]:
            actions.list_witness(**given, name=name, about=about, listed_by=Named(listed))
        self._take(self.life.authority, "bundle", "supplied", "Sent by courier, with an index.")
        self._take(self.life.authority, "witness_lists", "exchanged", f"The two lists were {LISTS}")
        self._take(self.life.authority, "witness_lists_to_chair", "supplied", f"The two lists were {LISTS}")

    def day(self, at: datetime) -> None:
        if not self._is_whole(at):
            return
        first = working_day(self.stage.today + timedelta(days=IN_DAYS))
        found = "The first day on which all who sit, the officer and the witnesses can be there."
        self.worked.decide(SITS, "proceedings_day", "hearing", found, person=self.worked.person, fixed_on=first)

    def direct(self, at: datetime) -> None:
        """The chair says which witnesses are called, what may be published, and how people attend."""
        if not self._is_whole(at):
            return
        given = self._given(SITS, at)
        row = queries.proceeding(given["by"], self.life.ref, self.ref)
        called = {one.ref: one.listed_by is not Named.OFFICER for one in row.witnesses}
        actions.direct_witnesses(**given, called=called, reasons=CALLED)
        kept = "What the case is about is published without the relationship, which would tell who was searched for."
        fields = dict.fromkeys(("name", "date", "place"), (True, "")) | {"content": (False, kept)}
        actions.direct_publication(**given, fields=fields)
        actions.arrange(
            **given, who=Attending.OBSERVERS, how=Attendance.EITHER, reasons="A second room, with sound and picture."
        )

    def _chair(self) -> str:
        """A senior officer; rather one who never was in a unit with the officer concerned."""
        shared = {unit for _, unit, _ in self.life.officers[0].posts}
        seniors = [one for one in self.stage.workforce.everyone if one.slot and one.slot.title in CHAIRS]
        return self.stage.ref(min(seniors, key=lambda one: not shared.isdisjoint(unit for _, unit, _ in one.posts)))

    def _is_whole(self, at: datetime) -> bool:
        by = self.stage.as_user(self.life.authority, at)
        return not queries.proceeding(by, self.life.ref, self.ref).against
