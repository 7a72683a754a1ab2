"""One complainant with whom everything about contact was done: plan, wishes, rights, a referral, a key of their own."""

from datetime import datetime, time, timedelta
from typing import Any

from peelian.contact import actions
from peelian.contact.rows import PlanDraft
from peelian.demo.lives import Life
from peelian.demo.stage import Stage
from peelian.rules.contact import SafeWay
from peelian.terms.contact import RightState, Stance, Topic

WEEKDAYS = frozenset(range(5))
NO_CRIME = "No crime is alleged that would be tried."


def in_touch(stage: Stage, life: Life) -> None:
    """Write it down for the first complainant of a matter that is three weeks old."""

    def of(at: datetime) -> dict[str, Any]:
        by = stage.as_user(life.handler, at)
        return {"by": by, "matter_ref": life.ref, "person_key": life.keys[0], "on": at.date()}

    def plan(at: datetime) -> None:
        draft = PlanDraft(
            wants_contact=True,
            ways=(
                SafeWay("telephone", days=WEEKDAYS, from_time=time(9, 30), to_time=time(14), note="Ask for them"),
                SafeWay("post"),
            ),
            agreed_with="Themselves, on the telephone",
            reasons="Agreed at the first call.",
            say="It is about the form they sent in.",
            never_say="police\ncomplaint",
            lives_there="Two grown children, who know nothing of it.",
            every_days=21,
        )
        actions.agree_plan(**of(at), draft=draft, replaces=0)
        said = of(at) | {"how": "telephone", "reasons": "It would happen to somebody else otherwise."}
        words = "I want them to say sorry and to learn from it."
        actions.record_said(**said, topic=Topic.OUTCOME, stance=Stance.YES, words=words)

    def rights(at: datetime) -> None:
        offered = ("VC-01", "VC-03", "VC-06", "VC-12")
        none = ("VC-02", "VC-05", "VC-07", "VC-08", "VC-09", "VC-10", "VC-11")
        actions.mark_rights(**of(at), rights=none, state=RightState.DOES_NOT_APPLY, reasons=NO_CRIME)
        actions.mark_rights(**of(at), rights=offered, state=RightState.OFFERED, reasons="Told at the first call.")
        actions.mark_rights(**of(at), rights=["VC-04"], state=RightState.TAKEN_UP, reasons="They want somebody.")
        words = "Yes, it would help to have somebody explain."
        actions.offer_adviser(**of(at), adviser="advocate", consented=True, words=words)

    def key(at: datetime) -> None:
        given = actions.give_key(**of(at), reasons="They asked to follow it.", words_are_theirs=True)
        stage.own_view = (given.reference, given.code)

    for days, deed in ((12, plan), (9, rights), (4, key)):
        stage.diary.on(stage.today - timedelta(days=days), deed)
