"""A file on its way in: taken only from somebody who may load, only on the page for it, and only up to a size.

Django reads a request's files before the view runs, even to look for the form's token; so the question is asked here,
before the first byte of a file is written. The file is written under PEELIAN_HOME, never to the machine's /tmp.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadhandler import SkipFile, StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest
from django.urls import Resolver404, resolve

from peelian.evidence.scanning import most_mb
from peelian.loads.files import MOST_UPLOADED
from peelian.terms.permissions import Permission

ROOM_FOR_THE_FORM = 1 << 16
MOST_IN_A_FORM = 1 << 21  # what Django itself takes of a form's fields
TOO_LARGE = (
    f"The file is larger than {MOST_UPLOADED >> 30} GB, the most that a page takes. Compress it, or load it on the "
    "server with the command `peelian load`."
)


@dataclass(frozen=True, slots=True)
class Takes:
    """A page that takes files: who may give it one, how many bytes, and what is said of more."""

    permission: Permission
    most: Callable[[], int]
    too_large: Callable[[], str]


TAKES = {
    "load-new": Takes(Permission.LOAD, lambda: MOST_UPLOADED, lambda: TOO_LARGE),
    "file-new": Takes(
        Permission.KEEP_EVIDENCE,
        lambda: most_mb() * 10**6,
        lambda: f"The file is larger than {most_mb():,} MB, the most that is kept.",
    ),
}


def taking(request: HttpRequest | None) -> Takes | None:
    """What the page asked for takes, from somebody who may give it; None where no file is taken."""
    viewer = getattr(request, "viewer", None)
    try:
        takes = TAKES.get(resolve(request.path).url_name or "") if request is not None else None
    except Resolver404:
        return None
    return takes if takes is not None and viewer is not None and viewer.may(takes.permission) else None


class Incoming(TemporaryFileUploadHandler):
    """Forms are read as ever; their files only where they may be. `request.refused_upload` says why one was not."""

    length = 0

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        self.length = content_length

    def new_file(self, *given: Any, **more: Any) -> None:
        takes = taking(self.request)
        if takes is None:
            raise StopUpload(connection_reset=True)
        if self.length > takes.most() + ROOM_FOR_THE_FORM:
            self.request.refused_upload = takes.too_large()  # type: ignore[union-attr]  # read by the page of the upload
            raise SkipFile
        super().new_file(*given, **more)
