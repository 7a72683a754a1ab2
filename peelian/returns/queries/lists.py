"""The returns of the force: what is owed, late, met; what is the viewer's own; what a form offers."""

from datetime import date

from peelian.matters import queries as matters
from peelian.returns.acts import (
    RECEIVED,
)
from peelian.returns.facts import (
    bulletin_key,
    standing,
)
from peelian.returns.queries.lines import KEEP, lines_of
from peelian.returns.rows import Logged, ReturnLine, Show
from peelian.rules.returns import Quarter, quarters_ended
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold
from peelian.walls.queries import users_holding

BULLETINS_BACK = 2  # years in which a bulletin may still come; a choice of ours, no law


def returns(viewer: Viewer, show: Show | None = None) -> tuple[ReturnLine, ...]:
    """Every return, what is owed first and by due day, then what is done with the latest first. Needs KEEP_RETURNS.

    A quarter that ended is there by itself. A fixed number of statements.
    """
    must_hold(viewer, KEEP)
    found = [one for one in lines_of(viewer, standing()) if show is None or _shows(one, show)]
    owed = sorted((one for one in found if one.is_open), key=lambda one: (_due(one), one.key))
    done = sorted((one for one in found if not one.is_open), key=lambda one: (_due(one), one.key), reverse=True)
    return (*owed, *done)


def mine(viewer: Viewer) -> tuple[ReturnLine, ...]:
    """What the viewer owns and is open, and answers that wait for their approval, by due day; for My work."""
    if viewer.user_id is None or not viewer.may(KEEP):
        return ()
    found = (one for one in lines_of(viewer, standing()) if one.is_open and (one.is_mine or one.asks_viewer))
    return tuple(sorted(found, key=lambda one: (_due(one), one.key)))


def quarters(viewer: Viewer) -> tuple[Quarter, ...]:
    """The quarters of which a bulletin may have come and none is recorded, the latest first. Needs KEEP_RETURNS."""
    must_hold(viewer, KEEP)
    since = viewer.today.replace(year=viewer.today.year - BULLETINS_BACK, day=1)
    held = standing()
    ended = (one for one in quarters_ended(since, viewer.today) if RECEIVED not in held.get(bulletin_key(one), {}))
    return tuple(sorted(ended, reverse=True))


def keepers(viewer: Viewer) -> tuple[tuple[str, str], ...]:
    """Who may own returns, by reference and name. Needs KEEP_RETURNS."""
    must_hold(viewer, KEEP)
    return tuple((user.ref, user.name) for user in users_holding(KEEP, viewer.today))


def logged(viewer: Viewer, quarter_code: str) -> Logged:
    """What was logged here in a quarter, of the matters that the viewer may see. Raises NotFound."""
    quarter = Quarter.coded(quarter_code)
    if quarter is None:
        raise NotFound(f"quarter {quarter_code}")
    return Logged(*matters.complaints_logged(viewer, quarter.from_on, quarter.next.from_on))


def _due(one: ReturnLine) -> date:
    return one.due_on or date.max


def _shows(one: ReturnLine, show: Show) -> bool:
    return {Show.OWED: one.is_open, Show.LATE: one.is_overdue, Show.DONE: not one.is_open}[show]
