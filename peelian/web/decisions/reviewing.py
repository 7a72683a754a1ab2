"""What comes of reading an earlier matter together with a later one: whether it is opened again, and why."""

from django.http import HttpResponseBase

from peelian.decisions import actions, queries
from peelian.matters import queries as matters
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.web.decisions.forms import JointReviewForm
from peelian.web.fields import errors_shown_in
from peelian.web.pages import PageRequest, go, page, shown

DECIDERS = (Permission.ASSESS_CONDUCT, Permission.INVESTIGATE, Permission.DETERMINE, Permission.SIT)
WRITES = ("GET", "HEAD", "POST")


@page(
    "matters/<str:ref>/joint/<str:review_ref>/",
    name="joint-review",
    needs=DECIDERS,
    opens=RecordKind.MATTER,
    methods=WRITES,
)
def joint_review(request: PageRequest, ref: str, review_ref: str) -> HttpResponseBase:
    """One joint review: what came, and, once the joint view was recorded, whether the matter is opened again."""
    asked = next((one for one in matters.joint_reviews(request.viewer, ref) if one.ref == review_ref), None)
    if asked is None or asked.reopens is not None:
        raise NotFound(f"joint review {review_ref}")
    found = queries.joint(request.viewer, ref)
    form = JointReviewForm(request.POST if request.method == "POST" else None, today=request.viewer.today)
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            given = form.cleaned_data
            reopens = given["reopens"] == "yes"
            actions.answer_joint_review(
                by=request.viewer,
                matter_ref=ref,
                review_ref=review_ref,
                reopens=reopens,
                reasons=given["reasons"],
                on=given["on"],
            )
            done = "The matter is open again." if reopens else "It was recorded that it is not opened again."
            return go("matter", request=request, done=done, ref=ref)
    context = {"asked": asked, "joint": found, "form": form}
    return shown(request, "decisions/joint_review.html", context, opened=ref)
