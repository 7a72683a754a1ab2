"""Closing a matter: nothing owed, nothing unsigned, and on a conduct matter a decision by somebody independent."""

from datetime import date

from django.db import transaction

from peelian.clocks import actions as clocks
from peelian.decisions import facts
from peelian.decisions.queries.joint import read_together
from peelian.matters.queries import awaits_joint_review, parts
from peelian.rules.closing import why_not_closed
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold


@transaction.atomic
def close_matter(*, by: Viewer, matter_ref: str, version: int, on: date, reasons: str) -> None:
    """Close a matter on `on`. Needs RECORD_EVENT. LES-04, LES-05, LES-07.

    Raises NotAllowed where a decision awaits a signature, or a conduct or DSI matter has no decision that ends it, or
    something is known of a person concerned that no joint view held, or it awaits a joint
    review; else as `clocks.actions.close_matter`.
    """
    must_hold(by, Permission.RECORD_EVENT)
    matter = parts(by, matter_ref)
    case = facts.case_facts(by, matter, facts.held_decisions([matter.id]).get(matter.id, []))
    awaits = awaits_joint_review(by, matter_ref)
    if refusal := why_not_closed(case, read_together=read_together(by, matter), awaits_joint_review=awaits):
        raise NotAllowed(refusal)
    clocks.close_matter(by=by, matter_ref=matter_ref, version=version, on=on, reasons=reasons)
