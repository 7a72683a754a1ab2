"""The library's second-factor form, with every wrong code in the journal."""

from allauth.mfa.base.forms import AuthenticateForm
from django.core.exceptions import ValidationError

from peelian.web.sign_in.adapter import write_refusal


class Code(AuthenticateForm):  # type: ignore[misc]  # the library has no type hints
    """A code of an authenticator app, or a recovery code."""

    def clean_code(self) -> str:
        try:
            return str(super().clean_code())
        except ValidationError:
            write_refusal(self.user, "Wrong code, or too many wrong codes, for the second factor.")
            raise
