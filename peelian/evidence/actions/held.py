"""What the acts of this room share: the entry in the journal, the day, the row's common columns."""

from datetime import date
from typing import Any

from peelian.evidence.standing import Standing
from peelian.evidence.words import sealed, subject
from peelian.journal import actions as journal
from peelian.terms.acts import Act, RecordKind
from peelian.terms.known_dates import date_words
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotValid
from peelian.terms.typed import not_ahead
from peelian.terms.viewer import Viewer

EXHIBIT, SEALING, HAND_OVER, ANSWER, ENDING, SUBMISSION, STEP = "PX", "PB", "PV", "PY", "PQ", "PS", "PT"


def row(by: Viewer, matter_ref: str, prefix: str, on: date, **words: str) -> dict[str, Any]:
    """The common columns of a row, its words sealed."""
    ref = new_reference(prefix)
    sealed_words = sealed(matter_ref, ref, **words)
    return {"ref": ref, "words": sealed_words, "on": on, "recorded_at": by.at, "recorded_by": by.actor}


def enter(by: Viewer, matter_ref: str, act: Act, summary: str, on: date, **words: str) -> None:
    """One entry about the matter; its words lie under the key of the evidence."""
    given = {key: text for key, text in words.items() if text}
    journal.record(
        by=by,
        act=act,
        kind=RecordKind.MATTER,
        key=matter_ref,
        summary=summary,
        on=on,
        texts=[(subject(matter_ref), given)] if given else (),
    )


def not_before(by: Viewer, held: Standing, on: date) -> None:
    """Raises NotValid for a day ahead, or before the last thing that happened to the exhibit."""
    not_ahead(by, on)
    if on < held.since:
        raise NotValid(
            "on", f"Something happened to this exhibit on {date_words(held.since)}: give that day or a later."
        )
