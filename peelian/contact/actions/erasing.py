"""Erasing everything said in contact on a matter. That a plan was, a wish, an offer, and when, stays."""

from datetime import date
from typing import Any

from django.db import transaction

from peelian.contact.models import (
    Plan,
    Referral,
    ReferralAnswer,
    ReferralMade,
    RightMark,
    Said,
    ViewKey,
    ViewKeyEnd,
)
from peelian.intake.erasing import overwrite
from peelian.journal import actions as journal
from peelian.matters import queries as matters
from peelian.terms.acts import Act, RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold, must_say

GONE = "Erased"
NO_WORDS = ("say", "never_say", "never_write", "may_be_told", "lives_there", "interpreter", "adjustments")


@transaction.atomic
def erase_contact(*, by: Viewer, matter_ref: str, reason: str, on: date) -> int:
    """Erase the words of contact on a matter: plans, wishes, rights, referrals and keys, which end; how many rows.

    Needs ERASE. UK GDPR art 17; DPA 2018 s47. The copies in the journal lie under the key of the matter, and go with
    it; what was told through one's own view is erased as the items that it came in as. Raises NotFound, NotValid
    without a reason.
    """
    must_hold(by, Permission.ERASE)
    matter_id = matters.key_of(by, matter_ref)
    reason = must_say(reason, why="Say why this is erased.")
    overwrite()
    for key in ViewKey.objects.filter(matter_id=matter_id, end__isnull=True).order_by("pk"):
        ViewKeyEnd.objects.create(key=key, reasons=GONE, on=on, recorded_at=by.at, recorded_by=by.actor)
    of_referrals = {"referral__matter_id": matter_id}
    words: list[tuple[Any, dict[str, int], dict[str, Any]]] = [
        (
            Plan,
            {"matter_id": matter_id},
            {"ways": [], **dict.fromkeys(NO_WORDS, ""), "agreed_with": GONE, "reasons": GONE},
        ),
        (Said, {"matter_id": matter_id}, {"about": "", "said_by": "", "words": GONE, "reasons": GONE}),
        (RightMark, {"matter_id": matter_id}, {"reasons": GONE}),
        (Referral, {"matter_id": matter_id}, {"words": GONE}),
        (ReferralMade, of_referrals, {"service": GONE}),
        (ReferralAnswer, of_referrals, {"words": GONE}),
        (ViewKey, {"matter_id": matter_id}, {"reasons": GONE}),
        (ViewKeyEnd, {"key__matter_id": matter_id}, {"reasons": GONE}),
    ]
    gone = sum(model.objects.filter(**of).update(**erased) for model, of, erased in words)
    if gone:
        journal.record(
            by=by,
            act=Act.ERASED,
            kind=RecordKind.MATTER,
            key=matter_ref,
            summary="erased the words of contact",
            reason=reason,
            on=on,
        )
    return int(gone)
