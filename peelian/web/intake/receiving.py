"""Taking in what arrives, word for word, on one page that grows by buttons."""

from functools import partial
from typing import Any

from django.http import HttpResponseBase, QueryDict

from peelian.intake import actions, queries
from peelian.people import queries as people
from peelian.terms.permissions import Permission
from peelian.walls import queries as walls
from peelian.web.fields import errors_shown_in
from peelian.web.intake.forms import NeverShowForm, ReceivedByForm, ReceiveForm, SenderForm
from peelian.web.pages import PageRequest, go, page, shown
from peelian.web.typed import DO, Rows

FORMS = ("facts", "sender", "after")


@page("intake/receive/", name="intake-receive", needs=Permission.RECEIVE, methods=("GET", "HEAD", "POST"))
def receive(request: PageRequest) -> HttpResponseBase:
    """The button `receive` acts; every other posts the page back as it was typed."""
    viewer = request.viewer
    data: QueryDict | None = request.POST if request.method == "POST" else None
    checked = data is not None and data.get(DO) == "receive"
    owners = walls.users_holding(Permission.READ_INTAKE, viewer.today)
    me = next((user.ref for user in owners if user.id == viewer.user_id), "")
    common: dict[str, Any] = {"data": data, "checked": checked}
    facts = ReceiveForm(**common, initial={"received_on": viewer.today}, channels=queries.channels())
    sender = SenderForm(**common, prefix="sender", viewer=viewer)
    never = Rows("person", data, partial(NeverShowForm, checked=checked, viewer=viewer), at_first=0)
    after = ReceivedByForm(**common, initial={"owner": me}, owners=owners, units=people.units(viewer))
    if checked and all([facts.is_valid(), sender.is_valid(), never.are_sound, after.is_valid()]):
        with errors_shown_in(facts):
            ref = actions.receive(
                by=viewer,
                **facts.cleaned_data,
                from_person_id=sender.person.id if sender.person else None,
                from_words=sender.cleaned_data["words"],
                never_show_to=[
                    (form.person.id, form.cleaned_data["ground"]) for _, form in never.filled if form.person
                ],
                owner_id=next(user.id for user in owners if user.ref == after.cleaned_data["owner"]),
                unit_id=people.unit(viewer, after.cleaned_data["unit"]).id if after.cleaned_data["unit"] else None,
                sensitive_reason=after.cleaned_data["sensitive_reason"],
            )
            return _received(request, ref)
    context = {"facts": facts, "sender": sender, "never": never, "after": after}
    return shown(request, "intake/receive.html", context)


def _received(request: PageRequest, ref: str) -> HttpResponseBase:
    """To the item, or to the list where the receiver may not open what they took in."""
    done = f"It was taken in as {ref}."
    if not request.viewer.may(Permission.READ_INTAKE):
        return go("home", request=request, done=done)
    return go("intake-item", request=request, done=done, ref=ref)
