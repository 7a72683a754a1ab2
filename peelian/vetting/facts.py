"""What the tables of this room say, read for its actions and queries alone. Nothing here asks for a power."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from peelian.clocks.law import law
from peelian.matches import queries as matches
from peelian.matters import queries as matters
from peelian.matters.queries import SaidOf
from peelian.rules import vetting as rules
from peelian.rules.vetting import StepTaken, Weighed
from peelian.terms.acts import RecordKind
from peelian.terms.known_dates import KnownDate, Precision, date_words
from peelian.terms.matters import MatterState
from peelian.terms.refusals import NotAllowed, NotFound, Refusal
from peelian.terms.vetting import ClearanceState, Said, SourceState
from peelian.terms.viewer import Viewer
from peelian.vetting.models import (
    AnnualReview,
    Application,
    Clearance,
    ControlReview,
    ControlTold,
    Conviction,
    Declaration,
    Information,
    ReadingAnswer,
    Source,
    Standing,
    Withdrawal,
    WithdrawalStep,
)
from peelian.vetting.rows import AgainstRow, ControlRow, SaidLine, SourceRow
from peelian.walls.managed import is_visible
from peelian.walls.queries import actor_names

ENDED = "This application has ended: what was recorded stays as it is."
REFUSED = "refuse"
REGULATION_7 = "SI 2025/502 reg 7"


def seen(viewer: Viewer) -> QuerySet[Application]:
    """Applications about people the viewer may see, raised by no matter or by one they may see."""
    person = Q(is_visible(RecordKind.PERSON, viewer, F("person_id")))
    return Application.objects.filter(person, of_matter(viewer, "matter_id"))


def of_matter(viewer: Viewer, column: str) -> Q:
    """True of what came of no matter, and of what came of one that the viewer may see."""
    return Q(**{f"{column}__isnull": True}) | Q(is_visible(RecordKind.MATTER, viewer, F(column)))


def held(viewer: Viewer, ref: str) -> Any:
    """An application. Raises NotFound, also behind a wall."""
    found = seen(viewer).select_related("closed").filter(ref=ref).first()
    if found is None:
        raise NotFound(f"application {ref}")
    return found


def still_open(viewer: Viewer, ref: str) -> Any:
    """An application on which something can be recorded. Raises NotFound; NotAllowed for one that has ended."""
    found = held(viewer, ref)
    if getattr(found, "closed", None) or found.recommendations.filter(decision__isnull=False).exists():
        raise NotAllowed(Refusal(ENDED, REGULATION_7))
    return found


def refused(held: Any) -> Any:
    """The decision that refused an application; None where none did."""
    last = held.recommendations.filter(decision__outcome=REFUSED).select_related("decision").order_by("-pk").first()
    return last.decision if last else None


def hands_of(decision: Any) -> frozenset[str]:
    """Who recommended and who decided."""
    return frozenset({decision.recorded_by, decision.recommendation.recorded_by})


def followed(decision: Any) -> tuple[StepTaken, ...]:
    """The acts that followed a refusal, in their order, as a rule reads them."""
    rows = decision.followed.order_by("recorded_at", "pk")
    return tuple(StepTaken(one.key, one.on, one.recorded_by) for one in rows)


def clearances(viewer: Viewer) -> QuerySet[Clearance]:
    """Clearances of people the viewer may see, each with the last state recorded of it (`said`) and since when."""
    return every_clearance().filter(is_visible(RecordKind.PERSON, viewer, F("person_id")))


def every_clearance() -> QuerySet[Clearance]:
    """As `clearances` of everybody; for a subquery beside the wall of the people it is asked of."""
    last = Standing.objects.filter(clearance=OuterRef("pk")).order_by("-on", "-pk")
    return Clearance.objects.annotate(said=Subquery(last.values("state")[:1]), said_on=Subquery(last.values("on")[:1]))


def in_force(rows: QuerySet[Clearance], on: date) -> QuerySet[Clearance]:
    """Of clearances with their last state, those in force on a day."""
    lasting = Q(expires_on__isnull=True) | Q(expires_on__gte=on)
    untouched = Q(said__isnull=True) | Q(said=ClearanceState.HELD.value)
    return rows.filter(lasting & untouched, granted_on__lte=on)


def latest(*days: date | None) -> date | None:
    """The last of the days that are known; None where none is."""
    return max((day for day in days if day is not None), default=None)


def state_of(row: Any, *, controlled: bool, left: date | None, on: date) -> tuple[ClearanceState, date]:
    """Where clearance stands on a day, and since when. It ends on leaving (SI 2025/502 reg 6): nothing is recorded."""
    if left is not None and left <= on:
        return ClearanceState.ENDED, left
    if row.said and row.said != ClearanceState.HELD.value:
        return ClearanceState(row.said), row.said_on
    if row.expires_on is not None and row.expires_on < on:
        return ClearanceState.EXPIRED, row.expires_on
    return (ClearanceState.CONTROLS if controlled else ClearanceState.HELD), row.said_on or row.granted_on


def sources_of(application: Any, today: date) -> tuple[SourceRow, ...]:
    """Every source of an application in the order of the tables, with what was said of it. Two statements."""
    rows = list(Source.objects.filter(application=application).order_by("on", "pk"))
    return sources_from(application, rows, actor_names({row.recorded_by for row in rows}), today)


def sources_from(
    application: Any, rows: Iterable[Source], names: Mapping[str, str], today: date
) -> tuple[SourceRow, ...]:
    """As `sources_of`, from what was said in its order. `names`: of who recorded it; empty for a line of a list."""
    said: dict[tuple[str, str], list[Source]] = {}
    for row in rows:
        said.setdefault((row.check_key, row.area), []).append(row)
    return tuple(
        _source(check, area, said.get((check.key, area), []), names, today)
        for check, area in rules.sources(law(), application.areas)
    )


def _source(check: Any, area: str, said: list[Source], names: Mapping[str, str], today: date) -> SourceRow:
    last = next((row for row in reversed(said) if row.said in (Said.ANSWERED, Said.EXPLAINED)), None)
    asked = [row for row in said if row.said in (Said.ASKED, Said.CHASED)]
    state = SourceState.NOT_ASKED
    if last is not None and not (asked and asked[-1].pk > last.pk):
        state = SourceState.ANSWERED if last.said == Said.ANSWERED else SourceState.EXPLAINED
    elif asked:
        state = SourceState.SILENT
    lines = tuple(
        SaidLine(
            Said(row.said), row.on, names.get(row.recorded_by, ""), row.to_whom, row.found, row.reference, row.words
        )
        for row in said
    )
    waits = (today - asked[0].on).days if state is SourceState.SILENT else 0
    return SourceRow(check.key, check.title, area, check.law, check.unverified, state, waits, lines)


def settled(found: Iterable[SourceRow]) -> list[tuple[str, SourceState]]:
    """Sources as the rule reads them."""
    return [(one.words, one.state) for one in found]


def against(viewer: Viewer, person_id: int, said: tuple[SaidOf, ...] | None = None) -> tuple[AgainstRow, ...]:
    """All that the viewer may see against somebody: matters live, closed and unproven, and what was recorded here."""
    said = matters.said_of(viewer, person_id) if said is None else said
    return (
        *(row for one in said for row in _of_matter(one)),
        *_recorded(viewer, person_id),
        *_convictions(viewer, person_id),
        *_declared(viewer, person_id),
        *_years(person_id),
        *_shared(viewer, person_id),
        *_hits(viewer, person_id),
    )


def weighed_matters(said: Iterable[SaidOf]) -> list[Weighed]:
    """Matters as the rule on routine renewals reads them."""
    return [Weighed(one.matter.came_to_attention, one.matter.state is MatterState.OPEN, one.is_serious) for one in said]


def _of_matter(one: SaidOf) -> list[AgainstRow]:
    line = one.matter
    shared: dict[str, Any] = {
        "on": line.came_to_attention,
        "test": law().row("vetting_information", "allegation")["test"],
        "matter_ref": line.ref,
        "matter_state": line.state.words,
        "is_open": line.state is MatterState.OPEN,
    }
    name = f"{line.heading or line.kind.words}{f', {line.force}' if line.force else ''}"
    if not one.allegations:
        return [AgainstRow(f"matter:{line.ref}", "Matter", name, "Nothing is coded.", **shared)]
    return [
        AgainstRow(
            key=f"allegation:{line.ref}/{row.number}",
            kind="Allegation",
            title=f"{row.title}: {name}",
            words=row.text,
            details=(("What came of it, in the words of the source", row.outcome),) if row.outcome else (),
            is_serious=row.is_serious,
            **shared,
        )
        for row in one.allegations
    ]


def _recorded(viewer: Viewer, person_id: int) -> list[AgainstRow]:
    kinds = {row.key: row for row in law().table("vetting_information")}
    details = {row.key: row.title for row in law().table("vetting_detail")}
    rows = Information.objects.filter(application__in=seen(viewer).filter(person_id=person_id).values("pk"))
    return [
        AgainstRow(
            key=f"information:{row.ref}",
            kind=kinds[row.kind].title,
            title=row.words.splitlines()[0][:120],
            words=row.words,
            on=KnownDate(row.on),
            test=kinds[row.kind]["test"],
            details=tuple((details[key], value) for key, value in row.details.items()),
        )
        for row in rows.order_by("on", "ref")
    ]


def _hits(viewer: Viewer, person_id: int) -> list[AgainstRow]:
    """Records of the wash that were judged to be about somebody, or about an associate of theirs."""
    test = law().row("vetting_information", "intelligence")["test"]
    return [
        AgainstRow(
            key=f"pair:{one.ref}",
            kind="Association found by the wash" if one.is_associate else "Record found by the wash",
            title=", ".join(word for word in (one.category or "A record", one.part, one.relation) if word),
            words=one.reasons,
            on=KnownDate(one.judged_on),
            test=test,
            details=(("Source", f"{one.source}, {one.record_key}"), ("Pair of the wash", one.ref)),
            is_serious=one.is_serious,
        )
        for one in matches.hits(viewer, person_id)
    ]


def _years(person_id: int) -> list[AgainstRow]:
    """What an annual review raised, whoever held it: nothing is decided while it is not weighed."""
    rows = AnnualReview.objects.filter(clearance__person_id=person_id, raises=True)
    return [
        AgainstRow(
            key=f"year:{row.pk}",
            kind="Raised at the annual review",
            title=row.words.splitlines()[0][:120],
            words=row.words,
            on=KnownDate(row.on),
            test="Nobody has found it. It is what was said at the review, and is weighed by what it rests on.",
            details=(("Signed by", "Their line manager" if row.by_manager else "The vetting unit"),),
        )
        for row in rows.order_by("on", "pk")
    ]


def _shared(viewer: Viewer, person_id: int) -> list[AgainstRow]:
    """What an independent reader shared for any application about somebody that the viewer may see."""
    applications = seen(viewer).filter(person_id=person_id).values("pk")
    rows = ReadingAnswer.objects.filter(reading__application__in=applications).exclude(shares="")
    return [
        AgainstRow(
            key=f"shared:{row.reading.ref}",
            kind="Shared by an independent reader",
            title=row.shares.splitlines()[0][:120],
            words=row.shares,
            on=KnownDate(row.on),
            test="Somebody independent read what may not be shown here, and says this much of it, word for word. It is"
            " weighed as it stands.",
            details=(("Came in as", row.item_ref),),
        )
        for row in rows.select_related("reading").order_by("on", "reading__ref")
    ]


def areas_of(viewer: Viewer, person_id: int) -> list[str]:
    """Every area that was named for somebody in the applications the viewer may see, in the order of naming."""
    named = seen(viewer).filter(person_id=person_id).order_by("on", "ref").values_list("areas", flat=True)
    return list(dict.fromkeys(one for areas in named for one in areas))


def controls_of(rows: list[Any]) -> tuple[ControlRow, ...]:
    """Controls with their reviews and what managers are told. Two statements for all, and one for names."""
    reviews: dict[int, list[ControlReview]] = {}
    for one in ControlReview.objects.filter(control__in=rows).order_by("recorded_at", "pk") if rows else ():
        reviews.setdefault(one.control_id, []).append(one)
    names = actor_names({one.recorded_by for found in reviews.values() for one in found})
    said = (
        ControlTold.objects.filter(control__in=rows).order_by("recorded_at", "pk")
        if rows
        else ControlTold.objects.none()
    )
    told = dict(said.values_list("control_id", "words"))
    return tuple(
        ControlRow(
            number=row.number,
            words=row.words,
            next_on=reviews[row.pk][-1].next_on if row.pk in reviews else row.review_on,
            reviewed=tuple((one.on, one.words, names[one.recorded_by]) for one in reviews.get(row.pk, [])),
            told=told.get(row.pk, ""),
        )
        for row in rows
    )


def declarations(viewer: Viewer) -> QuerySet[Declaration]:
    """Declarations about people the viewer may see."""
    return Declaration.objects.filter(is_visible(RecordKind.PERSON, viewer, F("person_id")))


def convictions(viewer: Viewer) -> QuerySet[Conviction]:
    """Convictions and cautions of people the viewer may see."""
    return Conviction.objects.filter(is_visible(RecordKind.PERSON, viewer, F("person_id")))


def withdrawals(viewer: Viewer) -> QuerySet[Withdrawal]:
    """Withdrawals about people the viewer may see, each hidden with the matter that raised its review."""
    person = Q(is_visible(RecordKind.PERSON, viewer, F("clearance__person_id")))
    return Withdrawal.objects.filter(person, of_matter(viewer, "application__matter_id"))


def steps_of(held: Any) -> tuple[StepTaken, ...]:
    """The acts of a withdrawal as the rule reads them, in the order in which they were recorded."""
    rows = WithdrawalStep.objects.filter(withdrawal=held).order_by("recorded_at", "pk")
    return tuple(StepTaken(*row) for row in rows.values_list("key", "on", "recorded_by"))


def has_ended(held: Any) -> bool:
    """Whether an act of a withdrawal ended it."""
    ends = {row.key for row in law().table("vetting_withdrawal") if row.get("ends")}
    return any(one.key in ends for one in steps_of(held))


def _convictions(viewer: Viewer, person_id: int) -> list[AgainstRow]:
    categories = {row.key: row.title for row in law().table("conviction_category")}
    disposals = {row.key: row for row in law().table("conviction_disposal")}
    return [
        AgainstRow(
            key=f"conviction:{row.ref}",
            kind="Conviction or caution",
            title=f"{categories[row.category]}: {disposals[row.disposal].title}",
            words=row.words,
            on=KnownDate(row.committed_on, Precision(row.committed_precision)) if row.committed_on else None,
            test=law().row("vetting_information", "finding")["test"],
            details=(
                ("Category", categories[row.category]),
                ("Committed while serving", "Yes" if row.while_serving else "No"),
            ),
        )
        for row in convictions(viewer).filter(person_id=person_id).order_by("on", "ref")
    ]


def _declared(viewer: Viewer, person_id: int) -> list[AgainstRow]:
    """What was found though it was not declared, and every association: it is read with the rest."""
    rows = {row.key: row for row in law().table("vetting_declaration")}
    return [
        AgainstRow(
            key=f"declaration:{row.ref}",
            kind="Declared" if row.by_self else "Found, and not declared",
            title=f"{rows[row.kind].title}: {row.about}"[:200],
            words=row.words,
            on=KnownDate(row.arose_on),
            test="What is found and was not declared stands against them in its own right."
            if not row.by_self
            else "It is weighed by what it exposes them to, and by what was done about it.",
            details=(("Declared" if row.by_self else "Found", date_words(row.on)),),
        )
        for row in declarations(viewer).filter(person_id=person_id).order_by("on", "ref")
        if not row.by_self or rows[row.kind]["kind"] == "association"
    ]
