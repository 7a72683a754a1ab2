"""Erasing everything said in contact on a matter. That a plan was, a wish, an offer, and when, stays."""

from datetime import date

from django.db import transaction

from peelian.contact.actions.opening import end
from peelian.contact.models import ViewKey
from peelian.contact.words import GONE, subject
from peelian.journal import actions as journal
from peelian.matters import queries as matters
from peelian.matters.holding import must_not_be_held
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold, must_say


@transaction.atomic
def erase_contact(*, by: Viewer, matter_ref: str, reason: str, on: date) -> bool:
    """Erase the words of contact on a matter: plans, wishes, rights, referrals and keys, which end; whether any were.

    Needs ERASE. UK GDPR art 17; DPA 2018 s47. The key under which they lie is destroyed, and the copies in the journal
    lie under it too; what was told through one's own view is erased as the items that it came in as. Raises NotFound,
    NotValid without a reason, NotAllowed while a legal hold stands.
    """
    must_hold(by, Permission.ERASE)
    matter = matters.parts(by, matter_ref)
    reason = must_say(reason, why="Say why this is erased.")
    must_not_be_held(matter.id)
    for key in ViewKey.objects.filter(matter_id=matter.id, end__isnull=True).order_by("pk"):
        end(by, matter, key, GONE, on)
    if not journal.holds_key(subject(matter_ref)):
        return False
    journal.erase_subject(by=by, kind=RecordKind.MATTER, subject_key=subject(matter_ref), reason=reason, on=on)
    return True
