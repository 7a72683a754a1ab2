"""A user who may sign in, made through the actions."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client

from peelian.terms.viewer import system
from peelian.walls import actions as walls
from peelian.web import middleware
from tests.worlds import Someone

PASSWORD = "a truncheon in the long grass"


@pytest.fixture(autouse=True)
def nobody_is_locked_out() -> None:
    """The lockout lives in the cache, which no transaction rolls back."""
    cache.clear()


@pytest.fixture
def optional_second_factor(settings: object) -> None:
    settings.PEELIAN_SECOND_FACTOR = "optional"  # type: ignore[attr-defined]  # pytest-django's wrapper takes any


@pytest.fixture
def make_user(db: None, at: datetime, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """`make_user("tess", "auditor")`: their reference. Their password is PASSWORD."""

    def make(username: str, *roles: str) -> str:
        by = system("test", at=at, because="to make a user for a test")
        return walls.make_user(
            by=by, username=username, name=username.title(), roles=roles, password=PASSWORD, on=by.today
        )

    return make


@pytest.fixture
def sign_in(make_user: Callable[..., str]) -> Callable[..., Client]:
    """`sign_in("auditor")`: a browser with somebody of that role signed in."""

    def enter(*roles: str) -> Client:
        make_user("tess", *roles)
        client = Client()
        answer = client.post("/account/sign-in/", {"login": "tess", "password": PASSWORD})
        assert answer.status_code == 302, answer.content
        return client

    return enter


@pytest.fixture
def enter(optional_second_factor: None) -> Callable[[Someone], Client]:
    """`enter(someone)`: a browser in which they are signed in already; how that is done is tested with sign-in."""

    def signed_in(someone: Someone) -> Client:
        client = Client()
        client.force_login(get_user_model().objects.get(ref=someone.user_ref))
        return client

    return signed_in


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    """The clock that the pages read stands still at the moment of the tests."""
    monkeypatch.setattr(middleware, "now", lambda: at)
