"""Registration: what a page must declare, what the journal hears of it, and how refusals become pages."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotAllowed, NotFound, NotValid, Refusal
from peelian.terms.viewer import Viewer
from peelian.web import errors, pages
from peelian.web.journeys import JOURNEYS
from peelian.web.pages import Open, go, page, shown, told
from peelian.web.sign_in.open_names import OPEN_SIGN_IN_PAGES

REF = "PM-K7QW9-3XDMP"
SERVED = [one for one in pages.registered_pages() if JOURNEYS]  # importing the journeys registers their pages


class Heard:
    """A journal that remembers what it was told."""

    def __init__(self) -> None:
        self.looks: list[dict[str, Any]] = []
        self.refusals: list[dict[str, Any]] = []

    def look(self, **said: Any) -> int:
        self.looks.append(said)
        return len(self.looks)

    def refused(self, **said: Any) -> int:
        self.refusals.append(said)
        return len(self.refusals)


@pytest.fixture
def journal(monkeypatch: pytest.MonkeyPatch) -> Heard:
    heard = Heard()
    monkeypatch.setattr(pages, "journal", heard)
    monkeypatch.setattr(pages, "_registered", dict(pages._registered))
    return heard


@pytest.fixture
def ask(at: datetime) -> Callable[..., HttpResponse]:
    """`ask(view, ref=…)` as an investigator; `method`, `permissions` may differ."""

    def answered(
        view: Callable[..., Any],
        method: str = "get",
        permissions: tuple[Permission, ...] = (Permission.READ_MATTERS,),
        **parts: Any,
    ) -> HttpResponse:
        request = getattr(RequestFactory(), method)("/somewhere/")
        request.viewer = Viewer(actor="user:PU-1", at=at, user_id=1, name="Tess", permissions=frozenset(permissions))
        response: HttpResponse = view(request, **parts)
        return response

    return answered


def test_pages_open_to_anybody_are_these() -> None:
    assert [one.name for one in SERVED if one.needs is Open.ANYBODY] == [
        "about",
        "accessibility",
        "bank-holidays",  # where somebody who leaves their own view is found
        "calendar-feed",  # a calendar program cannot sign in: the secret in the address says whose feed it is
        "healthz",
        "own",  # one's own view: a reference and a code open it, and a session that ends with the browser holds it open
        "own-entry",
        "own-leave",
        "own-tell",
        "privacy",
        "recommendations",  # what reports asked of the force and where it stands: published, and names nobody
    ]


def test_pages_open_to_anybody_who_is_signed_in_are_these() -> None:
    assert [one.name for one in SERVED if one.needs is Open.SIGNED_IN] == ["account", "home", "roles"]


def test_sign_in_pages_that_need_no_session_are_these() -> None:
    assert sorted(OPEN_SIGN_IN_PAGES) == [
        "account_inactive",
        "account_login",
        "account_logout",
        "account_signup",
        "mfa_authenticate",
        "mfa_login_webauthn",
        "openid_connect_callback",
        "openid_connect_login",
        "socialaccount_login_cancelled",
        "socialaccount_login_error",
    ]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"needs": ()}, "does not say which permission"),
        ({"needs": ("read_matters",)}, "does not say which permission"),
        ({"needs": None}, "does not say which permission"),
        ({"needs": Permission.SEARCH, "opens": RecordKind.MATTER, "lists": "matters"}, "not both"),
        ({"needs": Permission.SEARCH, "menu": "Somewhere"}, "no section holds"),
        ({"needs": Permission.SEARCH, "name": "about"}, "two pages"),
    ],
)
def test_a_page_that_is_not_declared_in_full_does_not_start(journal: Heard, wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        page("x/", **{"name": "x", **wrong})


def test_a_page_says_which_record_it_opened_and_the_journal_hears_of_it(
    journal: Heard, ask: Callable[..., HttpResponse]
) -> None:
    @page("m/<str:ref>/", name="m", needs=Permission.READ_MATTERS, opens=RecordKind.MATTER, because="casework")
    def one(request: HttpRequest, ref: str) -> HttpResponse:
        return shown(request, "front/about.html", opened=ref)

    assert ask(one, ref=REF).status_code == 200
    (look,) = journal.looks
    assert (look["kind"], look["key"], look["shown"], look["reason"]) == (RecordKind.MATTER, REF, [REF], "casework")


def test_a_list_names_what_it_showed_even_if_that_is_nothing(journal: Heard, ask: Callable[..., HttpResponse]) -> None:
    @page("m/", name="ms", needs=Permission.READ_MATTERS, lists="matters")
    def many(request: HttpRequest) -> HttpResponse:
        return shown(request, "front/about.html", listed=[])

    ask(many)
    (look,) = journal.looks
    assert (look["kind"], look["key"], look["shown"]) == (RecordKind.LIST, "matters", [])


@pytest.mark.parametrize("declared", [{"opens": RecordKind.MATTER}, {"lists": "matters"}])
def test_a_page_that_does_not_say_what_it_showed_is_not_shown(
    journal: Heard, ask: Callable[..., HttpResponse], declared: dict[str, Any]
) -> None:
    @page("m/", name="quiet", needs=Permission.READ_MATTERS, **declared)
    def quiet(request: HttpRequest) -> HttpResponse:
        return shown(request, "front/about.html")

    with pytest.raises(RuntimeError, match="did not say"):
        ask(quiet)


def test_an_export_says_what_left(journal: Heard, ask: Callable[..., HttpResponse]) -> None:
    @page("m.csv", name="export", needs=Permission.READ_MATTERS, lists="matters")
    def export(request: HttpRequest) -> HttpResponse:
        return told(HttpResponse(b"a,b", content_type="text/csv"), listed=[REF], summary="exported 1 row as CSV")

    answer = ask(export)
    assert (answer.content, answer.headers["Content-Type"]) == (b"a,b", "text/csv")
    assert journal.looks[0]["summary"] == "exported 1 row as CSV"


def test_a_redirect_after_an_act_shows_nothing_and_writes_no_look(
    journal: Heard, ask: Callable[..., HttpResponse]
) -> None:
    @page("do/", name="do", needs=Permission.READ_MATTERS, opens=RecordKind.MATTER, methods=("POST",))
    def do(request: HttpRequest) -> HttpResponse:
        return go("about")

    assert ask(do, method="post").status_code == 302
    assert ask(do, method="get").status_code == 405
    assert journal.looks == []


def test_a_viewer_without_the_power_is_told_which_one_is_missing_and_the_journal_hears(
    journal: Heard, ask: Callable[..., HttpResponse]
) -> None:
    @page("m/<str:ref>/", name="m", needs=(Permission.READ_MATTERS, Permission.SEARCH), opens=RecordKind.MATTER)
    def never(request: HttpRequest, ref: str) -> HttpResponse:
        raise AssertionError("the view must not run")

    answer = ask(never, ref=REF, permissions=(Permission.READ_LAW,))
    assert answer.status_code == 403
    assert "see every matter that no wall hides or to search" in answer.content.decode()
    (refusal,) = journal.refusals
    assert (refusal["kind"], refusal["key"]) == (RecordKind.MATTER, REF)
    assert journal.looks == []


def test_a_refusal_shows_its_reason_and_its_law(journal: Heard, ask: Callable[..., HttpResponse]) -> None:
    @page("m/", name="m", needs=Permission.READ_MATTERS)
    def refuse(request: HttpRequest) -> HttpResponse:
        raise NotAllowed(Refusal("The chair may not be the officer concerned.", "SI 2020/4 reg 28"))

    words = ask(refuse).content.decode()
    assert "The chair may not be the officer concerned." in words
    assert "SI 2020/4 reg 28" in words
    assert journal.refusals[0]["refusal"].law == "SI 2020/4 reg 28"


def test_a_record_that_may_not_be_known_looks_like_an_address_that_does_not_exist(
    journal: Heard, ask: Callable[..., HttpResponse]
) -> None:
    @page("m/<str:ref>/", name="m", needs=Permission.READ_MATTERS, opens=RecordKind.MATTER)
    def hidden(request: HttpRequest, ref: str) -> HttpResponse:
        raise NotFound(ref)

    def nowhere(request: HttpRequest) -> HttpResponse:
        return errors.not_found(request)

    walled, absent = ask(hidden, ref=REF), ask(nowhere)
    assert walled.status_code == absent.status_code == 404
    assert without_token(walled) == without_token(absent)
    assert REF not in walled.content.decode()
    assert journal.refusals[0]["key"] == REF


def test_something_invalid_outside_a_form_says_what_is_wrong(journal: Heard, ask: Callable[..., HttpResponse]) -> None:
    @page("m/", name="m", needs=Permission.READ_MATTERS)
    def wrong(request: HttpRequest) -> HttpResponse:
        raise NotValid("sort", "This list is not sorted by that.")

    answer = ask(wrong)
    assert answer.status_code == 400
    assert "This list is not sorted by that." in answer.content.decode()


def without_token(response: HttpResponse) -> str:
    lines = response.content.decode().splitlines()
    return "\n".join(line for line in lines if "csrfmiddlewaretoken" not in line)


def test_every_other_page_sends_a_visitor_to_sign_in(client: Client) -> None:
    closed = [one for one in SERVED if one.needs is not Open.ANYBODY]
    assert len(closed) >= 2
    for one in closed:
        address = "/" + re.sub(r"<str:\w+>", "PM-K7QW9-3XDMP", re.sub(r"<int:\w+>", "1", one.route))
        answer = client.get(address)
        assert answer.status_code == 302, one.name
        assert answer.headers["Location"].startswith("/account/sign-in/"), one.name
