"""What every page is given besides its own: who is looking, the navigation, messages, the service's name."""

from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import reverse

from peelian.terms.viewer import Viewer
from peelian.web.navigation import MENU_ORDER
from peelian.web.pages import find_page, registered_pages

SERVICE = "Peelian"


def shared(request: HttpRequest) -> dict[str, Any]:
    """`viewer` (None when nobody is signed in), `menu`, `flashes`, `service`, `search_address`,
    `second_factor_required`, `demonstration`."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    return {
        "viewer": viewer,
        "menu": menu_for(viewer, request.path),
        "flashes": [str(message) for message in get_messages(request)] if hasattr(request, "_messages") else [],
        "service": SERVICE,
        "search_address": _search_address(viewer),
        "second_factor_required": settings.PEELIAN_SECOND_FACTOR == "required",
        "demonstration": getattr(settings, "PEELIAN_DEMONSTRATION", False),
    }


def menu_for(viewer: Viewer | None, current_path: str) -> list[dict[str, Any]]:
    """The navigation's entries, as the service-navigation component takes them."""
    if viewer is None:
        return []
    offered = {page.menu: page for page in registered_pages() if page.menu and page.admits(viewer)}
    entries = []
    for words in MENU_ORDER:
        if words in offered:
            address = reverse(offered[words].name)
            here = current_path == address
            inside = address != "/" and current_path.startswith(address)
            entries.append({"text": words, "href": address, "current": here, "active": inside and not here})
    return entries


def _search_address(viewer: Viewer | None) -> str:
    search = find_page("search")
    return reverse("search") if search and viewer and search.admits(viewer) else ""
