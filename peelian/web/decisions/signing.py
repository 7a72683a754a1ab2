"""What waits for a second person: decisions to sign, readings of what another may not see."""

from django.http import HttpResponseBase

from peelian.decisions import actions, queries
from peelian.intake import queries as intake
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.vetting import queries as vetting
from peelian.web.decisions.forms import ReadingForm, SignForm
from peelian.web.fields import errors_shown_in
from peelian.web.pages import PageRequest, go, page, shown
from peelian.web.vetting.raising import raised_on

WRITES = ("GET", "HEAD", "POST")


@page("to-sign/", name="to-sign", needs=Permission.COUNTERSIGN, lists="decisions to sign", menu="To sign")
def to_sign(request: PageRequest) -> HttpResponseBase:
    """Decisions that await the viewer's signature, and what they were asked to read for somebody else."""
    waiting, readings = queries.to_sign(request.viewer), queries.readings(request.viewer)
    seen = [one.matter_ref for one in waiting] + [one.matter_ref for one in readings]
    logs, vetted = intake.logs_to_answer(request.viewer), vetting.readings(request.viewer)
    seen += [one.item_ref for one in logs] + [one.person.ref for one in vetted]
    context = {"waiting": waiting, "readings": readings, "logs": logs, "vetted": vetted}
    return shown(request, "decisions/to_sign.html", context, listed=dict.fromkeys(seen))


@page(
    "matters/<str:ref>/decisions/<str:decision_ref>/sign/",
    name="decision-sign",
    needs=Permission.COUNTERSIGN,
    opens=RecordKind.MATTER,
    methods=WRITES,
)
def sign(request: PageRequest, ref: str, decision_ref: str) -> HttpResponseBase:
    """One decision whole, and what the second person makes of it."""
    found = [one for one in queries.decisions(request.viewer, ref) if one.ref == decision_ref]
    if not found:
        raise NotFound(f"decision {decision_ref}")
    form = SignForm(request.POST if request.method == "POST" else None, today=request.viewer.today)
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            given = form.cleaned_data
            agreed = given["agreed"] == "yes"
            actions.sign_decision(
                by=request.viewer,
                matter_ref=ref,
                decision_ref=decision_ref,
                agreed=agreed,
                reasons=given["reasons"],
                on=given["on"],
            )
            done = "You signed it, and it took effect." if agreed else "You sent it back. What stood before stands."
            return go("to-sign", request=request, done=done + raised_on(request.viewer, ref))
    who = queries.signers(request.viewer, ref, decision_ref) if found[0].waits else None
    context = {"ref": ref, "decision": found[0], "form": form, "refusal": who.refusal if who else None}
    return shown(request, "decisions/sign.html", context, opened=ref)


@page(
    "matters/<str:ref>/decisions/<str:decision_ref>/signers/",
    name="decision-signers",
    needs=(Permission.READ_MATTERS, Permission.READ_PLACED_MATTERS),
    opens=RecordKind.MATTER,
)
def signers(request: PageRequest, ref: str, decision_ref: str) -> HttpResponseBase:
    """Who may sign a decision that awaits it; where nobody may, another force is asked."""
    who = queries.signers(request.viewer, ref, decision_ref)
    return shown(request, "decisions/signers.html", {"who": who}, opened=ref)


@page(
    "readings/<str:ref>/",
    name="reading",
    needs=Permission.COUNTERSIGN,
    opens=RecordKind.MATTER,
    methods=WRITES,
)
def reading(request: PageRequest, ref: str) -> HttpResponseBase:
    """What stands behind a wall for the one who decides; the reader shares some of it, or nothing."""
    row = queries.reading(request.viewer, ref)
    form = ReadingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            given = form.cleaned_data
            item = actions.answer_reading(
                by=request.viewer,
                reading_ref=ref,
                share=given["share"],
                reasons=given["reasons"],
                on=request.viewer.today,
            )
            done = f"It was shared through intake as {item}." if item else "It was recorded that nothing is shared."
            return go("to-sign", request=request, done=done)
    return shown(request, "decisions/reading.html", {"reading": row, "form": form}, opened=row.matter_ref)
