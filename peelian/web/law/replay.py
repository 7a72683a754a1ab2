"""The replay of nine reports as a page."""

from django.http import HttpResponseBase

from peelian.clocks.law import law as in_force
from peelian.rules.replay import replay
from peelian.terms.permissions import Permission
from peelian.web.pages import PageRequest, page, shown


@page("law/replay/", name="law-replay", needs=Permission.READ_LAW)
def replayed(request: PageRequest) -> HttpResponseBase:
    """Nine reports about one invented officer: which duties arose at each, and why it could not be closed."""
    return shown(request, "law/replay.html", {"reports": replay(in_force())})
