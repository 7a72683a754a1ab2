"""The schedule of a matter, one item, and what is not scheduled yet."""

from collections.abc import Iterable
from typing import Any

from peelian.clocks.law import law as law_in_force
from peelian.disclosure.models import CopyAudience, Item, ItemVersion, Pack, Redaction, RedactionMark
from peelian.disclosure.queries.lines import audience_words, lines_of
from peelian.disclosure.rows import (
    ItemRow,
    MarkRow,
    RedactionRow,
    Schedule,
    SecondRow,
    ServesRow,
    SourceRow,
    VersionRow,
)
from peelian.disclosure.sources import sources_of
from peelian.disclosure.states import Decision, ItemKind
from peelian.matters import queries as matters
from peelian.rules.disclosure import Ground, grounds, needs_second_person
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer
from peelian.walls import queries as users


def schedule(viewer: Viewer, matter_ref: str) -> Schedule:
    """Everything scheduled on a matter, what is not scheduled yet, and its packs. Raises NotFound."""
    matter = matters.parts(viewer, matter_ref)
    held = sources_of(viewer, matter_ref)
    items = items_of(viewer, matter.id, held)
    on_it = {one.source.ref for one in items}
    return Schedule(
        matter_ref=matter.ref,
        matter_heading=matter.heading or matter.kind.words,
        items=items,
        unscheduled=_unscheduled(held, on_it),
        packs=lines_of(Pack.objects.filter(matter_id=matter.id), matter),
        reviews_due=sum(one.now.review_on is not None and one.now.review_on <= viewer.today for one in items),
        may_disclose=viewer.may(Permission.DISCLOSE),
        may_approve=viewer.may(Permission.APPROVE_DISCLOSURE),
    )


def unscheduled(viewer: Viewer, matter_ref: str) -> tuple[SourceRow, ...]:
    """What a matter holds that is not on its schedule yet. Raises NotFound."""
    on_it = set(Item.objects.filter(matter_id=matters.key_of(viewer, matter_ref)).values_list("source", flat=True))
    return _unscheduled(sources_of(viewer, matter_ref), on_it)


def _unscheduled(held: dict[str, SourceRow], on_it: set[str]) -> tuple[SourceRow, ...]:
    """Without what was erased, and without files that go with their exhibit."""
    return tuple(one for one in held.values() if one.ref not in on_it and not one.is_gone and not one.goes_with)


def item(viewer: Viewer, matter_ref: str, item_ref: str) -> ItemRow:
    """One item with all that was said, decided and made of it. Raises NotFound."""
    matter_id = matters.key_of(viewer, matter_ref)
    for one in items_of(viewer, matter_id, sources_of(viewer, matter_ref), ref=item_ref):
        return one
    raise NotFound(f"item {item_ref}")


def items_of(viewer: Viewer, matter_id: int, held: dict[str, SourceRow], *, ref: str = "") -> tuple[ItemRow, ...]:
    """The items of a matter that the viewer was shown, by number. `held`: its sources. Six statements."""
    found = Item.objects.filter(matter_id=matter_id)
    listed = list((found.filter(ref=ref) if ref else found).order_by("number"))
    keys = [one.pk for one in listed]
    versions: dict[int, list[Any]] = {key: [] for key in keys}
    for row in ItemVersion.objects.filter(item_id__in=keys).select_related("second").order_by("-number"):
        versions[row.item_id].append(row)
    copies: dict[int, list[Any]] = {key: [] for key in keys}
    for one in Redaction.objects.filter(item_id__in=keys).order_by("-at", "-pk"):
        copies[one.item_id].append(one)
    marks: dict[int, list[Any]] = {}
    for mark in RedactionMark.objects.filter(redaction__item_id__in=keys).order_by("number"):
        marks.setdefault(mark.redaction_id, []).append(mark)
    serves: dict[int, list[Any]] = {}
    for said in CopyAudience.objects.filter(redaction__item_id__in=keys).order_by("at", "pk"):
        serves.setdefault(said.redaction_id, []).append(said)
    actors = {row.by for rows in (*versions.values(), *copies.values(), *serves.values()) for row in rows}
    actors |= {row.second.by for rows in versions.values() for row in rows if hasattr(row, "second")}
    names, known = users.actor_names(actors), {one.key: one for one in grounds(law_in_force(), viewer.today)}
    return tuple(
        ItemRow(
            id=one.pk,
            ref=one.ref,
            number=one.number,
            kind=ItemKind(one.kind),
            source=held[one.source],
            versions=tuple(_version(viewer, row, names, known) for row in versions[one.pk]),
            redactions=tuple(
                _redaction(row, marks.get(row.pk, ()), serves.get(row.pk, ()), names, known) for row in copies[one.pk]
            ),
        )
        for one in listed
    )


def _version(viewer: Viewer, row: Any, names: dict[str, str], known: dict[str, Ground]) -> VersionRow:
    second = getattr(row, "second", None)
    return VersionRow(
        number=row.number,
        title=row.title,
        is_used=row.is_used,
        is_sensitive=row.is_sensitive,
        decision=Decision(row.decision),
        grounds=tuple(known[key] for key in row.grounds.split() if key in known),
        reasons=row.reasons,
        review_on=row.review_on,
        days_late=max(0, (viewer.today - row.review_on).days) if row.review_on else 0,
        on=row.on,
        at=row.at,
        by=names[row.by],
        is_mine=row.by == viewer.actor,
        asks_second=needs_second_person(law_in_force(), row.decision),
        second=SecondRow(second.agrees, second.reasons, second.at, names[second.by]) if second else None,
    )


def _redaction(
    row: Any, marks: Iterable[Any], serves: Iterable[Any], names: dict[str, str], known: dict[str, Ground]
) -> RedactionRow:
    listed = tuple(marks)
    return RedactionRow(
        ref=row.ref,
        file_ref=row.file,
        media=row.media,
        source_sha256=row.source_sha256,
        copy_sha256=row.copy_sha256,
        pages=row.pages,
        pictured=row.pictured,
        unread=row.unread,
        dropped=tuple(line for line in row.dropped.split("\n") if line),
        left=row.left,
        left_reason=row.left_reason,
        marks=tuple(
            MarkRow(
                number=mark.number,
                is_words=mark.is_words,
                ground=known[mark.ground].label if mark.ground in known else mark.ground,
                reason=mark.reason,
                places=mark.places,
                pages=mark.pages,
            )
            for mark in listed
        ),
        at=row.at,
        by=names[row.by],
        grounds=frozenset(mark.ground for mark in listed),
        serves=tuple(
            ServesRow(
                audience=one.audience,
                words=audience_words(one.audience),
                made_for=one.made_for,
                reasons=one.reasons,
                at=one.at,
                by=names[one.by],
                id=one.pk,
            )
            for one in serves
        ),
    )
