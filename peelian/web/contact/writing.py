"""Forms that write down what was agreed, said and offered: each calls one action."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponseBase

from peelian.contact import actions, queries
from peelian.contact.rows import SomebodyRow
from peelian.terms.acts import RecordKind
from peelian.terms.contact import RightState, Stance, Topic
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound, NotValid
from peelian.web.contact import forms
from peelian.web.fields import errors_shown_in
from peelian.web.pages import PageRequest, go, page, shown

WRITE = Permission.RECORD_EVENT
MATTER = RecordKind.MATTER
WRITES = ("GET", "HEAD", "POST")
HERE = "matters/<str:ref>/contact/<str:who>/"


@page(f"{HERE}plan/", name="matter-contact-plan", needs=WRITE, opens=MATTER, methods=WRITES)
def plan(request: PageRequest, ref: str, who: str) -> HttpResponseBase:
    """The contact plan, agreed anew. A second writer sees the plan that stands and what they typed, and chooses."""
    row = queries.somebody_on(request.viewer, ref, who)
    form, ways = forms.plan_forms(request.POST or None, row.safe.plan, request.viewer.today)
    is_second = False
    if request.method == "POST" and all([form.is_valid(), *(way.is_valid() for way in ways)]):
        given = form.cleaned_data
        try:
            draft = form.draft([way for one in ways if (way := one.way) is not None])
            actions.agree_plan(
                by=request.viewer,
                matter_ref=ref,
                person_key=who,
                draft=draft,
                replaces=given["replaces"],
                on=given["on"],
            )
            return go("matter-contact-person", request=request, done="The plan was recorded.", ref=ref, who=who)
        except NotValid as wrong:
            form.add_error(wrong.field if wrong.field in form.fields else None, wrong.reason)
        except actions.PlanMoved as moved:
            row, is_second = queries.somebody_on(request.viewer, ref, who), True
            form.data = {**request.POST.dict(), "replaces": str(moved.number)}
    context = {"ref": ref, "row": row, "form": form, "ways": ways, "is_second": is_second}
    return shown(request, "contact/plan.html", context, opened=ref)


@page(f"{HERE}said/", name="matter-contact-said", needs=WRITE, opens=MATTER, methods=WRITES)
def said(request: PageRequest, ref: str, who: str) -> HttpResponseBase:
    """Consent or a wish."""
    row = queries.somebody_on(request.viewer, ref, who)
    form = forms.SaidForm(request.POST or None, initial={"on": request.viewer.today})

    def act(topic: str, stance: str, **given: Any) -> None:
        actions.record_said(topic=Topic(topic), stance=Stance(stance), **given)

    warning = (
        "A wish to withdraw ends nothing. Somebody else then looks at the complaint afresh, with everything known."
        " SI 2020/2 reg 38; LES-08"
    )
    return _write(request, ref, row, form, "Write down what they said", "It was written down.", act, warning)


@page(f"{HERE}rights/", name="matter-contact-rights", needs=WRITE, opens=MATTER, methods=WRITES)
def rights(request: PageRequest, ref: str, who: str) -> HttpResponseBase:
    """Where the rights of the Victims' Code stand."""
    row = queries.somebody_on(request.viewer, ref, who)
    if not row.rights:
        raise NotFound(f"rights of {who}")
    form = forms.RightsForm(request.POST or None, initial={"on": request.viewer.today}, rights=row.rights)

    def act(state: str, **given: Any) -> None:
        actions.mark_rights(state=RightState(state), **given)

    return _write(request, ref, row, form, "Mark rights of the Victims’ Code", "The rights were marked.", act)


@page(f"{HERE}adviser/", name="matter-contact-adviser", needs=WRITE, opens=MATTER, methods=WRITES)
def adviser(request: PageRequest, ref: str, who: str) -> HttpResponseBase:
    """An independent adviser, offered."""
    row = queries.somebody_on(request.viewer, ref, who)
    offered = queries.advisers(request.viewer)
    form = forms.AdviserForm(request.POST or None, initial={"on": request.viewer.today}, advisers=offered)

    def act(consented: str, **given: Any) -> None:
        actions.offer_adviser(consented=consented == "yes", **given)

    return _write(request, ref, row, form, "Offer an independent adviser", "The answer was recorded.", act)


@page(f"{HERE}referrals/<str:referral_ref>/", name="matter-contact-referral", needs=WRITE, opens=MATTER, methods=WRITES)
def referral(request: PageRequest, ref: str, who: str, referral_ref: str) -> HttpResponseBase:
    """A referral made, or what came of it: whichever comes next."""
    row = queries.somebody_on(request.viewer, ref, who)
    held = next((one for one in row.referrals if one.ref == referral_ref), None)
    if held is None:
        raise NotFound(f"referral {referral_ref}")
    is_made = held.made_on is not None
    kind: type[Form] = forms.AnswerForm if is_made else forms.MadeForm
    form = kind(request.POST or None, initial={"on": request.viewer.today})
    call = actions.answer_referral if is_made else actions.make_referral

    def act(**given: Any) -> None:
        call(referral_ref=referral_ref, **given)

    title = "Say what came of the referral" if is_made else "Record that the referral was made"
    return _write(request, ref, row, form, title, "It was recorded.", act)


def _write(
    request: PageRequest,
    ref: str,
    row: SomebodyRow,
    form: Form,
    title: str,
    done: str,
    act: Callable[..., object],
    warning: str = "",
) -> HttpResponseBase:
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            act(by=request.viewer, matter_ref=ref, person_key=row.key, **form.cleaned_data)
            return go("matter-contact-person", request=request, done=done, ref=ref, who=row.key)
    context = {"ref": ref, "row": row, "form": form, "title": title, "warning": warning}
    return shown(request, "contact/write.html", context, opened=ref)
