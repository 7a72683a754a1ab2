"""Packs: made for one audience, filled, submitted, approved by another, given, kept."""

from collections.abc import Callable

from django.http import HttpResponse, HttpResponseBase

from peelian.clocks.law import law as law_in_force
from peelian.disclosure import actions, queries
from peelian.rules.disclosure import UnknownAudience, audience
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.web.disclosure.forms import ChooseForm, GiveForm, PackForm, ReasonsForm, StepForm
from peelian.web.fields import errors_shown_in
from peelian.web.pages import PageRequest, go, page, shown, told

READERS = (Permission.READ_MATTERS, Permission.READ_PLACED_MATTERS)
MATTER = RecordKind.MATTER
WRITES = ("GET", "HEAD", "POST")
HERE = "matters/<str:ref>/disclosure/packs/"
PACK = f"{HERE}<str:pack_ref>/"
MAKES, APPROVES = Permission.DISCLOSE, Permission.APPROVE_DISCLOSURE


@page(f"{HERE}new/<str:audience_key>/", name="disclosure-pack-new", needs=MAKES, opens=MATTER, methods=WRITES)
def new(request: PageRequest, ref: str, audience_key: str) -> HttpResponseBase:
    """Begin a pack for one audience."""
    viewer = request.viewer
    people = queries.recipients(viewer, ref, audience_key)
    try:
        to = audience(law_in_force(), audience_key, viewer.today)
    except UnknownAudience:
        raise NotFound(f"audience {audience_key}") from None
    form = PackForm(request.POST or None, to=to, people=people)
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            given = form.cleaned_data
            pack_ref = actions.make_pack(
                by=viewer,
                matter_ref=ref,
                audience_key=audience_key,
                person_key=given.get("person", ""),
                who=given.get("who", ""),
                basis=given["basis"],
                purpose=given["purpose"],
                on=viewer.today,
            )
            return go("disclosure-choose", ref=ref, pack_ref=pack_ref)
    context = {"ref": ref, "to": to, "people": people, "form": form}
    return shown(request, "disclosure/pack_new.html", context, opened=ref)


@page(PACK, name="disclosure-pack", needs=READERS, opens=MATTER)
def pack(request: PageRequest, ref: str, pack_ref: str) -> HttpResponseBase:
    """One pack: what it holds, what stands against it, what was done with it."""
    found = queries.pack(request.viewer, ref, pack_ref)
    return shown(request, "disclosure/pack.html", {"ref": ref, "pack": found}, opened=ref)


@page(f"{PACK}choose/", name="disclosure-choose", needs=MAKES, opens=MATTER, methods=WRITES)
def choose(request: PageRequest, ref: str, pack_ref: str) -> HttpResponseBase:
    found = queries.pack(request.viewer, ref, pack_ref)
    form = ChooseForm(request.POST or None, pack=found)
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            actions.choose(
                by=request.viewer,
                matter_ref=ref,
                pack_ref=pack_ref,
                version=form.cleaned_data["version"],
                items=form.items,
                on=request.viewer.today,
            )
            return go("disclosure-pack", request=request, done="The pack was changed.", ref=ref, pack_ref=pack_ref)
    return shown(request, "disclosure/choose.html", {"ref": ref, "pack": found, "form": form}, opened=ref)


@page(f"{PACK}submit/", name="disclosure-submit", needs=MAKES, opens=MATTER, methods=WRITES)
def submit(request: PageRequest, ref: str, pack_ref: str) -> HttpResponseBase:
    about = "Somebody who made none of it reads it and approves it. Every file is read for names that are protected."
    return _step(
        request, ref, pack_ref, actions.submit_pack, "Submit for approval", "It waits for approval now.", about
    )


@page(f"{PACK}approve/", name="disclosure-approve", needs=APPROVES, opens=MATTER, methods=WRITES)
def approve(request: PageRequest, ref: str, pack_ref: str) -> HttpResponseBase:
    about = "Look at every item and its redacted copy. You approve what you read, and nothing that changes later."
    return _step(
        request, ref, pack_ref, actions.approve_pack, "Approve the pack", "The pack was approved.", about, digest=True
    )


@page(f"{PACK}send-back/", name="disclosure-send-back", needs=APPROVES, opens=MATTER, methods=WRITES)
def send_back(request: PageRequest, ref: str, pack_ref: str) -> HttpResponseBase:
    words = ("Send the pack back", "What must change?", "The pack was sent back to its maker.")
    return _reasoned(request, ref, pack_ref, actions.send_back_pack, *words)


@page(f"{PACK}take-back/", name="disclosure-take-back", needs=MAKES, opens=MATTER, methods=WRITES)
def take_back(request: PageRequest, ref: str, pack_ref: str) -> HttpResponseBase:
    words = ("Take the pack back", "Why is it taken back?", "It is a draft again.")
    return _reasoned(request, ref, pack_ref, actions.take_back_pack, *words)


@page(f"{PACK}abandon/", name="disclosure-abandon", needs=MAKES, opens=MATTER, methods=WRITES)
def abandon(request: PageRequest, ref: str, pack_ref: str) -> HttpResponseBase:
    words = ("Give the pack up", "Why is it given up?", "The pack was given up.")
    return _reasoned(request, ref, pack_ref, actions.abandon_pack, *words)


@page(f"{PACK}give/", name="disclosure-give", needs=MAKES, opens=MATTER, methods=WRITES)
def give(request: PageRequest, ref: str, pack_ref: str) -> HttpResponseBase:
    """The last look before it leaves: it cannot be called back."""
    found = queries.pack(request.viewer, ref, pack_ref)
    form = GiveForm(request.POST or None, pack=found)
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            given = form.cleaned_data
            actions.give_pack(
                by=request.viewer,
                matter_ref=ref,
                pack_ref=pack_ref,
                version=given["version"],
                way=given["way"],
                safety_read=given.get("safety_read", False),
                understood=given["understood"],
                on=request.viewer.today,
            )
            done = "The pack was put together and recorded as given. Take it away from this page."
            return go("disclosure-pack", request=request, done=done, ref=ref, pack_ref=pack_ref)
    return shown(request, "disclosure/give.html", {"ref": ref, "pack": found, "form": form}, opened=ref)


@page(f"{PACK}pack.zip", name="disclosure-given", needs=READERS, opens=MATTER)
def given(request: PageRequest, ref: str, pack_ref: str) -> HttpResponseBase:
    held = queries.given_file(request.viewer, ref, pack_ref)
    response = HttpResponse(held.content, content_type=held.media)
    response.headers["Content-Disposition"] = f'attachment; filename="{pack_ref}.zip"'
    return told(response, opened=ref, summary=f"took away the pack {pack_ref}")


def _step(
    request: PageRequest,
    ref: str,
    pack_ref: str,
    act: Callable[..., object],
    title: str,
    done: str,
    about: str,
    *,
    digest: bool = False,
) -> HttpResponseBase:
    found = queries.pack(request.viewer, ref, pack_ref)
    form = StepForm(request.POST or None, initial={"version": found.version, "digest": found.digest})
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            more = {"digest": form.cleaned_data["digest"]} if digest else {}
            act(
                by=request.viewer,
                matter_ref=ref,
                pack_ref=pack_ref,
                version=form.cleaned_data["version"],
                on=request.viewer.today,
                **more,
            )
            return go("disclosure-pack", request=request, done=done, ref=ref, pack_ref=pack_ref)
    context = {"ref": ref, "pack": found, "form": form, "title": title, "about": about}
    return shown(request, "disclosure/act.html", context, opened=ref)


def _reasoned(
    request: PageRequest, ref: str, pack_ref: str, act: Callable[..., object], title: str, label: str, done: str
) -> HttpResponseBase:
    found = queries.pack(request.viewer, ref, pack_ref)
    form = ReasonsForm(request.POST or None, label=label, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            act(
                by=request.viewer,
                matter_ref=ref,
                pack_ref=pack_ref,
                version=form.cleaned_data["version"],
                reasons=form.cleaned_data["reasons"],
                on=request.viewer.today,
            )
            return go("disclosure-pack", request=request, done=done, ref=ref, pack_ref=pack_ref)
    context = {"ref": ref, "pack": found, "form": form, "title": title, "about": ""}
    return shown(request, "disclosure/act.html", context, opened=ref)
