"""What people declared of themselves: their own view of it, and the annual statements that vetting reads."""

from django.db.models import QuerySet

from peelian.clocks.law import law
from peelian.people import queries as people
from peelian.rules.vetting import APPEALED
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer
from peelian.vetting.kept_rows import Own, OwnRow, StatementRow
from peelian.vetting.models import Declaration, Declared, Statement
from peelian.walls.powers import must_hold

TOLD = (
    "business"  # SI 2003/527 reg 8: whoever asked is told; nothing else of what was made of it is theirs to read here
)


def own(viewer: Viewer) -> Own:
    """What the viewer declared of themselves, in their own words, the latest first. Needs DECLARE_OWN.

    Never what others recorded of them, nor what was made of it: of a business interest alone, what was decided.
    """
    must_hold(viewer, Permission.DECLARE_OWN)
    if viewer.person_id is None:
        return Own(False, (), ())
    mine = {"person_id": viewer.person_id, "recorded_by": viewer.actor}
    rows = list(Declaration.objects.filter(by_self=True, **mine).order_by("-on", "-recorded_at", "ref"))
    kinds = {row.key: row for row in law().table("vetting_declaration")}
    asked = [row.pk for row in rows if kinds[row.kind]["kind"] == TOLD]
    outcomes = {row.key: row.title for row in law().table("vetting_declared")}
    from_which = law().row("vetting_declared", APPEALED)["after"]
    last = dict(
        Declared.objects.filter(declaration__in=asked)
        .order_by("recorded_at", "pk")
        .values_list("declaration_id", "outcome")
    )
    return Own(
        True,
        tuple(
            OwnRow(
                ref=row.ref,
                label=kinds[row.kind].title,
                about=row.about,
                words=row.words,
                arose_on=row.arose_on,
                on=row.on,
                decided=outcomes[last[row.pk]] if row.pk in last else "",
                may_appeal=last.get(row.pk, "") in from_which,
            )
            for row in rows
        ),
        _statements(Statement.objects.filter(**mine)),
    )


def statements(viewer: Viewer, person_ref: str) -> tuple[StatementRow, ...]:
    """The annual statements of somebody, the latest first. Needs READ_VETTING. Raises NotFound."""
    must_hold(viewer, Permission.READ_VETTING)
    return _statements(Statement.objects.filter(person_id=people.line(viewer, person_ref).id))


def _statements(found: QuerySet[Statement]) -> tuple[StatementRow, ...]:
    titles = {row.key: row.title for row in law().table("vetting_question")}
    return tuple(
        StatementRow(
            on=row.on,
            yes=tuple(titles.get(key, key) for key, yes in row.answers.items() if yes),
            no=sum(not yes for yes in row.answers.values()),
            words=row.words,
        )
        for row in found.order_by("-on", "-recorded_at")
    )
