"""Earlier matters that a serious one asked for, read together with it each week by whoever was asked (LES-07)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from peelian.decisions import actions
from peelian.demo.days import working_day
from peelian.demo.stage import Stage
from peelian.matters import queries as matters
from peelian.matters.repeats import JointReviewRow
from peelian.terms.viewer import Viewer

EVERY = 7  # days: less than the five working days in which each is due
MINUTE = 16 * 60 + 40
LEFT = 4  # at most so many wait today, none of them overdue
APART = (
    "Read side by side: different in kind, place and time. Nothing in the later one bears on how this one ended.",
    "Read side by side. The later allegation is of another kind, and nobody who reported knew of the other.",
    "Read with the later one line by line. What was found then still stands; it is kept in view of the investigator.",
)


def write_down(stage: Stage) -> None:
    """A reading each week until yesterday."""
    day = stage.diary.last
    while day > stage.diary.first:
        stage.diary.on(day, Readings(stage, day == stage.diary.last), minute=MINUTE)
        day = _a_week_before(day)


def _a_week_before(day: date) -> date:
    return working_day(day - timedelta(days=EVERY))


class Readings:
    """Everybody reads what they were asked to read. `last`: a few that are not due yet stay for tomorrow."""

    def __init__(self, stage: Stage, last: bool) -> None:
        self.stage, self.last = stage, last

    def __call__(self, at: datetime) -> None:
        left = LEFT if self.last else 0
        for who in self.stage.viewers:
            by = self.stage.as_user(who, at)
            asked = _in_order(by, matters.my_joint_reviews(by))
            waits = [one for one in asked if one.due_on >= self.stage.today][:left]
            left -= len(waits)
            rest = [one for one in asked if one not in waits]
            read: dict[str, list[JointReviewRow]] = {}
            for one in rest:
                read.setdefault(one.matter_ref, []).append(one)
            for matter_ref, found in read.items():
                self._read(by, matter_ref, found)

    def _read(self, by: Viewer, matter_ref: str, asked: list[JointReviewRow]) -> None:
        on = by.today
        people = [one.person_id for one in matters.parts(by, matter_ref).people if one.person_id]
        known = matters.of_people(by, people).values()
        shown = [line.ref for lines in known for line in lines if line.ref != matter_ref]
        reasons = APART[by.today.toordinal() // EVERY % len(APART)]
        actions.record_joint_view(
            by=by, matter_ref=matter_ref, shown=shown, together=False, reasons=reasons.partition(". ")[0] + ".", on=on
        )
        for one in asked:
            actions.answer_joint_review(
                by=by, matter_ref=matter_ref, review_ref=one.ref, reopens=False, reasons=reasons, on=on
            )


def _in_order(by: Viewer, asked: Iterable[JointReviewRow]) -> list[JointReviewRow]:
    """By when it is due and what the source calls it, never by reference: references are drawn anew each time."""
    listed = list(asked)
    if not listed:
        return []
    lines = matters.lines_by_ref(by, {ref for one in listed for ref in (one.matter_ref, one.because_ref)})

    def key(one: JointReviewRow) -> tuple[date, str, str, str, str]:
        line, because = lines[one.matter_ref], lines[one.because_ref]
        came = line.came_to_attention.words if line.came_to_attention else ""
        return (one.due_on, line.source_key, line.heading, came, because.heading)

    return sorted(listed, key=key)
