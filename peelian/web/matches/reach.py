"""How far the judging has come: the sample of what nobody judged, and the recall it lets one claim."""

import secrets

from django.http import HttpResponseBase

from peelian.matches import actions, queries
from peelian.rules import recall
from peelian.web.fields import errors_shown_in
from peelian.web.lists import Column, list_state
from peelian.web.matches.forms import DrawForm
from peelian.web.matches.views import JUDGES, READS, WRITES
from peelian.web.pages import PageRequest, go, page, shown

GRADES = (
    Column("grade", "Grade", sortable=False),
    Column("left", "Left when it was drawn", sortable=False, number=True),
    Column("drawn", "Drawn", sortable=False, number=True),
    Column("decided", "Decided", sortable=False, number=True),
    Column("hits", "The same person", sortable=False, number=True),
)


@page("wash/reach/", name="wash-reach", needs=READS, lists="the sample of the wash")
def reach(request: PageRequest) -> HttpResponseBase:
    """The recall that the judging has reached, with its interval and its counts; what of the sample is to be judged."""
    state = list_state(request, (), default="stake")
    found = queries.drawn(request.viewer, number=state.page)
    context = {
        "reach": queries.reach(request.viewer),
        "left": queries.left(request.viewer),
        "found": found,
        "state": state,
        "columns": GRADES,
        "source": recall.SOURCE,
    }
    return shown(request, "matches/reach.html", context, listed=[row.ref for row in found.rows])


@page("wash/reach/draw/", name="wash-draw", needs=JUDGES, methods=WRITES)
def draw(request: PageRequest) -> HttpResponseBase:
    """Draw a sample by lot. The seed is made up here and kept with the draw."""
    left = queries.left(request.viewer)
    form = DrawForm(request.POST if request.method == "POST" else None, left=left.unjudged)
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            share, seed = int(form.cleaned_data["share"]), secrets.token_hex(8)
            actions.draw_sample(by=request.viewer, share=share, seed=seed, on=request.viewer.today)
            return go("wash-reach", request=request, done=f"A sample was drawn, {share} in a hundred.")
    return shown(request, "matches/draw.html", {"form": form}, listed=[])
