"""Declarations and convictions of people, and who a rule on convictions would affect."""

from collections import Counter
from typing import Any

from django.db.models import OuterRef, Subquery

from peelian.clocks.law import law
from peelian.people import queries as people
from peelian.people.rows import PersonLine
from peelian.rules import vetting as rules
from peelian.rules.vetting import Held
from peelian.statute import Row
from peelian.terms.known_dates import KnownDate, Precision
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer
from peelian.vetting import facts
from peelian.vetting.kept_rows import AnswerRow, ConvictionRow, DeclarationRow, Simulation
from peelian.vetting.models import Declared
from peelian.walls.powers import must_hold
from peelian.walls.queries import actor_names

SHOWN = 200


def declarations_of(viewer: Viewer, person_ref: str) -> tuple[DeclarationRow, ...]:
    """What somebody declared, or was found without being declared, the latest first.

    Needs READ_VETTING or ASSESS_CONDUCT (LES-21). Raises NotFound.
    """
    must_hold(viewer, Permission.READ_VETTING, Permission.ASSESS_CONDUCT)
    person = people.line(viewer, person_ref)
    return _declarations(viewer, facts.declarations(viewer).filter(person_id=person.id))


def declaration(viewer: Viewer, declaration_ref: str) -> DeclarationRow:
    """One declaration. Needs READ_VETTING. Raises NotFound."""
    must_hold(viewer, Permission.READ_VETTING)
    found = _declarations(viewer, facts.declarations(viewer).filter(ref=declaration_ref))
    if not found:
        raise NotFound(f"declaration {declaration_ref}")
    return found[0]


def undecided(viewer: Viewer) -> tuple[DeclarationRow, ...]:
    """Declarations on which nothing was decided yet, the oldest first, at most 200. Needs READ_VETTING."""
    must_hold(viewer, Permission.READ_VETTING)
    found = facts.declarations(viewer).filter(decided__isnull=True).order_by("on", "ref")
    return _declarations(viewer, found[:SHOWN], ordered=True)


def convictions_of(viewer: Viewer, person_ref: str) -> tuple[ConvictionRow, ...]:
    """Convictions and cautions of somebody, the latest first. Needs READ_VETTING. Raises NotFound."""
    must_hold(viewer, Permission.READ_VETTING)
    person = people.line(viewer, person_ref)
    found = list(facts.convictions(viewer).filter(person_id=person.id).order_by("-on", "ref"))
    return tuple(_conviction(row, person) for row in found)


def simulate(viewer: Viewer, rule: str = "") -> Simulation:
    """Who a rule on convictions would affect, of people who serve and whom the viewer may see; nothing is changed.

    `rule`: a key of `conviction_rule`; the first where empty. At most 200 convictions are shown; all are counted. Needs
    READ_VETTING. Raises NotFound for no such rule.
    """
    must_hold(viewer, Permission.READ_VETTING)
    rows = law().table("conviction_rule")
    chosen = rows[0] if not rule else rules.row_of(law(), "conviction_rule", rule)
    if chosen is None:
        raise NotFound(f"rule {rule}")
    found = {row.pk: row for row in facts.convictions(viewer).order_by("-on", "ref")}
    left = people.lives_on_record(viewer, {row.person_id for row in found.values()})
    serving = {
        key: row
        for key, row in found.items()
        if row.person_id in left and not ((gone := left[row.person_id].left) and gone.latest <= viewer.today)
    }
    held = [Held(key, row.category, row.disposal, row.while_serving) for key, row in serving.items()]
    always = {row.key for row in law().table("conviction_disposal") if row.get("always")}
    caught = [serving[key] for key in rules.affected(chosen, held, always)]
    titles = {row.key: row.title for row in law().table("conviction_category")}
    counts = Counter(row.category for row in caught)
    while_serving = Counter(row.category for row in caught if row.while_serving)
    lines = people.lines(viewer, {row.person_id for row in caught[:SHOWN]})
    return Simulation(
        rule=chosen,
        rules=rows,
        held=len(serving),
        holders=len({row.person_id for row in serving.values()}),
        convictions=len(caught),
        people=len({row.person_id for row in caught}),
        by_category=tuple((title, counts[key], while_serving[key]) for key, title in titles.items() if counts[key]),
        rows=tuple(_conviction(row, lines[row.person_id]) for row in caught[:SHOWN]),
        example=(example := law().table("conviction_example")),
        not_added=rules.not_added(example),
    )


def appeals(viewer: Viewer) -> tuple[tuple[str, PersonLine], ...]:
    """Business interests whose appeal waits for the viewer, who decided nothing of it, the oldest first, at most 25."""
    last = Declared.objects.filter(declaration=OuterRef("pk")).order_by("-recorded_at", "-pk")
    rows = facts.declarations(viewer).annotate(last=Subquery(last.values("outcome")[:1])).filter(last=rules.APPEALED)
    rows = rows.exclude(decided__recorded_by=viewer.actor)
    listed = list(rows.order_by("on", "ref")[:25])
    lines = people.lines(viewer, [row.person_id for row in listed]) if listed else {}
    return tuple((row.ref, lines[row.person_id]) for row in listed)


def _declarations(viewer: Viewer, found: Any, *, ordered: bool = False) -> tuple[DeclarationRow, ...]:
    listed = list(found if ordered else found.order_by("-on", "ref"))
    if not listed:
        return ()
    lines = people.lines(viewer, [row.person_id for row in listed])
    answers: dict[int, list[Declared]] = {}
    for one in Declared.objects.filter(declaration__in=listed).order_by("-recorded_at", "-pk"):
        answers.setdefault(one.declaration_id, []).append(one)
    names = actor_names({one.recorded_by for given in answers.values() for one in given})
    kinds = {row.key: row for row in law().table("vetting_declaration")}
    outcomes = {row.key: row for row in law().table("vetting_declared")}
    tell = law().editions("VET-01")[0]
    return tuple(
        DeclarationRow(
            ref=row.ref,
            person=lines[row.person_id],
            kind=kinds[row.kind]["kind"],
            label=kinds[row.kind].title,
            about=row.about,
            words=row.words,
            by_self=row.by_self,
            arose_on=row.arose_on,
            on=row.on,
            late_days=(row.on - row.arose_on).days,
            law=kinds[row.kind].law,
            unverified=kinds[row.kind].unverified,
            answers=tuple(
                AnswerRow(outcomes[one.outcome].title, one.words, one.review_on, names[one.recorded_by], one.on)
                for one in answers.get(row.pk, [])
            ),
            outcomes=tuple(
                (one.key, one.title)
                for one in outcomes.values()
                if kinds[row.kind]["kind"] in one["kinds"] and _may_answer(viewer, one, answers.get(row.pk, []))
            ),
            clock=tell.id if (governs := row.on >= tell.in_force_from) else "",
            clock_words="promptly" if governs else "",
        )
        for row in listed
    )


def _may_answer(viewer: Viewer, outcome: Row, answers: list[Declared]) -> bool:
    """`answers`: what was decided on it, the last first."""
    if not viewer.may(Permission(outcome.get("needs", Permission.DECIDE_VETTING))):
        return False
    last = answers[0].outcome if answers else ""
    return rules.may_answer(law(), outcome, last, {one.recorded_by for one in answers}, viewer.actor) is None


def _conviction(row: Any, person: Any) -> ConvictionRow:
    return ConvictionRow(
        ref=row.ref,
        person=person,
        category=law().row("conviction_category", row.category).title,
        disposal=law().row("conviction_disposal", row.disposal).title,
        while_serving=row.while_serving,
        committed=KnownDate(row.committed_on, Precision(row.committed_precision)) if row.committed_on else None,
        words=row.words,
        on=row.on,
    )
