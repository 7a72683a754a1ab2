"""What waits for the viewer and what they hold; the evidence of one matter. Importing this registers the journey."""

from django.http import HttpResponseBase

from peelian.evidence import queries
from peelian.matters import queries as matters
from peelian.web.evidence import exhibits, files, storage, submissions
from peelian.web.evidence.acting import HERE, MATTER, READERS
from peelian.web.pages import PageRequest, page, shown

__all__ = ["evidence", "exhibits", "files", "of_matter", "storage", "submissions"]


@page("evidence/", name="evidence", needs=READERS, lists="evidence", menu="Evidence")
def evidence(request: PageRequest) -> HttpResponseBase:
    """What waits for the viewer to accept or to sign, and what they hold; the ways to stores and submissions."""
    waiting, held = queries.to_accept(request.viewer), queries.held_by_me(request.viewer)
    context = {"waiting": waiting, "held": held}
    refs = dict.fromkeys([*(one.exhibit_ref for one in waiting), *(one.ref for one in held)])
    return shown(request, "evidence/mine.html", context, listed=refs)


@page(HERE, name="matter-evidence", needs=READERS, opens=MATTER)
def of_matter(request: PageRequest, ref: str) -> HttpResponseBase:
    """Exhibits, files and submissions of a matter."""
    viewer = request.viewer
    context = {
        "matter": matters.matter(viewer, ref),
        "exhibits": queries.exhibits_of(viewer, ref),
        "files": queries.files_of(viewer, ref),
        "submissions": queries.submissions_of(viewer, ref),
    }
    return shown(request, "evidence/of_matter.html", context, opened=ref)
