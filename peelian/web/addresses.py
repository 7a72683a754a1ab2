"""From which network address a request came, as far as the proxies in front of the server are to be believed."""

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The address in words. Behind `PEELIAN_PROXIES` proxies of the force's own: the last that none of them made up.

    Each proxy adds the address it was asked from at the end; whatever stands before those may be anybody's invention.
    """
    told = request.headers.get("X-Forwarded-For", "").split(",")
    proxies = settings.PEELIAN_PROXIES
    if proxies and len(told) >= proxies and told[-proxies].strip():
        return told[-proxies].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
