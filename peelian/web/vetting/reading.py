"""What somebody is asked to read for those who decide on clearance and may not see it."""

from django.http import HttpResponseBase

from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.vetting import actions, queries
from peelian.web.fields import errors_shown_in
from peelian.web.pages import PageRequest, go, page, shown
from peelian.web.vetting.kept_forms import ReadingForm


@page(
    "vetting/readings/<str:reading_ref>/",
    name="vetting-reading",
    needs=Permission.COUNTERSIGN,
    opens=RecordKind.PERSON,
    methods=("GET", "HEAD", "POST"),
)
def reading(request: PageRequest, reading_ref: str) -> HttpResponseBase:
    """What stands behind a wall for those who decide on clearance; the reader shares some of it, or nothing."""
    row = queries.reading(request.viewer, reading_ref)
    form = ReadingForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            given = form.cleaned_data
            item = actions.answer_reading(by=request.viewer, reading_ref=reading_ref, on=request.viewer.today, **given)
            done = f"It was shared, and came in as {item}." if item else "It was recorded that nothing is shared."
            return go("to-sign", request=request, done=done)
    return shown(request, "vetting/reading.html", {"row": row, "form": form}, opened=row.person.ref)
