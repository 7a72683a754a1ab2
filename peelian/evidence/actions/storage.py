"""Storage units: made, read, failing, mended; and what is put into them."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from peelian.evidence.actions.held import enter, not_before
from peelian.evidence.models import Failure, FailureEnd, Placement, Reading, StorageUnit
from peelian.evidence.queries.storage import lying_in, unit_row
from peelian.evidence.standing import must_hold_it, one_standing
from peelian.evidence.states import UnitKind
from peelian.journal import actions as journal
from peelian.terms.acts import Act, RecordKind
from peelian.terms.known_dates import date_words
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotFound, NotValid
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold

COLDEST, HOTTEST = Decimal("-200"), Decimal("100")


@transaction.atomic
def make_unit(
    *,
    by: Viewer,
    name: str,
    kind: UnitKind,
    site: str,
    capacity: int,
    lowest: Decimal | None = None,
    highest: Decimal | None = None,
    on: date,
) -> str:
    """Record a place where exhibits are stored; returns its reference. Needs KEEP_EVIDENCE.

    `capacity`: how many exhibits. `lowest`, `highest`: degrees Celsius it is kept within; both or neither, and both for
    what cools. Raises NotValid.
    """
    must_hold(by, Permission.KEEP_EVIDENCE)
    not_ahead(by, on)
    name = sound("name", name, most=80, needed="Give the unit a name, as it stands on its door.")
    site = sound("site", site, most=120, needed="Say where it stands.")
    if StorageUnit.objects.filter(name__iexact=name).exists():
        raise NotValid("name", "There is a unit of this name.")
    if not 0 < capacity < 1_000_000:
        raise NotValid("capacity", "Say how many exhibits it holds.")
    if (lowest is None) != (highest is None) or (kind.is_cold and lowest is None):
        raise NotValid("lowest", "Give the lowest and the highest temperature that it is kept within.")
    if lowest is not None and highest is not None and not COLDEST <= lowest <= highest <= HOTTEST:
        raise NotValid("lowest", "The lowest temperature is not above the highest, and both are possible.")
    made = StorageUnit.objects.create(
        ref=new_reference("PK"),
        name=name,
        kind=kind,
        site=site,
        capacity=capacity,
        lowest=lowest,
        highest=highest,
        from_on=on,
        recorded_at=by.at,
        recorded_by=by.actor,
    )
    _about(by, made.ref, f"recorded the storage unit {made.ref}", on)
    return str(made.ref)


@transaction.atomic
def record_reading(*, by: Viewer, unit_ref: str, celsius: Decimal, on: date) -> None:
    """Record a temperature read. Needs KEEP_EVIDENCE. Raises NotFound, NotValid."""
    must_hold(by, Permission.KEEP_EVIDENCE)
    unit = unit_row(unit_ref)
    not_ahead(by, on)
    if not COLDEST <= celsius <= HOTTEST:
        raise NotValid("celsius", "Give the temperature in degrees Celsius.")
    Reading.objects.create(unit=unit, celsius=celsius, on=on, recorded_at=by.at, recorded_by=by.actor)
    _about(by, unit_ref, f"read {celsius} degrees Celsius", on)


@transaction.atomic
def record_failure(*, by: Viewer, unit_ref: str, what: str, from_on: date, on: date) -> str:
    """Record that a unit failed from a day on; returns the reference of the failure. Needs KEEP_EVIDENCE.

    `what`: what failed, without naming a person or a matter, since everybody who stores there reads it. Raises
    NotFound; NotValid, also where an earlier failure has not ended.
    """
    must_hold(by, Permission.KEEP_EVIDENCE)
    unit = unit_row(unit_ref)
    not_ahead(by, on)
    not_ahead(by, from_on, field="from_on")
    what = sound("what", what, most=2000, needed="Say what failed.")
    if Failure.objects.filter(unit=unit, ended__isnull=True).exists():
        raise NotValid("what", "A failure of this unit has not ended. Record its end first.")
    made = Failure.objects.create(
        ref=new_reference("PW"), unit=unit, what=what, from_on=from_on, recorded_at=by.at, recorded_by=by.actor
    )
    _about(by, unit_ref, f"recorded a failure: {made.ref}", on)
    return str(made.ref)


@transaction.atomic
def end_failure(*, by: Viewer, failure_ref: str, done: str, last_on: date, on: date) -> None:
    """Record the last day of a failure, and what was done. Needs KEEP_EVIDENCE. Raises NotFound, NotValid."""
    must_hold(by, Permission.KEEP_EVIDENCE)
    failure = Failure.objects.filter(ref=failure_ref).select_related("unit", "ended").first()
    if failure is None:
        raise NotFound(f"failure {failure_ref}")
    not_ahead(by, last_on, field="last_on")
    done = sound("done", done, most=2000, needed="Say what was done.")
    if getattr(failure, "ended", None) is not None:
        raise NotValid("done", "The end of this failure is recorded.")
    if last_on < failure.from_on:
        raise NotValid("last_on", "It ended on or after the day it began.")
    FailureEnd.objects.create(failure=failure, done=done, last_on=last_on, recorded_at=by.at, recorded_by=by.actor)
    _about(by, failure.unit.ref, f"recorded the end of the failure {failure_ref}", on)


@transaction.atomic
def place(*, by: Viewer, exhibit_ref: str, unit_ref: str, shelf: str = "", on: date) -> None:
    """Put an exhibit into a unit, out of where it lay. Needs KEEP_EVIDENCE.

    Raises NotFound; NotAllowed for whoever does not hold it; NotValid where the unit is full of what `by` may see, or
    it lies there already. What `by` may not see is not counted: a refusal would tell that it exists.
    """
    must_hold(by, Permission.KEEP_EVIDENCE)
    held = one_standing(by, exhibit_ref, locked=True)
    must_hold_it(by, held)
    not_before(by, held, on)
    unit, shelf = unit_row(unit_ref), sound("shelf", shelf, most=60)
    if on < unit.from_on:
        raise NotValid("on", f"This unit is there since {date_words(unit.from_on)}.")
    now = held.placement
    if now is not None and (now.unit_id, now.shelf) == (unit.pk, shelf):
        raise NotValid("unit", "It lies there already.")
    if (now is None or now.unit_id != unit.pk) and lying_in(by, unit.pk, by.today) >= unit.capacity:
        raise NotValid("unit", f"This unit holds {unit.capacity} exhibits and is full. Choose another.")
    Placement.objects.create(
        exhibit=held.exhibit, unit=unit, shelf=shelf, on=on, recorded_at=by.at, recorded_by=by.actor
    )
    enter(by, held.exhibit.matter_ref, Act.ALTERED, f"put the exhibit {exhibit_ref} into {unit_ref}", on, shelf=shelf)


@transaction.atomic
def take_out(*, by: Viewer, exhibit_ref: str, on: date) -> None:
    """Take an exhibit out of its unit. Needs KEEP_EVIDENCE. Raises NotFound, NotAllowed, NotValid."""
    must_hold(by, Permission.KEEP_EVIDENCE)
    held = one_standing(by, exhibit_ref, locked=True)
    must_hold_it(by, held)
    not_before(by, held, on)
    if held.placement is None:
        raise NotValid("unit", "It is in no unit.")
    Placement.objects.create(exhibit=held.exhibit, unit=None, on=on, recorded_at=by.at, recorded_by=by.actor, shelf="")
    enter(by, held.exhibit.matter_ref, Act.ALTERED, f"took the exhibit {exhibit_ref} out of its unit", on)


def _about(by: Viewer, unit_ref: str, summary: str, on: date) -> None:
    journal.record(by=by, act=Act.ALTERED, kind=RecordKind.STORE, key=unit_ref, summary=summary, on=on)
