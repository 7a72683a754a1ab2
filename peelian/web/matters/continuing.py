"""Recording a matter that comes of another, on a page that holds already what the other says."""

from typing import Any

from django.http import HttpResponseBase, QueryDict

from peelian.matters import queries as matters
from peelian.matters.queries import MustSign
from peelian.matters.rows import InvolvementRow, MatterRow
from peelian.terms.acts import RecordKind
from peelian.terms.matters import MatterKind, Part
from peelian.terms.permissions import Permission
from peelian.web.matters.recording import record_on
from peelian.web.pages import PageRequest, go, page

WRITES = ("GET", "HEAD", "POST")


@page(
    "matters/<str:ref>/record-from/",
    name="matter-record-from",
    needs=Permission.RECORD_MATTER,
    opens=RecordKind.MATTER,
    methods=WRITES,
)
def record_from(request: PageRequest, ref: str) -> HttpResponseBase:
    """What a matter says stands on the page on which another is recorded, to be kept or changed; it stays as it is."""
    try:
        row = matters.matter(request.viewer, ref)
    except MustSign:
        return go("matter-sign", ref=ref)
    kind = request.GET.get("kind", "")
    first: dict[str, Any] = {
        "kind": kind,
        "heading": row.line.heading,
        "narrative": row.narrative,
        "came_to_attention": row.line.came_to_attention,
        "incident": row.incident,
        "reasons": f"It comes of {row.line.ref}. ",
    }
    return record_on(request, first, rows=_typed(row, kind), came_of=row)


def _typed(row: MatterRow, kind: str) -> QueryDict:
    """The rows of the page as if they had been typed: who is concerned, and what is alleged against whom.

    Where a conduct matter comes of a complaint, whoever complained stands on it as an interested person, to be asked
    whether they wish to be told. PRA s21.
    """
    typed = QueryDict(mutable=True)
    people = {part: [one for one in row.involvements if one.part is part and _is_seen(one)] for part in Part}
    officers = people[Part.OFFICER_CONCERNED]
    _people(typed, "officer", officers)
    goes_on_as_complaint = kind in COMPLAINTS
    _people(typed, "complainant", people[Part.COMPLAINANT] if goes_on_as_complaint else [])
    carried_on = [] if goes_on_as_complaint else people[Part.COMPLAINANT]
    _people(typed, "interested", _once([*people[Part.INTERESTED_PERSON], *carried_on]))
    places = {one.id: str(number) for number, one in enumerate(officers)}
    for number, allegation in enumerate(row.allegations):
        name = f"allegation-{number}"
        typed[f"{name}-category"], typed[f"{name}-text"] = allegation.category, allegation.text
        typed.setlist(f"{name}-against", [places[one.id] for one in allegation.against if one.id in places])
        typed.setlist(f"{name}-factors", [factor.code for factor in allegation.factors])
    typed["allegation_rows"] = ",".join(str(number) for number in range(len(row.allegations)))
    return typed


COMPLAINTS = (MatterKind.COMPLAINT_OUTSIDE_SCHEDULE_3.value, MatterKind.COMPLAINT_UNDER_SCHEDULE_3.value)


def _people(typed: QueryDict, name: str, people: list[InvolvementRow]) -> None:
    for number, one in enumerate(people):
        typed[f"{name}-{number}-find"] = one.person.ref if one.person else ""
        typed[f"{name}-{number}-chosen"] = one.person.ref if one.person else ""
        typed[f"{name}-{number}-description"] = "" if one.person else one.description
    typed[f"{name}_rows"] = ",".join(str(number) for number in range(len(people)))


def _once(people: list[InvolvementRow]) -> list[InvolvementRow]:
    """Each person once, whichever parts they have; whoever is not known by name stands for themselves."""
    return list({one.person.ref if one.person else one.id: one for one in people}.values())


def _is_seen(one: InvolvementRow) -> bool:
    return one.person is None or not one.person.is_hidden
