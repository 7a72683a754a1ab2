"""The list of what arrived, and one item word for word. Importing this module registers the whole journey."""

from django.http import HttpResponseBase

from peelian.intake import queries
from peelian.intake.rows import ItemFilters, ItemRow
from peelian.matters import queries as matters
from peelian.people import queries as people
from peelian.publish.tables import Cell
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.walls import queries as walls
from peelian.walls.rows import UserRow
from peelian.web.exports import exported
from peelian.web.intake import assessing, receiving, signing
from peelian.web.intake.forms import ItemFilterForm
from peelian.web.lists import Column, list_state
from peelian.web.pages import PageRequest, go, page, shown

__all__ = ["assessing", "intake", "item", "receiving", "signing"]

COLUMNS = (
    Column("received_on", "Arrived"),
    Column("heading", "Heading"),
    Column("channel", "How"),
    Column("state", "State"),
    Column("owner", "Owner", sortable=False),
    Column("ref", "Reference", sortable=False),
)
EXPORTED = ("Arrived", "Heading", "How", "State", "Owner", "Reference", "Sensitive")


@page("intake/", name="intake", needs=Permission.READ_INTAKE, lists="intake items", menu="Intake")
def intake(request: PageRequest) -> HttpResponseBase:
    state = list_state(request, COLUMNS, default="-received_on")
    owners = walls.users_holding(Permission.READ_INTAKE, request.viewer.today)
    form = ItemFilterForm(request.GET, states=queries.states(), channels=queries.channels(), owners=owners)
    filters = _filters(form, owners)
    if state.export:
        listed = queries.export_items(request.viewer, filters, state.order)
        return exported(request, state.export, "intake items", EXPORTED, ((row.ref, _cells(row)) for row in listed))
    found = queries.items(request.viewer, filters, state.order, state.page)
    context = {
        "found": found,
        "columns": COLUMNS,
        "state": state,
        "form": form,
        "is_narrowed": filters != ItemFilters(),
    }
    return shown(request, "intake/list.html", context, listed=[row.ref for row in found.rows])


@page("intake/<str:ref>/", name="intake-item", needs=Permission.READ_INTAKE, opens=RecordKind.INTAKE_ITEM)
def item(request: PageRequest, ref: str) -> HttpResponseBase:
    """One item word for word; somebody named on it who has yet to sign is sent to sign."""
    try:
        found = queries.item(request.viewer, ref)
    except NotFound:
        queries.signing_item(request.viewer, ref)
        return go("intake-sign", ref=ref)
    kept_out = queries.kept_out_of(found.row.id)
    sender = found.row.from_person_id
    lines = people.lines_on_record(request.viewer, [row.person_id for row in kept_out] + ([sender] if sender else []))
    units = people.unit_by_id(request.viewer) if found.row.unit_id else {}
    context = {
        "item": found,
        "sender": lines[sender] if sender else None,
        "kept_out": [(lines[row.person_id], row.ground) for row in kept_out],
        "unit": units.get(found.row.unit_id) if found.row.unit_id else None,
        "became": matters.came_of(request.viewer, [found.row.id]).get(found.row.id),
        "about": _page_of(found.about_key),
        "logs": queries.logs_of(request.viewer, ref),
    }
    return shown(request, "intake/item.html", context, opened=ref)


def _cells(row: ItemRow) -> list[Cell]:
    owner, sensitive = row.owner.name if row.owner else "", "yes" if row.is_sensitive else "no"
    return [row.received_on, row.heading, row.channel_words, row.state_words, owner, row.ref, sensitive]


def _filters(form: ItemFilterForm, owners: tuple[UserRow, ...]) -> ItemFilters:
    given = form.cleaned_data if form.is_valid() else {}
    keys = {user.ref: user.id for user in owners}
    return ItemFilters(
        words=given.get("words", ""),
        state=given.get("state", ""),
        channel=given.get("channel", ""),
        owner_id=keys.get(given.get("owner", "")),
    )


def _page_of(about_key: str) -> str:
    """The name of the page that a finding is about, by the first letters of its reference."""
    return {"PM": "matter", "PP": "person", "PI": "intake-item", "PW": "wash-pair"}.get(about_key[:2], "")
