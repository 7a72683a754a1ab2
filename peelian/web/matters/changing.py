"""Adding to a matter, saying it anew, closing it. Whoever writes second sees both versions and chooses."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponseBase, QueryDict

from peelian.clocks import queries as duties
from peelian.contact import queries as contact
from peelian.decisions import actions as decisions
from peelian.loads import actions as loads
from peelian.matters import actions, queries
from peelian.matters.actions import SecondWriter
from peelian.matters.rows import AllegationDraft, MatterRow
from peelian.terms.acts import RecordKind
from peelian.terms.matters import Part
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.web.fields import errors_shown_in
from peelian.web.matters.forms import (
    CloseForm,
    EraseForm,
    IdentifyForm,
    NarrativeForm,
    PartForm,
    ReasonForm,
    VersionedForm,
    officer_choices,
)
from peelian.web.matters.parts import AllegationForm, PublicForm
from peelian.web.pages import PageRequest, go, page, shown
from peelian.web.typed import DO, TypedForm

MATTER = RecordKind.MATTER
WRITES = ("GET", "HEAD", "POST")
ADDS = (Permission.RECORD_MATTER, Permission.RECORD_EVENT)


@page("matters/<str:ref>/person/", name="matter-person", needs=ADDS, opens=MATTER, methods=WRITES)
def person(request: PageRequest, ref: str) -> HttpResponseBase:
    """Add somebody: found in the record, new to it, or described."""
    row, data, checked = _read(request, ref)
    part = PartForm(data=data, checked=checked, read=row.version)
    is_officer = part["part"].value() == Part.OFFICER_CONCERNED
    form = PublicForm(data=data, prefix="person", checked=checked, viewer=request.viewer)
    if checked and part.is_valid() and form.is_blank:
        part.add_error(None, "Say who it is: look somebody up, or write down a name or a description.")
    elif checked and part.is_valid() and is_officer and form.is_new:
        part.add_error(
            None, "An officer concerned is found in the register, or described while nobody knows who it is."
        )

    def act(version: int) -> str:
        actions.add_person(
            by=request.viewer,
            matter_ref=ref,
            version=version,
            part=Part(part.cleaned_data["part"]),
            involved=form.draft,
            on=request.viewer.today,
        )
        if is_officer:
            return "The person was added. Everyone with a place on this matter signs again that they have no conflict."
        return "The person was added."

    return _acted(request, row, [part, form], "Add a person", act, template="matters/person.html")


@page("matters/<str:ref>/allegation/", name="matter-allegation", needs=ADDS, opens=MATTER, methods=WRITES)
def allegation(request: PageRequest, ref: str) -> HttpResponseBase:
    row, data, checked = _read(request, ref)
    version = VersionedForm(data=data, checked=checked, read=row.version)
    officers = officer_choices(row.involvements)
    form = AllegationForm(data=data, prefix="allegation", checked=checked, officers=officers)

    def act(read: int) -> str:
        given = form.cleaned_data
        against = tuple(int(number) for number in given["against"])
        draft = AllegationDraft(given["category"], given["text"], tuple(given["factors"]), against)
        actions.add_allegation(by=request.viewer, matter_ref=ref, version=read, draft=draft, on=request.viewer.today)
        return "The allegation was added."

    return _acted(request, row, [version, form], "Add an allegation", act, template="matters/allegation.html")


@page(
    "matters/<str:ref>/people/<int:number>/identify/",
    name="matter-identify",
    needs=Permission.IDENTIFY_PERSON,
    opens=MATTER,
    methods=WRITES,
)
def identify(request: PageRequest, ref: str, number: int) -> HttpResponseBase:
    row, data, checked = _read(request, ref)
    unknown = next((one for one in row.involvements if one.number == number), None)
    if unknown is None:
        raise NotFound(f"involvement {number} of {ref}")
    form = IdentifyForm(data=data, checked=checked, viewer=request.viewer, read=row.version)

    def act(version: int) -> str:
        actions.identify_person(
            by=request.viewer,
            matter_ref=ref,
            version=version,
            number=number,
            person_ref=form.person_ref,
            evidence=form.cleaned_data["evidence"],
            on=request.viewer.today,
        )
        return "The person was identified. The description stays beside the name."

    warning = "This cannot be taken back. Everyone with a place on the matter signs again that they have no conflict."
    more = {"warning": warning, "about": f"Recorded as: {unknown.words}"}
    return _acted(request, row, [form], "Identify an unknown person", act, template="matters/identify.html", more=more)


@page(
    "matters/<str:ref>/narrative/",
    name="matter-narrative",
    needs=Permission.RECORD_MATTER,
    opens=MATTER,
    methods=WRITES,
)
def narrative(request: PageRequest, ref: str) -> HttpResponseBase:
    row, data, checked = _read(request, ref)
    form = NarrativeForm(data=data, checked=checked, read=row.version, initial={"text": row.narrative})

    def act(version: int) -> str:
        given = form.cleaned_data
        actions.change_narrative(
            by=request.viewer,
            matter_ref=ref,
            version=version,
            text=given["text"],
            reason=given["reason"],
            on=request.viewer.today,
        )
        return "The narrative was changed."

    return _acted(request, row, [form], "Change the narrative", act)


@page("matters/<str:ref>/erase/", name="matter-erase", needs=Permission.ERASE, opens=MATTER, methods=WRITES)
def erase(request: PageRequest, ref: str) -> HttpResponseBase:
    """Erases the words of a matter, wherever they are kept; the page says what goes and what stays."""
    row, data, checked = _read(request, ref)
    form = EraseForm(data=data, checked=checked, read=row.version)

    def act(version: int) -> str:
        reason = form.cleaned_data["reason"]
        loads.erase_words_of_matter(
            by=request.viewer, matter_ref=ref, version=version, reason=reason, on=request.viewer.today
        )
        return "The words of this matter were erased."

    more = {"told": contact.told_items(row.line.id)}
    return _acted(request, row, [form], "Erase the words of this matter", act, template="matters/erase.html", more=more)


@page("matters/<str:ref>/sensitive/", name="matter-sensitive", needs=Permission.RESTRICT, opens=MATTER, methods=WRITES)
def sensitive(request: PageRequest, ref: str) -> HttpResponseBase:
    row, data, checked = _read(request, ref)
    form = ReasonForm(data=data, checked=checked, read=row.version)

    def act(version: int) -> str:
        reason = form.cleaned_data["reason"]
        actions.make_sensitive(
            by=request.viewer, matter_ref=ref, version=version, reason=reason, on=request.viewer.today
        )
        return "The matter is open only to those with a place on it."

    warning = "It is then open only to those with a place on it who have signed; you keep a place yourself."
    return _acted(request, row, [form], "Make sensitive", act, more={"warning": warning})


@page("matters/<str:ref>/open-again/", name="matter-open", needs=Permission.RESTRICT, opens=MATTER, methods=WRITES)
def open_again(request: PageRequest, ref: str) -> HttpResponseBase:
    row, data, checked = _read(request, ref)
    form = ReasonForm(data=data, checked=checked, read=row.version)

    def act(version: int) -> str:
        reason = form.cleaned_data["reason"]
        actions.open_again(by=request.viewer, matter_ref=ref, version=version, reason=reason, on=request.viewer.today)
        return "The matter is open again to all who read matters."

    warning = "Everyone who reads matters may then see it, save those a wall keeps out."
    return _acted(request, row, [form], "End the sensitivity", act, more={"warning": warning})


@page("matters/<str:ref>/close/", name="matter-close", needs=Permission.RECORD_EVENT, opens=MATTER, methods=WRITES)
def close(request: PageRequest, ref: str) -> HttpResponseBase:
    """Refused with the reason and the law while something is owed without which it cannot close."""
    row, data, checked = _read(request, ref)
    form = CloseForm(data=data, checked=checked, read=row.version, today=request.viewer.today)

    def act(version: int) -> str:
        given = form.cleaned_data
        decisions.close_matter(
            by=request.viewer, matter_ref=ref, version=version, on=given["on"], reasons=given["reasons"]
        )
        return "The matter was closed."

    more = {"owed": duties.blocking(request.viewer, ref, request.viewer.today)}
    return _acted(request, row, [form], "Close the matter", act, template="matters/close.html", more=more)


def _read(request: PageRequest, ref: str) -> tuple[MatterRow, QueryDict | None, bool]:
    """The matter as it stands, what was posted, and whether the button that acts was pressed."""
    data: QueryDict | None = request.POST if request.method == "POST" else None
    return queries.matter(request.viewer, ref), data, data is not None and data.get(DO) == "act"


def _acted(
    request: PageRequest,
    row: MatterRow,
    forms: list[Any],
    title: str,
    act: Callable[[int], str],
    *,
    template: str = "matters/change.html",
    more: dict[str, Any] | None = None,
) -> HttpResponseBase:
    """Act where every form is in order; else the page again. A second writer gets both versions and the newer number.

    The first form holds `version`; `act` takes it and gives what to say.
    """
    first: TypedForm = forms[0]
    is_second, are_sound = False, all(one for one in [form.is_valid() for form in forms])
    if request.method == "POST" and first.checked and are_sound:
        try:
            with errors_shown_in(first):
                done = act(first.cleaned_data["version"] or 0)
                return go("matter", request=request, done=done, ref=row.line.ref)
        except SecondWriter as second:
            is_second = True
            newer = request.POST.copy()
            newer["version"] = str(second.version)
            first.data = newer
    context = {"matter": row, "forms": forms, "form": forms[-1], "title": title, "is_second": is_second}
    return shown(request, template, context | {"warning": ""} | (more or {}), opened=row.line.ref)
