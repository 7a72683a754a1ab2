"""The wash in figures with their intervals; published counts as worked examples of what may be added to what."""

from django.http import HttpResponseBase

from peelian import statute
from peelian.matches import queries
from peelian.rules.adding import counted, total
from peelian.rules.projecting import WARNINGS, projected
from peelian.rules.shares import WILSON
from peelian.web.lists import Column
from peelian.web.matches.forms import AddForm, WholeForm
from peelian.web.matches.views import READS
from peelian.web.pages import PageRequest, page, shown

RESULTS = (
    Column("result", "What it led to", sortable=False),
    Column("pairs", "Pairs", sortable=False, number=True),
    Column("people", "People", sortable=False, number=True),
    Column("share", "Of those washed", sortable=False, number=True),
    Column("interval", "95% interval", sortable=False, number=True),
    Column("whole", "Of the whole", sortable=False, number=True),
)
PUBLISHED = (
    Column("label", "Count", sortable=False),
    Column("of", "Of", sortable=False),
    Column("count", "How many", sortable=False, number=True),
)
EXAMPLE_WHOLE = 50_000  # of whom the first 10,000 had been checked


@page("wash/figures/", name="wash-figures", needs=READS, lists="figures of the wash")
def figures(request: PageRequest) -> HttpResponseBase:
    """What hits led to as shares of those washed, with intervals; projected to a whole where one is given."""
    form = WholeForm(request.GET or None)
    whole = (form.cleaned_data["whole"] or 0) if form.is_bound and form.is_valid() else 0
    found = queries.figures(request.viewer, whole=whole)
    context = {
        "found": found,
        "form": form,
        "columns": RESULTS,
        "warnings": WARNINGS,
        "source": WILSON,
        "is_projected": found is not None and found.whole > found.washed,
        "is_less": found is not None and 0 < whole < found.washed,
    }
    return shown(request, "matches/figures.html", context, listed=[])


@page("wash/published/", name="wash-published", needs=READS)
def published(request: PageRequest) -> HttpResponseBase:
    """Counts that were published: which may be added to which, and the projection of 10,000 to 50,000."""
    held = counted(statute.product())
    form = AddForm(request.GET or None, counts=held)
    chosen = form.cleaned_data["counts"] if form.is_bound and form.is_valid() else []
    groups: dict[str, list[object]] = {}
    for one in held.values():
        groups.setdefault(one.group, []).append(one)
    part = [one for one in held.values() if one.unit == "findings" and one.of and one.count is not None]
    context = {
        "groups": groups,
        "held": held,
        "form": form,
        "chosen": [held[key] for key in chosen],
        "total": total(held, chosen) if chosen else None,
        "columns": PUBLISHED,
        "projections": [(one, projected(one.count or 0, one.of, EXAMPLE_WHOLE)) for one in part],
        "projection_columns": RESULTS[:1] + RESULTS[2:],
        "warnings": WARNINGS,
        "source": WILSON,
    }
    return shown(request, "matches/published.html", context, listed=[])
