"""The viewer's duties in their own calendar: a private address, made and ended here, and the feed that it leads to.

A calendar program cannot sign in, so whoever has the address reads the feed. It says of each duty only the reference of
its matter, the name of the limit and the provision; every reading is in the journal under the owner's name.
"""

import hashlib
from datetime import date

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse

from peelian.clocks import queries
from peelian.clocks.rows import DutyRow
from peelian.investigations import queries as investigations
from peelian.investigations.rows import MyLine
from peelian.journal import actions as journal
from peelian.publish.calendars import CalendarDay, icalendar
from peelian.returns import queries as returns
from peelian.returns.rows import ReturnLine
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound, Refusal
from peelian.terms.viewer import Viewer, system
from peelian.vetting import queries as vetting
from peelian.vetting.rows import VettingDuty
from peelian.walls import actions as walls
from peelian.walls.queries import has_calendar, viewer_of_calendar
from peelian.web.clock import now
from peelian.web.pages import Open, PageRequest, go, page, shown, told

READERS = (Permission.READ_MATTERS, Permission.READ_PLACED_MATTERS)
WRITES = ("GET", "HEAD", "POST")
CALENDAR_TYPE = "text/calendar; charset=utf-8"
NOBODYS = "No calendar has this address. It may have been renewed or ended.\n"


@page("work/calendar/", name="calendar", needs=READERS)
def settings(request: PageRequest) -> HttpResponseBase:
    return shown(request, "work/calendar.html", {"has_feed": has_calendar(request.viewer)})


@page("work/calendar/new/", name="calendar-new", needs=READERS, methods=WRITES)
def new(request: PageRequest) -> HttpResponseBase:
    """Makes the address, or a new one in the place of the old. It is shown once, on the answer to the POST."""
    if request.method == "POST":
        token = walls.fresh_calendar_token(by=request.viewer, on=request.viewer.today)
        address = request.build_absolute_uri(reverse("calendar-feed", kwargs={"token": token}))
        return shown(request, "work/calendar_made.html", {"address": address})
    return shown(request, "work/calendar_new.html", {"has_feed": has_calendar(request.viewer)})


@page("work/calendar/end/", name="calendar-end", needs=READERS, methods=WRITES)
def end(request: PageRequest) -> HttpResponseBase:
    if request.method == "POST":
        walls.end_calendar(by=request.viewer, on=request.viewer.today)
        return go("calendar", request=request, done="The calendar feed has ended. Its address leads nowhere now.")
    return shown(request, "work/calendar_end.html", {"has_feed": has_calendar(request.viewer)})


@page("calendar/<str:token>/duties.ics", name="calendar-feed", needs=Open.ANYBODY, lists="calendar feed")
def feed(request: PageRequest, token: str) -> HttpResponseBase:
    """The duties of the address's owner that have a day, with their powers of today; nothing of the session counts."""
    at = now()
    try:
        viewer = viewer_of_calendar(token, at=at)
        if not any(viewer.may(one) for one in READERS):
            raise NotFound("the owner may read no matter any more")
    except NotFound:
        return _nobodys(request, system("calendar feed", at=at, because="somebody asked for a feed by its address"))
    request.viewer = viewer  # the look that follows is written under the owner's name
    rows, enquiries = queries.calendar(viewer), investigations.my_lines(viewer)
    days = [_day(request, row, token) for row in rows] + [_line(request, one, token) for one in enquiries]
    vetted = vetting.board(viewer).duties
    days += [_vetted(request, one, token) for one in vetted]
    of_the_force = returns.mine(viewer)
    days += [_return(request, one, token, one.due_on) for one in of_the_force if one.due_on]
    body = icalendar("Peelian duties", days, at=at)
    response = HttpResponse(body, content_type=CALENDAR_TYPE)
    response.headers["Content-Disposition"] = 'inline; filename="duties.ics"'
    listed = dict.fromkeys([row.matter_ref for row in rows] + [one.matter_ref for one in enquiries])
    listed |= dict.fromkeys(one.person.ref for one in vetted)
    listed |= dict.fromkeys(one.key for one in of_the_force)
    words = f"calendar feed of {len(rows)} duties" + (f" and {len(enquiries)} lines of enquiry" if enquiries else "")
    words += f" and {len(vetted)} duties of vetting" if vetted else ""
    words += f" and {len(of_the_force)} returns of the force" if of_the_force else ""
    return told(response, listed=listed, summary=words, reason="calendar feed")


def _nobodys(request: PageRequest, asker: Viewer) -> HttpResponseBase:
    refusal = Refusal("A calendar address was asked for that is nobody's, or whose owner may read no matter.")
    journal.refused(by=asker, kind=RecordKind.LIST, key="calendar feed", refusal=refusal)
    request.viewer = asker
    response = HttpResponse(NOBODYS, status=404, content_type="text/plain; charset=utf-8")
    return told(response, listed=[], summary="no calendar has the address that was asked for")


def _day(request: PageRequest, row: DutyRow, token: str) -> CalendarDay:
    """One duty. Its key stays the same from feed to feed and, made with the address, tells nothing of the person."""
    assert row.due_on is not None  # `queries.calendar` gives only duties with a day
    told_apart = "|".join((token, row.clock, row.matter_ref, row.person, row.due_on.isoformat()))
    return CalendarDay(
        key=hashlib.sha256(told_apart.encode()).hexdigest()[:32],
        on=row.due_on,
        summary=f"{row.matter_ref}: {row.name}",
        details=f"{row.clock}, {row.provision}{_unverified(row.unverified)}. Open the matter for the working.",
        url=request.build_absolute_uri(reverse("matter", kwargs={"ref": row.matter_ref})),
    )


def _line(request: PageRequest, one: MyLine, token: str) -> CalendarDay:
    """One line of enquiry; like a duty, it says nothing of what it is about."""
    told_apart = "|".join((token, "line", one.matter_ref, str(one.number), one.due_on.isoformat()))
    return CalendarDay(
        key=hashlib.sha256(told_apart.encode()).hexdigest()[:32],
        on=one.due_on,
        summary=f"{one.matter_ref}: line of enquiry {one.number}",
        details="A day that people planned, not a limit of the law. Open the line of enquiry for what is to be done.",
        url=request.build_absolute_uri(reverse("line", kwargs={"ref": one.matter_ref, "number": one.number})),
    )


def _return(request: PageRequest, one: ReturnLine, token: str, due_on: date) -> CalendarDay:
    """One return of the force, which is about nobody."""
    told_apart = "|".join((token, "return", one.key, due_on.isoformat()))
    mark = _unverified(one.duty.unverified)
    return CalendarDay(
        key=hashlib.sha256(told_apart.encode()).hexdigest()[:32],
        on=due_on,
        summary=one.title,
        details=f"{one.duty.clock_id}, {one.duty.law}{mark}. Open the return for the working.",
        url=request.build_absolute_uri(reverse("return", kwargs={"return_key": one.key})),
    )


def _vetted(request: PageRequest, one: VettingDuty, token: str) -> CalendarDay:
    """One duty of vetting: the reference of its record, and of nobody the name."""
    told_apart = "|".join((token, "vetting", one.ref, one.what, one.due_on.isoformat()))
    where, name = ("My staff", "my-staff") if one.page == vetting.SIGNS else ("Vetting", "vetting")
    cited = ", ".join(word for word in (one.clock, one.law) if word)
    cited = f"{cited}{_unverified(one.unverified)}. " if cited else "A day that people planned. "
    return CalendarDay(
        key=hashlib.sha256(told_apart.encode()).hexdigest()[:32],
        on=one.due_on,
        summary=f"{one.ref}: {one.what}",
        details=f"{cited}Open {where} for the rest.",
        url=request.build_absolute_uri(reverse(name)),
    )


def _unverified(unverified: bool) -> str:
    return " (unverified: nobody has checked this row against its text)" if unverified else ""
