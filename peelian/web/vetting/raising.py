"""What a judged record of the wash opens by itself: a review of the clearance, the same day."""

from peelian.terms.viewer import Viewer, system
from peelian.vetting import actions


def raised_by(viewer: Viewer, pair_ref: str) -> str:
    """Open the review that a pair asks for now, if it does; the sentence to say of it, or nothing.."""
    acting = system("vetting", at=viewer.at, because="a judged record of the wash asks for a review of clearance")
    opened = actions.open_raised(by=acting, on=viewer.today, pair_ref=pair_ref)
    return " A review of their clearance was opened." if opened else ""
