"""How people sign in. All from the environment; see docs/reference/settings.md.

`PEELIAN_SECOND_FACTOR`: `required` (the default) or `optional`. `PEELIAN_OIDC_URL`, `PEELIAN_OIDC_CLIENT`,
`PEELIAN_OIDC_SECRET`, `PEELIAN_OIDC_NAME`: a force's own directory. `PEELIAN_SESSION_IDLE_MINUTES` and
`PEELIAN_SESSION_HOURS`: when a session ends. `PEELIAN_OWN_VIEW_TRIES`, `PEELIAN_OWN_VIEW_WAIT_MINUTES`,
`PEELIAN_PROXIES`: wrong tries to open one's own view. `PEELIAN_ORIGINS` with an https address turns on secure cookies.
"""

import os
from datetime import timedelta
from typing import Any

PEELIAN_SECOND_FACTOR = os.environ.get("PEELIAN_SECOND_FACTOR", "required")
if PEELIAN_SECOND_FACTOR not in ("required", "optional"):
    raise ValueError(f"PEELIAN_SECOND_FACTOR must be 'required' or 'optional', not {PEELIAN_SECOND_FACTOR!r}")
PEELIAN_SESSION_IDLE = timedelta(minutes=int(os.environ.get("PEELIAN_SESSION_IDLE_MINUTES", "30")))
PEELIAN_SESSION_LONGEST = timedelta(hours=int(os.environ.get("PEELIAN_SESSION_HOURS", "12")))
PEELIAN_DEMONSTRATION = os.environ.get("PEELIAN_DEMONSTRATION") == "1"

HTTPS = "https://" in os.environ.get("PEELIAN_ORIGINS", "")
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = int(PEELIAN_SESSION_LONGEST.total_seconds())

# The view of one's own matter, which nobody signs in to: wrong tries from one network address, and the wait after them.
PEELIAN_OWN_VIEW_TRIES = int(os.environ.get("PEELIAN_OWN_VIEW_TRIES", "20"))
PEELIAN_OWN_VIEW_WAIT = timedelta(minutes=int(os.environ.get("PEELIAN_OWN_VIEW_WAIT_MINUTES", "15")))
PEELIAN_PROXIES = int(os.environ.get("PEELIAN_PROXIES", "0"))
if min(PEELIAN_OWN_VIEW_TRIES, PEELIAN_OWN_VIEW_WAIT // timedelta(minutes=1), PEELIAN_PROXIES + 1) < 1:
    raise ValueError("PEELIAN_OWN_VIEW_TRIES and PEELIAN_OWN_VIEW_WAIT_MINUTES start at 1, PEELIAN_PROXIES at 0")

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "peelian.web.sign_in.adapter.Accounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
# By account and never by address: a whole force sits behind one address. Five failures lock an account for 15 minutes.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "5/15m/key",
    "signup": None,
    "reset_password": None,
    "reset_password_from_key": None,
    "request_login_code": None,
}

MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Peelian"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TRUST_ENABLED = False
MFA_FORMS = {"authenticate": "peelian.web.sign_in.forms.Code"}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # localhost without a certificate; browsers allow no other

SOCIALACCOUNT_ADAPTER = "peelian.web.sign_in.adapter.Directory"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False


def directories() -> dict[str, Any]:
    """The force's own directory, where the environment names one."""
    address = os.environ.get("PEELIAN_OIDC_URL")
    if not address:
        return {}
    directory = {
        "provider_id": "directory",
        "name": os.environ.get("PEELIAN_OIDC_NAME", "your force's directory"),
        "client_id": os.environ["PEELIAN_OIDC_CLIENT"],
        "secret": os.environ["PEELIAN_OIDC_SECRET"],
        "settings": {"server_url": address, "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [directory]}}


SOCIALACCOUNT_PROVIDERS = directories()
