"""A file on its way in: taken only from somebody who may load, only on the page for it, and only up to a size.

Django reads a request's files before the view runs, even to look for the form's token; so the question is asked here,
before the first byte of a file is written. The file is written under PEELIAN_HOME, never to the machine's /tmp.
"""

from typing import Any

from django.core.files.uploadhandler import SkipFile, StopUpload, TemporaryFileUploadHandler
from django.urls import reverse

from peelian.loads.files import MOST_UPLOADED
from peelian.terms.permissions import Permission

ROOM_FOR_THE_FORM = 1 << 16
MOST_IN_A_FORM = 1 << 21  # what Django itself takes of a form's fields
TOO_LARGE = (
    f"The file is larger than {MOST_UPLOADED >> 30} GB, the most that a page takes. Compress it, or load it on the "
    "server with the command `peelian load`."
)


class Incoming(TemporaryFileUploadHandler):
    """Forms are read as ever; their files only where they may be. `request.refused_upload` says why one was not."""

    length = 0

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        self.length = content_length

    def new_file(self, *given: Any, **more: Any) -> None:
        viewer = getattr(self.request, "viewer", None)
        here = self.request is not None and self.request.path == reverse("load-new")
        if not (here and viewer is not None and viewer.may(Permission.LOAD)):
            raise StopUpload(connection_reset=True)
        if self.length > MOST_UPLOADED + ROOM_FOR_THE_FORM:
            self.request.refused_upload = TOO_LARGE  # type: ignore[union-attr]  # read by the page of the upload
            raise SkipFile
        super().new_file(*given, **more)
