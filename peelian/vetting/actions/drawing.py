"""Random re-vetting: each month some of those who hold clearance are looked at again, by lot."""

from datetime import date

from django.db import transaction

from peelian.clocks.law import law
from peelian.journal import actions as journal
from peelian.people import queries as people
from peelian.rules.sampling import is_drawn
from peelian.terms.acts import Act, RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotValid
from peelian.terms.typed import not_ahead, sound
from peelian.terms.viewer import Viewer
from peelian.vetting import facts
from peelian.vetting.actions.applying import apply
from peelian.vetting.models import Lot
from peelian.walls.powers import must_hold

TRIGGER = "random"


@transaction.atomic
def draw(*, by: Viewer, month: date, seed: str, on: date) -> tuple[str, ...]:
    """Draw those whose clearance is looked at again this month; returns the applications opened. Needs DECIDE_VETTING.

    `month`: any day of it; each month is drawn once. `seed` makes the same draw again, and goes to the journal with the
    size. The chance of each is a row of the tables; somebody whose clearance is looked at already is passed over. Only
    those whom the viewer may see are drawn from. Raises NotValid.
    """
    must_hold(by, Permission.DECIDE_VETTING)
    month, seed = month.replace(day=1), sound("seed", seed, most=80, needed="Give a seed.")
    not_ahead(by, on)
    if month > on:
        raise NotValid("month", "This month has not begun.")
    if Lot.objects.filter(month=month).exists():
        raise NotValid("month", f"{month:%B %Y} was drawn already.")
    [row] = law().table("vetting_lot")
    held = list(facts.in_force(facts.clearances(by), by.today).order_by("ref"))
    chosen = [one for one in held if is_drawn(seed, one.ref, int(row["share"]))]
    lines = people.lines(by, [one.person_id for one in chosen])
    left = people.lives_on_record(by, [one.person_id for one in chosen])
    waiting = set(
        facts.seen(by)
        .filter(person_id__in=list(lines), closed__isnull=True)
        .exclude(recommendations__decision__isnull=False)
        .values_list("person_id", flat=True)
    )
    opened: dict[int, str] = {}
    for one in chosen:
        gone = left[one.person_id].left
        if one.person_id in waiting or one.person_id in opened or (gone and gone.latest <= by.today):
            continue
        opened[one.person_id] = apply(
            by=by,
            person_ref=lines[one.person_id].ref,
            purpose="review",
            level=one.level,
            areas=facts.areas_of(by, one.person_id) or ["This force"],
            trigger=TRIGGER,
            on=on,
        )
    Lot.objects.create(
        ref=new_reference("PY"),
        month=month,
        seed=seed,
        share=row["share"],
        of=len(held),
        drawn=len(opened),
        on=on,
        recorded_at=by.at,
        recorded_by=by.actor,
    )
    journal.record(
        by=by,
        act=Act.COLLECTED,
        kind=RecordKind.LIST,
        key=f"random re-vetting {month:%Y-%m}",
        summary=f"drew {len(opened)} of {len(held)} clearances by lot",
        decision=f"seed {seed}; share {row['share']} in a hundred; {row.law}",
        on=on,
    )
    return tuple(opened.values())
