"""What a work holds while it runs: it says how far it is, and learns at safe points that it must stop."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event

from peelian.jobs.models import Job, State
from peelian.terms.viewer import Viewer

Clock = Callable[[], datetime]
Listener = Callable[[int, int | None, str], None]
BETWEEN_WRITES = timedelta(seconds=0.5)


class Stop(Exception):
    """Raised by `Progress.step`; a work lets it pass."""


class Cancelled(Stop):
    """Someone asked for the job to be cancelled."""


class Interrupted(Stop):
    """The worker is being shut down; the job goes back to the queue."""


class Superseded(Stop):
    """Another worker has taken the job up, or it was ended: this run may write no more."""


@dataclass(slots=True)
class Progress:
    """`by(...)`: who asked, at this moment. `attempt`: 1 on the first run. `ref`: the job's reference."""

    ref: str
    claim: str
    attempt: int
    clock: Clock
    viewer_at: Callable[[datetime], Viewer]
    stopping: Event = field(default_factory=Event)
    listener: Listener | None = None
    _written_at: datetime | None = None
    _written: tuple[int | None, str] = (None, "")

    def by(self) -> Viewer:
        """Whoever asked for the job, as a viewer at this moment, with the roles they hold now."""
        return self.viewer_at(self.clock())

    def step(self, done: int, total: int | None = None, message: str = "") -> None:
        """Say that `done` of `total` units are done, and stop here if that is asked for.

        Call it between transactions: a stop leaves by exception. Writes at most twice a second, and at once when
        the message or total changes. Raises Cancelled, Interrupted or Superseded.
        """
        at = self.clock()
        if self.listener is not None:
            self.listener(done, total, message)
        if self.stopping.is_set():
            raise Interrupted
        is_news = (total, message) != self._written or done == total
        if not is_news and self._written_at is not None and at - self._written_at < BETWEEN_WRITES:
            return
        mine = Job.objects.filter(ref=self.ref, claim=self.claim, state=State.RUNNING)
        changed = {"done": done, "total": total, "message": message[:300], "heartbeat_at": at}
        if not mine.update(**changed):
            raise Superseded
        self._written_at, self._written = at, (total, message)
        if mine.filter(cancel_requested_at__isnull=False).exists():
            raise Cancelled
