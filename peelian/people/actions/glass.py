"""Opening the walled page of a person, known only through records that the viewer may not see."""

from django.db import transaction

from peelian.terms.acts import RecordKind
from peelian.terms.viewer import Viewer
from peelian.walls import actions as walls


@transaction.atomic
def break_glass(*, by: Viewer, person_ref: str, reason: str) -> str:
    """Open the page of a person for some hours, for a reason that others read at once; returns the opening's reference.

    It opens who they are and how to reach them. The records through which they are known stay behind their own walls.
    Needs BREAK_GLASS. Raises NotFound alike for nobody and for the viewer or somebody tied to them, NotValid.
    """
    return walls.break_glass(by=by, kind=RecordKind.PERSON, record_ref=person_ref, reason=reason)
