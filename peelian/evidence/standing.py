"""What stands of exhibits: who holds each, its seal, where it lies, what waits, how it ended. Computed from what was
written, never stored. Between the doors of this room."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import F

from peelian.evidence.models import Attached, Ending, Exhibit, HandOver, Placement, Sealing, SubmittedExhibit
from peelian.evidence.states import ExhibitState
from peelian.evidence.words import NONE, opened
from peelian.terms.acts import RecordKind
from peelian.terms.refusals import NotAllowed, NotFound, Refusal
from peelian.terms.viewer import Viewer
from peelian.walls.managed import is_visible

LAW = "Local rule: evidence is handed over by whoever holds it, and accepted by whoever takes it"


@dataclass(slots=True)
class Standing:
    """One exhibit with everything said of it, oldest first. `said`: the words of each row, by its reference."""

    exhibit: Any
    hand_overs: list[Any] = field(default_factory=list)
    sealings: list[Any] = field(default_factory=list)
    placements: list[Any] = field(default_factory=list)
    endings: list[Any] = field(default_factory=list)
    file_ids: list[int] = field(default_factory=list)
    submissions: list[Any] = field(default_factory=list)
    said: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def words(self, row: Any, key: str) -> str:
        return self.said.get(row.ref, NONE).get(key, "")

    @property
    def accepted(self) -> list[Any]:
        return [one for one in self.hand_overs if (answer := answer_of(one)) is not None and answer.accepted]

    @property
    def pending(self) -> Any | None:
        """The hand-over that nobody has answered yet."""
        return next((one for one in self.hand_overs if answer_of(one) is None), None)

    @property
    def holder_id(self) -> int | None:
        """The user who holds it; None where it is with somebody outside."""
        key: int | None = self.accepted[-1].receiver_id if self.accepted else self.exhibit.holder_id
        return key

    @property
    def holder_outside(self) -> str:
        """Who outside the force holds it, in words; empty where one of ours does, and once erased."""
        return self.words(self.accepted[-1], "receiver") if self.holder_id is None else ""

    @property
    def ending(self) -> Any | None:
        """The ending that was agreed to."""
        return next((one for one in self.endings if (answer := answer_of(one)) is not None and answer.agreed), None)

    @property
    def proposed(self) -> Any | None:
        """An ending that waits for its second person."""
        return next((one for one in self.endings if answer_of(one) is None), None)

    @property
    def state(self) -> ExhibitState:
        if self.ending is not None:
            return ExhibitState(self.ending.kind)
        return ExhibitState.OUTSIDE if self.holder_id is None else ExhibitState.HELD

    @property
    def seal(self) -> str:
        """The number of the seal on it; empty where the last one was broken, or none was ever put on."""
        last = self.sealings[-1] if self.sealings else None
        return last.number if last is not None and not last.is_broken else ""

    @property
    def placement(self) -> Any | None:
        """Where it lies; None where it is in no unit."""
        last = self.placements[-1] if self.placements else None
        return last if last is not None and last.unit_id is not None else None

    @property
    def since(self) -> date:
        """The day of the last thing that happened to it; nothing can happen to it before."""
        rows = chain(self.hand_overs, self.sealings, self.placements, self.endings)
        answers = (answer_of(one) for one in chain(self.hand_overs, self.endings))
        days: list[date] = [self.exhibit.on, *(one.on for one in chain(rows, answers) if one is not None)]
        return max(days)


def answer_of(row: Any) -> Any | None:
    """What was answered to a hand-over or an ending that was read with its answer; None while nothing was."""
    return getattr(row, "answer", None)


def standing_of(exhibits: Iterable[Any]) -> dict[int, Standing]:
    """By key, in the order given. Seven statements, however many there are."""
    found = {one.pk: Standing(one) for one in exhibits}
    keys = list(found)
    one: Any
    for one in HandOver.objects.filter(exhibit_id__in=keys).select_related("answer").order_by("pk"):
        found[one.exhibit_id].hand_overs.append(one)
    for one in Sealing.objects.filter(exhibit_id__in=keys).order_by("pk"):
        found[one.exhibit_id].sealings.append(one)
    for one in Placement.objects.filter(exhibit_id__in=keys).select_related("unit").order_by("pk"):
        found[one.exhibit_id].placements.append(one)
    for one in Ending.objects.filter(exhibit_id__in=keys).select_related("answer").order_by("pk"):
        found[one.exhibit_id].endings.append(one)
    for one in Attached.objects.filter(exhibit_id__in=keys).order_by("pk"):
        found[one.exhibit_id].file_ids.append(one.file_id)
    for one in SubmittedExhibit.objects.filter(exhibit_id__in=keys).select_related("submission").order_by("pk"):
        found[one.exhibit_id].submissions.append(one.submission)
    said = opened((held.exhibit.matter_ref, row) for held in found.values() for row in _worded(held))
    for held in found.values():
        held.said = said
    return found


def _worded(held: Standing) -> Iterable[Any]:
    yield held.exhibit
    yield from held.sealings
    yield from held.submissions
    for one in chain(held.hand_overs, held.endings):
        yield one
        if (answer := answer_of(one)) is not None:
            yield answer


def visible_exhibits(viewer: Viewer) -> Any:
    """Exhibits of the matters that the viewer may see."""
    if viewer.is_system:
        return Exhibit.objects.all()
    return Exhibit.objects.filter(is_visible(RecordKind.MATTER, viewer, F("matter_id")))


def one_standing(viewer: Viewer, exhibit_ref: str, *, locked: bool = False) -> Standing:
    """One exhibit as it stands, held for an act where `locked`. Raises NotFound, also behind a wall."""
    narrowed = visible_exhibits(viewer).filter(ref=exhibit_ref)
    found = (narrowed.select_for_update(of=("self",)) if locked else narrowed).first()
    if found is None:
        raise NotFound(f"exhibit {exhibit_ref}")
    return standing_of([found])[found.pk]


def must_stand(held: Standing) -> None:
    """Raises NotAllowed for an exhibit that was returned or destroyed, or is about to be."""
    if held.ending is not None:
        raise NotAllowed(Refusal(f"This exhibit was {held.state.value}.", LAW))
    if held.proposed is not None:
        raise NotAllowed(Refusal("What is to become of this exhibit waits for a second person.", LAW))


def must_hold_it(by: Viewer, held: Standing) -> None:
    """Raises NotAllowed for whoever does not hold the exhibit now, and while a hand-over of it waits."""
    must_stand(held)
    if held.pending is not None:
        raise NotAllowed(Refusal("A hand-over of this exhibit waits for its answer. It is answered first.", LAW))
    if by.user_id is None or held.holder_id != by.user_id:
        raise NotAllowed(Refusal("You do not hold this exhibit. Whoever holds it does this, or hands it over.", LAW))
