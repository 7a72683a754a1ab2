"""Vetting in the two worlds: applications, a clearance, what was declared, withdrawals, with something against each."""

from peelian.rules.vetting import Weighing
from peelian.terms.references import new_reference
from peelian.terms.vetting import Said
from peelian.terms.viewer import Viewer
from peelian.vetting import actions, queries
from peelian.vetting.models import (
    Application,
    Control,
    ControlTold,
    Decision,
    Draw,
    Drawn,
    Reading,
    Recommendation,
    Redecision,
)
from peelian.vetting.rows import Recommended
from tests.walls.made import World


def vetting_of(made: World, name: str, person: str, words: str, by: Viewer, matter: str = "") -> None:
    """An application and what one source said; a review that a matter raised where one is named, and a withdrawal."""
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
    if matter:
        about = {"clearance_ref": made.refs["first_clearance"], "application_ref": ref}
        made.refs[f"{name}_withdrawal"] = actions.open_withdrawal(by=by, words=words, on=on, **about)


def cleared(made: World, person: str) -> None:
    """Clearance with a control, a declaration and a conviction of somebody, and a withdrawal that came to nothing."""
    by, on, ref = made.user("vets"), made.today, made.refs[person]
    given = {"by": by, "person_ref": ref, "on": on}
    made.refs["first_declaration"] = actions.declare(
        kind="business", about="A bakery", words="At weekends.", by_self=True, arose_on=on, **given
    )
    actions.convict(
        category="other", disposal="fine", while_serving=False, committed=None, words="Fly-tipping.", **given
    )
    application = actions.apply(purpose="new", level="NPPV1", areas=["Northbeck"], **given)
    for one in queries.application(by, application).sources:
        actions.say(
            by=by, application_ref=application, check=one.key, area=one.area, said=Said.ANSWERED, found=False, on=on
        )
    weights = {one.key: Weighing("some", ("recent",), "It is.") for one in queries.application(by, application).against}
    controls = (("No cash.", on.replace(year=on.year + 1)),)
    said = Recommended(("finance",), False, "grant_controls", "Read together.", weights, controls=controls)
    actions.recommend(by=by, application_ref=application, said=said, on=on)
    manager = made.user("decides")
    about = {"application_ref": application, "outcome": "grant_controls", "reasons": "Agreed.", "on": on}
    made.refs["first_clearance"] = clearance = actions.decide(by=manager, **about)
    told = {"application_ref": application, "number": 1, "words": "No till, please.", "on": on}
    actions.tell_manager(by=manager, **told)
    made.refs["first_withdrawal"] = actions.open_withdrawal(by=by, clearance_ref=clearance, words="A rumour.", on=on)
    words = "It could lead to nothing."
    actions.take(by=manager, withdrawal_ref=made.refs["first_withdrawal"], step="no_assessment", words=words, on=on)


def a_hidden_reading(made: World) -> None:
    """One asked of somebody who may not see what is hidden themselves, and one for which nobody was found."""
    application = Application.objects.get(ref=made.refs["second_vetted"])
    for reader in ("everything", ""):
        row = Reading.objects.create(
            ref=new_reference("PR"),
            application=application,
            decider_ids=[made.user("decides").user_id],
            reader_id=made.user(reader).user_id if reader else None,
            hidden=[made.refs["hidden_matter"]],
            asked_at=made.at,
        )
        made.refs["hidden_reading"] = row.ref


def a_draw(made: World) -> None:
    """Decisions of the month drawn by lot; the one on the clearance that all see fell to somebody who sees much."""
    shared = {"on": made.today, "recorded_at": made.at, "recorded_by": "system:test"}
    Draw.objects.create(
        ref=new_reference("PX"),
        month=made.today.replace(day=1),
        seed="a",
        share=10,
        law="local",
        of=1,
        drawn=1,
        **shared,
    )
    _drawn(made, "first", Decision.objects.get(clearance__ref=made.refs["first_clearance"]))


def a_hidden_drawn(made: World) -> None:
    """A decision on the review that a hidden matter raised, drawn and decided again otherwise."""
    shared = {"on": made.today, "recorded_at": made.at, "recorded_by": made.user("decides").actor}
    asked = Application.objects.get(ref=made.refs["hidden_vetted"])
    said = Recommendation.objects.create(
        application=asked, heads=[], outcome="retain", reasons="The grimoire is no book.", controls=[], **shared
    )
    decision = Decision.objects.create(
        recommendation=said, outcome="retain", is_override=False, is_routine=False, reasons="A wyvern.", **shared
    )
    _drawn(made, "hidden", decision)
    control = Control.objects.create(decision=decision, number=1, words="No grimoire.", review_on=made.today)
    ControlTold.objects.create(control=control, words="The wyvern is watched.", **shared)


def _drawn(made: World, name: str, decision: Decision) -> None:
    row = Drawn.objects.create(
        ref=new_reference("PX"),
        draw=Draw.objects.get(),
        decision=decision,
        owner_id=made.user("everything").user_id,
        due_on=made.today,
    )
    made.refs[f"{name}_vetting_drawn"] = row.ref
    if name == "hidden":
        shared = {"on": made.today, "recorded_at": made.at, "recorded_by": made.user("keeper").actor}
        Redecision.objects.create(
            drawn=row, heads=[], outcome="assess", reasons="The wyvern.", agrees=False, was_blind=True, **shared
        )
