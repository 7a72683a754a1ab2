"""Erasing everything said and kept of the evidence of a matter. Who had what when stays."""

from datetime import date

from django.db import transaction

from peelian.evidence.actions.files import erase_content
from peelian.evidence.models import StoredFile
from peelian.evidence.words import subject
from peelian.journal import actions as journal
from peelian.matters import queries as matters
from peelian.matters.holding import must_not_be_held
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold, must_say


@transaction.atomic
def erase_evidence(*, by: Viewer, matter_ref: str, reason: str, on: date) -> int:
    """Erase every file of a matter and every word about its exhibits and submissions; how many files went.

    Needs ERASE. UK GDPR art 17; DPA 2018 s47. That exhibits were, their marks, seals and days, and who held them stay.
    Raises NotFound; NotAllowed while a legal hold stands; NotValid without a reason.
    """
    must_hold(by, Permission.ERASE)
    matter_id = matters.key_of(by, matter_ref)
    reason = must_say(reason, why="Say why this is erased.")
    must_not_be_held(matter_id)
    gone = erase_content(by=by, files=StoredFile.objects.filter(matter_id=matter_id), reason=reason, on=on)
    if journal.holds_key(subject(matter_ref)):
        journal.erase_subject(by=by, kind=RecordKind.MATTER, subject_key=subject(matter_ref), reason=reason, on=on)
    return gone
