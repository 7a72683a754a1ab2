"""What stands of a round before its answers are shown: who was asked, who knows the case, whether it is resolved."""

from typing import Any

from peelian.calibration.models import Asked, Round
from peelian.terms.refusals import NotAllowed, NotFound, Refusal
from peelian.terms.viewer import Viewer

LAW = "Local rule (LES-22): nobody sees another's answer before their own is locked"


def knows(case: str) -> frozenset[int]:
    """The keys of users who know what the guidance says of a case: who opened a round of it, and who was asked."""
    opened = Round.objects.filter(case=case).values_list("owner_id", flat=True)
    asked = Asked.objects.filter(round__case=case).values_list("user_id", flat=True)
    return frozenset([*opened, *asked])


def waiting_for(viewer: Viewer, round_ref: str) -> Any:
    """That the viewer was asked and may still answer. Raises NotFound; NotAllowed once locked or resolved."""
    found = Asked.objects.select_related("round", "answer", "round__difference__resolution")
    asked = found.filter(round__ref=round_ref, user_id=viewer.user_id or 0).first()
    if asked is None:
        raise NotFound(f"round {round_ref}")
    if hasattr(asked, "answer"):
        raise NotAllowed(Refusal("What you answered is locked.", LAW))
    if resolution_of(asked.round) is not None:
        raise NotAllowed(Refusal("This round was resolved without your answer, which counts as missing.", LAW))
    return asked


def resolution_of(one: Any) -> Any:
    """What a round was resolved to, or none."""
    return getattr(getattr(one, "difference", None), "resolution", None)
