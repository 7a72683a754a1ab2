"""Whether a user has a second factor."""

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser


def has_second_factor(user: AbstractBaseUser | AnonymousUser) -> bool:
    """A passkey or security key, or an authenticator app. Recovery codes alone are not one."""
    return bool(user.is_authenticated and is_mfa_enabled(user))
