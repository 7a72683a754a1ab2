"""How a page is registered. A page without a declared permission does not start; what a page showed is journalled.

In: a view, the permission it needs and what it opens or lists. Out: an address, and a view that checks, runs, writes
the look to the journal and turns refusals into pages. See docs/how-to/add-a-page.md.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from functools import wraps
from types import ModuleType
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse

from peelian.journal import actions as journal
from peelian.matters import actions as matters
from peelian.matters.queries import MustSign
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.viewer import Viewer
from peelian.walls.powers import LAW as ROLES
from peelian.web.navigation import MENU

LONGEST_REFERENCE = 20


class Open(Enum):
    """Pages that need no permission. The two lists of them are short, and one test holds them."""

    ANYBODY = "anybody, signed in or not"
    SIGNED_IN = "anybody who is signed in"


class PageRequest(HttpRequest):
    """A request after the middleware: `viewer` is who is looking, at this moment."""

    viewer: Viewer


class Looked(HttpResponse):
    """A response that says which records it showed. `None` means it did not say; an empty list, that it showed none."""

    opened: str | None = None
    listed: list[str] | None = None
    reason: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A registered page. `needs` holds any one of which is enough; `methods` are the verbs it answers."""

    route: str
    name: str
    needs: tuple[Permission, ...] | Open
    opens: RecordKind | None
    lists: str | None
    because: str
    menu: str
    methods: tuple[str, ...]
    view: Callable[..., HttpResponseBase]

    def admits(self, viewer: Viewer | None) -> bool:
        if self.needs is Open.ANYBODY:
            return True
        if viewer is None:
            return False
        return self.needs is Open.SIGNED_IN or any(viewer.may(permission) for permission in self.needs)


_registered: dict[str, Page] = {}


def page(
    route: str,
    *,
    name: str,
    needs: Permission | tuple[Permission, ...] | Open,
    opens: RecordKind | None = None,
    lists: str | None = None,
    because: str = "",
    menu: str = "",
    methods: tuple[str, ...] = ("GET", "HEAD"),
) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Register a view at `route` under `name`.

    `needs`: a permission, a tuple any one of which is enough, or a member of `Open`.
    `opens`: the kind of record the page shows one of; the view then answers with `shown(..., opened=ref)`.
    `lists`: the key of the list the page shows; the view then answers with `shown(..., listed=[ref, ...])`.
    `because`: the standing reason for such a look, written to the journal with it.
    `menu`: the words of its entry in the navigation, one that a section of `navigation.SECTIONS` holds.
    `methods`: add "POST" for a page that acts.
    Raises ValueError at import for a page that says nothing of who may see it, or a name taken twice.
    """
    if not isinstance(needs, Open):
        needs = needs if isinstance(needs, tuple) else (needs,)
        if not needs or not all(isinstance(one, Permission) for one in needs):
            raise ValueError(f"page {name!r} does not say which permission it needs")
    if opens and lists:
        raise ValueError(f"page {name!r} opens a record or lists many, not both")
    if menu and menu not in MENU:
        raise ValueError(f"page {name!r} asks for the menu entry {menu!r}, which no section holds")
    if name in _registered:
        raise ValueError(f"two pages are called {name!r}")

    def register(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        registered = Page(route, name, needs, opens, lists, because, menu, methods, view)

        @wraps(view)
        def answered(request: PageRequest, **parts: Any) -> HttpResponseBase:
            return _answer(registered, request, parts)

        _registered[name] = Page(route, name, needs, opens, lists, because, menu, methods, answered)
        return answered

    return register


def registered_pages() -> list[Page]:
    """Every page, by name."""
    return [_registered[name] for name in sorted(_registered)]


def find_page(name: str) -> Page | None:
    return _registered.get(name)


def admits(viewer: Viewer, name: str) -> bool:
    """Whether there is a page of this name that the viewer may open; a link to any other would lead nowhere."""
    found = find_page(name)
    return found is not None and found.admits(viewer)


def addresses(journeys: tuple[ModuleType, ...]) -> list[URLPattern]:
    """Django's patterns for the pages of these journeys, journey by journey, then in the order they were registered.

    A journey is named by one module of its folder; pages registered anywhere in that folder belong to it.
    """
    folders = [journey.__name__.rpartition(".")[0] + "." for journey in journeys]
    return [
        path(one.route, one.view, name=one.name)
        for folder in folders
        for one in _registered.values()
        if one.view.__module__.startswith(folder)
    ]


def shown(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    opened: str | None = None,
    listed: Iterable[str] | None = None,
    reason: str = "",
    status: int = 200,
) -> Looked:
    """Render a page and say which record it opened, or which records it listed, by their references."""
    body = render(request, template, context or {}, using="jinja2", status=status)
    return told(body, opened=opened, listed=listed, reason=reason)


def told(
    response: HttpResponse,
    *,
    opened: str | None = None,
    listed: Iterable[str] | None = None,
    reason: str = "",
    summary: str = "",
) -> Looked:
    """The same for a response that is not a page: an export, a calendar, a picture. `summary` says what left."""
    looked = Looked(response.content, status=response.status_code, headers=dict(response.headers))
    looked.cookies = response.cookies
    looked.opened, looked.listed = opened, list(listed) if listed is not None else None
    looked.reason, looked.summary = reason, summary
    return looked


def go(page_name: str, *, request: HttpRequest | None = None, done: str = "", **parts: Any) -> HttpResponseRedirect:
    """Redirect to a page after an act; `done` is said at the top of it."""
    if done and request is not None:
        messages.success(request, done)
    return HttpResponseRedirect(reverse(page_name, kwargs=parts))


def _answer(registered: Page, request: PageRequest, parts: dict[str, Any]) -> HttpResponseBase:
    if request.method not in registered.methods:
        return HttpResponseNotAllowed(registered.methods)
    try:
        if not registered.admits(request.viewer):
            raise NotAllowed(_lacking(registered))
        if registered.needs is not Open.ANYBODY and any("\x00" in str(part) for part in parts.values()):
            raise NotFound("an address that names no record")
        response = registered.view(request, **parts)
        _write_look(registered, request, response)
        _tell(registered, request, parts, was_refused=False)
        return response
    except NotAllowed as refused:
        _write_refusal(registered, request, parts, refused.refusal)
        return render(request, "errors/403.html", _said(refused), using="jinja2", status=403)
    except NotFound:
        _write_refusal(registered, request, parts, Refusal("No such record for this viewer."))
        return render(request, "errors/404.html", using="jinja2", status=404)
    except NotValid as wrong:
        return render(request, "errors/400.html", {"reason": wrong.reason}, using="jinja2", status=400)


def _lacking(registered: Page) -> Refusal:
    assert not isinstance(registered.needs, Open)
    powers = " or to ".join(permission.words for permission in registered.needs)
    return Refusal(f"Your roles do not let you do this. It needs the power to {powers}.", ROLES)


def _write_look(registered: Page, request: PageRequest, response: HttpResponseBase) -> None:
    """The look goes to the journal before the page goes to the viewer. A page that did not say raises."""
    if isinstance(response, HttpResponseRedirect) or not (registered.opens or registered.lists):
        return
    opened = getattr(response, "opened", None)
    listed = getattr(response, "listed", None)
    reason = getattr(response, "reason", "") or registered.because
    summary = getattr(response, "summary", "")
    if registered.opens:
        if not opened:
            raise RuntimeError(f"page {registered.name!r} did not say which {registered.opens.value} it opened")
        journal.look(
            by=request.viewer,
            kind=registered.opens,
            key=opened,
            summary=summary or f"opened the page {registered.name}",
            shown=listed or [opened],
            reason=reason,
        )
    elif registered.lists:
        if listed is None:
            raise RuntimeError(f"page {registered.name!r} did not say what its list showed")
        journal.look(
            by=request.viewer,
            kind=RecordKind.LIST,
            key=registered.lists,
            summary=summary or f"list of {registered.lists}",
            shown=listed,
            reason=reason,
        )


def _write_refusal(registered: Page, request: PageRequest, parts: dict[str, Any], refusal: Refusal) -> None:
    key = str(parts.get("ref") or registered.name)[:100]
    journal.refused(by=request.viewer, kind=registered.opens or RecordKind.LIST, key=key, refusal=refusal)
    _tell(registered, request, parts, was_refused=True)


def _tell(registered: Page, request: PageRequest, parts: dict[str, Any], *, was_refused: bool) -> None:
    """Those who answer for a matter are told of a look by somebody connected with it, to whom nothing shows."""
    key = str(parts.get("ref", ""))
    if registered.opens and request.viewer is not None and 0 < len(key) <= LONGEST_REFERENCE and "\x00" not in key:
        page = registered.name
        matters.notice(by=request.viewer, kind=registered.opens, key=key, page=page, was_refused=was_refused)


def _said(refused: NotAllowed) -> dict[str, object]:
    """What the page of a refusal says; `sign`: the matter to sign for first, where that is all that is missing."""
    return {"refusal": refused.refusal, "sign": refused.ref if isinstance(refused, MustSign) else ""}
