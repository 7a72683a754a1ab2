"""What happens around every page: headers that let nothing foreign in, and a viewer or a way to sign in.

In: a request. Out: `request.viewer`, and a response with its headers. Sign-in is required everywhere; the pages open to
anybody are registered as such (`pages.Open.ANYBODY`) or listed in `sign_in.open_names`.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from peelian.terms.refusals import NotFound
from peelian.walls import queries as walls
from peelian.web.clock import now
from peelian.web.pages import Open, find_page
from peelian.web.sign_in.open_names import OPEN_SIGN_IN_PAGES, SECOND_FACTOR_PAGES
from peelian.web.sign_in.second_factor import has_second_factor
from peelian.web.sign_in.sessions import has_ended, touch

Respond = Callable[[HttpRequest], HttpResponseBase]

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # data: for the picture of a one-time-code key, made on the page that shows it
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "microphone", "geolocation", "payment", "usb", "display-capture", "browsing-topics")
)


def security_headers(respond: Respond) -> Respond:
    """Strict headers on every page; pages are never kept by a browser or a proxy."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        response = respond(request)
        response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Cache-Control"] = "no-store"
        return response

    return answered


class viewer:  # named in settings like the functions beside it
    """Who is looking, at this moment; and a page to sign in for whoever may not look without.

    `request.viewer` is None for a visitor. A session that has been idle or open too long ends here.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.viewer = None  # type: ignore[attr-defined]  # pages.PageRequest declares it
        if request.user.is_authenticated:
            at = now()
            if has_ended(request.session, at):
                logout(request)
            else:
                touch(request.session, at)
                try:
                    request.viewer = walls.viewer_for(request.user.pk, at=at)  # type: ignore[attr-defined]  # as above
                except NotFound:
                    logout(request)
        return self.respond(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], parts: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Send a visitor to sign in, and a user without a needed second factor to set one up."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        page = find_page(name)
        if name in OPEN_SIGN_IN_PAGES or (page is not None and page.needs is Open.ANYBODY):
            return None
        if request.viewer is None:  # type: ignore[attr-defined]  # as above
            here = {"next": request.get_full_path()} if request.method == "GET" else {}
            query = f"?{urlencode(here)}" if here and here["next"] != "/" else ""
            return HttpResponseRedirect(reverse("account_login") + query)
        needed = settings.PEELIAN_SECOND_FACTOR == "required" and name not in SECOND_FACTOR_PAGES
        if needed and not has_second_factor(request.user):
            return HttpResponseRedirect(reverse("mfa_index"))
        return None
