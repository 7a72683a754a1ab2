"""A new load: the file taken in, what was recognised in it with ten rows through its map, and the start."""

from dataclasses import dataclass
from pathlib import Path

from django.http import HttpResponseBase

from peelian.feeds.errors import FeedError, MapError, UnknownHeader
from peelian.feeds.guess import GuessedColumn
from peelian.feeds.maps import ColumnMap, parse_map
from peelian.feeds.rows import FileFacts
from peelian.loads import actions, files, queries
from peelian.loads.rows import PreviewRow
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer
from peelian.web.fields import errors_shown_in
from peelian.web.loads.forms import MapForm, UploadForm
from peelian.web.pages import PageRequest, go, page, shown

WRITES = ("GET", "HEAD", "POST")
GIVEN = "the map below"


@dataclass(frozen=True, slots=True)
class Recognised:
    """What stands on the page of an uploaded file. `columns`: of a guess, empty otherwise. `fault`: why it cannot be
    read as it is; then no rows."""

    column_map: ColumnMap | None = None
    facts: FileFacts | None = None
    rows: tuple[PreviewRow, ...] = ()
    columns: tuple[GuessedColumn, ...] = ()
    map_text: str = ""
    is_known: bool = False
    fault: str = ""


@page("loads/new/", name="load-new", needs=Permission.LOAD, methods=WRITES)
def new(request: PageRequest) -> HttpResponseBase:
    form = UploadForm()
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES, refused=getattr(request, "refused_upload", ""))
        if form.is_valid():
            file = form.cleaned_data["file"]
            token = files.keep_incoming(file.name or "", file.chunks(), at=request.viewer.at)
            return go("load-check", token=token)
    return shown(request, "loads/new.html", {"form": form})


@page("loads/new/<str:token>/", name="load-check", needs=Permission.LOAD, methods=WRITES)
def check(request: PageRequest, token: str) -> HttpResponseBase:
    """What the file is; a known map is shown, an unknown one guessed and open to correction. POST shows or starts."""
    path = files.find_incoming(token)
    if path is None:
        raise NotFound(f"uploaded file {token}")
    posted = request.method == "POST"
    found = recognised(request.viewer, path, request.POST.get("map_text", "") if posted else "")
    mapped = request.POST if "map_text" in request.POST else {"map_text": "a known map"}
    form = MapForm(mapped if posted else None, initial={"map_text": found.map_text})
    may_start = posted and request.POST.get("how") == "start" and not found.fault
    if may_start and found.column_map is not None and form.is_valid():
        with errors_shown_in(form):
            started = actions.start(
                by=request.viewer,
                path=path,
                file_name=path.name,
                map_key=found.column_map.source if found.is_known else "",
                map_text="" if found.is_known else found.map_text,
            )
            words = "The load goes on where it had stopped." if started.is_resumed else "The load has begun."
            return go("load", request=request, done=words, ref=started.ref)
    context = {"found": found, "form": form, "name": path.name, "token": token}
    return shown(request, "loads/check.html", context)


def recognised(viewer: Viewer, path: Path, map_text: str) -> Recognised:
    """The file read through `map_text` where it is given, else through the known map that fits, else a guess."""
    try:
        if map_text.strip():
            column_map = parse_map(map_text, GIVEN)
            facts, rows = queries.preview(viewer, path, column_map)
            return Recognised(column_map, facts, rows, map_text=map_text)
        column_map = actions.find_map(path)
        facts, rows = queries.preview(viewer, path, column_map)
        return Recognised(column_map, facts, rows, is_known=True)
    except UnknownHeader:
        return guessed(viewer, path)
    except MapError as fault:
        return Recognised(map_text=map_text, fault=fault.words)
    except FeedError as fault:
        return Recognised(map_text=map_text, fault=fault.words)


def guessed(viewer: Viewer, path: Path) -> Recognised:
    try:
        guess, rows = queries.guess(viewer, path)
    except FeedError as fault:
        return Recognised(fault=fault.words)
    return Recognised(guess.column_map, guess.facts, rows, guess.columns, guess.toml)
