"""Recording that everything known of each person concerned was opened, and whether matters are taken together."""

from datetime import date

from django.db import transaction

from peelian.clocks import actions as clocks
from peelian.decisions import facts
from peelian.decisions.actions.reading import ask_for_reading
from peelian.decisions.models import JointView
from peelian.decisions.queries.joint import current_view, known_of, refs_of
from peelian.journal import actions as journal
from peelian.matters import actions as matters
from peelian.matters.queries import parts
from peelian.rules.serious import REPEATS
from peelian.terms.acts import Act, RecordKind
from peelian.terms.matters import MatterState
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotAllowed, NotValid, Refusal
from peelian.terms.typed import not_ahead
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold, must_say

DECIDERS = (Permission.ASSESS_CONDUCT, Permission.INVESTIGATE, Permission.DETERMINE, Permission.SIT)


@transaction.atomic
def answer_joint_review(*, by: Viewer, matter_ref: str, review_ref: str, reopens: bool, reasons: str, on: date) -> None:
    """Say what came of reading an earlier matter together with a later one, after one's own joint view of it. LES-07.

    Needs a power that decides. A closed matter is opened again where `reopens`. Raises NotAllowed without a joint view
    that holds all that `by` may see of its people today; NotFound, NotValid.
    """
    must_hold(by, *DECIDERS)
    matter = parts(by, matter_ref)
    view = current_view(by, matter, refs_of(by, known_of(by, matter)), facts.joint_views(matter.id))
    if view is None:
        reason = "Open the joint view of this matter first, and record whether matters are taken together."
        raise NotAllowed(Refusal(reason, REPEATS))
    matters.record_joint_review(
        by=by,
        matter_ref=matter_ref,
        review_ref=review_ref,
        reopens=reopens,
        joint_view_ref=view.ref,
        reasons=reasons,
        on=on,
    )
    if reopens and matter.state is MatterState.CLOSED:
        matters.reopen(by=by, matter_ref=matter_ref, reasons=reasons, on=on)


@transaction.atomic
def record_joint_view(*, by: Viewer, matter_ref: str, shown: list[str], together: bool, reasons: str, on: date) -> str:
    """Record that the joint view of a matter was read, whether matters are taken together, and why; its reference.

    Needs a power that decides. `shown`: references of all that stood on the page; NotValid where another has
    come since, so that nobody signs for what they did not see. Where something more stands behind a wall, somebody who
    may see it is asked to read it; the one who decides does not learn of that. Raises NotFound, NotAllowed, NotValid.
    """
    must_hold(by, *DECIDERS)
    matter = parts(by, matter_ref)
    known = known_of(by, matter)
    now = refs_of(by, known)
    if not now <= set(shown):
        raise NotValid("shown", "Something came to be known while the page was open. Read it again below, then record.")
    not_ahead(by, on)
    reasons = must_say(reasons, why="Say why matters are or are not taken together.", field="reasons")
    view = JointView.objects.create(
        ref=new_reference("PJ"),
        matter_id=matter.id,
        user_id=by.user_id or 0,
        officers=sorted(facts.officers_of(matter)),
        shown=sorted(now),
        together=together,
        reasons=reasons,
        on=on,
        recorded_at=by.at,
        recorded_by=by.actor,
    )
    journal.record(
        by=by,
        act=Act.COMBINED,
        kind=RecordKind.MATTER,
        key=matter.ref,
        summary="read the joint view of each person concerned",
        decision="taken together" if together else "not taken together",
        on=on,
        texts=[(matter.ref, {"reasons": reasons, "shown": sorted(now)})],
    )
    clocks.follow(by=by, matter=matter, key="joint_view_recorded", on=on, involvement_id=None)
    ask_for_reading(by, matter, known)
    return str(view.ref)
