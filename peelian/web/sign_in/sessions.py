"""When a session ends: after a stretch without a page, and after a day's work in any case.

In: the session's own marks and a moment. Out: whether it has ended. The spans are settings.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

STARTED, SEEN = "peelian_started", "peelian_seen"
MARK_EVERY = timedelta(minutes=1)  # one write a minute is enough to measure half an hour


def has_ended(session: SessionBase, at: datetime) -> bool:
    """Whether the session has been idle for PEELIAN_SESSION_IDLE, or open for PEELIAN_SESSION_LONGEST."""
    started, seen = _moment(session, STARTED), _moment(session, SEEN)
    if started is None or seen is None:
        return False  # signed in by this very request; touch() sets the marks
    return at - seen > settings.PEELIAN_SESSION_IDLE or at - started > settings.PEELIAN_SESSION_LONGEST


def touch(session: SessionBase, at: datetime) -> None:
    """Mark the session as seen at this moment."""
    seen = _moment(session, SEEN)
    if _moment(session, STARTED) is None:
        session[STARTED] = at.isoformat()
    if seen is None or at - seen >= MARK_EVERY:
        session[SEEN] = at.isoformat()


def _moment(session: SessionBase, key: str) -> datetime | None:
    text = session.get(key)
    return datetime.fromisoformat(text) if text else None
