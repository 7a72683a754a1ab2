"""Exhibits: one with its chain of custody, and what its holder and those it is handed to can do."""

from typing import Any

from django import forms
from django.http import HttpResponseBase

from peelian.evidence import actions, queries
from peelian.evidence.states import EndingKind
from peelian.matters import queries as matters
from peelian.terms.refusals import NotFound
from peelian.web.evidence.acting import EXHIBIT, HERE, KEEPS, MATTER, READERS, WRITES, acted, exhibit_form, exhibit_on
from peelian.web.evidence.forms import (
    AttachForm,
    BreakForm,
    EndForm,
    ExhibitForm,
    HandOverForm,
    PlaceForm,
    ReasonsForm,
    SealForm,
    SignEndForm,
)
from peelian.web.pages import PageRequest, page, shown

HAND_OVER = f"{EXHIBIT}hand-overs/<str:hand_over_ref>/"


@page(f"{HERE}new/", name="exhibit-new", needs=KEEPS, opens=MATTER, methods=WRITES)
def new(request: PageRequest, ref: str) -> HttpResponseBase:
    row = matters.matter(request.viewer, ref)
    form = ExhibitForm(request.POST or None, today=request.viewer.today)
    way = acted(
        request,
        form,
        lambda given: actions.book_in(by=request.viewer, matter_ref=ref, **given),
        done="The exhibit was booked in. You hold it.",
        to="matter-evidence",
        ref=ref,
    )
    context = {"matter": row, "form": form, "title": "Book an exhibit in", "button": "Book it in"}
    context["about"] = "You hold it from the day it is booked in, until somebody accepts it from you."
    return way or shown(request, "evidence/of_matter_form.html", context, opened=ref)


@page(EXHIBIT, name="exhibit", needs=READERS, opens=MATTER)
def exhibit(request: PageRequest, ref: str, exhibit_ref: str) -> HttpResponseBase:
    """One exhibit: what it is, who held it when, its seals, where it lay, its files, what was asked about it."""
    return shown(request, "evidence/exhibit.html", {"exhibit": exhibit_on(request, ref, exhibit_ref)}, opened=ref)


@page(f"{EXHIBIT}hand-over/", name="exhibit-hand-over", needs=KEEPS, opens=MATTER, methods=WRITES)
def hand_over(request: PageRequest, ref: str, exhibit_ref: str) -> HttpResponseBase:
    row, viewer = exhibit_on(request, ref, exhibit_ref), request.viewer
    form = HandOverForm(request.POST or None, today=viewer.today, people=queries.receivers(viewer, exhibit_ref))
    way = acted(
        request,
        form,
        lambda given: actions.hand_over(
            by=viewer,
            exhibit_ref=exhibit_ref,
            receiver_ref=given["receiver"],
            outside=given["outside"],
            reasons=given["reasons"],
            on=given["on"],
        ),
        done="The hand-over waits until it is accepted. You hold the exhibit until then.",
        to="exhibit",
        ref=ref,
        exhibit_ref=exhibit_ref,
    )
    about = "Nothing moves until it is accepted. You can take it back until then."
    return way or exhibit_form(request, row, form, title="Hand it over", button="Hand it over", about=about)


@page(f"{EXHIBIT}take-in/", name="exhibit-take-in", needs=KEEPS, opens=MATTER, methods=WRITES)
def take_in(request: PageRequest, ref: str, exhibit_ref: str) -> HttpResponseBase:
    row, viewer = exhibit_on(request, ref, exhibit_ref), request.viewer
    label = "How did it come back, and in which state?"
    form = ReasonsForm(request.POST or None, today=viewer.today, label=label)
    way = acted(
        request,
        form,
        lambda given: actions.take_in(by=viewer, exhibit_ref=exhibit_ref, **given),
        done="Another of ours signs that you have it.",
        to="exhibit",
        ref=ref,
        exhibit_ref=exhibit_ref,
    )
    about = "Whoever held it cannot hand it over here, so another of ours signs that you have it."
    return way or exhibit_form(request, row, form, title="Take it in", button="Take it in", about=about)


@page(
    f"{EXHIBIT}hand-overs/<str:hand_over_ref>/accept/", name="exhibit-accept", needs=KEEPS, opens=MATTER, methods=WRITES
)
def accept(request: PageRequest, ref: str, exhibit_ref: str, hand_over_ref: str) -> HttpResponseBase:
    row, viewer = exhibit_on(request, ref, exhibit_ref), request.viewer
    waiting = next((one for one in row.custody if one.ref == hand_over_ref and one.accepted is None), None)
    if waiting is None:
        raise NotFound(f"hand-over {hand_over_ref}")
    form = ReasonsForm(request.POST or None, today=viewer.today, label="Note", required=False)
    del form.fields["reasons"]
    way = acted(
        request,
        form,
        lambda given: actions.accept(by=viewer, exhibit_ref=exhibit_ref, hand_over_ref=hand_over_ref, on=given["on"]),
        done="The hand-over is complete.",
        to="exhibit",
        ref=ref,
        exhibit_ref=exhibit_ref,
    )
    about = (
        f"From {waiting.giver} to {waiting.receiver}: {waiting.reasons} Have it in front of you, and compare its seal."
    )
    return way or exhibit_form(request, row, form, title="Accept the hand-over", button="Accept it", about=about)


@page(
    f"{EXHIBIT}hand-overs/<str:hand_over_ref>/decline/",
    name="exhibit-decline",
    needs=KEEPS,
    opens=MATTER,
    methods=WRITES,
)
def decline(request: PageRequest, ref: str, exhibit_ref: str, hand_over_ref: str) -> HttpResponseBase:
    row, viewer = exhibit_on(request, ref, exhibit_ref), request.viewer
    form = ReasonsForm(request.POST or None, today=viewer.today, label="Why is it not handed over?")
    way = acted(
        request,
        form,
        lambda given: actions.decline(by=viewer, exhibit_ref=exhibit_ref, hand_over_ref=hand_over_ref, **given),
        done="The exhibit stays where it is. The chain says why.",
        to="exhibit",
        ref=ref,
        exhibit_ref=exhibit_ref,
    )
    title = "Decline the hand-over, or take it back"
    return way or exhibit_form(request, row, form, title=title, button="End the hand-over")


@page(f"{EXHIBIT}seal/", name="exhibit-seal", needs=KEEPS, opens=MATTER, methods=WRITES)
def seal(request: PageRequest, ref: str, exhibit_ref: str) -> HttpResponseBase:
    """Put a seal on, or record that the one on it was broken."""
    row, viewer = exhibit_on(request, ref, exhibit_ref), request.viewer
    form: forms.Form
    if row.line.seal:
        form, title = BreakForm(request.POST or None, today=viewer.today), "Record that the seal was broken"
    else:
        form, title = SealForm(request.POST or None, today=viewer.today), "Put a seal on"

    def record(given: dict[str, Any]) -> None:
        if row.line.seal:
            actions.break_seal(by=viewer, exhibit_ref=exhibit_ref, **given)
        else:
            actions.put_seal(by=viewer, exhibit_ref=exhibit_ref, **given)

    way = acted(request, form, record, done="The seal was recorded.", to="exhibit", ref=ref, exhibit_ref=exhibit_ref)
    return way or exhibit_form(request, row, form, title=title, button="Record it")


@page(f"{EXHIBIT}place/", name="exhibit-place", needs=KEEPS, opens=MATTER, methods=WRITES)
def place(request: PageRequest, ref: str, exhibit_ref: str) -> HttpResponseBase:
    row, viewer = exhibit_on(request, ref, exhibit_ref), request.viewer
    is_placed = bool(row.line.place)
    form = PlaceForm(request.POST or None, today=viewer.today, units=queries.units(viewer), is_placed=is_placed)

    def put(given: dict[str, Any]) -> None:
        if given["unit"] == "out":
            actions.take_out(by=viewer, exhibit_ref=exhibit_ref, on=given["on"])
        else:
            where = {"unit_ref": given["unit"], "shelf": given["shelf"], "on": given["on"]}
            actions.place(by=viewer, exhibit_ref=exhibit_ref, **where)

    way = acted(request, form, put, done="Where it lies was recorded.", to="exhibit", ref=ref, exhibit_ref=exhibit_ref)
    about = "" if queries.units(viewer) else "There is no storage unit yet. Record one on the page of storage units."
    return way or exhibit_form(request, row, form, title="Where it lies", button="Record it", about=about)


@page(f"{EXHIBIT}end/", name="exhibit-end", needs=KEEPS, opens=MATTER, methods=WRITES)
def end(request: PageRequest, ref: str, exhibit_ref: str) -> HttpResponseBase:
    row, viewer = exhibit_on(request, ref, exhibit_ref), request.viewer
    form = EndForm(request.POST or None, today=viewer.today)
    way = acted(
        request,
        form,
        lambda given: actions.propose_ending(
            by=viewer, exhibit_ref=exhibit_ref, **given | {"kind": EndingKind(given["kind"])}
        ),
        done="A second person signs that it was done.",
        to="exhibit",
        ref=ref,
        exhibit_ref=exhibit_ref,
    )
    about = "A second person must see it done and sign. Nothing of an open matter is destroyed."
    return way or exhibit_form(request, row, form, title="Return or destroy it", button="Propose it", about=about)


@page(f"{EXHIBIT}ends/<str:ending_ref>/", name="exhibit-end-sign", needs=KEEPS, opens=MATTER, methods=WRITES)
def sign_end(request: PageRequest, ref: str, exhibit_ref: str, ending_ref: str) -> HttpResponseBase:
    row, viewer = exhibit_on(request, ref, exhibit_ref), request.viewer
    waiting = next((one for one in row.endings if one.ref == ending_ref and one.agreed is None), None)
    if waiting is None:
        raise NotFound(f"proposal {ending_ref}")
    form = SignEndForm(request.POST or None, today=viewer.today, is_mine=waiting.is_mine)
    way = acted(
        request,
        form,
        lambda given: actions.answer_ending(
            by=viewer,
            exhibit_ref=exhibit_ref,
            ending_ref=ending_ref,
            agreed=given["agreed"] == "yes",
            reasons=given["reasons"],
            on=given["on"],
        ),
        done="Your answer was recorded.",
        to="exhibit",
        ref=ref,
        exhibit_ref=exhibit_ref,
    )
    about = f"{waiting.by} proposes: {waiting.kind.words.lower()}. {waiting.how}. {waiting.reasons}"
    return way or exhibit_form(request, row, form, title="Sign as the second person", button="Record it", about=about)


@page(f"{EXHIBIT}attach/", name="exhibit-attach", needs=KEEPS, opens=MATTER, methods=WRITES)
def attach(request: PageRequest, ref: str, exhibit_ref: str) -> HttpResponseBase:
    row, viewer = exhibit_on(request, ref, exhibit_ref), request.viewer
    attached = {one.ref for one in row.files}
    free = [one for one in queries.files_of(viewer, ref) if one.ref not in attached and not one.is_erased]
    form = AttachForm(request.POST or None, files=free)
    way = acted(
        request,
        form,
        lambda given: actions.attach(by=viewer, exhibit_ref=exhibit_ref, file_ref=given["file"], on=viewer.today),
        done="The file was attached.",
        to="exhibit",
        ref=ref,
        exhibit_ref=exhibit_ref,
    )
    about = "" if free else "No other file is kept on this matter. Add one first."
    return way or exhibit_form(request, row, form, title="Attach a file", button="Attach it", about=about)
