"""Contact on a matter: everybody, one person, and what they see. Importing this module registers the whole journey."""

from django.http import HttpResponseBase

from peelian.contact import queries
from peelian.publish.queries import own_view
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.web.contact import keys, writing
from peelian.web.pages import PageRequest, page, shown

__all__ = ["everybody", "keys", "seen", "somebody", "writing"]

READERS = (Permission.READ_MATTERS, Permission.READ_PLACED_MATTERS)
MATTER = RecordKind.MATTER


@page("matters/<str:ref>/contact/", name="matter-contact", needs=READERS, opens=MATTER)
def everybody(request: PageRequest, ref: str) -> HttpResponseBase:
    """Everybody with whom contact is planned, and what is owed to each."""
    context = {"ref": ref, "rows": queries.everybody(request.viewer, ref)}
    return shown(request, "contact/everybody.html", context, opened=ref)


@page("matters/<str:ref>/contact/<str:who>/", name="matter-contact-person", needs=READERS, opens=MATTER)
def somebody(request: PageRequest, ref: str, who: str) -> HttpResponseBase:
    """One person's contact, whole."""
    context = {"ref": ref, "row": queries.somebody_on(request.viewer, ref, who)}
    return shown(request, "contact/somebody.html", context, opened=ref)


@page("matters/<str:ref>/contact/<str:who>/seen/", name="matter-contact-seen", needs=READERS, opens=MATTER)
def seen(request: PageRequest, ref: str, who: str) -> HttpResponseBase:
    """What they see: the same view as they read, for whoever deals with it."""
    row = queries.somebody_on(request.viewer, ref, who)
    context = {"ref": ref, "row": row, "view": own_view(request.viewer, ref, who)}
    return shown(request, "contact/seen.html", context, opened=ref)
