"""The returns of the force. Importing this module registers the whole journey."""

from django.http import HttpResponseBase, QueryDict

from peelian.returns import actions, queries
from peelian.returns.rows import Show
from peelian.rules.returns import Quarter, ReturnKind
from peelian.terms.known_dates import date_words
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.web.fields import errors_shown_in
from peelian.web.lists import Column
from peelian.web.pages import PageRequest, go, page, shown
from peelian.web.returns import recording
from peelian.web.returns.forms import BulletinForm, GiveForm, ReportedForm, UndoForm

__all__ = ["recording"]

WRITES = ("GET", "HEAD", "POST")
KEEP = Permission.KEEP_RETURNS
ONE = "returns/<str:return_key>/"
LIST = (
    Column("what", "What", sortable=False),
    Column("due", "By when", sortable=False),
    Column("next", "What comes next", sortable=False),
    Column("owner", "Owner", sortable=False),
    Column("law", "Under which provision", sortable=False),
)


@page("returns/", name="returns", needs=KEEP, lists="returns", menu="Returns")
def every(request: PageRequest) -> HttpResponseBase:
    """What the force owes as a whole, or a part of it."""
    asked = request.GET.get("show", "")
    only = Show(asked) if asked in set(Show) else None
    found = queries.returns(request.viewer, only)
    context = {"found": found, "columns": LIST, "only": only, "shows": tuple(Show)}
    return shown(request, "returns/list.html", context, listed=[one.key for one in found])


@page("returns/bulletins/new/", name="bulletin-new", needs=KEEP, methods=WRITES)
def bulletin(request: PageRequest) -> HttpResponseBase:
    """The IOPC provided its bulletin of a quarter."""
    viewer = request.viewer
    quarters = queries.quarters(viewer)
    form = BulletinForm(data(request), viewer=viewer, quarters=quarters)
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            quarter = Quarter.coded(form.cleaned_data.pop("quarter"))
            assert quarter is not None  # one of the choices
            key = actions.receive_bulletin(by=viewer, quarter=quarter, **form.cleaned_data)
            return go("return", request=request, done="The bulletin was recorded.", return_key=key)
    context = {"form": form, "line": None, "title": "Record a bulletin of the IOPC", "about": ""}
    return shown(request, "returns/form.html", context)


@page("returns/super-complaints/new/", name="super-complaint-new", needs=KEEP, methods=WRITES)
def super_complaint(request: PageRequest) -> HttpResponseBase:
    """A report on a super-complaint was published, with a recommendation to this force."""
    viewer = request.viewer
    form = ReportedForm(data(request), viewer=viewer, again=False, tied=queries.to_tie(viewer))
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            key = actions.report_super_complaint(by=viewer, **form.cleaned_data)
            return go("return", request=request, done="The recommendation was recorded.", return_key=key)
    about = "One page for each recommendation to this force: record the next one after this."
    context = {"form": form, "line": None, "title": "Record a recommendation of a super-complaint", "about": about}
    return shown(request, "returns/form.html", context)


@page("returns/owner/", name="returns-owner", needs=KEEP, methods=WRITES)
def owner(request: PageRequest) -> HttpResponseBase:
    """Give the returns of a kind to somebody."""
    viewer = request.viewer
    form = GiveForm(data(request), viewer=viewer, people=queries.keepers(viewer))
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            kind = ReturnKind(form.cleaned_data.pop("kind"))
            actions.give(by=viewer, kind=kind, **form.cleaned_data)
            return go("returns", request=request, done="They were given.")
    about = "Until they are given to somebody, the head of professional standards owns them."
    context = {"form": form, "line": None, "title": "Give returns to somebody", "about": about}
    return shown(request, "returns/form.html", context)


@page(ONE, name="return", needs=KEEP, lists="return")
def one(request: PageRequest, return_key: str) -> HttpResponseBase:
    """One return: its duty with the working, what may be done now, what was recorded."""
    found = queries.one_return(request.viewer, return_key)
    context = {"found": found, "acts": recording.offered(found)}
    return shown(request, "returns/one.html", context, listed=[return_key])


@page(f"{ONE}answer/", name="return-answer", needs=KEEP, lists="return")
def answer(request: PageRequest, return_key: str) -> HttpResponseBase:
    """The answer to a recommendation in the words in which it goes, to be printed once it is approved."""
    found = queries.one_return(request.viewer, return_key)
    if found.answer is None:
        raise NotFound(f"answer of the return {return_key}")
    return shown(request, "returns/answer.html", {"found": found}, listed=[return_key])


@page(f"{ONE}undo/<str:fact_ref>/", name="return-undo", needs=KEEP, lists="return", methods=WRITES)
def undo(request: PageRequest, return_key: str, fact_ref: str) -> HttpResponseBase:
    """Something that was recorded did not happen."""
    viewer = request.viewer
    found = queries.one_return(viewer, return_key)
    fact = next((row for row in found.facts if row.ref == fact_ref and row.may_undo), None)
    if fact is None:
        raise NotFound(f"fact {fact_ref} of the return {return_key}")
    form = UndoForm(data(request), viewer=viewer)
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            actions.undo(by=viewer, return_key=return_key, fact_ref=fact_ref, **form.cleaned_data)
            return go("return", request=request, done="It is recorded that it did not happen.", return_key=return_key)
    about = f"{fact.words}, {date_words(fact.on)}. What was recorded stays to be read."
    context = {"form": form, "line": found.line, "title": "It did not happen", "about": about}
    return shown(request, "returns/form.html", context, listed=[return_key])


def data(request: PageRequest) -> QueryDict | None:
    """What was posted, or None."""
    return request.POST if request.method == "POST" else None
