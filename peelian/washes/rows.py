"""What goes out of this room: a wash that stands on this server."""

from dataclasses import dataclass
from datetime import datetime

from peelian.jobs.rows import JobRow


@dataclass(frozen=True, slots=True)
class WashRow:
    """One workforce. `sources`: the titles of what it is washed against. `fault`: why its manifest cannot be read.

    `is_begun`: there is a store. `written_at`: when its pairs were last written. `has_night`: a night can be washed.
    `job`: the last one asked for that the viewer may see.
    """

    name: str
    sources: tuple[str, ...]
    fault: str
    is_begun: bool
    written_at: datetime | None
    has_night: bool
    job: JobRow | None

    @property
    def offers_whole(self) -> bool:
        """Whether the whole wash can be begun or gone on with: it is not done, or what it found was not taken in."""
        ended_short = self.job is not None and self.job.state in ("failed", "cancelled")
        return not self.fault and (self.written_at is None or ended_short)

    @property
    def is_running(self) -> bool:
        return self.job is not None and not self.job.has_ended
