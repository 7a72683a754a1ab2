"""Making a redacted copy, with the pages of the original in view; its list, and the copy itself."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.utils.datastructures import MultiValueDict

from peelian.clocks.law import law as law_in_force
from peelian.disclosure import actions, queries
from peelian.disclosure.actions.redacting import AlsoElsewhere
from peelian.disclosure.rows import ItemRow
from peelian.rules.disclosure import audiences, grounds
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.web.disclosure.forms import AgainForm, RedactForm, lines_of
from peelian.web.fields import errors_shown_in
from peelian.web.pages import PageRequest, go, page, shown, told

READERS = (Permission.READ_MATTERS, Permission.READ_PLACED_MATTERS)
MATTER = RecordKind.MATTER
WRITES = ("GET", "HEAD", "POST")
HERE = "matters/<str:ref>/disclosure/"
ITEM = f"{HERE}items/<str:item_ref>/"
ENDINGS = {"application/pdf": "pdf", "text/plain": "txt", "image/jpeg": "jpg", "image/png": "png"}
TEXT = "text/plain"


@page(f"{ITEM}redact/", name="disclosure-redact", needs=Permission.DISCLOSE, opens=MATTER, methods=WRITES)
def redact(request: PageRequest, ref: str, item_ref: str) -> HttpResponseBase:
    """Words and rectangles to black out. Where they stand elsewhere too, the page asks before anything is kept."""
    found = queries.item(request.viewer, ref, item_ref)
    if not found.source.may_be_redacted:
        return shown(request, "disclosure/redact.html", {"ref": ref, "item": found, "form": None}, opened=ref)
    form = _form(request.POST or None, request, found)
    elsewhere: dict[str, tuple[int, ...]] = {}
    if request.method == "POST" and form.is_valid():
        try:
            with errors_shown_in(form):
                return _made(request, form, ref, item_ref)
        except AlsoElsewhere as asking:
            elsewhere = asking.where
    asked = request.GET.get("page", "1")
    seen = int(asked) if asked.isdecimal() and 0 < int(asked) < 10_000 else 1
    text = queries.item_text(request.viewer, ref, item_ref) if found.source.media == TEXT else ""
    context = {"ref": ref, "item": found, "form": form, "page": seen, "elsewhere": elsewhere, "text": text}
    return shown(request, "disclosure/redact.html", context, opened=ref)


@page(f"{ITEM}pages/<int:number>/page.png", name="disclosure-page", needs=Permission.DISCLOSE, opens=MATTER)
def page_picture(request: PageRequest, ref: str, item_ref: str, number: int) -> HttpResponseBase:
    """A page of the original as a picture under a grid of tenths."""
    body = queries.page_picture(request.viewer, ref, item_ref, number)
    response = HttpResponse(body, content_type="image/png")
    response.headers["Cache-Control"] = "no-store"
    return told(response, opened=ref, summary=f"looked at page {number} of item {item_ref}")


@page(f"{HERE}redactions/<str:redaction_ref>/", name="disclosure-redaction", needs=READERS, opens=MATTER)
def redaction(request: PageRequest, ref: str, redaction_ref: str) -> HttpResponseBase:
    """Everything that was blacked out, without the words that stood there; for the screen and for paper."""
    found, row = queries.redaction(request.viewer, ref, redaction_ref)
    return shown(request, "disclosure/redaction.html", {"ref": ref, "item": found, "redaction": row}, opened=ref)


@page(f"{HERE}redactions/<str:redaction_ref>/copy", name="disclosure-copy", needs=READERS, opens=MATTER)
def copy(request: PageRequest, ref: str, redaction_ref: str) -> HttpResponseBase:
    held = queries.redacted_file(request.viewer, ref, redaction_ref)
    response = HttpResponse(held.content, content_type=held.media)
    name = f"{redaction_ref}.{ENDINGS.get(held.media, 'bin')}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return told(response, opened=ref, summary=f"took away the redacted copy {redaction_ref}")


@page(
    f"{HERE}redactions/<str:redaction_ref>/again/",
    name="disclosure-again",
    needs=Permission.DISCLOSE,
    opens=MATTER,
    methods=WRITES,
)
def again(request: PageRequest, ref: str, redaction_ref: str) -> HttpResponseBase:
    """Choose a copy that was made for one audience for another too, with reasons."""
    viewer = request.viewer
    found, row = queries.redaction(viewer, ref, redaction_ref)
    offered = [one for one in audiences(law_in_force(), viewer.today) if found.copy_for(one.key) is not row]
    form = AgainForm(request.POST or None, audiences=offered)
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            given = form.cleaned_data
            actions.choose_again(
                by=viewer,
                matter_ref=ref,
                redaction_ref=redaction_ref,
                audience_key=given["audience"],
                reasons=given["reasons"],
                on=viewer.today,
            )
            done = "The copy stands for them too, with your reasons."
            return go("disclosure-redaction", request=request, done=done, ref=ref, redaction_ref=redaction_ref)
    context = {"ref": ref, "item": found, "redaction": row, "form": form, "offered": offered}
    return shown(request, "disclosure/again.html", context, opened=ref)


def _form(data: MultiValueDict[str, Any] | None, request: PageRequest, found: ItemRow) -> RedactForm:
    if found.source.is_gone:
        raise NotFound(f"the content of item {found.ref}")
    law, today = law_in_force(), request.viewer.today
    offered = audiences(law, today)
    return RedactForm(data, audiences=offered, grounds=grounds(law, today), media=found.source.media)


def _made(request: PageRequest, form: RedactForm, ref: str, item_ref: str) -> HttpResponseBase:
    given = form.cleaned_data
    redaction_ref = actions.redact(
        by=request.viewer,
        matter_ref=ref,
        item_ref=item_ref,
        audience_key=given["audience"],
        marks=given["marks"],
        leave=lines_of(given.get("leave", "")),
        left_reason=given.get("left_reason", ""),
        whole=given.get("whole", False),
        on=request.viewer.today,
    )
    done = "The redacted copy was made, and none of the words can be found in it."
    return go("disclosure-redaction", request=request, done=done, ref=ref, redaction_ref=redaction_ref)
