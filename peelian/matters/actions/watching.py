"""Telling those who answer for a matter who looked at it though connected with a person concerned. LES-26."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, Q

from peelian.intake.queries import published
from peelian.journal import actions as journal
from peelian.matters.models import Alert, AlertNote, Involvement, Matter
from peelian.matters.queries.watching import told_to
from peelian.people.queries.serving import keyed, served_with
from peelian.rules.alerts import LAW, AlertGround
from peelian.rules.conflicts import YEARS
from peelian.rules.limits import add_months
from peelian.terms.acts import Act, RecordKind
from peelian.terms.matters import MatterState, Part
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotFound, NotValid
from peelian.terms.typed import sound
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold
from peelian.walls.standing import barred_people

MOST = 50  # matters that one look at a person can tell of


def notice(*, by: Viewer, kind: RecordKind, key: str, page: str, was_refused: bool) -> None:
    """Write an alert where `by` is a person concerned, tied to one or of their unit; called at the edge with each look.

    `key`: what was asked for, a matter by reference, or a person in a matter that is not closed. Whoever looked learns
    nothing of it, and it is no act of theirs. One statement for a look that is nobody's concern, two for one that is,
    and none for a user who is nobody in the register and in no unit.
    """
    if kind not in (RecordKind.MATTER, RecordKind.PERSON) or by.user_id is None:
        return
    if by.person_id is None and by.unit_id is None:
        return
    nearest: dict[int, AlertGround] = {}
    for matter_id, is_subject, is_tied in _connections(by, kind, key):
        ground = AlertGround.SUBJECT if is_subject else AlertGround.TIED if is_tied else AlertGround.UNIT
        nearest[matter_id] = min(nearest.get(matter_id, ground), ground, key=[*AlertGround].index)
    Alert.objects.bulk_create(
        [
            Alert(
                ref=new_reference("PA"),
                matter_id=matter_id,
                user_id=by.user_id,
                ground=ground,
                kind=kind,
                key=key,
                page=page,
                was_refused=was_refused,
                day=by.today,
                at=by.at,
            )
            for matter_id, ground in nearest.items()
        ],
        ignore_conflicts=True,
    )


def _connections(by: Viewer, kind: RecordKind, key: str) -> Any:
    """The matter of each person concerned with whom `by` is connected; whether `by` is that person, or tied to them."""
    everything = Matter.objects.as_system(because="to tell who looked at a matter though connected with it")
    about = Involvement.objects.filter(published(), part=Part.OFFICER_CONCERNED)
    if kind is RecordKind.MATTER:
        about = about.filter(matter_id__in=everything.filter(ref=key).values("pk"))
    else:
        linked = Involvement.objects.filter(published(), person_id__in=keyed(key)).values("matter_id")
        about = about.filter(
            matter_id__in=everything.exclude(state=MatterState.CLOSED).filter(pk__in=linked).values("pk")
        )
    since: date = add_months(by.today, -12 * YEARS)
    same = Q(person_id=by.person_id or 0)
    tied = Q(person_id__in=barred_people(by))
    rows = about.filter(same | tied | Q(served_with(by.person_id, by.unit_id, since, by.today))).annotate(
        is_subject=ExpressionWrapper(same, output_field=BooleanField()),
        is_tied=ExpressionWrapper(tied, output_field=BooleanField()),
    )
    return rows.order_by("matter_id").values_list("matter_id", "is_subject", "is_tied")[:MOST]


@transaction.atomic
def acknowledge_alert(*, by: Viewer, alert_ref: str, words: str) -> None:
    """Say what was made of an alert that is told to `by`. Needs READ_ALERTS. Raises NotFound, NotValid."""
    must_hold(by, Permission.READ_ALERTS)
    alert = told_to(by).filter(ref=alert_ref).select_related("acknowledged").first()
    if alert is None:
        raise NotFound(f"alert {alert_ref}")
    if getattr(alert, "acknowledged", None):
        raise NotValid("words", "Somebody acknowledged this already. Read their note.")
    words = sound("words", words, most=2000, needed="Say what you found and did.")
    AlertNote.objects.create(alert=alert, words=words, at=by.at, recorded_by=by.actor)
    matter_ref = Matter.objects.visible_to(by).values_list("ref", flat=True).get(pk=alert.matter_id)
    journal.record(
        by=by,
        act=Act.ALTERED,
        kind=RecordKind.MATTER,
        key=matter_ref,
        summary="acknowledged an access alert",
        decision=LAW,
        on=by.today,
        texts=[(matter_ref, {"alert": alert.ref, "note": words})],
    )
