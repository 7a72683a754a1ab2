"""Reviews of clearance that casework asks for: opened by the timer each day, some asked, a few weighed and decided."""

from datetime import datetime, timedelta

from peelian.demo.clearances import MANAGER, OFFICER, PLAIN, Piece
from peelian.demo.days import is_working
from peelian.demo.stage import Stage
from peelian.terms.refusals import NotAllowed
from peelian.terms.vetting import Said
from peelian.vetting import actions, queries
from peelian.vetting.rows import Recommended

TIMER = 18 * 60 + 20
BEGINS = 13 * 60
ASKED, WEIGHED = 8, 3  # of the reviews that the first evening opens
KEPT = "All of it was read together. Every source answered; they were spoken to, and their line manager too."
CONDITION = (
    "No work alone with members of the public who are vulnerable; a supervisor reads the body-worn video weekly."
)
FOR_MANAGER = "Not to be sent alone to somebody vulnerable. A supervisor reads their body-worn video once a week."
SILENT = 4  # of the others one source in so many has not answered
OUTCOMES = ("retain_controls", "retain", "retain")


def write_down(stage: Stage, since: int) -> None:
    """`since`: days before today on which clearances were loaded."""
    first: list[str] = []
    for ago in range(since, 0, -1):
        day = stage.today - timedelta(days=ago)
        if is_working(day):
            stage.diary.on(day, lambda at: first.extend(_opened(stage, at, keep=not first)), minute=TIMER)
    works = _Works(stage, first)
    stage.diary.on(stage.today - timedelta(days=since - 3), works.asks, minute=BEGINS)
    stage.diary.on(stage.today - timedelta(days=since - 12), works.answered, minute=BEGINS)
    stage.diary.on(stage.today - timedelta(days=since - 15), works.decided, minute=BEGINS)


def _opened(stage: Stage, at: datetime, *, keep: bool) -> tuple[str, ...]:
    """What the timer opens, once a day; those of the first evening that those who vet may see are worked on."""
    by = stage.as_system(at, "reviews of clearance that are asked for were opened by the timer")
    opened = set(actions.open_raised(by=by, on=at.date()))
    if not (opened and keep):
        return ()
    both = [queries.applications(stage.as_user(who, at), size=200).rows for who in (OFFICER, MANAGER)]
    seen = opened & {one.ref for one in both[1]}
    people = {stage.ids[one.key]: one.key for one in stage.workforce.everyone}
    able = [one for one in both[0] if one.ref in seen]
    return tuple(one.ref for one in sorted(able, key=lambda one: people[one.person.id])[:ASKED])


class _Works(Piece):
    """The reviews that the vetting officer took up, the first of them to the decision."""

    def __init__(self, stage: Stage, refs: list[str]) -> None:
        self.stage, self.refs = stage, refs

    def asks(self, at: datetime) -> None:
        for ref in self.refs:
            actions.ask_all(by=self.stage.as_user(OFFICER, at), application_ref=ref, on=at.date())

    def answered(self, at: datetime) -> None:
        by, on = self.stage.as_user(OFFICER, at), at.date()
        for place, ref in enumerate(self.refs):
            for number, source in enumerate(queries.application(by, ref).sources):
                if place >= WEIGHED and (place + number) % SILENT == 0:
                    continue
                actions.say(
                    by=by,
                    application_ref=ref,
                    check=source.key,
                    area=source.area,
                    said=Said.ANSWERED,
                    found=False,
                    on=on,
                )

    def decided(self, at: datetime) -> None:
        by, manager, on = self.stage.as_user(OFFICER, at), self.stage.as_user(MANAGER, at), at.date()
        for ref, outcome in zip(self.refs[:WEIGHED], OUTCOMES, strict=False):
            weights = {one.key: PLAIN for one in queries.application(by, ref).against}
            said = Recommended((), None, outcome, KEPT, weights)
            if outcome == "retain_controls":
                kept = ((CONDITION, on + timedelta(days=18)),)
                said = Recommended(("behaviour",), False, outcome, KEPT, weights, controls=kept)
            actions.recommend(by=by, application_ref=ref, said=said, on=on)
            try:
                actions.decide(by=manager, application_ref=ref, outcome=outcome, reasons="As recommended.", on=on)
            except NotAllowed:
                return
            if outcome == "retain_controls":
                actions.tell_manager(by=manager, application_ref=ref, number=1, words=FOR_MANAGER, on=on)
