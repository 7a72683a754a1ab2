"""What somebody else reads or decides for vetting: a reading that waits, and decisions taken again by lot."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from peelian.clocks.law import law
from peelian.demo.clearances import MANAGER, OFFICER, Piece
from peelian.demo.second_looks import TRIES, last_month
from peelian.demo.stage import Stage
from peelian.demo.workforce import Servant
from peelian.matters import queries as matters
from peelian.rules.sampling import is_drawn, month_ends
from peelian.vetting import actions, queries
from peelian.vetting.rows import Recommended

AGAIN, READS, LOOKS = "authority", "chief", "chief"
ON_DAY = 12  # of last month: when what is drawn was decided
BEGINS = 12 * 60
SAME = Recommended((), None, "grant", "Nothing stands against them, and every source answered.", {})
OTHERWISE = Recommended(
    ("honesty",),
    False,
    "grant_controls",
    "A gap of two years in the employment history was explained by nobody. I would grant it with a look at references.",
    {},
)
MADE_OF_IT = (
    "The gap was explained at the interview, which the file did not say. The file says it now; clearance stands."
)


def write_down(stage: Stage, free: Sequence[Servant], others: Sequence[Servant]) -> None:
    """`free`: people in no matter here, each decided on in a month that is drawn; `others`: the rest who serve.

    One in each month, since what is drawn together is drawn in the order of references, which differ from one
    demonstration to the next.
    """
    month = last_month(stage.today)
    for place, one in enumerate(free):
        again = _Again(stage, one, month, (None, OTHERWISE, SAME)[place % 3])
        stage.diary.on(month + timedelta(days=ON_DAY), again.decided, minute=BEGINS + place)
        stage.diary.on(month_ends(month) + timedelta(days=2), again.drawn, minute=BEGINS + 5)
        stage.diary.on(month_ends(month) + timedelta(days=3), again.taken, minute=BEGINS + 6)
        month = (month - timedelta(days=1)).replace(day=1)
    stage.diary.on(stage.today - timedelta(days=4), lambda at: _to_read(stage, others, at), minute=BEGINS + 7)


class _Again(Piece):
    """A decision on clearance that is drawn after its month, and taken again as `said`; without that it waits."""

    def __init__(self, stage: Stage, one: Servant, month: date, said: Recommended | None) -> None:
        super().__init__(stage, one)
        self.month, self.said, self.ref = month, said, ""

    def decided(self, at: datetime) -> None:
        self.ref = self.opened(at)
        self.recommended(at, self.ref, controls=False)
        by = self.stage.as_user(MANAGER, at)
        actions.decide(by=by, application_ref=self.ref, outcome="grant", reasons="As recommended.", on=at.date())

    def drawn(self, at: datetime) -> None:
        """By a seed that draws it: references differ from one demonstration to the next, and what is drawn must not."""
        share = int(law().row("vetting_second", "decision")["share"])
        for number in range(TRIES):
            seed = hashlib.sha1(f"{self.stage.seed} vetting {number}".encode(), usedforsecurity=False).hexdigest()
            if is_drawn(seed, self.ref, share):
                by = self.stage.as_user(MANAGER, at)
                actions.draw_decisions(by=by, month=self.month, seed=seed, on=at.date())
                return

    def taken(self, at: datetime) -> None:
        by, on = self.stage.as_user(AGAIN, at), at.date()
        for task in queries.to_decide_again(by) if self.said else ():
            if self.said and not actions.decide_again(by=by, drawn_ref=task.ref, said=self.said, on=on):
                actions.look(by=self.stage.as_user(LOOKS, at), drawn_ref=task.ref, words=MADE_OF_IT, on=on)


def _to_read(stage: Stage, others: Sequence[Servant], at: datetime) -> None:
    """An application about somebody of whom those who decide may not see all: the chief officer is asked to read it."""
    everything = stage.as_system(at, "to find somebody of whom a matter is hidden from whoever decides on clearance")
    keys = {stage.ids[one.key]: one for one in others}
    for key, lines in sorted(matters.of_people(everything, keys).items(), key=lambda pair: keys[pair[0]].key):
        every = {line.ref for line in lines}
        seen = {who: set(matters.lines_by_ref(stage.as_user(who, at), every)) for who in (MANAGER, OFFICER, READS)}
        hidden = every - (seen[MANAGER] & seen[OFFICER])
        if hidden and hidden <= seen[READS]:
            ref = Piece(stage, keys[key]).opened(at, "circumstances")
            actions.ask_all(by=stage.as_user(OFFICER, at), application_ref=ref, on=at.date())
            return
