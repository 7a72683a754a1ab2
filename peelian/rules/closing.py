"""When a matter may be closed as far as decisions go: not by silence, and not by one person alone.

A lesson, not a provision (LES-04, LES-05, LES-07): reports about one officer were closed in several forces without
anybody independent having decided anything. Local rule.
"""

from peelian.rules.steps import CaseFacts
from peelian.terms.matters import MatterKind
from peelian.terms.refusals import Refusal

LAW = "Local rule (LES-04, LES-05, LES-07): a conduct matter ends with a reasoned decision by somebody independent"
CONDUCT = (MatterKind.CONDUCT_MATTER, MatterKind.RECORDABLE_CONDUCT_MATTER, MatterKind.DSI_MATTER)
ENDS = {
    "matter_outcome": None,  # taken by somebody independent of the investigation; nothing further is signed for too
    "conduct_handling": ("otherwise", "no_further_action"),  # both outcomes need a second person's signature
}


def why_not_closed(facts: CaseFacts, *, read_together: bool, awaits_joint_review: bool = False) -> Refusal | None:
    """Why a matter may not be closed now; None where nothing in its decisions forbids it.

    `read_together`: some joint view of it covers all that whoever closes it may see of each person concerned. Asked of
    conduct and DSI matters.
    `awaits_joint_review`: it, or an earlier one that it asked for, is to be read together.
    A complaint ends with its own duties: its outcome is told first (CMP-05).
    """
    if facts.waiting:
        return Refusal("It cannot close while a decision awaits a second person’s signature.", LAW)
    if awaits_joint_review:
        reason = (
            "It cannot close while matters about the same person await a joint review: open the joint view of the"
            " earlier one, and say whether it is opened again."
        )
        return Refusal(reason, LAW)
    if facts.kind not in CONDUCT:
        return None
    if not any(_ends(one.step, one.option) for one in facts.taken):
        reason = (
            "It cannot close: nobody has decided how it ends. Decide its outcome, or decide with reasons not to"
            " investigate, which a second, independent person signs."
        )
        return Refusal(reason, LAW)
    if not read_together:
        reason = (
            "It cannot close: something is known of a person concerned that no joint view of this matter held."
            " Open the joint view and decide again whether matters are taken together."
        )
        return Refusal(reason, LAW)
    return None


def _ends(step: str, option: str) -> bool:
    if step not in ENDS:
        return False
    options = ENDS[step]
    return options is None or option in options
