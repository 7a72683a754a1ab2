"""Vetting in the two worlds: an application about somebody, with something against them."""

from peelian.terms.vetting import Said
from peelian.terms.viewer import Viewer
from peelian.vetting import actions
from tests.walls.made import World


def vetting_of(made: World, name: str, person: str, words: str, by: Viewer, matter: str = "") -> None:
    """An application and what one source said; a review that a matter raised where one is named."""
    on = made.today
    made.refs[f"{name}_vetted"] = ref = actions.apply(
        by=by,
        person_ref=made.refs[person],
        purpose="review" if matter else "new",
        level="RV",
        areas=["Northbeck"],
        matter_ref=made.refs[matter] if matter else "",
        words=words,
        on=on,
    )
    actions.say(by=by, application_ref=ref, check="pnc", area="", said=Said.ASKED, to_whom=words, on=on)
    actions.inform(by=by, application_ref=ref, kind="allegation", words=words, details={"said_by": words}, on=on)
