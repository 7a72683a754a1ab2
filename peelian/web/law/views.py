"""The law as pages. Each answer shows its provision, its working, and whether the row was held against its text."""

from datetime import datetime

from django.http import HttpResponseBase

from peelian.clocks.law import law as in_force
from peelian.rules.asking import Asked, asked
from peelian.rules.coverage import Coverage, coverage
from peelian.rules.limits import CannotCount, Changed, NotShortenable
from peelian.rules.reference import track_words
from peelian.statute import BeyondTheTable, Clock, Register, Unit, UnknownClock, UnknownTable
from peelian.terms.pages import Page
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import LONDON
from peelian.web.law import lessons, replay
from peelian.web.law.forms import ClockFilterForm, DueForm
from peelian.web.lists import Column
from peelian.web.pages import PageRequest, page, shown

__all__ = ["clock", "clocks", "covered", "holidays", "instruments", "lessons", "replay", "table", "tables"]

CLOCKS = (
    Column("id", "Clock", sortable=False),
    Column("name", "Limit", sortable=False),
    Column("length", "Length", sortable=False),
    Column("law", "Provision", sortable=False),
    Column("owed", "Owed by, to", sortable=False),
)
COVERED = (
    Column("instrument", "Instrument", sortable=False),
    Column("provision", "Provision", sortable=False),
    Column("state", "Coverage", sortable=False),
    Column("by", "By", sortable=False),
)


@page("law/", name="law", needs=Permission.READ_LAW, menu="Law")
def clocks(request: PageRequest) -> HttpResponseBase:
    law = in_force()
    tracks = [(track, track_words(track)) for track in dict.fromkeys(clock.track for clock in law.clocks())]
    form = ClockFilterForm(request.GET, tracks=tracks)
    given = form.cleaned_data if form.is_valid() else {}
    rows = tuple(clock for clock in law.clocks() if _fits(clock, given))
    context = {"rows": rows, "found": Page(rows, len(rows), 1, max(1, len(rows))), "columns": CLOCKS, "form": form}
    return shown(request, "law/clocks.html", context)


@page("law/clocks/<str:clock_id>/", name="law-clock", needs=Permission.READ_LAW)
def clock(request: PageRequest, clock_id: str) -> HttpResponseBase:
    """One limit: its editions, what starts and meets it, and a calculator that shows its working."""
    law = in_force()
    try:
        editions = law.editions(clock_id)
    except UnknownClock:
        raise NotFound(f"clock {clock_id}") from None
    newest = editions[-1]
    form = DueForm(request.GET if "started_year" in request.GET else None, hours=newest.unit is Unit.HOURS)
    result = _due(law, clock_id, form) if form.is_valid() else None
    context = {
        "clock": newest,
        "editions": tuple(reversed(editions)),
        "drive": law.drives[newest.id],
        "events": law.events,
        "track": track_words(newest.track),
        "form": form,
        "result": result,
        "is_moment": isinstance(result.answer.value, datetime) if result else False,
    }
    return shown(request, "law/clock.html", context)


@page("law/tables/", name="law-tables", needs=Permission.READ_LAW)
def tables(request: PageRequest) -> HttpResponseBase:
    law = in_force()
    sections = [
        (section, rows[0].table, len(rows), sum(row.unverified for row in rows))
        for section, rows in sorted(law.sections.items(), key=lambda pair: (pair[1][0].table, pair[0]))
        if rows
    ]
    return shown(request, "law/tables.html", {"sections": sections})


@page("law/tables/<str:section>/", name="law-table", needs=Permission.READ_LAW)
def table(request: PageRequest, section: str) -> HttpResponseBase:
    try:
        rows = in_force().table(section)
    except UnknownTable:
        raise NotFound(f"table {section}") from None
    return shown(request, "law/table.html", {"section": section, "rows": rows})


@page("law/instruments/", name="law-instruments", needs=Permission.READ_LAW)
def instruments(request: PageRequest) -> HttpResponseBase:
    law = in_force()
    context = {"instruments": tuple(law.instruments.values()), "scheme": law.scheme}
    return shown(request, "law/instruments.html", context)


@page("law/holidays/", name="law-holidays", needs=Permission.READ_LAW)
def holidays(request: PageRequest) -> HttpResponseBase:
    """Which days are not working days, and how far the tables answer."""
    law = in_force()
    return shown(request, "law/holidays.html", {"calendars": (law.england_and_wales, law.united_kingdom)})


@page("law/coverage/", name="law-coverage", needs=Permission.READ_LAW)
def covered(request: PageRequest) -> HttpResponseBase:
    rows = coverage(in_force())
    counts = [(each, sum(row.state is each for row in rows)) for each in Coverage]
    return shown(request, "law/coverage.html", {"rows": rows, "columns": COVERED, "counts": counts})


def _fits(clock: Clock, given: dict[str, str]) -> bool:
    words = given.get("words", "").lower()
    text = f"{clock.id} {clock.name} {clock.law} {clock.actor} {clock.owed_to} {clock.trigger}".lower()
    checked = {"yes": False, "no": True}.get(given.get("checked", ""))
    return (
        words in text
        and given.get("track", "") in ("", clock.track)
        and (checked is None or clock.unverified is checked)
    )


def _due(law: Register, clock_id: str, form: DueForm) -> Asked | None:
    given = form.cleaned_data
    hour = given.get("hour")
    moment = datetime.combine(given["started"], hour, LONDON) if hour else None
    agreed = Changed(given["agreed"], "the parties and the chair") if given.get("agreed") else None
    try:
        return asked(law, clock_id, given["started"], moment=moment, agreed=agreed, by_todays_rules=given["replay"])
    except NotShortenable as refused:
        form.add_error("agreed", str(refused))
    except (BeyondTheTable, CannotCount) as cannot:
        form.add_error("started", str(cannot))
    return None
