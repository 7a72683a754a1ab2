"""Disparity figures for a period, as a page to read and print and as a file. Importing this registers the page."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponseBase

from peelian.disparity import queries
from peelian.disparity.rows import DisparityReport
from peelian.publish.tables import Cell
from peelian.rules.disparity import SOURCE, Figure
from peelian.terms.permissions import Permission
from peelian.web.disparity.forms import PeriodForm
from peelian.web.exports import exported
from peelian.web.fields import errors_shown_in
from peelian.web.lists import Column, list_state
from peelian.web.pages import PageRequest, page, shown

KEY = "disparity figures"
COLUMNS = (
    Column("group", "Group", sortable=False),
    Column("of", "In post", sortable=False, number=True),
    Column("reached", "Reached", sortable=False, number=True),
    Column("rate", "In a thousand", sortable=False, number=True),
    Column("ratio", "Ratio (95% interval)", sortable=False),
    Column("open", "Still open", sortable=False, number=True),
)
DECIDED = (
    Column("group", "Group", sortable=False),
    Column("of", "Decided", sortable=False, number=True),
    Column("reached", "Of them", sortable=False, number=True),
    Column("ratio", "Ratio (95% interval)", sortable=False),
)
EXPORTED = (
    *("Decision point", "Basis", "Group", "Of", "Reached", "In a thousand"),
    *("Ratio", "Low", "High", "Still open", "From", "To, this day included"),
)
HIDDEN = "hidden"


@page("disparity/", name="disparity", needs=Permission.READ_DISPARITY, lists=KEY, menu="Disparity")
def disparity(request: PageRequest) -> HttpResponseBase:
    """Ratio, interval and base numbers at each decision point; the twelve whole months before where none is chosen."""
    viewer, state = request.viewer, list_state(request, COLUMNS, default="group")
    first, last = _twelve_months(viewer.today)
    asked = bool({"by", "from_on_year", "until_on_year"} & request.GET.keys())
    form = PeriodForm(request.GET if asked else None, first=first, last=last)
    by, from_on, to_on, report = "ethnicity", first, last + timedelta(days=1), None
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        by, from_on = given["by"] or by, given["from_on"] or from_on
        to_on = given["until_on"] + timedelta(days=1) if given["until_on"] else to_on
    if not form.errors:
        with errors_shown_in(form):
            report = queries.disparity(viewer, by, from_on, to_on)
    if report and state.export:
        return exported(request, state.export, KEY, EXPORTED, list(_rows(report)))
    until = to_on - timedelta(days=1)
    context: dict[str, Any] = {"report": report, "until": until, "form": form, "state": state}
    context |= {"columns": COLUMNS, "decided": DECIDED, "source": SOURCE}
    return shown(request, "disparity/figures.html", context, listed=[])


def _twelve_months(today: date) -> tuple[date, date]:
    """The first and the last day of the twelve whole months before this one."""
    end = today.replace(day=1)
    return date(end.year - 1, end.month, 1), end - timedelta(days=1)


def _rows(report: DisparityReport) -> Iterator[tuple[str, Sequence[Cell]]]:
    period: tuple[Cell, ...] = (report.from_on, report.to_on - timedelta(days=1))
    for point in report.points:
        in_post = "Probationers in post" if point.of_probationers else "In post"
        for basis, figures in ((in_post, point.figures), ("Decided in the period", point.of_decided)):
            for one in figures:
                yield f"{point.key} {one.key}", (point.title, basis, one.title, *_cells(one), *period)


def _cells(one: Figure) -> tuple[Cell, ...]:
    ratio = one.ratio
    numbers: tuple[Cell, ...] = (
        *(one.of, one.reached, None if one.rate is None else round(one.rate, 1)),
        *(
            ("",) * 3
            if one.is_base
            else (None,) * 3
            if ratio is None
            else tuple(round(value, 2) for value in (ratio.ratio, ratio.low, ratio.high))
        ),
        one.still_open,
    )
    return tuple(HIDDEN if cell is None else cell for cell in numbers)
