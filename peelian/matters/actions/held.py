"""What every act on a matter shares: finding it through the wall, the second writer, the journal entry, the index."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from peelian.journal import actions as journal
from peelian.matters.models import Allegation, Matter, Narrative
from peelian.search import actions as search
from peelian.search.words import LONGEST_TEXT
from peelian.terms.acts import Act, RecordKind
from peelian.terms.refusals import NotAllowed, NotFound, Refusal
from peelian.terms.viewer import Viewer

HEADING = 200
NARRATIVE = 200_000


class SecondWriter(NotAllowed):
    """Somebody wrote on the matter after it was read. `version` is the one it is at now."""

    def __init__(self, refusal: Refusal, version: int) -> None:
        super().__init__(refusal)
        self.version = version


def held_matter(by: Viewer, matter_ref: str, version: int | None) -> Any:
    """The matter, locked for the act. `version`: the one its author read; None for an act that any version bears.

    Raises NotFound, also behind a wall; SecondWriter where somebody wrote since, naming both versions.
    """
    matter = Matter.objects.visible_to(by).filter(ref=matter_ref).select_for_update(of=("self",)).first()
    if matter is None:
        raise NotFound(f"matter {matter_ref}")
    if version is not None and matter.version != version:
        reason = (
            f"Somebody changed this matter after you read it: you read version {version} and it is at version"
            f" {matter.version}. Nothing of yours was written. Read it again, then act."
        )
        raise SecondWriter(Refusal(reason, "Local rule: no act overwrites another unseen"), matter.version)
    return matter


def raised(matter: Any, *fields: str) -> None:
    """Write `fields` and the next version."""
    matter.version += 1
    matter.save(update_fields=["version", *fields])


def enter(
    by: Viewer,
    matter: Any,
    act: Act,
    summary: str,
    *,
    on: date,
    texts: Sequence[tuple[str, Mapping[str, object]]] = (),
    decision: str = "",
) -> None:
    """One entry about a matter. `texts`: personal text by subject, the matter's own reference or a person's."""
    journal.record(
        by=by,
        act=act,
        kind=RecordKind.MATTER,
        key=matter.ref,
        summary=summary,
        decision=decision,
        on=on,
        texts=texts,
    )


def index(matter: Any) -> None:
    """Make heading, narrative and allegations the words by which the matter is found."""
    told = Narrative.objects.filter(matter=matter).values_list("text", flat=True)
    alleged = Allegation.objects.filter(matter=matter).order_by("number").values_list("text", flat=True)
    text = "\n".join([matter.heading, *told, *alleged])
    search.index(RecordKind.MATTER, matter.pk, text[:LONGEST_TEXT])
