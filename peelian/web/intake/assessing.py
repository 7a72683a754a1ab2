"""What a person decides about an item: who answers for it, what it is, or that it is logged with reasons."""

from urllib.parse import urlencode

from django.forms import Form
from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from peelian.intake import actions, queries
from peelian.intake.rows import ItemDetail
from peelian.matters import queries as matters
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.walls import queries as walls
from peelian.web.fields import errors_shown_in
from peelian.web.intake.forms import (
    LOGGED,
    AnswerLogForm,
    AssessForm,
    EraseForm,
    LogForm,
    NeverShowForm,
    OwnerForm,
    ReasonForm,
)
from peelian.web.matters.kinds import kinds, tests
from peelian.web.pages import PageRequest, go, page, shown

ITEM = RecordKind.INTAKE_ITEM
WRITES = ("GET", "HEAD", "POST")
COUNTERSIGN = Permission.COUNTERSIGN
LOGGED_NOW = "The item was logged with your reasons."
WAITS = "Your reasons were kept. It is logged once a second, independent person agrees."


@page(
    "intake/<str:ref>/assess/",
    name="intake-assess",
    needs=(Permission.ASSESS, Permission.RECORD_MATTER),
    opens=ITEM,
    methods=WRITES,
)
def assess(request: PageRequest, ref: str) -> HttpResponseBase:
    """What is this? The person answers; each definition and test is printed with its law. Goes on to record it."""
    item = queries.item(request.viewer, ref)
    form = AssessForm(request.POST or None, kinds=kinds(), tests=tests())
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["kind"] == LOGGED:
            return go("intake-log", ref=ref)
        chosen = [("kind", form.cleaned_data["kind"])] + [("tests", test) for test in form.cleaned_data["tests"]]
        return HttpResponseRedirect(f"{reverse('intake-record', kwargs={'ref': ref})}?{urlencode(chosen)}")
    return shown(request, "intake/assess.html", {"item": item, "form": form}, opened=ref)


@page("intake/<str:ref>/log/", name="intake-log", needs=Permission.ASSESS, opens=ITEM, methods=WRITES)
def log(request: PageRequest, ref: str) -> HttpResponseBase:
    item = queries.item(request.viewer, ref)
    form = LogForm(request.POST or None, today=request.viewer.today, categories=queries.serious_categories())
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            done = actions.log_with_reasons(by=request.viewer, item_ref=ref, **form.cleaned_data)
            return go("intake-item", request=request, done=LOGGED_NOW if done else WAITS, ref=ref)
    warning = "This is decided once. If it turns out to be a matter after all, record the matter directly."
    if item.serious:
        labels = ", ".join(row.label.lower() for row in item.serious)
        warning += f" It counts as serious ({labels}), so that a second, independent person must agree (LES-10)."
    return _change(request, item, form, "Log with reasons", warning)


@page("intake/<str:ref>/log/answer/", name="intake-log-answer", needs=COUNTERSIGN, opens=ITEM, methods=WRITES)
def answer_log(request: PageRequest, ref: str) -> HttpResponseBase:
    """The second, independent person: what is to be logged, why, and whether they agree."""
    item = queries.item(request.viewer, ref)
    waiting = [row for row in queries.logs_of(request.viewer, ref) if row.agreed is None]
    if not waiting or item.row.state != "awaiting":
        raise NotFound(f"nothing waits on {ref}")
    form = AnswerLogForm(request.POST or None, today=request.viewer.today)
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            given = form.cleaned_data
            agreed = given["agreed"] == "yes"
            actions.answer_log(by=request.viewer, item_ref=ref, agreed=agreed, reasons=given["reasons"], on=given["on"])
            done = "The item was logged." if agreed else "It waits to be assessed again."
            return go("intake-item", request=request, done=done, ref=ref)
    asked = waiting[-1]
    warning = f"{asked.by} asks for it to be logged. It is about: {', '.join(asked.categories)}. {asked.reasons}"
    return _change(request, item, form, "Answer whether it is logged", warning, words=True)


@page("intake/<str:ref>/owner/", name="intake-owner", needs=Permission.ASSESS, opens=ITEM, methods=WRITES)
def owner(request: PageRequest, ref: str) -> HttpResponseBase:
    item = queries.item(request.viewer, ref)
    readers = walls.users_holding(Permission.READ_INTAKE, request.viewer.today)
    others = [user for user in readers if item.row.owner is None or user.id != item.row.owner.id]
    form = OwnerForm(request.POST or None, owners=others)
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            chosen = next(user for user in others if user.ref == form.cleaned_data["owner"])
            actions.give_owner(
                by=request.viewer,
                item_ref=ref,
                owner_id=chosen.id,
                reason=form.cleaned_data["reason"],
                on=request.viewer.today,
            )
            return go("intake-item", request=request, done=f"{chosen.name} answers for it now.", ref=ref)
    return _change(request, item, form, "Give to another owner")


@page("intake/<str:ref>/keep-out/", name="intake-keep-out", needs=Permission.ASSESS, opens=ITEM, methods=WRITES)
def keep_out(request: PageRequest, ref: str) -> HttpResponseBase:
    item = queries.item(request.viewer, ref)
    form = NeverShowForm(request.POST or None, viewer=request.viewer)
    if request.method == "POST" and form.is_valid() and form.person:
        with errors_shown_in(form):
            ground = form.cleaned_data["ground"]
            actions.keep_out(
                by=request.viewer, item_ref=ref, person_id=form.person.id, ground=ground, on=request.viewer.today
            )
            return go("intake-item", request=request, done=f"{form.person.name} is kept out of it.", ref=ref)
    warning = "They are kept out of this item and of whatever comes of it. This cannot be taken back here."
    return _change(request, item, form, "Keep somebody out", warning)


@page("intake/<str:ref>/sensitive/", name="intake-sensitive", needs=Permission.RESTRICT, opens=ITEM, methods=WRITES)
def sensitive(request: PageRequest, ref: str) -> HttpResponseBase:
    item = queries.item(request.viewer, ref)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            actions.make_sensitive(
                by=request.viewer, item_ref=ref, reason=form.cleaned_data["reason"], on=request.viewer.today
            )
            return go("intake-item", request=request, done="The item is open only to those named on it.", ref=ref)
    warning = "It is then open only to its owner and to you, once each has signed that they have no conflict."
    return _change(request, item, form, "Make sensitive", warning)


@page("intake/<str:ref>/erase/", name="intake-erase", needs=Permission.ERASE, opens=ITEM, methods=WRITES)
def erase(request: PageRequest, ref: str) -> HttpResponseBase:
    """Erases what an item says, wherever it is kept; the page says what goes and what stays."""
    item = queries.item(request.viewer, ref)
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            actions.erase_words(
                by=request.viewer, item_ref=ref, reason=form.cleaned_data["reason"], on=request.viewer.today
            )
            return go("intake-item", request=request, done="The words of this item were erased.", ref=ref)
    became = matters.came_of(request.viewer, [item.row.id]).get(item.row.id)
    context = {"item": item, "form": form, "title": "Erase the words of this item", "warning": "", "became": became}
    return shown(request, "intake/erase.html", context, opened=ref)


def _change(
    request: PageRequest, item: ItemDetail, form: Form, title: str, warning: str = "", *, words: bool = False
) -> HttpResponseBase:
    context = {"item": item, "form": form, "title": title, "warning": warning, "words": item.words if words else ""}
    return shown(request, "intake/change.html", context, opened=item.row.ref)
