"""A review of clearance that opens in the minute in which a pair of the wash is judged or a decision takes effect."""

from peelian.terms.viewer import Viewer, system
from peelian.vetting import actions

OPENED = " A review of their clearance was opened."


def raised_by(viewer: Viewer, pair_ref: str) -> str:
    """Open the review that a pair asks for now, if it does; the sentence to say of it, or nothing."""
    acting = system("vetting", at=viewer.at, because="a judged record of the wash asks for a review of clearance")
    return OPENED if actions.open_raised(by=acting, on=viewer.today, pair_ref=pair_ref) else ""


def raised_on(viewer: Viewer, matter_ref: str) -> str:
    """Open the reviews that the decisions in effect on a matter ask for now; the sentence to say of it, or nothing.

    Called by every page on which a decision of casework can take effect. Each review is hidden with the matter.
    """
    acting = system("vetting", at=viewer.at, because="a decision on a matter asks for a review of clearance")
    return OPENED if actions.open_raised(by=acting, on=viewer.today, matter_ref=matter_ref) else ""
