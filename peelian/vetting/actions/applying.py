"""Applications: opened, their sources asked and answered, what stands against somebody recorded, ended unheard."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from peelian.clocks.law import law
from peelian.journal import actions as journal
from peelian.matters import queries as matters
from peelian.people import queries as people
from peelian.rules.vetting import row_of, sources
from peelian.statute import Row
from peelian.terms.acts import Act, RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.typed import not_ahead, sound
from peelian.terms.vetting import Said
from peelian.terms.viewer import Viewer
from peelian.vetting import facts
from peelian.vetting.actions.reading import ask_for_reading
from peelian.vetting.models import Application, Closed, Information, Source
from peelian.walls.powers import must_hold

MOST_AREAS = 40


@transaction.atomic
def apply(
    *,
    by: Viewer,
    person_ref: str,
    purpose: str,
    level: str,
    areas: Sequence[str],
    on: date,
    is_contractor: bool = False,
    trigger: str = "",
    matter_ref: str = "",
    origin: str = "",
    words: str = "",
    last_force: str = "",
) -> str:
    """Open an application for somebody at a level; returns its reference. Needs VET.

    `purpose`, `level`, `trigger`: keys of vetting.toml. `areas`: where they lived, worked or served; at least one.
    `last_force`: where they come from at a transfer, which is asked as an area is (LES-29). `matter_ref`: what raised
    it; who may not see that matter does not see the application. `origin`: the pair of the wash that raised it. SI
    2025/502 reg 7. Raises NotFound for one that the viewer may not see; NotAllowed for one that is open; NotValid.
    """
    must_hold(by, Permission.VET)
    line = people.line(by, person_ref)
    if not line.kind.serves:
        raise NotValid("person", "Clearance is for somebody who serves or is to serve. Register them as such first.")
    row = _known(purpose, "vetting_purpose", "purpose", "Choose why clearance is looked at.")
    _known(level, "vetting_level", "level", "Choose a level.")
    if trigger:
        _known(trigger, "vetting_trigger", "trigger", "Choose what raised it.")
    places = _places(row, areas, last_force)
    not_ahead(by, on)
    matter_id = matters.key_of(by, matter_ref) if matter_ref else None
    same = facts.seen(by).filter(person_id=line.id, level=level, purpose=purpose)
    same = same.filter(matter_id=matter_id) if matter_id else same.filter(matter__isnull=True, origin=origin)
    if same.filter(closed__isnull=True).exclude(recommendations__decision__isnull=False).exists():
        raise NotAllowed(Refusal("An application of this kind for them is open already.", facts.REGULATION_7))
    made = Application.objects.create(
        ref=new_reference("PT"),
        person_id=line.id,
        purpose=purpose,
        level=level,
        is_contractor=is_contractor,
        trigger=trigger,
        matter_id=matter_id,
        origin=origin,
        areas=places,
        words=sound("words", words),
        on=on,
        recorded_at=by.at,
        recorded_by=by.actor,
    )
    entered(by, person_ref, f"opened a vetting application {made.ref}: {purpose}, {level}", on, {"words": made.words})
    return str(made.ref)


@transaction.atomic
def say(
    *,
    by: Viewer,
    application_ref: str,
    check: str,
    area: str,
    said: Said,
    on: date,
    to_whom: str = "",
    found: bool | None = None,
    reference: str = "",
    words: str = "",
) -> None:
    """Record that a source was asked, asked again or answered, or why it is not checked. Needs VET.

    An answer says whether it holds anything, and where it is kept; the text stays where it is. Raises NotFound,
    NotAllowed for an application that has ended, NotValid.
    """
    must_hold(by, Permission.VET)
    held = facts.still_open(by, application_ref)
    if (check, area) not in {(row.key, place) for row, place in sources(law(), held.areas)}:
        raise NotFound(f"source {check} {area}")
    if said is Said.ANSWERED and found is None:
        raise NotValid("found", "Say whether it holds anything.")
    if said is Said.ANSWERED and found and not (reference.strip() or words.strip()):
        raise NotValid("reference", "Say where what it holds is kept.")
    needed = "Say why it is not checked." if said is Said.EXPLAINED else ""
    not_ahead(by, on)
    if on < held.on:
        raise NotValid("on", "This is before the application was opened.")
    Source.objects.create(
        application=held,
        check_key=check,
        area=area,
        said=said,
        to_whom=sound("to_whom", to_whom, most=200),
        found=found if said is Said.ANSWERED else None,
        reference=sound("reference", reference, most=120),
        words=sound("words", words, needed=needed),
        on=on,
        recorded_at=by.at,
        recorded_by=by.actor,
    )
    entered(by, _ref(by, held), f"{said.words.lower()}: {check} ({held.ref})", on, {"words": words, "area": area})


@transaction.atomic
def ask_all(*, by: Viewer, application_ref: str, on: date) -> int:
    """Record that every source not asked yet was asked today; returns how many. Needs VET. Raises as `say` does."""
    must_hold(by, Permission.VET)
    held = facts.still_open(by, application_ref)
    waiting = [one for one in facts.sources_of(held, by.today) if not one.said]
    for one in waiting:
        say(by=by, application_ref=application_ref, check=one.key, area=one.area, said=Said.ASKED, on=on)
    ask_for_reading(by, held)
    return len(waiting)


@transaction.atomic
def inform(*, by: Viewer, application_ref: str, kind: str, words: str, details: Mapping[str, str], on: date) -> str:
    """Record something that stands against somebody, kept apart by its kind; returns its reference. Needs VET.

    `details`: what the row of the kind needs: who found it, on which facts it was judged, how it was graded. Raises
    NotFound, NotAllowed, NotValid.
    """
    must_hold(by, Permission.VET)
    held = facts.still_open(by, application_ref)
    row = _known(kind, "vetting_information", "kind", "Choose what kind of information it is.")
    given = {}
    for key in row["needs"]:
        label = law().row("vetting_detail", key).title
        given[key] = sound(key, details.get(key, ""), most=1000, needed=f"{row.title}: give “{label}”.")
    not_ahead(by, on)
    made = Information.objects.create(
        ref=new_reference("PY"),
        application=held,
        kind=kind,
        words=sound("words", words, needed="Say what it is."),
        details=given,
        on=on,
        recorded_at=by.at,
        recorded_by=by.actor,
    )
    entered(by, _ref(by, held), f"recorded {kind} on {held.ref}", on, {"words": words, **given})
    return str(made.ref)


@transaction.atomic
def close(*, by: Viewer, application_ref: str, words: str, on: date) -> None:
    """End an application without a decision: withdrawn by whoever applied, or no longer needed. Needs VET.

    Raises NotFound, NotAllowed, NotValid without a reason.
    """
    must_hold(by, Permission.VET)
    held = facts.still_open(by, application_ref)
    not_ahead(by, on)
    words = sound("words", words, needed="Say why it ends without a decision.")
    Closed.objects.create(application=held, words=words, on=on, recorded_at=by.at, recorded_by=by.actor)
    entered(by, _ref(by, held), f"ended application {held.ref} without a decision", on, {"words": words})


def entered(
    by: Viewer, person_ref: str, summary: str, on: date, texts: Mapping[str, object], decision: str = ""
) -> None:
    """The entry of an act of vetting, on the person it is about."""
    journal.record(
        by=by,
        act=Act.ALTERED,
        kind=RecordKind.PERSON,
        key=person_ref,
        summary=summary,
        decision=decision,
        on=on,
        texts=[(person_ref, dict(texts))],
    )


def _ref(by: Viewer, held: Application) -> str:
    return people.lines(by, [held.person_id])[held.person_id].ref


def _places(purpose: Row, areas: Sequence[str], last_force: str) -> list[str]:
    """The areas that are asked, the last force first where the purpose names it. Raises NotValid."""
    if purpose.get("names_last_force"):
        why = "Name the force they come from, or served in last: its professional standards are asked."
        areas = [sound("last_force", last_force, most=120, needed=why), *areas]
    places = list(dict.fromkeys(sound("areas", one, most=120) for one in areas if one.strip()))
    if not places:
        raise NotValid("areas", "Name every area where they lived, worked or served.")
    if len(places) > MOST_AREAS:
        raise NotValid("areas", f"Name at most {MOST_AREAS} areas.")
    return places


def _known(key: str, section: str, name: str, why: str) -> Row:
    row = row_of(law(), section, key)
    if row is None:
        raise NotValid(name, why)
    return row
