"""What has arrived, through the wall; and, for the rooms above, which rows of a load are readable."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from peelian.intake import wall
from peelian.intake.channels import OWN, channel_words
from peelian.intake.models import Item, KeptOut, Load, LogProposal, Source
from peelian.intake.rows import (
    EndedItem,
    ItemDetail,
    ItemFilters,
    ItemRow,
    KeptOutRow,
    LogRow,
    SeriousRow,
    SigningItem,
    Unassessed,
)
from peelian.rules.crime_records import serious_rows
from peelian.rules.working_days import working_days_after
from peelian.search.excerpts import Pieces, excerpt
from peelian.search.queries import matching, sieve
from peelian.statute import product
from peelian.terms.acts import RecordKind
from peelian.terms.pages import SIZE, Page, Sort
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer
from peelian.walls.lists import ordering, page_of
from peelian.walls.queries import actor_names, unsigned_keys, users_by_id
from peelian.walls.rows import UserRow
from peelian.walls.sifting import sifted
from peelian.walls.standing import barred_people, links_to_barred

CHUNK = 500
OLDEST = 25
NOTIFIED = "LES-05"  # the clock of what was reported about a worker
EVERYTHING = ItemFilters()
LATEST = Sort("received_on", descending=True)
SORTS = {"received_on": ("received_on",), "heading": ("heading",), "state": ("state",), "channel": ("channel",)}


def published(prefix: str = "load") -> Q:
    """True of a row whose load is published, and of one that no load made. `prefix`: the path to the load."""
    return Q(**{f"{prefix}__isnull": True}) | Q(**{f"{prefix}__published_at__isnull": False})


def unpublished() -> Q:
    """True of a root's row whose load is not published, for the walls of the rooms above."""
    return wall.unpublished(Load.objects.all())


def items_kept_from(viewer: Viewer) -> tuple[QuerySet[Any], ...]:
    """Keys of items that `viewer` must never see, nor anything that came of them; subqueries for the matter's wall.

    Some and not one condition on items, so that each is read off an index and no item is looked through.
    """
    if viewer.person_id is None:
        return ()
    items: QuerySet[Any] = Item.objects.as_system(because="to keep people out of what came of an item")
    named = (links.values("item") for links in links_to_barred(viewer, KeptOut.objects.all()))
    sent = items.filter(from_person_id=viewer.person_id), items.filter(from_person_id__in=barred_people(viewer))
    return (*named, *(one.values("pk") for one in sent))


def sources_among(records: QuerySet[Any]) -> tuple[str, ...]:
    """Titles of the outside sources that `records` (already narrowed to a viewer) came from. Each is looked up once."""
    came = Exists(records.filter(source_id=OuterRef("pk")))
    return tuple(Source.objects.filter(came).order_by("title").values_list("title", flat=True).distinct())


def channels() -> tuple[tuple[str, str], ...]:
    """Channels that a person may choose, each with its label."""
    return tuple((key, words) for key, words in channel_words().items() if key not in OWN)


def states() -> tuple[tuple[str, str], ...]:
    """States of an item, each with its label."""
    return tuple((state.value, str(state.label)) for state in Item.State)


def items(
    viewer: Viewer,
    filters: ItemFilters = EVERYTHING,
    sort: Sort = LATEST,
    number: int = 1,
    size: int = SIZE,
) -> Page[ItemRow]:
    """Items that the viewer may see. Sorts: received_on, heading, state, channel. Raises NotValid for another."""
    found = _narrowed(Item.objects.visible_to(viewer), replace(filters, words=""))
    if filters.words.strip():
        order = ordering(sort, SORTS, model=Item)
        page = sifted(found, sieve(RecordKind.INTAKE_ITEM, filters.words), order=order, number=number, size=size)
    else:
        page = page_of(found, sort=sort, keys=SORTS, row=lambda item: item, number=number, size=size)
    return Page(_rows(page.rows), page.total, page.number, page.size, page.more)


def export_items(viewer: Viewer, filters: ItemFilters = EVERYTHING, sort: Sort = LATEST) -> Iterator[ItemRow]:
    """Every row of the list in its order, all of them, some hundreds in memory at a time."""
    found = _narrowed(Item.objects.visible_to(viewer), filters).order_by(*ordering(sort, SORTS, model=Item))
    chunk: list[Item] = []
    for held in found.iterator(chunk_size=CHUNK):
        chunk.append(held)
        if len(chunk) == CHUNK:
            yield from _rows(chunk)
            chunk = []
    yield from _rows(chunk)


def item(viewer: Viewer, ref: str) -> ItemDetail:
    """One item word for word. Raises NotFound where there is none, or a wall hides it."""
    found = Item.objects.visible_to(viewer).filter(ref=ref).first()
    if found is None:
        raise NotFound(ref)
    owners = users_by_id([found.owner_id]) if found.owner_id else {}
    names = actor_names(actor for actor in (found.recorded_by, found.assessed_by) if actor)
    return ItemDetail(
        row=_row(found, owners),
        words=found.words,
        from_words=found.from_words,
        recorded_at=found.recorded_at,
        recorded_by=found.recorded_by,
        recorded_by_name=names.get(found.recorded_by, ""),
        assessed_on=found.assessed_on,
        assessed_by_name=names.get(found.assessed_by, ""),
        reasons=found.reasons,
        about_key=found.about_key,
        serious=_serious(found.serious),
    )


def _serious(keys: Sequence[str]) -> tuple[SeriousRow, ...]:
    law = product()
    rows = []
    for row in serious_rows(law, keys):
        asked = law.row("criterion", row["criterion"])
        codes = tuple(str(code) for code in row["codes"])
        words = tuple(law.row("serious_category", code).title for code in codes)
        rows.append(SeriousRow(row.title, row.law, codes, words, asked.key, asked.title, asked.law))
    return tuple(rows)


def serious_of(item_id: int | None) -> tuple[SeriousRow, ...]:
    """Why the item that a matter came of is serious, for rooms that have shown the matter. At most one statement."""
    everything: QuerySet[Any] = Item.objects.as_system(because="to raise the question of referral on what came of it")
    held = everything.filter(pk=item_id).first() if item_id else None
    return _serious(held.serious) if held else ()


def closed_to(viewer: Viewer, item_refs: QuerySet[Any]) -> QuerySet[Any]:
    """References, of these, of items that `viewer` may not know of: kept from them, or sensitive without them on it.

    `item_refs`: a subquery. For what stands in other rooms and would tell of the item; a role that reads no intake is
    not kept out by that alone.
    """
    everything: QuerySet[Any] = Item.objects.as_system(because="to hide what would tell of an item behind its wall")
    open_to: QuerySet[Any] = Item.objects.open_to(viewer).filter(sensitive_on__isnull=True)
    named: QuerySet[Any] = Item.objects.visible_to(viewer)
    asked = everything.filter(ref__in=item_refs)
    return asked.exclude(pk__in=open_to.values("pk")).exclude(pk__in=named.values("pk")).values("ref")


def awaiting_among(viewer: Viewer, item_refs: Iterable[str]) -> dict[str, str]:
    """Who owns each of these items that waits for assessment, by reference ("" for nobody yet). As `closed_to`."""
    wanted = {ref for ref in item_refs if ref}
    if not wanted or not (viewer.may(Permission.READ_INTAKE) or viewer.may(Permission.READ_MATCHES)):
        return {}
    held: QuerySet[Any] = Item.objects.open_to(viewer).filter(ref__in=wanted, state=Item.State.AWAITING)
    told = held.filter(Q(sensitive_on__isnull=True) | Q(pk__in=Item.objects.visible_to(viewer).values("pk")))
    rows = told.values_list("ref", "owner_id")
    found: dict[str, int | None] = dict(rows)
    owners = users_by_id(owner for owner in found.values() if owner)
    return {ref: owners[owner].name if owner else "" for ref, owner in found.items()}


def ended_items(viewer: Viewer, on: date, *, also: Iterable[int] = ()) -> Iterator[EndedItem]:
    """Items logged with reasons on or before `on` that the viewer may see, oldest first. `also`: keys of others that
    are given whenever they were. What became a matter is reviewed with it."""
    logged = Item.objects.visible_to(viewer).filter(state=Item.State.LOGGED)
    found = logged.filter(Q(assessed_on__lte=on) | Q(pk__in=sorted(also))).order_by("assessed_on", "ref")
    yield from (_ended(one) for one in found.iterator(chunk_size=CHUNK))


def ended_item(viewer: Viewer, item_ref: str) -> EndedItem:
    """One item, assessed or not, as retention needs it. Raises NotFound, also behind a wall."""
    found = Item.objects.visible_to(viewer).filter(ref=item_ref).first()
    if found is None:
        raise NotFound(item_ref)
    return _ended(found)


def assessed_days(viewer: Viewer, item_refs: Iterable[str]) -> dict[str, date | None]:
    """The day each of these items was assessed, None while it waits; of those the viewer may see. One statement."""
    rows = Item.objects.visible_to(viewer).filter(ref__in={ref for ref in item_refs if ref})
    return dict(rows.values_list("ref", "assessed_on"))


def _ended(found: Item) -> EndedItem:
    words = str(Item.State(found.state).label)
    return EndedItem(found.pk, found.ref, found.heading, found.state, words, found.assessed_on)


def item_refs(viewer: Viewer, item_ids: Iterable[int]) -> dict[int, str]:
    """References of those of the items that the viewer may see, by key."""
    return dict(Item.objects.visible_to(viewer).filter(pk__in=set(item_ids)).values_list("pk", "ref"))


def signing_item(viewer: Viewer, ref: str) -> SigningItem:
    """What the viewer must sign for before opening an item on which they are named. Raises NotFound otherwise."""
    waiting = Item.objects.as_system(because="to offer a declaration to sign").filter(ref=ref)
    found = waiting.filter(pk__in=unsigned_keys(viewer, RecordKind.INTAKE_ITEM)).first()
    if found is None:
        raise NotFound(ref)
    named = [row.person_id for row in kept_out_of(found.pk)]
    return SigningItem(
        id=found.pk,
        ref=found.ref,
        channel_words=channel_words().get(found.channel, found.channel),
        received_on=found.received_on,
        person_ids=tuple([found.from_person_id, *named] if found.from_person_id else named),
    )


def words_by_ref(viewer: Viewer, refs: Iterable[str]) -> dict[str, str]:
    """What those of the items say, word for word, that the viewer may see, by reference. One statement."""
    return dict(Item.objects.visible_to(viewer).filter(ref__in=set(refs)).values_list("ref", "words"))


def item_excerpts(viewer: Viewer, item_ids: Iterable[int], typed: str) -> dict[int, Pieces]:
    """The stretch of each item's own words that met what was typed, by key, of those that the viewer may see."""
    rows = Item.objects.visible_to(viewer).filter(pk__in=set(item_ids)).values_list("pk", "words")
    return {pk: pieces for pk, text in rows if (pieces := excerpt(text, typed))}


def kept_out_of(item_id: int) -> tuple[KeptOutRow, ...]:
    """Who must never see the item or what comes of it. For a room that has shown the item to its viewer."""
    rows = KeptOut.objects.filter(item_id=item_id).order_by("ground", "person_id")
    return tuple(KeptOutRow(row.person_id, row.ground) for row in rows)


def serious_categories() -> tuple[tuple[str, str], ...]:
    """Categories about which no one person logs an item, each with its label."""
    return tuple((row.key, row.title) for row in product().table("serious_category"))


def logs_of(viewer: Viewer, item_ref: str) -> tuple[LogRow, ...]:
    """Each time that somebody asked for an item about a serious category to be logged, oldest first.

    Raises NotFound, also behind a wall. Two statements, one more where there are any.
    """
    found = Item.objects.visible_to(viewer).filter(ref=item_ref).first()
    if found is None:
        raise NotFound(item_ref)
    return _logs(viewer, LogProposal.objects.filter(item=found))


def logs_to_answer(viewer: Viewer) -> tuple[LogRow, ...]:
    """What waits for a second person, of the items that the viewer may see; not what they asked for, or took in."""
    seen = Item.objects.visible_to(viewer).filter(state=Item.State.AWAITING).values("pk")
    waiting = LogProposal.objects.filter(answer__isnull=True, item_id__in=seen)
    return tuple(row for row in _logs(viewer, waiting) if not row.is_mine)


def _logs(viewer: Viewer, proposals: QuerySet[Any]) -> tuple[LogRow, ...]:
    rows = list(proposals.select_related("item", "answer").order_by("recorded_at", "item__ref"))
    if not rows:
        return ()
    answers = {row.pk: getattr(row, "answer", None) for row in rows}
    names = actor_names({one.recorded_by for one in (*rows, *answers.values()) if one})
    labels = dict(serious_categories())
    return tuple(
        LogRow(
            item_ref=row.item.ref,
            heading=row.item.heading,
            categories=tuple(labels.get(key, key) for key in row.categories),
            reasons=row.reasons,
            on=row.on,
            by=names[row.recorded_by],
            is_mine=viewer.actor in (row.recorded_by, row.item.recorded_by),
            agreed=answer.agreed if (answer := answers[row.pk]) else None,
            answered_reasons=answer.reasons if answer else "",
            answered_on=answer.on if answer else None,
            answered_by=names[answer.recorded_by] if answer else "",
        )
        for row in rows
    )


def awaiting(viewer: Viewer) -> int:
    """How many items wait for assessment, of those that the viewer may see."""
    return int(Item.objects.visible_to(viewer).filter(state=Item.State.AWAITING).count())


def unassessed(viewer: Viewer) -> Unassessed:
    """The oldest items that nobody has assessed within the days of the local rule, for those to whom that is raised.

    LES-05: a notification that nobody acts on goes to the head of professional standards. None for anybody else, and
    then no statement; else one, two where there are any.
    """
    law = product()
    days = law.editions(NOTIFIED)[-1].length
    if not viewer.roles.intersection(law.drives[NOTIFIED].raised_to):
        return Unassessed((), False, days)
    waiting = Item.objects.visible_to(viewer).filter(state=Item.State.AWAITING, received_on__lt=viewer.today)
    listed = list(waiting.order_by("received_on", "ref")[: OLDEST + 1])
    late = [one for one in listed if working_days_after(one.received_on, days, law.england_and_wales) < viewer.today]
    return Unassessed(_rows(late[:OLDEST]) if late else (), len(late) > OLDEST, days)


def _narrowed(found: QuerySet[Any], filters: ItemFilters) -> QuerySet[Any]:
    same = {
        "state": filters.state,
        "channel": filters.channel,
        "owner_id": filters.owner_id,
        "unit_id": filters.unit_id,
        "received_on__gte": filters.received_from,
        "received_on__lte": filters.received_to,
    }
    found = found.filter(**{field: value for field, value in same.items() if value})
    if filters.words.strip():
        found = found.filter(pk__in=matching(RecordKind.INTAKE_ITEM, filters.words))
    return found


def _rows(listed: Sequence[Item]) -> tuple[ItemRow, ...]:
    owners = users_by_id(item.owner_id for item in listed if item.owner_id)
    return tuple(_row(item, owners) for item in listed)


def _row(item: Item, owners: Mapping[int, UserRow]) -> ItemRow:
    return ItemRow(
        id=item.pk,
        ref=item.ref,
        heading=item.heading,
        channel=item.channel,
        channel_words=channel_words().get(item.channel, item.channel),
        received_on=item.received_on,
        state=item.state,
        state_words=str(Item.State(item.state).label),
        owner=owners.get(item.owner_id) if item.owner_id else None,
        unit_id=item.unit_id,
        from_person_id=item.from_person_id,
        is_sensitive=item.sensitive_on is not None,
    )
