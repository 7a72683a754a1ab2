"""What was alleged against one person, in every matter the viewer may see, whatever became of it."""

from dataclasses import dataclass

from peelian import statute
from peelian.intake.queries import published
from peelian.matters.coding import titles
from peelian.matters.models import Allegation, AllegedAgainst, Involvement, Matter
from peelian.matters.queries.lines import lines_of
from peelian.matters.rows import MatterLine
from peelian.rules.serious import is_serious
from peelian.terms.matters import Part
from peelian.terms.viewer import Viewer


@dataclass(frozen=True, slots=True)
class SaidRow:
    """One allegation against the person. `outcome`: what an outside file says came of it."""

    number: int
    category: str
    title: str
    text: str
    outcome: str
    is_serious: bool


@dataclass(frozen=True, slots=True)
class SaidOf:
    """A matter in which the person is concerned, with what is alleged against them in it, if anything is coded."""

    matter: MatterLine
    allegations: tuple[SaidRow, ...]

    @property
    def is_serious(self) -> bool:
        return any(one.is_serious for one in self.allegations)


def said_of(viewer: Viewer, person_id: int) -> tuple[SaidOf, ...]:
    """Every matter that the viewer may see in which the person is concerned, latest first, closed and unproven too.

    An allegation that names nobody counts against each of those concerned. Nine statements however long the list is.
    """
    concerned = Involvement.objects.filter(published(), person_id=person_id, part=Part.OFFICER_CONCERNED)
    places = dict(concerned.values_list("matter_id", "pk"))
    seen = Matter.objects.visible_to(viewer).filter(pk__in=list(places))
    lines = lines_of(viewer, list(seen.order_by("-came_to_attention_on", "ref")))
    if not lines:
        return ()
    keys = [line.id for line in lines]
    rows = Allegation.objects.filter(published(), matter_id__in=keys).prefetch_related("factors")
    named: dict[int, set[int]] = {}
    against = AllegedAgainst.objects.filter(allegation__matter_id__in=keys)
    for allegation_id, involvement_id in against.values_list("allegation_id", "involvement_id"):
        named.setdefault(allegation_id, set()).add(involvement_id)
    found: dict[int, list[SaidRow]] = {}
    for row in rows.order_by("matter_id", "number"):
        if row.pk in named and places[row.matter_id] not in named[row.pk]:
            continue
        factors = [one.factor for one in row.factors.all()]
        found.setdefault(row.matter_id, []).append(
            SaidRow(
                number=row.number,
                category=row.category,
                title=titles().get(row.category, row.category) or row.category_words,
                text=row.text,
                outcome="; ".join(word for word in (row.finding_words, row.outcome_words) if word),
                is_serious=is_serious(statute.product(), [row.category], factors),
            )
        )
    return tuple(SaidOf(line, tuple(found.get(line.id, ()))) for line in lines)
