"""Somebody's view of their own matter. Importing this module registers the journey.

What a browser keeps of it: one cookie that ends when it is closed, and nothing of a page. No address and no title says
what it is about. The forms carry a token of the session instead of a cookie of their own.
"""

from datetime import datetime
from hmac import compare_digest
from math import ceil
from secrets import token_urlsafe
from typing import Any

from django.conf import settings
from django.http import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from peelian import statute
from peelian.contact import actions as contact
from peelian.contact.queries import opened_key
from peelian.contact.rows import OpenedKey
from peelian.contact.tries import Waits
from peelian.publish import queries
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import LONDON, system
from peelian.web.addresses import address_of
from peelian.web.clock import now
from peelian.web.fields import errors_shown_in
from peelian.web.own.forms import EntryForm, TellForm
from peelian.web.pages import Open, PageRequest, go, page, shown

KEPT = "own_view"
WRITES = ("GET", "HEAD", "POST")
NOT_RIGHT = "The reference or the code is not right. Check both. After five wrong codes, ask us for a new one."
OLD_FORM = "This page was open for too long. Nothing was sent. What you wrote is still here: send it again."


@page("your-matter/", name="own-entry", needs=Open.ANYBODY, methods=WRITES)
@csrf_exempt
def entry(request: PageRequest) -> HttpResponseBase:
    """The reference and the code. The answer is the same whatever was wrong."""
    at = now()
    if request.method == "GET" and _opened(request, at) is not None:
        return _kept_away(go("own"))
    form = EntryForm(request.POST or None)
    is_wrong = False
    if request.method == "POST":
        given = form.cleaned_data if form.is_valid() else {}
        typed = {"reference": given.get("reference", ""), "code": given.get("code", "")}
        try:
            opened = contact.open_key(**typed, address=address_of(request), at=at)
        except Waits as waits:
            return _kept_away(_wait(request, waits.until, at))
        if opened is not None:
            request.session.cycle_key()
            request.session[KEPT] = {"key": opened.id, "at": at.isoformat(), "token": token_urlsafe(24)}
            return _kept_away(go("own"))
        form, is_wrong = EntryForm(), True
    return _kept_away(shown(request, "own/entry.html", {"form": form, "wrong": NOT_RIGHT if is_wrong else ""}))


@page("your-matter/page/", name="own", needs=Open.ANYBODY)
def own(request: PageRequest) -> HttpResponseBase:
    at = now()
    opened = _opened(request, at)
    if opened is None:
        return _kept_away(go("own-entry"))
    try:
        view = queries.own_view(
            system("own-view", at=at, because="a key was opened"), opened.matter_ref, opened.person_key
        )
    except NotFound:
        return _kept_away(go("own-leave"))
    contact.look(opened, at=at)
    told = request.session[KEPT].pop("told", False)
    request.session.modified = True
    return _kept_away(shown(request, "own/page.html", {"view": view, "told": told, "is_preview": False}))


@page("your-matter/tell/", name="own-tell", needs=Open.ANYBODY, methods=WRITES)
@csrf_exempt
def tell(request: PageRequest) -> HttpResponseBase:
    """A message, word for word, into the intake."""
    at = now()
    opened = _opened(request, at)
    if opened is None:
        return _kept_away(go("own-entry"))
    form, old = TellForm(request.POST or None, initial={"about": request.GET.get("about", "")}), ""
    token = request.session[KEPT]["token"]
    if request.method == "POST" and not compare_digest(request.POST.get("token", "").encode(), token.encode()):
        old = OLD_FORM
    elif request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            given = form.cleaned_data
            contact.tell(opened=opened, words=given["words"], is_unsafe=given["about"] == "unsafe", at=at)
            request.session[KEPT]["told"] = True
            request.session.modified = True
            return _kept_away(go("own"))
    return _kept_away(shown(request, "own/tell.html", {"form": form, "token": token, "old": old}))


@page("your-matter/leave/", name="own-leave", needs=Open.ANYBODY)
def leave(request: PageRequest) -> HttpResponseBase:
    """Ends the view and goes to a page that says nothing of it. A plain link, so that it works without script."""
    if KEPT in request.session:
        if request.viewer is None:
            request.session.flush()
        else:
            del request.session[KEPT]
    return _kept_away(go("bank-holidays"))


@page("bank-holidays/", name="bank-holidays", needs=Open.ANYBODY)
def bank_holidays(request: PageRequest) -> HttpResponseBase:
    """The page on which somebody who leaves is found: ordinary, and about nothing."""
    today = now().astimezone(LONDON).date()
    days = sorted(day for day in statute.product().england_and_wales.days if day >= today)
    return _kept_away(shown(request, "own/bank_holidays.html", {"days": days}))


def _opened(request: PageRequest, at: datetime) -> OpenedKey | None:
    """The key that this browser opened, while it stands and the session has not been idle for too long."""
    held: dict[str, Any] | None = request.session.get(KEPT)
    if held is None:
        return None
    idle = at - datetime.fromisoformat(held["at"]) > settings.PEELIAN_SESSION_IDLE
    opened = None if idle else opened_key(held["key"], at=at)
    if opened is None:
        del request.session[KEPT]
        return None
    held["at"] = at.isoformat()
    request.session.modified = True
    return opened


def _wait(request: PageRequest, until: datetime, at: datetime) -> HttpResponseBase:
    """When to try again, and nothing of whether what was typed is known."""
    seconds = ceil((until - at).total_seconds())
    response = shown(request, "own/wait.html", {"until": until, "minutes": ceil(seconds / 60)}, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response


def _kept_away(response: HttpResponseBase) -> HttpResponseBase:
    """No address of ours goes along to the next page, and no search engine keeps one."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
