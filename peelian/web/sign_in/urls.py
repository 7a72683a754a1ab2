"""The addresses of the sign-in library that Peelian offers: no sign-up, no e-mail, no reset by e-mail."""

from allauth.account import views as account
from allauth.mfa import urls as second_factor
from allauth.socialaccount import views as directory
from allauth.socialaccount.providers.openid_connect import urls as openid_connect
from django.urls import include, path

urlpatterns = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("sign-up/", account.signup, name="account_signup"),
    path("confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("second-factor/", include(second_factor)),
    path("directory/cancelled/", directory.login_cancelled, name="socialaccount_login_cancelled"),
    path("directory/error/", directory.login_error, name="socialaccount_login_error"),
    path("directory/", include(openid_connect)),
]
