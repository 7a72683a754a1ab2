"""What was found in one matter: booked in, stored, submitted; a freezer that failed; one hand-over that waits."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

from peelian.demo.lives import Life
from peelian.demo.stage import Stage
from peelian.evidence import actions
from peelian.evidence.states import Step, SubmissionKind, UnitKind

NOTE = "Pocket notebook 44, pages 12 to 19, copied word for word by the officer in the case. Nothing is left out.\n"
OPENS_AT = 9 * 60 + 5  # given, so that nobody else's day is drawn anew


class Exhibits:
    """Writes the exhibits of a matter into the diary. `refs`: of exhibits by mark, units and submissions by name."""

    def __init__(self, stage: Stage, life: Life, keeper: str) -> None:
        self.stage, self.life, self.keeper = stage, life, keeper
        self.refs: dict[str, str] = {}

    def write_down(self) -> None:
        self._on(56, self.stores)
        self._on(54, self.found)
        self._on(52, self.stored)
        self._on(50, self.asked)
        self._on(48, self.given)
        self._on(33, self.fails)
        self._on(30, self.mended)
        self._on(20, self.results)
        self._on(3, self.waits)

    def _on(self, days: int, deed: Callable[[datetime, date], None]) -> None:
        """Do this so many days ago, if the matter is there by then and not closed."""

        def done(at: datetime) -> None:
            if self.life.ref and not self.life.closed and (self.refs or deed == self.stores):
                deed(at, at.date())

        self.stage.diary.on(self.stage.today - timedelta(days=days), done, minute=OPENS_AT)

    def stores(self, at: datetime, on: date) -> None:
        by = self.stage.as_user("supervisor", at)
        cold = {"lowest": Decimal("-25"), "highest": Decimal("-18")}
        site = "Property store, ground floor"
        for name, kind, capacity, limits in (
            ("Freezer 2", UnitKind.FREEZER, 120, cold),
            ("Bay C, shelves", UnitKind.DRY, 400, {}),
        ):
            self.refs[name] = actions.make_unit(
                by=by, name=name, kind=kind, site=site, capacity=capacity, on=on, **limits
            )

    def found(self, at: datetime, on: date) -> None:
        by = self.stage.as_user(self.keeper, at)
        for mark, what, where, seal in (
            ("KMT/1", "A mobile telephone, black, its screen cracked", "The officer’s locker", "B0044121"),
            ("KMT/2", "A swab taken from the door of the van", "The yard, van 4", "B0044122"),
            ("KMT/3", "A pocket notebook, number 44", "Handed in at the front counter", "B0044123"),
        ):
            self.refs[mark] = actions.book_in(
                by=by,
                matter_ref=self.life.ref,
                mark=mark,
                description=what,
                where=where,
                found_by="K M Turner, scenes of crime",
                found_on=on,
                seal=seal,
                on=on,
            )
        file = actions.keep(
            by=by,
            matter_ref=self.life.ref,
            name="Notebook 44, pages 12 to 19.txt",
            content=NOTE.encode(),
            about="A copy of what the notebook says",
            on=on,
        )
        actions.attach(by=by, exhibit_ref=self.refs["KMT/3"], file_ref=file, on=on)

    def stored(self, at: datetime, on: date) -> None:
        by = self.stage.as_user(self.keeper, at)
        for mark, unit, shelf in (("KMT/1", "Bay C, shelves", "C4"), ("KMT/2", "Freezer 2", "2")):
            actions.place(by=by, exhibit_ref=self.refs[mark], unit_ref=self.refs[unit], shelf=shelf, on=on)

    def asked(self, at: datetime, on: date) -> None:
        by = self.stage.as_user(self.keeper, at)
        for kind, to, asked, mark, promised in (
            (SubmissionKind.DIGITAL, "Digital unit, north", "Messages sent on the night.", "KMT/1", 35),
            (SubmissionKind.FORENSIC, "Laboratory at the river", "Whose DNA is on the door?", "KMT/2", 32),
        ):
            self.refs[to] = actions.submit(
                by=by,
                matter_ref=self.life.ref,
                kind=kind,
                to=to,
                asked=asked,
                exhibit_refs=[self.refs[mark]],
                promised_on=on + timedelta(days=promised),
                on=on,
            )

    def given(self, at: datetime, on: date) -> None:
        hand_over = actions.hand_over(
            by=self.stage.as_user(self.keeper, at),
            exhibit_ref=self.refs["KMT/1"],
            receiver_ref=self.stage.user_refs["supervisor"],
            reasons="To be taken to the digital unit.",
            on=on,
        )
        actions.accept(
            by=self.stage.as_user("supervisor", at), exhibit_ref=self.refs["KMT/1"], hand_over_ref=hand_over, on=on
        )

    def fails(self, at: datetime, on: date) -> None:
        by, unit = self.stage.as_user("supervisor", at), self.refs["Freezer 2"]
        actions.record_reading(by=by, unit_ref=unit, celsius=Decimal("-6.5"), on=on)
        self.refs["failure"] = actions.record_failure(
            by=by, unit_ref=unit, what="The compressor stopped over the weekend.", from_on=on, on=on
        )

    def mended(self, at: datetime, on: date) -> None:
        by, unit = self.stage.as_user("supervisor", at), self.refs["Freezer 2"]
        done = "The compressor was replaced. The laboratory was asked what the days above the limit mean."
        actions.end_failure(by=by, failure_ref=self.refs["failure"], done=done, last_on=on, on=on)
        actions.record_reading(by=by, unit_ref=unit, celsius=Decimal("-21"), on=on)

    def results(self, at: datetime, on: date) -> None:
        by, ref = self.stage.as_user(self.keeper, at), self.refs["Laboratory at the river"]
        words = "A mixed profile of at least two people. The lower quality is consistent with a break in storage."
        actions.record_step(by=by, submission_ref=ref, step=Step.RESULTS, words=words, on=on)

    def waits(self, at: datetime, on: date) -> None:
        actions.hand_over(
            by=self.stage.as_user(self.keeper, at),
            exhibit_ref=self.refs["KMT/3"],
            receiver_ref=self.stage.user_refs["supervisor"],
            reasons="To be kept with the other papers.",
            on=on,
        )
