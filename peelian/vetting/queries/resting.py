"""What of vetting stands open on a pair of the wash, for those who keep retention."""

from peelian.clocks.law import law
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer, system
from peelian.vetting.models import Withdrawal, WithdrawalStep
from peelian.vetting.queries.applications import waiting
from peelian.walls.powers import must_hold

OPEN = "A review of clearance that came of it is open."
WITHDRAWAL = "A withdrawal of clearance that came of it has not ended."
OF_PERSON = "An application for clearance of whoever it is about is open."


def rests_on(viewer: Viewer, pair_ref: str, person_id: int) -> tuple[str, ...]:
    """Why vetting needs a pair still: what came of it is open, or whoever it is about is being weighed. Needs ERASE or
    COUNTERSIGN. Four statements.

    What came of the pair is looked up for them, who may not see all of it: it is hidden with no matter. Of the other
    applications those count that no hidden matter raised.
    """
    must_hold(viewer, Permission.ERASE, Permission.COUNTERSIGN)
    reader = system("vetting", at=viewer.at, because="to know whether vetting that came of a pair of the wash is open")
    why = []
    if waiting(reader).filter(origin=pair_ref).exists():
        why.append(OPEN)
    ends = [row.key for row in law().table("vetting_withdrawal") if row.get("ends")]
    ended = WithdrawalStep.objects.filter(key__in=ends).values("withdrawal")
    came = Withdrawal.objects.filter(application__origin=pair_ref).exclude(pk__in=ended)
    if came.exists():
        why.append(WITHDRAWAL)
    if waiting(viewer).filter(person_id=person_id).exclude(origin=pair_ref).exists():
        why.append(OF_PERSON)
    return tuple(why)
