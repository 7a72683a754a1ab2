"""One matter, whole; and the page that somebody just placed on it signs."""

from typing import Any

from peelian.intake import queries as items
from peelian.intake.queries import published
from peelian.matters.coding import factor_titles, titles
from peelian.matters.models import Allegation, Involvement, Matter, Narrative
from peelian.matters.queries.lines import known, lines_of
from peelian.matters.queries.outside import outside_on
from peelian.matters.queries.proposing import set_aside_on
from peelian.matters.queries.repeated import joint_reviews, kind_changes_on
from peelian.matters.rows import AllegationRow, FactorRow, InvolvementRow, MatterRow, SigningPage, ToSign
from peelian.people import queries as people
from peelian.terms.acts import RecordKind
from peelian.terms.matters import Part
from peelian.terms.refusals import NotAllowed, NotFound, Refusal
from peelian.terms.viewer import Viewer
from peelian.walls import queries as walls
from peelian.walls.standing import unsigned_places


class MustSign(NotAllowed):
    """The viewer has a place on the matter and has yet to sign: show them `signing_page(viewer, ref)`."""

    def __init__(self, ref: str) -> None:
        super().__init__(Refusal("Sign that you have no conflict of interest first.", "Local rule CI-5"))
        self.ref = ref


PARTS = {part.value: order for order, part in enumerate(Part)}


def matter(viewer: Viewer, ref: str) -> MatterRow:
    """Everything the record holds of one matter, at a fixed number of statements.

    Raises NotFound, also behind a wall; MustSign for somebody with a place who has yet to sign.
    """
    narrowed = Matter.objects.visible_to(viewer).filter(ref=ref)
    held: Any = narrowed.first()
    if held is None:
        _offer_signing(viewer, ref)
        raise NotFound(f"matter {ref}")
    involvements = _involvements(viewer, held.pk)
    by_key = {row.id: row for row in involvements}
    told = Narrative.objects.filter(matter=held).values_list("text", flat=True).first()
    names = walls.actor_names([held.recorded_by])
    return MatterRow(
        line=lines_of(viewer, [held])[0],
        incident=known(held.incident_on, held.incident_precision),
        narrative=told or "",
        sensitive_on=held.sensitive_on,
        sensitive_reason=held.sensitive_reason,
        intake_ref=_item_ref(viewer, held.intake_item_id),
        source=_source(held),
        recorded_at=held.recorded_at,
        recorded_by=names[held.recorded_by],
        version=held.version,
        has_no_dates=not (held.came_to_attention_on or held.incident_on or held.closed_on),
        involvements=involvements,
        allegations=_allegations(held.pk, by_key),
        places=walls.places_on(RecordKind.MATTER, held.pk),
        set_aside=set_aside_on(held),
        outside=outside_on(held),
        kinds=kind_changes_on(held),
        joint_reviews=joint_reviews(viewer, held.ref),
    )


def signing_page(viewer: Viewer, ref: str) -> SigningPage:
    """Names and parts, and nothing more, for somebody who has yet to sign. Raises NotFound where there is nothing."""
    held = Matter.objects.open_to(viewer).filter(ref=ref).first()
    if held is None or not walls.unsigned(viewer, RecordKind.MATTER, held.pk):
        raise NotFound(f"matter {ref}")
    mine = [place for place in walls.places_on(RecordKind.MATTER, held.pk) if place.user.id == viewer.user_id]
    return SigningPage(
        ref=held.ref,
        capacities=tuple(place.capacity for place in mine if place.to_on is None),
        names=tuple((row.part.words, row.words) for row in _involvements(viewer, held.pk)),
        version=held.version,
    )


def to_sign(viewer: Viewer) -> tuple[ToSign, ...]:
    """Matters on which the viewer has a place and has yet to sign that there is no conflict; by day, then reference."""
    if not unsigned_places(viewer, RecordKind.MATTER).exists():
        return ()  # nearly always, and My work asks each time
    waiting = Matter.objects.open_to(viewer).filter(pk__in=walls.unsigned_keys(viewer, RecordKind.MATTER))
    refs = dict(waiting.values_list("pk", "ref"))
    places = [place for place in walls.my_places(viewer, RecordKind.MATTER, signed=False) if place.record_id in refs]
    found = {refs[place.record_id]: ToSign(refs[place.record_id], place.capacity, place.from_on) for place in places}
    return tuple(sorted(found.values(), key=lambda one: (one.from_on, one.ref)))


def _offer_signing(viewer: Viewer, ref: str) -> None:
    waiting = Matter.objects.open_to(viewer).filter(ref=ref).values_list("pk", flat=True).first()
    if waiting is not None and walls.unsigned(viewer, RecordKind.MATTER, waiting):
        raise MustSign(ref)


def _source(held: Any) -> str:
    if held.load_id is None:
        return ""
    everything = Matter.objects.as_system(because="to name the source of a matter that was just shown")
    return everything.values_list("load__source__title", flat=True).get(pk=held.pk) or ""


def _item_ref(viewer: Viewer, item_id: int | None) -> str:
    return items.item_refs(viewer, [item_id]).get(item_id, "") if item_id else ""


def _involvements(viewer: Viewer, matter_id: int) -> tuple[InvolvementRow, ...]:
    rows = list(Involvement.objects.filter(published(), matter_id=matter_id).select_related("identification"))
    lines = people.lines_on_record(viewer, [row.person_id for row in rows if row.person_id])
    found = []
    for row in rows:
        identified = getattr(row, "identification", None)
        found.append(
            InvolvementRow(
                number=row.number,
                part=Part(row.part),
                person=lines[row.person_id] if row.person_id else None,
                description=row.description,
                added_on=row.added_on,
                identified_on=identified.on if identified else None,
                evidence=identified.evidence if identified else "",
                id=row.pk,
            )
        )
    return tuple(sorted(found, key=lambda one: (PARTS[one.part.value], one.number or 0, one.words, one.description)))


def _allegations(matter_id: int, by_key: dict[int, InvolvementRow]) -> tuple[AllegationRow, ...]:
    rows = Allegation.objects.filter(published(), matter_id=matter_id).prefetch_related("factors", "against")
    return tuple(
        AllegationRow(
            number=row.number,
            category=row.category,
            category_title=titles().get(row.category, ""),
            category_words=row.category_words,
            text=row.text,
            finding_words=row.finding_words,
            outcome_words=row.outcome_words,
            factors=tuple(
                FactorRow(code, factor_titles().get(code, code)) for code in sorted(f.factor for f in row.factors.all())
            ),
            against=tuple(
                one for key, one in by_key.items() if key in {link.involvement_id for link in row.against.all()}
            ),
        )
        for row in rows.order_by("number", "pk")
    )
