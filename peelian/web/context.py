"""What every page is given besides its own: who is looking, the navigation, messages, the service's name."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import reverse

from peelian.terms.viewer import Viewer
from peelian.web.navigation import MENU, SECTIONS
from peelian.web.pages import find_page, registered_pages

SERVICE = "Peelian"


@dataclass
class Menu:
    """`sections` as the service-navigation component takes them; `section` and `pages`, what stands within the one
    that holds this page (empty where it holds one page, or the page is in none)."""

    sections: list[dict[str, Any]] = field(default_factory=list)
    section: str = ""
    pages: list[dict[str, Any]] = field(default_factory=list)


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


def menu_for(viewer: Viewer | None, current_path: str) -> Menu:
    """The sections and, where the section of this page holds several, its pages, as the viewer may open them."""
    offered = pages_for(viewer)
    here = max((at for at in offered.values() if current_path.startswith(at)), key=len, default="")
    menu = Menu()
    for section, entries in SECTIONS.items():
        inside = {words: offered[words] for words in entries if words in offered}
        if not inside:
            continue
        active = here in inside.values()
        first = next(iter(inside.values()))
        words = section if len(inside) > 1 else next(iter(inside))
        menu.sections.append(_entry(words, first, current_path, active=active))
        if active and len(inside) > 1:
            menu.section = section
            menu.pages = [_entry(words, at, current_path, active=at == here) for words, at in inside.items()]
    return menu


def _entry(words: str, address: str, current_path: str, *, active: bool) -> dict[str, Any]:
    current = current_path == address
    return {"text": words, "href": address, "current": current, "active": active and not current}


def pages_for(viewer: Viewer | None) -> dict[str, str]:
    """The words and addresses of the navigation's pages that the viewer may open, in its order."""
    if viewer is None:
        return {}
    offered = {page.menu: page for page in registered_pages() if page.menu and page.admits(viewer)}
    return {words: reverse(offered[words].name) for words in MENU if words in offered}


def _search_address(viewer: Viewer | None) -> str:
    search = find_page("search")
    return reverse("search") if search and viewer and search.admits(viewer) else ""
