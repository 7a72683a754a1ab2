"""Disposing of a pair: its words go with their key, and what told of the record; that it was judged stays."""

from datetime import date

from django.db import transaction

from peelian.journal import actions as journal
from peelian.matches.actions.judging import held
from peelian.matches.again import name_for
from peelian.matches.wall import pair_of
from peelian.matches.words import subject
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold, must_say


@transaction.atomic
def dispose_of_pair(*, by: Viewer, pair_ref: str, reason: str, on: date) -> None:
    """Erase what a pair says: both sides, words for and against, every reason; and the number of the record.

    The key of its words is destroyed, and the copies in the journal lie under it too. What stays: who it is about, of
    which source, that it was seen and judged, by whom and when, what followed; so a run's figures still come out. A
    later run knows it again: `again`. Needs ERASE. UK GDPR art 17; DPA 2018 s47. Raises NotFound; NotAllowed where it
    was disposed of already; NotValid without a reason.
    """
    must_hold(by, Permission.ERASE)
    pair = held(pair_of(by, pair_ref))
    reason = must_say(reason, why="Say why this is erased.")
    for key in (subject(pair.ref), pair.ref):  # the second: what results said before pairs had a key of their own
        if journal.holds_key(key):
            journal.erase_subject(by=by, kind=RecordKind.PAIR, subject_key=key, reason=reason, on=on)
    pair.record_key = name_for(pair)
    pair.disposed_on, pair.is_gone = on, True
    pair.stake, pair.weight, pair.band, pair.link, pair.purpose, pair.digest = 0, 0.0, "", "", "", ""
    pair.save()
