"""Retention: the list, a record, its acts and its certificate. Importing this registers the journey."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseBase

from peelian.loads import actions as loads
from peelian.retention import actions, queries
from peelian.retention.rows import RetentionRow
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.web.exports import exported
from peelian.web.fields import errors_shown_in
from peelian.web.lists import Column, list_state
from peelian.web.pages import PageRequest, go, page, shown
from peelian.web.retention.forms import (
    AnswerForm,
    HoldForm,
    KeepForm,
    KindForm,
    LiftForm,
    ProposeForm,
    ReasonsForm,
    ScheduleForm,
)

MATTER, ITEM, PAIR = RecordKind.MATTER, RecordKind.INTAKE_ITEM, RecordKind.PAIR
KEEPERS = (Permission.ERASE, Permission.COUNTERSIGN)
WRITES = ("GET", "HEAD", "POST")
PAGES = {MATTER.value: "retention-matter", ITEM.value: "retention-item", PAIR.value: "retention-pair"}
RECORDS = {MATTER: "matter", ITEM: "intake-item", PAIR: "wash-pair"}
COLUMNS = (
    Column("ref", "Reference", sortable=False),
    Column("heading", "Heading", sortable=False),
    Column("closed", "Closed", sortable=False),
    Column("schedule", "Schedule", sortable=False),
    Column("since", "Due since", sortable=False),
    Column("stands", "Stands", sortable=False),
)


@dataclass(frozen=True, slots=True)
class Act:
    """One act on a record's retention: its form, its title and button, what is said once it is done."""

    form: type[ReasonsForm]
    title: str
    done: str
    act: Callable[..., object]
    warning: str = ""


ACTS = {
    "hold": Act(HoldForm, "Set a legal hold", "A legal hold was set.", actions.hold),
    "lift": Act(LiftForm, "Lift the legal hold", "The legal hold was lifted.", actions.lift),
    "schedule": Act(ScheduleForm, "Choose another schedule", "The schedule was chosen.", actions.choose_schedule),
    "keep": Act(KeepForm, "Keep until its next review", "It is kept until its next review.", actions.keep),
    "propose": Act(
        ProposeForm,
        "Propose a disposal",
        "The disposal was proposed. Somebody else must agree to it.",
        actions.propose,
        "Nothing is erased yet: another person reads this and agrees, or sends it back.",
    ),
    "answer": Act(
        AnswerForm,
        "Answer the proposed disposal",
        "Your answer was recorded.",
        actions.answer,
        "If you agree, the words are erased at once and cannot be brought back.",
    ),
}


@page("retention/", name="retention", needs=KEEPERS, lists="retention", menu="Retention")
def due(request: PageRequest) -> HttpResponseBase:
    """What is due for review: without a closing date first, then the oldest."""
    state, form = list_state(request, COLUMNS, default="since"), KindForm(request.GET)
    kind = form.cleaned_data["kind"] if form.is_valid() else ""
    if state.export:
        rows = (
            (
                row.ref,
                [row.kind, row.ref, row.heading, row.closed.words if row.closed else "", row.schedule.label, row.since],
            )
            for row in queries.export_due(request.viewer, kind)
        )
        headings = ("Kind", "Reference", "Heading", "Closed", "Schedule", "Due since")
        return exported(request, state.export, "retention", headings, rows)
    found = queries.due(request.viewer, kind, number=state.page)
    context = {
        "found": found,
        "columns": COLUMNS,
        "state": state,
        "pages": PAGES,
        "filters": KindForm(initial={"kind": kind}),
    }
    return shown(request, "retention/due.html", context, listed=[row.ref for row in found.rows])


@page("retention/matters/<str:ref>/", name="retention-matter", needs=KEEPERS, opens=MATTER)
def of_matter(request: PageRequest, ref: str) -> HttpResponseBase:
    return _record(request, MATTER, ref)


@page("retention/items/<str:ref>/", name="retention-item", needs=KEEPERS, opens=ITEM)
def of_item(request: PageRequest, ref: str) -> HttpResponseBase:
    return _record(request, ITEM, ref)


@page("retention/pairs/<str:ref>/", name="retention-pair", needs=KEEPERS, opens=PAIR)
def of_pair(request: PageRequest, ref: str) -> HttpResponseBase:
    return _record(request, PAIR, ref)


@page("retention/matters/<str:ref>/certificate/", name="retention-matter-certificate", needs=KEEPERS, opens=MATTER)
def certificate_of_matter(request: PageRequest, ref: str) -> HttpResponseBase:
    return _certificate(request, MATTER, ref)


@page("retention/items/<str:ref>/certificate/", name="retention-item-certificate", needs=KEEPERS, opens=ITEM)
def certificate_of_item(request: PageRequest, ref: str) -> HttpResponseBase:
    return _certificate(request, ITEM, ref)


@page("retention/pairs/<str:ref>/certificate/", name="retention-pair-certificate", needs=KEEPERS, opens=PAIR)
def certificate_of_pair(request: PageRequest, ref: str) -> HttpResponseBase:
    return _certificate(request, PAIR, ref)


@page(
    "retention/matters/<str:ref>/<str:act>/", name="retention-matter-act", needs=KEEPERS, opens=MATTER, methods=WRITES
)
def act_on_matter(request: PageRequest, ref: str, act: str) -> HttpResponseBase:
    return _act(request, MATTER, ref, act)


@page("retention/items/<str:ref>/<str:act>/", name="retention-item-act", needs=KEEPERS, opens=ITEM, methods=WRITES)
def act_on_item(request: PageRequest, ref: str, act: str) -> HttpResponseBase:
    return _act(request, ITEM, ref, act)


@page("retention/pairs/<str:ref>/<str:act>/", name="retention-pair-act", needs=KEEPERS, opens=PAIR, methods=WRITES)
def act_on_pair(request: PageRequest, ref: str, act: str) -> HttpResponseBase:
    return _act(request, PAIR, ref, act)


def _record(request: PageRequest, kind: RecordKind, ref: str) -> HttpResponseBase:
    row = queries.retention(request.viewer, kind.value, ref)
    acts = [(key, ACTS[key].title) for key in _open_acts(request, row)]
    context = {"row": row, "acts": acts, "here": PAGES[kind.value], "record_page": RECORDS[kind]}
    return shown(request, "retention/record.html", context, opened=ref)


def _certificate(request: PageRequest, kind: RecordKind, ref: str) -> HttpResponseBase:
    paper = queries.certificate(request.viewer, kind.value, ref)
    context = {"paper": paper, "here": PAGES[kind.value]}
    return shown(request, "retention/certificate.html", context, opened=ref)


def _act(request: PageRequest, kind: RecordKind, ref: str, key: str) -> HttpResponseBase:
    row = queries.retention(request.viewer, kind.value, ref)
    one = ACTS.get(key)
    if one is None:
        raise NotFound(f"act {key}")
    form = one.form(request.POST or None, schedules=row.choices)
    if request.method == "POST" and form.is_valid():
        more: dict[str, Any] = {"erase_matter": loads.erase_words_of_matter} if key == "answer" else {}
        with errors_shown_in(form):
            one.act(by=request.viewer, kind=kind.value, ref=ref, on=request.viewer.today, **form.cleaned_data, **more)
            return go(PAGES[kind.value], request=request, done=one.done, ref=ref)
    context = {"row": row, "form": form, "one": one, "here": PAGES[kind.value], "is_answer": key == "answer"}
    return shown(request, "retention/act.html", context, opened=ref)


def _open_acts(request: PageRequest, row: RetentionRow) -> list[str]:
    """The acts that the page offers; each checks again whether it may be done."""
    if row.disposed:
        return []
    held = ["lift"] if row.is_held else ["hold"]
    if row.proposal:
        mine = row.proposal.is_mine or not request.viewer.may(Permission.COUNTERSIGN)
        return held if mine else ["answer", *held]
    free = not row.stands_in_the_way and request.viewer.may(Permission.ERASE)
    return [*(["propose"] if free else []), "keep", "schedule", *held]
