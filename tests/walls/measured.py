"""What both worlds hold alike of how the work is measured: it knows no matter, so nothing of it may differ."""

from peelian.calibration import actions as calibration
from peelian.recommendations import actions as recommendations
from peelian.returns import actions as returns
from peelian.rules.returns import Quarter
from tests.walls.made import World


def a_test_case(made: World) -> str:
    """A test case that two people answer differently; returns its reference."""
    asked = [made.refs["user_assessor"], made.refs["user_everything"]]
    ref = calibration.open_round(by=made.user("leads"), case="case_car", user_refs=asked, on=made.today)
    for name, option in (("assessor", "misconduct"), ("everything", "neither")):
        said = {"standards": ["SPB02"], "codes": ["SR-02"], "reasons": "As it is.", "on": made.today}
        calibration.answer(by=made.user(name), round_ref=ref, option=option, **said)
    return ref


def a_recommendation(made: World) -> None:
    """A recommendation with evidence that waits for a second person."""
    by, on = made.user("leads"), made.today
    asked = {"source": "A report", "number": "1", "words": "Read it.", "owner": "A post", "due_on": on, "on": on}
    ref = made.refs["recommendation"] = recommendations.add(by=by, **asked)
    done = {"what": "It was read.", "where": "A file", "completes": True, "on": on}
    made.refs["evidence"] = recommendations.give_evidence(by=by, recommendation_ref=ref, **done)


def returns_of(made: World) -> None:
    """A bulletin, and a recommendation of a super-complaint with an answer that waits for a second person."""
    by, on = made.user("leads"), made.today
    asked = {"quarter": Quarter.of(on.replace(month=8)), "reference": "B", "on": on}
    made.refs["bulletin"] = returns.receive_bulletin(by=by, **asked)
    said = {"title": "A report", "bodies": "The IOPC", "recommendation_ref": made.refs["recommendation"], "on": on}
    key = made.refs["super_complaint"] = returns.report_super_complaint(by=by, **said)
    returns.write_answer(by=by, return_key=key, accepted=True, why="", words="We accept it.", on=on)
