"""What the chair directs: which witnesses are called, what may be published, and how people attend."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from peelian.proceedings.actions.held import chair_of, enter, must_lie_within, stamp, take
from peelian.proceedings.facts import held
from peelian.proceedings.models import Arrangement, Direction, Witness, WitnessDirection
from peelian.proceedings.rows import FIELDS
from peelian.terms.acts import Act
from peelian.terms.permissions import Permission
from peelian.terms.proceedings import Attendance, Attending
from peelian.terms.refusals import NotAllowed, NotValid, Refusal
from peelian.terms.typed import sound
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold


@transaction.atomic
def direct_witnesses(
    *, by: Viewer, matter_ref: str, proceeding_ref: str, called: Mapping[str, bool], reasons: str, on: date
) -> None:
    """Record which of the witnesses listed the chair lets be called, and why. Needs SIT. SI 2020/4 reg 32.

    `called`: for every witness on the lists, by reference. Takes the step `witnesses`. Raises NotFound, NotValid;
    NotAllowed without a chair, or before the lists were supplied.
    """
    must_hold(by, Permission.SIT)
    one = held(by, matter_ref, proceeding_ref)
    must_lie_within(by, one, on)
    chair = chair_of(one)
    listed = list(Witness.objects.filter(proceeding=one.row).order_by("recorded_at", "pk"))
    if not listed or {row.ref for row in listed} != set(called):
        raise NotValid("called", "Say of each witness on the lists whether they are called.")
    reasons = sound("reasons", reasons, needed="Give the chair’s reasons.")
    for row in listed:
        given = {"chair": chair, "attends": called[row.ref], "reasons": reasons}
        WitnessDirection.objects.create(witness=row, **given, **stamp(by, on))
    texts = {"called": {row.name: called[row.ref] for row in listed}, "reasons": reasons, "chair": chair.name}
    enter(by, one, Act.ALTERED, "recorded which witnesses are called", on=on, texts=texts)
    option = "as_listed" if all(called.values()) else "some" if any(called.values()) else "none"
    take(by, one, "witnesses", option, reasons, on)


@transaction.atomic
def direct_publication(
    *, by: Viewer, matter_ref: str, proceeding_ref: str, fields: Mapping[str, tuple[bool, str]], on: date
) -> None:
    """Record what the chair directed of each field of what may be published. Needs SIT. PB-3.

    `fields`: for name, date, place and content, whether it may be published, and the chair's reason where not. The
    hearing notice and the published outcome are held to it. Takes the step `directions`. Raises NotFound, NotValid;
    NotAllowed without a chair, for proceedings of which nothing is published, or before a day is fixed.
    """
    must_hold(by, Permission.SIT)
    one = held(by, matter_ref, proceeding_ref)
    must_lie_within(by, one, on)
    if not one.forum.get("is_public"):
        raise NotAllowed(Refusal(f"Nothing is published of a {one.forum.title.lower()}.", one.forum.law))
    chair = chair_of(one)
    given: dict[str, object] = {}
    for key in FIELDS:
        if key not in fields:
            raise NotValid(key, "Say whether the chair lets this be published.")
        allowed, reason = fields[key]
        needed = "" if allowed else "Say why the chair withholds this."
        given[key], given[f"{key}_reason"] = allowed, sound(key, reason, needed=needed, most=300)
    Direction.objects.create(proceeding=one.row, chair=chair, **given, **stamp(by, on))
    withheld = [key for key in FIELDS if not given[key]]
    summary = "recorded the chair's directions on what may be published"
    enter(by, one, Act.ALTERED, summary, on=on, texts={"directions": given, "chair": chair.name})
    reasons = " ".join(str(given[f"{key}_reason"]) for key in withheld) or "The chair withholds nothing."
    take(by, one, "directions", "parts_withheld" if withheld else "all", reasons, on)


@transaction.atomic
def arrange(
    *,
    by: Viewer,
    matter_ref: str,
    proceeding_ref: str,
    who: Attending,
    how: Attendance,
    reasons: str,
    on: date,
) -> None:
    """Record how somebody attends, as the chair directed: in person, remotely, either way, or not at all. Needs SIT.

    Raises NotFound, NotValid, NotAllowed without a chair.
    """
    must_hold(by, Permission.SIT)
    one = held(by, matter_ref, proceeding_ref)
    must_lie_within(by, one, on)
    if who is Attending.PANEL and how is Attendance.NOT:
        raise NotValid("how", "Those who sit attend. Whoever cannot stands down.")
    chair = chair_of(one)
    reasons = sound("reasons", reasons, needed="Give the chair’s reasons.")
    Arrangement.objects.create(proceeding=one.row, chair=chair, who=who, how=how, reasons=reasons, **stamp(by, on))
    texts = {"reasons": reasons, "chair": chair.name}
    summary = f"recorded how {who.words.lower()} attend: {how.value}"
    enter(by, one, Act.ALTERED, summary, on=on, texts=texts)
