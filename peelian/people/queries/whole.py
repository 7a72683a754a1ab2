"""One person, whole; and their service on a day."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import F

from peelian.intake.queries import published
from peelian.people.models import Person
from peelian.people.numbering import newest_first, numbered
from peelian.people.queries.naming import known, lasts_on, lines, lines_of
from peelian.people.rows import (
    AccreditationRow,
    ContactRow,
    IdentifierRow,
    NameRow,
    NeedRow,
    PersonRow,
    PostingRow,
    RankRow,
    RestrictionRow,
    ServiceRow,
)
from peelian.terms.people import IdentifierKind, NameKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer


def person(viewer: Viewer, ref: str) -> PersonRow:
    """Everything the record holds of one person, except matters. Raises NotFound, also behind a wall."""
    held = _held(viewer, ref)
    postings = list(_newest(held.postings.select_related("unit")))
    supervisors = lines(viewer, [row.supervisor_id for row in postings if row.supervisor_id])

    def newest(what: str) -> list[tuple[int, Any]]:
        return newest_first(numbered(held, what))

    restrictions = list(held.restrictions.filter(published()).order_by("from_on", "kind", "words", "pk"))
    return PersonRow(
        line=lines_of(viewer, [held])[0],
        born=known(held.born_on, held.born_precision),
        sex=held.sex,
        ethnicity=held.ethnicity if viewer.may(Permission.EDIT_PEOPLE) else None,
        joined=known(held.joined_on, held.joined_precision),
        left=known(held.left_on, held.left_precision),
        registered_on=held.registered_on,
        from_outside=held.load_id is not None,
        names=tuple(
            NameRow(NameKind(row.kind), row.family, row.given, row.from_on, row.to_on) for row in _newest(held.names)
        ),
        identifiers=tuple(
            IdentifierRow(IdentifierKind(row.kind), row.value, row.from_on, row.to_on)
            for row in _newest(held.identifiers)
        ),
        ranks=tuple(RankRow(row.rank, row.from_on, row.to_on) for row in _newest(held.rankhelds)),
        postings=tuple(
            PostingRow(
                unit=row.unit.name,
                unit_ref=row.unit.ref,
                title=row.title,
                supervisor=supervisors.get(row.supervisor_id) if row.supervisor_id else None,
                from_on=row.from_on,
                to_on=row.to_on,
            )
            for row in postings
        ),
        accreditations=tuple(
            AccreditationRow(row.title, row.from_on, row.to_on, number) for number, row in newest("accreditations")
        ),
        restrictions=tuple(
            RestrictionRow(number, row.kind, row.words, row.from_on, row.to_on)
            for number, row in reversed(list(enumerate(restrictions, start=1)))
        ),
        contacts=tuple(replace(contact_row(row), number=number) for number, row in newest("contacts")),
        needs=tuple(NeedRow(row.words, row.from_on, row.to_on, number) for number, row in newest("needs")),
    )


def service(viewer: Viewer, ref: str, on: date) -> ServiceRow:
    """Rank, unit and supervisor of a person on a day; empty where the record does not say. Raises NotFound."""
    held = _held(viewer, ref)
    then = lasts_on(on) & published()
    rank = held.rankhelds.filter(then).order_by(F("from_on").desc(nulls_last=True)).first()
    post = held.postings.filter(then).select_related("unit").order_by(F("from_on").desc(nulls_last=True)).first()
    supervisor_id = post.supervisor_id if post else None
    return ServiceRow(
        on=on,
        rank=rank.rank if rank else "",
        unit=post.unit.name if post else "",
        unit_ref=post.unit.ref if post else "",
        title=post.title if post else "",
        supervisor=lines(viewer, [supervisor_id])[supervisor_id] if supervisor_id else None,
    )


def contact_row(row: Any) -> ContactRow:
    return ContactRow(
        row.channel, row.value, row.is_preferred, row.safety, row.from_on, row.to_on, is_refused=row.is_refused
    )


def _held(viewer: Viewer, ref: str) -> Any:
    held = Person.objects.visible_to(viewer).filter(ref=ref).first()
    if held is None:
        raise NotFound(f"person {ref}")
    return held


def _newest(rows: Any) -> Any:
    """Newest first; what has no start comes last. Ties by the end of the span."""
    return rows.filter(published()).order_by(
        F("from_on").desc(nulls_last=True), F("to_on").desc(nulls_first=True), "pk"
    )
