"""Signing in: what it needs, when it ends, what the journal hears."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth import get_user_model
from django.test import Client

from peelian.journal import queries as journal
from peelian.journal.rows import EntryRow
from peelian.terms.viewer import system
from peelian.web import middleware
from tests.rooms.web.conftest import PASSWORD

SIGN_IN = "/account/sign-in/"
pytestmark = pytest.mark.django_db


def written() -> list[EntryRow]:
    """The journal, oldest first."""
    by = system("test", at=datetime(2026, 11, 23, tzinfo=UTC), because="to read the journal in a test")
    return list(reversed(journal.entries(by, size=100).rows))


@pytest.mark.usefixtures("optional_second_factor")
def test_signing_in_and_out_is_journalled(sign_in: Callable[..., Client]) -> None:
    client = sign_in("auditor")
    client.post("/account/sign-out/")
    acts = [row.act for row in written()]
    assert acts[-2:] == ["signed in", "signed out"]
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize("username", ["tess", "nobody"])
def test_a_failed_attempt_is_journalled_without_what_was_typed(
    make_user: Callable[..., str], client: Client, username: str
) -> None:
    ref = make_user("tess", "auditor")
    answer = client.post(SIGN_IN, {"login": username, "password": "wrong-wrong-wrong"})
    assert answer.status_code == 200
    assert "The username or the password is wrong." in answer.content.decode()
    last = written()[-1]
    assert (last.act, last.kind, last.key) == ("refused", "user", ref if username == "tess" else "unknown")
    assert "wrong-wrong-wrong" not in repr(last)


@pytest.mark.usefixtures("optional_second_factor")
def test_five_failures_lock_the_account_whatever_address_the_server_is_called_by(
    make_user: Callable[..., str], client: Client
) -> None:
    make_user("tess", "auditor")
    for host in ("localhost", "127.0.0.1", "localhost", "127.0.0.1", "localhost"):
        client.post(SIGN_IN, {"login": "Tess", "password": "no"}, headers={"host": host})
    answer = client.post(SIGN_IN, {"login": "tess", "password": PASSWORD}, headers={"host": "127.0.0.1"})
    assert "Too many failed attempts for this account" in answer.content.decode()
    assert client.get("/account/").status_code == 302


@pytest.mark.usefixtures("optional_second_factor")
def test_a_locked_account_does_not_lock_the_one_beside_it(make_user: Callable[..., str], client: Client) -> None:
    make_user("tess", "auditor")
    make_user("bill", "auditor")
    for _ in range(6):
        client.post(SIGN_IN, {"login": "tess", "password": "no"})
    assert client.post(SIGN_IN, {"login": "bill", "password": PASSWORD}).status_code == 302


@pytest.mark.usefixtures("optional_second_factor")
@pytest.mark.parametrize(
    ("pauses", "ended"),
    [
        ([timedelta(minutes=29)], False),
        ([timedelta(minutes=31)], True),
        ([timedelta(minutes=29)] * 3, False),
        ([timedelta(minutes=29)] * 26, True),  # never idle, but longer than twelve hours
    ],
)
def test_a_session_ends_when_idle_and_after_a_day(
    sign_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch, pauses: list[timedelta], ended: bool
) -> None:
    client = sign_in("auditor")
    moment = middleware.now()
    monkeypatch.setattr(middleware, "now", lambda: moment)
    client.get("/account/")
    for pause in pauses:
        moment += pause
        answer = client.get("/account/")
    assert (answer.status_code == 302) is ended


def test_without_a_second_factor_the_only_way_on_is_to_set_one_up(sign_in: Callable[..., Client]) -> None:
    client = sign_in("auditor")
    assert client.get("/account/").headers["Location"] == "/account/second-factor/"
    assert "Set one up to go on" in client.get("/account/second-factor/").content.decode()
    assert client.get("/about/").status_code == 200


def test_with_a_second_factor_a_password_alone_does_not_sign_in(make_user: Callable[..., str], client: Client) -> None:
    make_user("tess", "auditor")
    user = get_user_model().objects.get_by_natural_key("tess")  # type: ignore[attr-defined]  # our own manager
    totp.TOTP.activate(user, totp.generate_totp_secret())
    answer = client.post(SIGN_IN, {"login": "tess", "password": PASSWORD})
    assert answer.headers["Location"] == "/account/second-factor/authenticate/"
    assert client.get("/account/").headers["Location"].startswith(SIGN_IN)
    wrong = client.post("/account/second-factor/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200
    assert written()[-1].act == "refused"
    key = Authenticator.objects.get(user=user).wrap()
    code = totp.format_hotp_value(totp.hotp_value(totp.decrypt(key.instance.data["secret"]), counter()))
    assert client.post("/account/second-factor/authenticate/", {"code": code}).status_code == 302
    assert client.get("/account/").status_code == 200


def counter() -> int:
    return next(iter(totp.yield_hotp_counters_from_time()))


def test_nobody_signs_up(client: Client) -> None:
    answer = client.get("/account/sign-up/")
    assert "Accounts are made by an administrator" in answer.content.decode()
    posted = client.post("/account/sign-up/", {"username": "mallory", "password1": PASSWORD})
    assert "Accounts are made by an administrator" in posted.content.decode()
    assert not get_user_model().objects.filter(username="mallory").exists()


@pytest.mark.usefixtures("optional_second_factor")
def test_signing_in_leads_on_to_the_page_asked_for_and_never_elsewhere(
    make_user: Callable[..., str], client: Client
) -> None:
    make_user("tess", "auditor")
    assert client.get("/account/").headers["Location"] == f"{SIGN_IN}?next=%2Faccount%2F"
    inside = client.post(f"{SIGN_IN}?next=/account/", {"login": "tess", "password": PASSWORD, "next": "/account/"})
    assert inside.headers["Location"] == "/account/"
    client.post("/account/sign-out/")
    away = {"login": "tess", "password": PASSWORD, "next": "https://elsewhere.example/"}
    assert client.post(SIGN_IN, away).headers["Location"] == "/"


@pytest.mark.usefixtures("optional_second_factor")
def test_a_changed_password_is_journalled_and_signs_out(sign_in: Callable[..., Client]) -> None:
    client = sign_in("auditor")
    fresh = "another truncheon in the grass"
    answer = client.post("/account/password/", {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh})
    assert answer.status_code == 302, answer.content
    assert "changed their password" in [row.summary for row in written()]


def test_every_page_carries_the_headers_that_keep_foreign_things_out(client: Client) -> None:
    for path in ("/about/", SIGN_IN, "/nothing", "/healthz"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == "no-store"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert "camera=()" in headers["Permissions-Policy"]


def test_a_form_from_nowhere_is_refused_in_words(make_user: Callable[..., str]) -> None:
    answer = Client(enforce_csrf_checks=True).post(SIGN_IN, {"login": "tess", "password": PASSWORD})
    assert answer.status_code == 403
    assert "This form was open for too long" in answer.content.decode()
