"""Rules of never the same as pages: which stand, and lifting one by two people."""

from django.http import HttpResponseBase

from peelian.matches import actions, queries
from peelian.web.fields import errors_shown_in
from peelian.web.lists import Column
from peelian.web.matches.forms import AnswerLiftForm, LiftForm
from peelian.web.matches.views import JUDGES, ONE, PAIR, READS, WRITES
from peelian.web.pages import PageRequest, go, page, shown

RULES = (
    Column("person", "Never this person", sortable=False),
    Column("mark", "Whoever bears", sortable=False),
    Column("why", "Why", sortable=False),
    Column("stands", "Stands", sortable=False),
)


@page("wash/rules/", name="wash-rules", needs=READS, lists="rules of never the same")
def rules(request: PageRequest) -> HttpResponseBase:
    """Every rule with who made it and why, and whether it was lifted."""
    found = queries.rules(request.viewer)
    listed = dict.fromkeys(row.pair_ref for row in found)
    return shown(request, "matches/rules.html", {"rules": found, "columns": RULES}, listed=listed)


@page(f"{ONE}lift/", name="wash-lift", needs=JUDGES, opens=PAIR, methods=WRITES)
def lift(request: PageRequest, ref: str) -> HttpResponseBase:
    """Ask to lift a rule that rests on this pair, or answer as the second person."""
    found = queries.pair(request.viewer, ref)
    of_pair = queries.rules(request.viewer, ref)
    answers = [row.mark for row in of_pair if row.may_answer]
    data = request.POST if request.method == "POST" else None
    form = (
        AnswerLiftForm(data, marks=answers) if answers else LiftForm(data, marks=[r.mark for r in of_pair if r.may_ask])
    )
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            given = {"by": request.viewer, "pair_ref": ref, "on": request.viewer.today, **form.cleaned_data}
            if answers:
                agreed = given.pop("agreed") == "yes"
                count = actions.answer_lift(agreed=agreed, **given)
                done = f"The rule was lifted. Pairs that wait again: {count}." if agreed else "The rule stands."
            else:
                actions.ask_to_lift(**given)
                done = "It was recorded. The rule is lifted when somebody else agrees."
            return go("wash-rules", request=request, done=done)
    context = {"pair": found, "form": form, "rules": of_pair, "columns": RULES, "answers": answers}
    return shown(request, "matches/lift.html", context, opened=found.row.ref)
