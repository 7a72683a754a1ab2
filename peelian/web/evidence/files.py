"""Files: kept, shown, taken away, erased. A file goes out as something to save, never to be opened in a page."""

from collections.abc import Iterator
from itertools import chain

from django.http import HttpResponseBase, StreamingHttpResponse

from peelian.evidence import actions, queries, store
from peelian.evidence.rows import FileRow, Which
from peelian.evidence.scanning import is_set, most_mb
from peelian.matters import queries as matters
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound, NotValid
from peelian.web.evidence.acting import HERE, KEEPS, MATTER, READERS, WRITES, acted
from peelian.web.evidence.forms import EraseForm, FileForm
from peelian.web.fields import errors_shown_in
from peelian.web.pages import PageRequest, go, page, shown

FILE = f"{HERE}files/<str:file_ref>/"
DAMAGED = (
    "This file cannot be opened: on the disk it is missing or not what was kept. Tell whoever runs Peelian; the command"
    " peelian evidence check names it."
)


class TakenAway(StreamingHttpResponse):
    """A file on its way out. It says what it opened, as a page does."""

    opened: str
    summary: str


@page(f"{HERE}files/new/", name="file-new", needs=KEEPS, opens=MATTER, methods=WRITES)
def new(request: PageRequest, ref: str) -> HttpResponseBase:
    row, viewer = matters.matter(request.viewer, ref), request.viewer
    form = FileForm(today=viewer.today)
    if request.method == "POST":
        given, files = request.POST, request.FILES  # read before it is known whether a file was refused
        form = FileForm(given, files, today=viewer.today, refused=getattr(request, "refused_upload", ""))
        if form.is_valid():
            file = form.cleaned_data["file"]
            with errors_shown_in(form):
                file_ref = actions.keep(
                    by=viewer,
                    matter_ref=ref,
                    name=(file.name or "file")[-200:],
                    content=file.chunks(),
                    about=form.cleaned_data["about"],
                    on=form.cleaned_data["on"],
                )
                return go("file", request=request, done="The file is kept.", ref=ref, file_ref=file_ref)
    context = {"matter": row, "form": form, "most": most_mb(), "is_scanned": is_set()}
    return shown(request, "evidence/file_new.html", context, opened=ref)


@page(FILE, name="file", needs=READERS, opens=MATTER)
def file(request: PageRequest, ref: str, file_ref: str) -> HttpResponseBase:
    return shown(request, "evidence/file.html", {"file": _file(request, ref, file_ref), "ref": ref}, opened=ref)


@page(f"{FILE}<str:which>/take/", name="file-take", needs=READERS, opens=MATTER)
def take(request: PageRequest, ref: str, file_ref: str, which: str) -> HttpResponseBase:
    """The content, to be saved, under a neutral name. Each piece was found sound before it goes out."""
    _file(request, ref, file_ref)
    if which not in tuple(Which):
        raise NotFound(f"{which} of {file_ref}")
    opened = queries.content(request.viewer, file_ref, Which(which))
    response = TakenAway(_begun(opened.pieces), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{opened.name}"'
    response.headers["Content-Length"] = str(opened.size)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.opened, response.summary = ref, f"took away the file {file_ref} ({which})"
    return response


@page(f"{FILE}erase/", name="file-erase", needs=Permission.ERASE, opens=MATTER, methods=WRITES)
def erase(request: PageRequest, ref: str, file_ref: str) -> HttpResponseBase:
    row, viewer = _file(request, ref, file_ref), request.viewer
    form = EraseForm(request.POST or None)
    way = acted(
        request,
        form,
        lambda given: actions.erase_file(by=viewer, file_ref=file_ref, reason=given["reason"], on=viewer.today),
        done="The file was erased for good.",
        to="matter-evidence",
        ref=ref,
    )
    return way or shown(request, "evidence/file_erase.html", {"file": row, "ref": ref, "form": form}, opened=ref)


@page(f"{HERE}erase/", name="evidence-erase", needs=Permission.ERASE, opens=MATTER, methods=WRITES)
def erase_all(request: PageRequest, ref: str) -> HttpResponseBase:
    row, viewer = matters.matter(request.viewer, ref), request.viewer
    form = EraseForm(request.POST or None)
    way = acted(
        request,
        form,
        lambda given: actions.erase_evidence(by=viewer, matter_ref=ref, reason=given["reason"], on=viewer.today),
        done="Everything said and kept of the evidence was erased for good.",
        to="matter-evidence",
        ref=ref,
    )
    return way or shown(request, "evidence/erase.html", {"matter": row, "form": form}, opened=ref)


def _file(request: PageRequest, ref: str, file_ref: str) -> FileRow:
    """A file of this matter. Raises NotFound, also for one of another matter."""
    matter = matters.matter(request.viewer, ref)
    found = queries.file(request.viewer, file_ref)
    if found.matter_id != matter.line.id:
        raise NotFound(f"file {file_ref} of {ref}")
    return found


def _begun(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same pieces, the first already read, so that a file that is not there is told on a page."""
    try:
        first = next(pieces)
    except store.Damaged as damaged:
        raise NotValid("file", DAMAGED) from damaged
    return chain([first], pieces)
