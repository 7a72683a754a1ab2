"""The lines of enquiry of a matter, one of them, and its changes. Importing this registers the whole journey."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.forms import Form
from django.http import HttpResponseBase, QueryDict

from peelian.investigations import actions, queries
from peelian.investigations.rows import LineDraft, LinePage
from peelian.matters import queries as matters
from peelian.matters.queries import MustSign
from peelian.terms.acts import RecordKind
from peelian.terms.investigations import LineState, Priority
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.web.fields import errors_shown_in
from peelian.web.investigations.forms import ChangeLineForm, EndLineForm, LineForm
from peelian.web.lists import Column
from peelian.web.pages import PageRequest, go, page, shown

MATTER = RecordKind.MATTER
READERS = (Permission.READ_MATTERS, Permission.READ_PLACED_MATTERS)
WRITES = ("GET", "HEAD", "POST")
LINE = "matters/<str:ref>/lines/<int:number>/"
COLUMNS = (
    Column("line", "What is to be found out", sortable=False),
    Column("owner", "Who", sortable=False),
    Column("due", "By when", sortable=False),
    Column("state", "State", sortable=False),
)


@page("matters/<str:ref>/lines/", name="matter-lines", needs=READERS, opens=MATTER)
def lines(request: PageRequest, ref: str) -> HttpResponseBase:
    """The lines of enquiry of a matter, open ones first."""
    try:
        found = queries.lines(request.viewer, ref)
    except NotFound:
        return _sign_first(request, ref)
    context = {"lines": found, "columns": COLUMNS}
    return shown(request, "investigations/lines.html", context, opened=ref)


@page("matters/<str:ref>/lines/new/", name="line-new", needs=Permission.INVESTIGATE, opens=MATTER, methods=WRITES)
def new(request: PageRequest, ref: str) -> HttpResponseBase:
    """What is to be found out, why, by whom and by when."""
    found = queries.lines(request.viewer, ref)
    choices = queries.choices(request.viewer, ref)
    form = LineForm(_data(request), choices=choices, today=request.viewer.today)
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            given = form.cleaned_data
            draft = LineDraft(
                what=given["what"],
                why=given["why"],
                owner_ref=given["owner"],
                due_on=given["due_on"],
                priority=Priority(given["priority"]),
                allegation=int(given["allegation"]) if given["allegation"] else None,
                person_key=given["person"],
                source=given["source"],
            )
            number = actions.add_line(by=request.viewer, matter_ref=ref, draft=draft, on=given["on"])
            return go("matter-lines", request=request, done=f"Line of enquiry {number} was added.", ref=ref)
    return shown(request, "investigations/new.html", {"lines": found, "form": form}, opened=ref)


@page(LINE, name="line", needs=READERS, opens=MATTER)
def line(request: PageRequest, ref: str, number: int) -> HttpResponseBase:
    """One line of enquiry, with every change of it."""
    try:
        found = queries.line(request.viewer, ref, number)
    except NotFound:
        return _sign_first(request, ref)
    return shown(request, "investigations/line.html", {"line": found}, opened=ref)


@page(f"{LINE}change/", name="line-change", needs=Permission.INVESTIGATE, opens=MATTER, methods=WRITES)
def change(request: PageRequest, ref: str, number: int) -> HttpResponseBase:
    """Another owner, day or priority; a line that ended is opened again."""
    found = queries.line(request.viewer, ref, number)
    form, is_second = ChangeLineForm(_data(request), row=found.row, owners=queries.owners(request.viewer)), False
    if form.is_bound and form.is_valid():
        with _second_writer(form, found) as second, errors_shown_in(form):
            given: dict[str, Any] = form.cleaned_data
            actions.change_line(
                by=request.viewer,
                matter_ref=ref,
                number=number,
                version=given["version"],
                owner_ref=given["owner"],
                due_on=given["due_on"],
                priority=Priority(given["priority"]),
                reason=given["reason"],
                on=request.viewer.today,
            )
            return go("line", request=request, done="The line of enquiry was changed.", ref=ref, number=number)
        is_second = bool(second)
    context = {"line": found, "form": form, "is_second": is_second}
    return shown(request, "investigations/change.html", context, opened=ref)


@page(f"{LINE}end/", name="line-end", needs=READERS, opens=MATTER, methods=WRITES)
def end(request: PageRequest, ref: str, number: int) -> HttpResponseBase:
    """Done, with what was found, or stopped, with the reasons."""
    found = queries.line(request.viewer, ref, number)
    may_stop, today = request.viewer.may(Permission.INVESTIGATE), request.viewer.today
    form, is_second = EndLineForm(_data(request), row=found.row, may_stop=may_stop, today=today), False
    if form.is_bound and form.is_valid():
        with _second_writer(form, found) as second, errors_shown_in(form):
            given = form.cleaned_data
            actions.end_line(
                by=request.viewer,
                matter_ref=ref,
                number=number,
                version=given["version"],
                state=LineState(given["state"]),
                words=given["words"],
                on=given["on"],
            )
            return go("matter-lines", request=request, done=f"Line of enquiry {number} has ended.", ref=ref)
        is_second = bool(second)
    return shown(request, "investigations/end.html", {"line": found, "form": form, "is_second": is_second}, opened=ref)


@contextmanager
def _second_writer(form: Form, found: LinePage) -> Iterator[list[int]]:
    """Around an act on a line that somebody changed meanwhile: what was typed stays, to be sent again over what stands.

    Gives a list that then holds the version that stands.
    """
    moved: list[int] = []
    try:
        yield moved
    except actions.LineMoved:
        moved.append(found.row.version)
        form.data = {**form.data.dict(), "version": str(found.row.version)}  # type: ignore[attr-defined]  # of a request


def _sign_first(request: PageRequest, ref: str) -> HttpResponseBase:
    """To the page to sign, for somebody with a place on the matter who has yet to. Raises NotFound for anybody else."""
    try:
        matters.matter(request.viewer, ref)
    except MustSign:
        return go("matter-sign", ref=ref)
    raise NotFound(f"line of enquiry of {ref}")


def _data(request: PageRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
