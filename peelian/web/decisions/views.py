"""The casework of a matter: its stages, one step of it, the joint view. Importing this registers the whole journey."""

from typing import Any

from django.http import HttpResponseBase

from peelian.calibration import queries as calibration
from peelian.decisions import actions, queries
from peelian.decisions.rows import Asking
from peelian.investigations import queries as investigations
from peelian.matters import queries as matters
from peelian.matters.queries import MustSign
from peelian.proceedings import actions as proceedings
from peelian.proceedings import queries as panels
from peelian.publish import queries as letters
from peelian.statute import Through
from peelian.terms.acts import RecordKind
from peelian.terms.matters import MatterKind
from peelian.terms.permissions import Permission
from peelian.web.decisions import reviewing, signing
from peelian.web.decisions.forms import JointForm, StepForm
from peelian.web.fields import errors_shown_in
from peelian.web.pages import PageRequest, admits, go, page, shown
from peelian.web.typed import DO
from peelian.web.vetting.raising import raised_on

__all__ = ["casework", "joint", "reviewing", "signing", "step"]

MATTER = RecordKind.MATTER
READERS = (Permission.READ_MATTERS, Permission.READ_PLACED_MATTERS)
DECIDERS = (
    Permission.ASSESS_CONDUCT,
    Permission.INVESTIGATE,
    Permission.DETERMINE,
    Permission.SIT,
    Permission.RECORD_EVENT,
)
WRITES = ("GET", "HEAD", "POST")
REFERRAL = "referral"
LEADS_TO = {  # the words of the link, by the kind of matter that is to be recorded
    MatterKind.COMPLAINT_UNDER_SCHEDULE_3.value: "Record it under Schedule 3",
    MatterKind.CONDUCT_MATTER.value: "Record the conduct matter",
    MatterKind.RECORDABLE_CONDUCT_MATTER.value: "Record it as a recordable conduct matter",
}


@page("matters/<str:ref>/casework/", name="matter-casework", needs=READERS, opens=MATTER)
def casework(request: PageRequest, ref: str) -> HttpResponseBase:
    """What was decided, stage by stage, and what can be decided now."""
    try:
        matters.matter(request.viewer, ref)
    except MustSign:
        return go("matter-sign", ref=ref)
    found = queries.casework(request.viewer, ref)
    lines = investigations.lines(request.viewer, ref)
    context = {"casework": found, "lines": lines, "leads_to": LEADS_TO, "lettered": letters.lettered()}
    return shown(request, "decisions/casework.html", context, opened=ref)


@page(
    "matters/<str:ref>/decide/<str:step>/",
    name="matter-decide",
    needs=DECIDERS,
    opens=MATTER,
    methods=WRITES,
)
def step(request: PageRequest, ref: str, step: str) -> HttpResponseBase:
    """One step: the questions, what the rule indicates and what would change it, the outcome, the reasons."""
    viewer, person = request.viewer, request.GET.get("person", "")
    asking = queries.asking(viewer, ref, step, person)
    pressed = request.POST.get(DO, "") if request.method == "POST" else ""
    form = _form(request, asking, checked=pressed == "act")
    conflict = None
    if pressed == "act" and form.is_valid():
        given = form.cleaned_data
        try:
            with errors_shown_in(form):
                proceedings.decide(
                    by=viewer,
                    matter_ref=ref,
                    step=step,
                    option=given["option"],
                    reasons=given["reasons"],
                    on=given["on"],
                    person_key=person,
                    answers=form.answers,
                    fixed_on=given.get("fixed_on"),
                    replaces=given["replaces"],
                    said=form.said,
                    lines_read=given.get("lines_read"),
                )
                done = _done(asking, given["option"], form) + raised_on(viewer, ref)
                return go("matter-casework", request=request, done=done, ref=ref)
        except actions.Superseded as superseded:
            conflict = superseded.refusal
            asking = queries.asking(viewer, ref, step, person)
            form = _form(request, asking, checked=False, typed_again=True)
    asked, lettered = bool(form.answers) or not asking.questions, letters.lettered()
    context = {
        "asking": asking,
        "form": form,
        "conflict": conflict,
        "guide": calibration.severity_guidance(viewer) if step in calibration.SHOWN_ON else None,
        "lettered": lettered,
        "letters": any(key in lettered for option in asking.options for key in option.events),
        "raised": matters.came_as_serious(viewer, ref) if step == REFERRAL else (),
        "panel": panels.panel_refusal(viewer, ref, person, step=step) if asking.step.through is Through.PANEL else None,
        "indicated": queries.what_follows(viewer, ref, step, form.answers) if asked and asking.questions else None,
    }
    return shown(request, "decisions/step.html", context, opened=ref)


def _form(request: PageRequest, asking: Asking, *, checked: bool, typed_again: bool = False) -> StepForm:
    data = request.POST.copy() if request.method == "POST" else None
    if data is not None and typed_again:
        data["replaces"] = asking.before.ref if asking.before else ""
    codes = [one.words for one in calibration.severity_guidance(request.viewer).reasons.values()]
    return StepForm(data, asking=asking, today=request.viewer.today, checked=checked, codes=codes)


def _done(asking: Asking, option: str, form: StepForm) -> str:
    chosen = next((one for one in asking.options if one.key == option), None)
    words = f"“{asking.step.words}” was recorded"
    return f"{words}: {chosen.words}." if chosen else f"{words}."


@page("matters/<str:ref>/joint/", name="matter-joint", needs=READERS, opens=MATTER, methods=WRITES)
def joint(request: PageRequest, ref: str) -> HttpResponseBase:
    """Everything the viewer may see of each person concerned, and whether matters are taken together."""
    found = queries.joint(request.viewer, ref)
    listed = list(dict.fromkeys(line.ref for one in found.people for line in one.matters))
    listed += dict.fromkeys(row.ref for one in found.people for row in one.records)
    form = JointForm(request.POST if request.method == "POST" else None, matters=listed, today=request.viewer.today)
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            given: dict[str, Any] = form.cleaned_data
            actions.record_joint_view(
                by=request.viewer,
                matter_ref=ref,
                shown=[one for one in given["shown"].split(",") if one],
                together=given["together"] == "yes",
                reasons=given["reasons"],
                on=given["on"],
            )
            return go("matter-casework", request=request, done="The joint view was recorded.", ref=ref)
    may_record = any(request.viewer.may(power) for power in DECIDERS[:-1])
    opens = admits(request.viewer, "wash-pair")
    context = {"joint": found, "form": form, "may_record": may_record, "opens_records": opens}
    return shown(request, "decisions/joint.html", context, opened=ref)
