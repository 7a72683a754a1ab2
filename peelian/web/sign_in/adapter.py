"""What Peelian asks of the sign-in library: no sign-up, and every sign-in, sign-out and failure in the journal."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest

from peelian.journal import actions as journal
from peelian.terms.acts import Act, RecordKind
from peelian.terms.refusals import NotFound, Refusal
from peelian.terms.viewer import system
from peelian.walls import queries as walls
from peelian.web.clock import now

CHANGES = {
    "password_changed": "changed their password",
    "password_set": "set a password",
    "totp_activated": "added an authenticator app",
    "totp_deactivated": "removed their authenticator app",
    "webauthn_added": "added a passkey or security key",
    "webauthn_removed": "removed a passkey or security key",
    "recovery_codes_generated": "made new recovery codes",
}


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no type hints
    """Users are made by an administrator; nobody signs up. Limits are counted by account, never by address."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": "Too many failed attempts for this account. Wait 15 minutes, then try again.",
        "username_password_mismatch": "The username or the password is wrong.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        _write(user.pk, Act.SIGNED_IN, "signed in")

    def logout(self, request: HttpRequest) -> None:
        user_id = request.user.pk if request.user.is_authenticated else None
        super().logout(request)
        if user_id is not None:
            _write(user_id, Act.SIGNED_OUT, "signed out")

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except Exception:
            _write_failure(credentials.get("username", ""), "Too many failed attempts to sign in to this account.")
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        _write_failure(credentials.get("username", ""), "Wrong username or password.")

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """The library calls this whenever how somebody signs in has changed: the journal hears of it, no mail goes."""
        _write(user.pk, Act.ALTERED, CHANGES.get(template_prefix.rpartition("/")[2], "changed how they sign in"))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """The account alone. The library adds the host name, which a visitor chooses from those we answer to."""
        return str(credentials.get("username", "")).lower()


class Directory(DefaultSocialAccountAdapter):  # type: ignore[misc]  # the same
    """A force's own directory (OpenID Connect). It opens accounts that exist here; it never makes one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The first time, tie the directory's subject to the user of the same username."""
        if sociallogin.is_existing:
            return
        claims = sociallogin.account.extra_data
        claims = claims.get("userinfo", claims) if isinstance(claims, dict) else {}
        user = _user_called(str(claims.get("preferred_username", "")).split("@")[0])
        if user is not None and user.is_active:
            sociallogin.connect(request, user)


def _write(user_id: int, act: Act, summary: str) -> None:
    try:
        viewer = walls.viewer_for(user_id, at=now())
    except NotFound:
        return  # an account switched off meanwhile: there is nobody to name as the actor
    with transaction.atomic():
        key = viewer.actor.removeprefix("user:")
        journal.record(by=viewer, act=act, kind=RecordKind.USER, key=key, summary=summary)


def _write_failure(username: str, reason: str) -> None:
    """What was typed is not written: people type passwords into the wrong box."""
    write_refusal(_user_called(username), reason)


def write_refusal(user: Any, reason: str) -> None:
    """A failed attempt to sign in as `user` (None where there is no such account)."""
    by = system("sign-in", at=now(), because="an attempt to sign in")
    journal.refused(by=by, kind=RecordKind.USER, key=user.ref if user else "unknown", refusal=Refusal(reason))


def _user_called(username: str) -> Any:
    model: Any = get_user_model()
    try:
        return model.objects.get_by_natural_key(username) if username else None
    except model.DoesNotExist:
        return None
