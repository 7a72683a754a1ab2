"""What waits for one person in look-backs: reviews, cases before the panel, tasks."""

from django.http import HttpResponseBase, QueryDict

from peelian.lookback import actions, queries
from peelian.lookback.queries.mine import WORKERS
from peelian.matters.queries import MustSign
from peelian.terms.acts import RecordKind
from peelian.terms.lookback import TaskKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.web.fields import errors_shown_in
from peelian.web.lists import Column
from peelian.web.lookback import consents
from peelian.web.lookback.forms import ChangeTaskForm, ConsentForm, DoneForm
from peelian.web.pages import PageRequest, go, page, shown

MATTER = RecordKind.MATTER
WRITES = ("GET", "HEAD", "POST")
TASK = "look-backs/<str:cohort_ref>/cases/<str:ref>/tasks/<int:number>/"
COLUMNS = (
    Column("matter", "Matter", sortable=False),
    Column("cohort", "Look-back", sortable=False),
    Column("part", "You are", sortable=False),
    Column("target", "To be decided by", sortable=False),
)
TASKS = (
    Column("task", "What", sortable=False),
    Column("matter", "Matter", sortable=False),
    Column("due", "By when", sortable=False),
)


@page("my-reviews/", name="my-reviews", needs=WORKERS, lists="my reviews", menu="My reviews")
def my_reviews(request: PageRequest) -> HttpResponseBase:
    found = queries.my_reviews(request.viewer)
    refs = [row.matter_ref for row in (*found.reviews, *found.panel)] + [row.matter_ref for row in found.tasks]
    context = {"found": found, "columns": COLUMNS, "task_columns": TASKS}
    return shown(request, "lookback/mine.html", context, listed=dict.fromkeys(refs))


@page(TASK, name="look-back-task", needs=WORKERS, opens=MATTER, methods=WRITES)
def task(request: PageRequest, cohort_ref: str, ref: str, number: int) -> HttpResponseBase:
    """One task, and the form that says it is done."""
    try:
        found = queries.task(request.viewer, cohort_ref, ref, number)
    except MustSign:
        return go("look-back-sign", cohort_ref=cohort_ref, ref=ref)
    asks = found.kind is TaskKind.RECONTACT
    form = DoneForm(_data(request), asks_contact=asks, has_consent=found.has_consent, today=request.viewer.today)
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            given = form.cleaned_data
            actions.finish_task(
                by=request.viewer,
                cohort_ref=cohort_ref,
                matter_ref=ref,
                number=number,
                words=given["words"],
                on=given["on"],
                contacted=given.get("contacted", False),
            )
            return go("my-reviews", request=request, done=f"Task {number} of {ref} is done.")
    return shown(request, "lookback/task.html", {"task": found, "form": form}, opened=ref)


@page(f"{TASK}consent/", name="look-back-task-consent", needs=WORKERS, opens=MATTER, methods=WRITES)
def task_consent(request: PageRequest, cohort_ref: str, ref: str, number: int) -> HttpResponseBase:
    """What the complainant or victim said of being contacted, as the owner of the task of contact records it."""
    found = queries.task(request.viewer, cohort_ref, ref, number)
    if found.kind is not TaskKind.RECONTACT:
        raise NotFound(f"task of contact {number} of {ref}")
    form = ConsentForm(_data(request))
    if consents.recorded(request, form, cohort_ref, ref):
        where = {"cohort_ref": cohort_ref, "ref": ref, "number": str(number)}
        return go("look-back-task", request=request, done=consents.DONE, **where)
    return shown(request, "lookback/task_consent.html", {"task": found, "form": form}, opened=ref)


@page(f"{TASK}change/", name="look-back-task-change", needs=Permission.LOOK_BACK, opens=MATTER, methods=WRITES)
def change_task(request: PageRequest, cohort_ref: str, ref: str, number: int) -> HttpResponseBase:
    found = queries.task(request.viewer, cohort_ref, ref, number)
    owners = queries.owners(request.viewer)
    first = {"owner": found.owner.ref, "due_on": found.due_on}
    form = ChangeTaskForm(_data(request), owners=owners, initial=first)
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            given = form.cleaned_data
            actions.change_task(
                by=request.viewer,
                cohort_ref=cohort_ref,
                matter_ref=ref,
                number=number,
                owner_ref=given["owner"],
                due_on=given["due_on"],
                reason=given["reason"],
                on=request.viewer.today,
            )
            return go("look-back-case", request=request, done="The task was changed.", cohort_ref=cohort_ref, ref=ref)
    return shown(request, "lookback/task_change.html", {"task": found, "form": form}, opened=ref)


def _data(request: PageRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
