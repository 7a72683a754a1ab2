"""What a page or a command sees of a job."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class JobRow:
    """`state` is one of queued, running, done, failed, cancelled; `state_words` says it to a person.

    `done` of `total` counts `unit` (total None: not known). `result_kind` and `result_key` name the record the job
    made, empty where there is none. `outcome` is a sentence once it has ended.
    """

    ref: str
    kind: str
    title: str
    state: str
    state_words: str
    done: int
    total: int | None
    unit: str
    message: str
    requested_by: str
    requested_at: datetime
    started_at: datetime | None
    heartbeat_at: datetime | None
    cancel_requested_at: datetime | None
    ended_at: datetime | None
    outcome: str
    result_kind: str
    result_key: str
    attempts: int
    may_cancel: bool

    @property
    def has_ended(self) -> bool:
        return self.ended_at is not None

    @property
    def percent(self) -> int | None:
        """Whole percent done, at most 100; None where the total is not known."""
        if not self.total:
            return None
        return min(100, self.done * 100 // self.total)
