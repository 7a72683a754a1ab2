"""Where a user lands, their account, what anybody may read about Peelian, and a heartbeat."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse

from peelian.web.context import pages_for
from peelian.web.pages import Open, PageRequest, page, shown
from peelian.web.sign_in.second_factor import has_second_factor


@page("", name="home", needs=Open.SIGNED_IN)
def home(request: PageRequest) -> HttpResponseBase:
    """The first page of the navigation that this viewer may see; what they may do where there is none."""
    first = next(iter(pages_for(request.viewer).values()), reverse("account"))
    return HttpResponse(status=302, headers={"Location": first})


@page("account/", name="account", needs=Open.SIGNED_IN)
def account(request: PageRequest) -> HttpResponseBase:
    """What the viewer may do, and how they sign in."""
    permissions = sorted(permission.words for permission in request.viewer.permissions)
    context = {
        "permissions": permissions,
        "second_factor": has_second_factor(request.user),
    }
    return shown(request, "front/account.html", context)


@page("about/", name="about", needs=Open.ANYBODY)
def about(request: PageRequest) -> HttpResponseBase:
    return shown(request, "front/about.html")


@page("accessibility/", name="accessibility", needs=Open.ANYBODY)
def accessibility(request: PageRequest) -> HttpResponseBase:
    return shown(request, "front/accessibility.html")


@page("privacy/", name="privacy", needs=Open.ANYBODY)
def privacy(request: PageRequest) -> HttpResponseBase:
    idle = int(settings.PEELIAN_SESSION_IDLE.total_seconds() // 60)
    longest = int(settings.PEELIAN_SESSION_LONGEST.total_seconds() // 3600)
    return shown(request, "front/privacy.html", {"idle_minutes": idle, "longest_hours": longest})


@page("healthz", name="healthz", needs=Open.ANYBODY)
def healthz(request: PageRequest) -> HttpResponseBase:
    """`ok`, for whatever watches the server. Touches no database."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
