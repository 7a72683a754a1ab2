"""The schedule of a matter and its items. Importing this registers the journey."""

from django.http import HttpResponseBase

from peelian.clocks.law import law as law_in_force
from peelian.disclosure import actions, queries
from peelian.disclosure.states import Decision
from peelian.rules.disclosure import audiences, grounds
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.web.disclosure import packs, redactions
from peelian.web.disclosure.forms import AddForm, DecideForm, PassageForm, SecondForm
from peelian.web.fields import errors_shown_in
from peelian.web.pages import PageRequest, go, page, shown

__all__ = ["add", "decide", "item", "packs", "passage", "redactions", "schedule", "second"]

READERS = (Permission.READ_MATTERS, Permission.READ_PLACED_MATTERS)
MATTER = RecordKind.MATTER
WRITES = ("GET", "HEAD", "POST")
HERE = "matters/<str:ref>/disclosure/"
ITEM = f"{HERE}items/<str:item_ref>/"


@page(HERE, name="disclosure", needs=READERS, opens=MATTER)
def schedule(request: PageRequest, ref: str) -> HttpResponseBase:
    """What is on the schedule, what is not yet, and the packs."""
    found = queries.schedule(request.viewer, ref)
    context = {"schedule": found, "audiences": audiences(law_in_force(), request.viewer.today)}
    return shown(request, "disclosure/schedule.html", context, opened=ref)


@page(f"{HERE}add/", name="disclosure-add", needs=Permission.DISCLOSE, opens=MATTER, methods=WRITES)
def add(request: PageRequest, ref: str) -> HttpResponseBase:
    """Put on the schedule what the matter holds."""
    found = queries.unscheduled(request.viewer, ref)
    first = {"sources": [one.ref for one in found]}
    form = AddForm(request.POST or None, found=found, initial=first)
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            chosen, viewer = form.cleaned_data["sources"], request.viewer
            actions.schedule_sources(by=viewer, matter_ref=ref, sources=chosen, on=viewer.today)
            return go("disclosure", request=request, done="The schedule was added to.", ref=ref)
    return shown(request, "disclosure/add.html", {"ref": ref, "form": form, "found": found}, opened=ref)


@page(f"{HERE}passage/", name="disclosure-passage", needs=Permission.DISCLOSE, opens=MATTER, methods=WRITES)
def passage(request: PageRequest, ref: str) -> HttpResponseBase:
    """Write a passage down and put it on the schedule."""
    queries.unscheduled(request.viewer, ref)
    form = PassageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            given, viewer = form.cleaned_data, request.viewer
            item_ref = actions.schedule_passage(
                by=viewer,
                matter_ref=ref,
                title=given["title"],
                text=given["text"],
                is_used=given["use"] == "used",
                on=viewer.today,
            )
            return go("disclosure-item", request=request, done="It is on the schedule.", ref=ref, item_ref=item_ref)
    return shown(request, "disclosure/passage.html", {"ref": ref, "form": form}, opened=ref)


@page(ITEM, name="disclosure-item", needs=READERS, opens=MATTER)
def item(request: PageRequest, ref: str, item_ref: str) -> HttpResponseBase:
    """One item: what was decided of it, by whom and why, and its redacted copies."""
    found = queries.item(request.viewer, ref, item_ref)
    return shown(request, "disclosure/item.html", {"ref": ref, "item": found}, opened=ref)


@page(f"{ITEM}decide/", name="disclosure-decide", needs=Permission.DISCLOSE, opens=MATTER, methods=WRITES)
def decide(request: PageRequest, ref: str, item_ref: str) -> HttpResponseBase:
    found, viewer = queries.item(request.viewer, ref, item_ref), request.viewer
    form = DecideForm(request.POST or None, grounds=grounds(law_in_force(), viewer.today), item=found)
    stale = False
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            with errors_shown_in(form):
                actions.decide(
                    by=viewer,
                    matter_ref=ref,
                    item_ref=item_ref,
                    version=given["version"],
                    title=given["title"],
                    is_used=given["use"] == "used",
                    is_sensitive=given["sensitive"] == "yes",
                    decision=Decision(given["decision"]),
                    grounds=given["grounds"],
                    reasons=given["reasons"],
                    on=viewer.today,
                )
                done = "The decision was recorded."
                return go("disclosure-item", request=request, done=done, ref=ref, item_ref=item_ref)
        except actions.StaleRecord:
            stale = True
            data = request.POST.copy()
            data["version"] = str(found.now.number)
            form = DecideForm(data, grounds=grounds(law_in_force(), viewer.today), item=found)
    context = {"ref": ref, "item": found, "form": form, "is_second": stale}
    return shown(request, "disclosure/decide.html", context, opened=ref)


@page(f"{ITEM}second/", name="disclosure-second", needs=Permission.APPROVE_DISCLOSURE, opens=MATTER, methods=WRITES)
def second(request: PageRequest, ref: str, item_ref: str) -> HttpResponseBase:
    """The second person's reading of what is withheld."""
    found = queries.item(request.viewer, ref, item_ref)
    form = SecondForm(request.POST or None, initial={"version": found.now.number})
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            given = form.cleaned_data
            actions.read_second(
                by=request.viewer,
                matter_ref=ref,
                item_ref=item_ref,
                version=given["version"],
                agrees=given["agrees"] == "yes",
                reasons=given["reasons"],
                on=request.viewer.today,
            )
            return go("disclosure-item", request=request, done="It was recorded.", ref=ref, item_ref=item_ref)
    return shown(request, "disclosure/second.html", {"ref": ref, "item": found, "form": form}, opened=ref)
