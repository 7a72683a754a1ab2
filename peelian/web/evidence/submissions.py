"""Submissions: what laboratories and digital units have, how long they have had it, and what came of it."""

from django.http import HttpResponseBase

from peelian.evidence import actions, queries
from peelian.evidence.rows import SubmissionRow
from peelian.evidence.states import Step, SubmissionKind
from peelian.matters import queries as matters
from peelian.terms.refusals import NotFound
from peelian.web.evidence.acting import HERE, KEEPS, MATTER, READERS, WRITES, acted
from peelian.web.evidence.forms import StepForm, SubmitForm
from peelian.web.pages import PageRequest, page, shown

SUBMISSION = f"{HERE}submissions/<str:submission_ref>/"


@page("evidence/submissions/", name="submissions", needs=READERS, lists="submissions")
def submissions(request: PageRequest) -> HttpResponseBase:
    """Every submission that the viewer may see: those that wait first, none left out of the figures."""
    found = queries.submissions(request.viewer)
    context = {"found": found, "waits": queries.waits(found)}
    return shown(request, "evidence/submissions.html", context, listed=[one.ref for one in found])


@page(f"{HERE}submissions/new/", name="submission-new", needs=KEEPS, opens=MATTER, methods=WRITES)
def new(request: PageRequest, ref: str) -> HttpResponseBase:
    row, viewer = matters.matter(request.viewer, ref), request.viewer
    stands = [one for one in queries.exhibits_of(viewer, ref) if one.state.value in ("held", "outside")]
    form = SubmitForm(request.POST or None, today=viewer.today, exhibits=stands)
    way = acted(
        request,
        form,
        lambda given: actions.submit(
            by=viewer,
            matter_ref=ref,
            kind=SubmissionKind(given["kind"]),
            to=given["to"],
            asked=given["asked"],
            exhibit_refs=given["exhibits"],
            promised_on=given["promised_on"],
            on=given["on"],
        ),
        done="The submission was recorded. It waits from the day they were asked.",
        to="matter-evidence",
        ref=ref,
    )
    about = "" if stands else "There is no exhibit to submit. Book one in first."
    title = "Ask a laboratory or a digital unit"
    context = {"matter": row, "form": form, "title": title, "button": "Record it", "about": about}
    return way or shown(request, "evidence/of_matter_form.html", context, opened=ref)


@page(SUBMISSION, name="submission", needs=READERS, opens=MATTER)
def submission(request: PageRequest, ref: str, submission_ref: str) -> HttpResponseBase:
    context = {"submission": _submission(request, ref, submission_ref)}
    return shown(request, "evidence/submission.html", context, opened=ref)


@page(f"{SUBMISSION}<str:submission_step>/", name="submission-step", needs=KEEPS, opens=MATTER, methods=WRITES)
def step(request: PageRequest, ref: str, submission_ref: str, submission_step: str) -> HttpResponseBase:
    row, viewer = _submission(request, ref, submission_ref), request.viewer
    chosen = next((one for one in row.may if one.value == submission_step), None)
    if chosen is None:
        raise NotFound(f"step {submission_step} of {submission_ref}")
    form = StepForm(request.POST or None, today=viewer.today, step=Step(chosen))
    way = acted(
        request,
        form,
        lambda given: actions.record_step(by=viewer, submission_ref=submission_ref, step=Step(chosen), **given),
        done="It was recorded.",
        to="submission",
        ref=ref,
        submission_ref=submission_ref,
    )
    context = {"submission": row, "form": form, "title": chosen.words}
    return way or shown(request, "evidence/submission_step.html", context, opened=ref)


def _submission(request: PageRequest, ref: str, submission_ref: str) -> SubmissionRow:
    """A submission of this matter. Raises NotFound, also for one of another matter."""
    matters.matter(request.viewer, ref)
    found = queries.submission(request.viewer, submission_ref)
    if found.line.matter_ref != ref:
        raise NotFound(f"submission {submission_ref} of {ref}")
    return found
