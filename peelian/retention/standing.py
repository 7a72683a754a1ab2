"""What was said of some records and still stands: the schedule chosen, holds, reviews, disposals."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from peelian.retention.models import Chosen, Disposal, Entry, Hold, Reviewed
from peelian.retention.records import Record
from peelian.rules.answers import Answer
from peelian.rules.retention import Keeping, Schedule, keeping, proposed

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Standing:
    """Of one record. `entries`: every row about it, oldest first. `proposal`: a disposal that awaits its second person.
    `disposed`: the one that was agreed."""

    chosen: str
    reviewed_until: date | None
    hold: Any | None
    proposal: Any | None
    disposed: Any | None
    entries: tuple[Any, ...]

    def schedule(self, held: dict[str, Schedule], record: Record) -> Schedule:
        """The schedule a person chose, else the one that the rule proposes."""
        return held.get(self.chosen) or proposed(held, record.facts)

    def keeping(self, held: dict[str, Schedule], record: Record) -> Answer[Keeping]:
        return keeping(self.schedule(held, record), record.facts, reviewed_until=self.reviewed_until)


def standing(kind: str, record_ids: Iterable[int]) -> dict[int, Standing]:
    """What stands of each of these records of one kind. Four statements for up to 500."""
    wanted = sorted(set(record_ids))
    found: dict[int, list[Any]] = {key: [] for key in wanted}
    for start in range(0, len(wanted), AT_ONCE):
        keys = wanted[start : start + AT_ONCE]
        for model, joined in ((Chosen, ""), (Hold, "lifted"), (Reviewed, ""), (Disposal, "answered")):
            rows = model.objects.filter(record_kind=kind, record_id__in=keys)
            for row in rows.select_related(joined) if joined else rows:
                found[row.record_id].append(row)
    return {key: _standing(rows) for key, rows in found.items()}


def touched(kind: str) -> set[int]:
    """Keys of records of a kind of which a schedule was chosen: the day of their review may come before others'."""
    return set(Chosen.objects.filter(record_kind=kind).values_list("record_id", flat=True))


def is_lifted(hold: Hold) -> bool:
    return getattr(hold, "lifted", None) is not None


def _standing(rows: list[Entry]) -> Standing:
    rows.sort(key=lambda row: (row.recorded_at, row.on))
    chosen = [row for row in rows if isinstance(row, Chosen)]
    reviewed = [row for row in rows if isinstance(row, Reviewed)]
    holds = [row for row in rows if isinstance(row, Hold) and not is_lifted(row)]
    disposals = [row for row in rows if isinstance(row, Disposal)]
    return Standing(
        chosen=chosen[-1].schedule if chosen else "",
        reviewed_until=reviewed[-1].until if reviewed else None,
        hold=holds[-1] if holds else None,
        proposal=next((one for one in disposals if getattr(one, "answered", None) is None), None),
        disposed=next((one for one in disposals if getattr(one, "answered", None) and one.answered.agreed), None),
        entries=tuple(rows),
    )
