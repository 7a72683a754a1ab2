"""A decision changes what governs a matter: its kind, its steps and its clocks, with what it was kept.

A complaint that must be recorded goes under Schedule 3 (PRA Sch 3 para 2). A conduct matter on the recording list is
recorded (paras 10-11). A death or serious injury matter that shows conduct becomes one (para 21A).
"""

from datetime import datetime

import pytest

from peelian.clocks.law import law
from peelian.matters import queries as matters
from peelian.terms.matters import MatterKind
from peelian.terms.refusals import NotAllowed
from tests import worlds
from tests.rooms.decisions.test_whole_cases import Walk

pytestmark = pytest.mark.django_db
OUTSIDE, UNDER = MatterKind.COMPLAINT_OUTSIDE_SCHEDULE_3, MatterKind.COMPLAINT_UNDER_SCHEDULE_3
CONDUCT, RECORDABLE = MatterKind.CONDUCT_MATTER, MatterKind.RECORDABLE_CONDUCT_MATTER


@pytest.mark.parametrize(
    ("was", "steps", "now", "event"),
    [
        (OUTSIDE, ("recording=record",), UNDER, "complaint_recorded"),
        (OUTSIDE, ("recording=outside",), OUTSIDE, ""),
        (CONDUCT, ("recordable=recordable",), RECORDABLE, ""),
        (CONDUCT, ("recordable=not_recordable",), CONDUCT, ""),
        (
            MatterKind.DSI_MATTER,
            ("referral=refer_must", "referral_sent=sent", "mode=directed", "special_requirements=met"),
            RECORDABLE,
            "assessment_reached_assessor",
        ),
    ],
)
def test_a_decision_changes_what_governs_the_matter(
    at: datetime, was: MatterKind, steps: tuple[str, ...], now: MatterKind, event: str
) -> None:
    walk = Walk(at, kind=was).take(*steps)
    row = matters.matter(worlds.peelian(at), walk.ref)
    assert row.line.kind is now
    assert event in ("", *walk.events)
    if now is was:
        assert row.kinds == ()
        return
    (change,) = row.kinds
    assert (change.was, change.now) == (was, now)
    assert change.law == law().row("kind_change", steps[-1]).law
    assert change.reasons == f"Because of {steps[-1]}."


def test_under_schedule_3_the_steps_of_schedule_3_open_and_its_copy_is_owed(at: datetime) -> None:
    walk = Walk(at, kind=OUTSIDE)
    with pytest.raises(NotAllowed, match="not taken on this kind of matter"):
        walk.take("handling=investigate")
    before = walk.owed()
    walk.take("recording=record")
    assert walk.owed() - before
    walk.take("referral=no", "handling=investigate")


def test_every_row_names_a_decision_of_the_kinds_that_it_changes() -> None:
    for row in law().table("kind_change"):
        step, _, option = row.key.partition("=")
        assert law().steps[step].option(option) is not None
        assert set(row.get("was")) <= set(law().steps[step].kinds)
        for event in row.get("events"):
            kinds = law().events[event].kinds
            assert "any" in kinds or row.get("now") in kinds
