"""A second look by lot that waits: last month's severity assessments, of which one fell to the assessor."""

import hashlib
from datetime import date, datetime, timedelta
from itertools import count

from peelian.clocks.law import law
from peelian.decisions import queries as decisions
from peelian.demo.lives import Life
from peelian.demo.stage import Stage
from peelian.rules.sampling import by_lot, is_drawn, month_ends, samples
from peelian.sampling import actions
from peelian.terms.permissions import Permission
from peelian.walls.queries import users_holding

SAMPLE = "severity"
LOOKS_AGAIN = ("assessor", "head")  # in this order, should the first not be independent
BEGINS = 11 * 60 + 10
TRIES = 200_000


def last_month(today: date) -> date:
    """The first day of the month that is drawn: the one before, or before that in the first days of a month."""
    first = (today - timedelta(days=5)).replace(day=1)
    return (first - timedelta(days=1)).replace(day=1)


def drawn_by_lot(stage: Stage, life: Life) -> None:
    """Write the draw down. The seed is one by which the lot falls on `life` alone: references differ from one
    demonstration to the next, and what is drawn must not."""
    month = last_month(stage.today)

    def draw(at: datetime) -> None:
        by = stage.as_user("authority", at)
        seed = _seed(stage, life, month, at)
        if seed:
            actions.draw(by=by, sample=SAMPLE, month=month, seed=seed, on=at.date())

    stage.diary.on(month_ends(month) + timedelta(days=2), draw, minute=BEGINS)


def _seed(stage: Stage, life: Life, month: date, at: datetime) -> str:
    """A seed that draws the assessment of `life` alone, and gives it to the first of LOOKS_AGAIN; empty for none."""
    row = samples(law())[SAMPLE]
    everything = stage.as_system(at, "to draw by lot from all there is")
    taken = decisions.taken(everything, [row.step], month, month_ends(month))
    wanted = [one.ref for one in taken if one.matter_ref == life.ref][:1]
    others = [one.ref for one in taken if one.ref not in wanted]
    able = [user.ref for user in users_holding(Permission.ASSESS_CONDUCT, at.date())]
    order = tuple(stage.user_refs[who] for who in LOOKS_AGAIN)
    for number in count() if wanted else ():
        seed = hashlib.sha1(f"{stage.seed} {number}".encode(), usedforsecurity=False).hexdigest()
        if number > TRIES:
            return ""
        if not is_drawn(seed, wanted[0], row.share) or any(is_drawn(seed, ref, row.share) for ref in others):
            continue
        if by_lot(seed, wanted[0], able)[: len(order)] == order:
            return seed
    return ""
