"""Recording what happened to a return: one page for each act, also where it takes the place of what was recorded."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from django.http import HttpResponseBase

from peelian.returns import actions, queries
from peelian.returns.acts import ANSWERED, JUDGED, PUBLISHED, RECEIVED, REPORTED, SENT, WRITTEN
from peelian.returns.rows import ReturnRow
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer
from peelian.web.fields import errors_shown_in
from peelian.web.pages import PageRequest, go, page, shown
from peelian.web.returns import forms


class Asked(NamedTuple):
    """`path`: of its page. `words`: on the button; `again`: where it was recorded already. `act`: what a form does."""

    path: str
    words: str
    again: str
    form: type[forms.Recorded]
    act: Callable[[Viewer, ReturnRow, dict[str, Any]], object]


def _send(by: Viewer, found: ReturnRow, given: dict[str, Any]) -> None:
    assert found.line.quarter is not None  # of quarterly data
    actions.send_data(by=by, quarter=found.line.quarter, **given)


def _receive(by: Viewer, found: ReturnRow, given: dict[str, Any]) -> None:
    assert found.line.quarter is not None  # of a bulletin
    actions.receive_bulletin(by=by, quarter=found.line.quarter, **given)


def _publish(by: Viewer, found: ReturnRow, given: dict[str, Any]) -> None:
    said = given | {"with_narrative": given["with_narrative"] == "yes"}
    actions.publish_bulletin(by=by, return_key=found.line.key, **said)


def _report(by: Viewer, found: ReturnRow, given: dict[str, Any]) -> None:
    actions.report_super_complaint(by=by, return_key=found.line.key, **given)


def _write(by: Viewer, found: ReturnRow, given: dict[str, Any]) -> None:
    actions.write_answer(by=by, return_key=found.line.key, **given | {"accepted": given["accepted"] == "yes"})


def _judge(by: Viewer, found: ReturnRow, given: dict[str, Any]) -> None:
    assert found.answer is not None  # the act is offered on an answer alone
    said = given | {"agreed": given["agreed"] == "yes"}
    actions.judge_answer(by=by, return_key=found.line.key, answer_ref=found.answer.ref, **said)


def _answer(by: Viewer, found: ReturnRow, given: dict[str, Any]) -> None:
    actions.send_answer(by=by, return_key=found.line.key, **given)


ASKED = {
    SENT: Asked("sent", "Record that the data were sent", "Correct what was sent", forms.SentForm, _send),
    RECEIVED: Asked("received", "", "Correct the bulletin", forms.ReceivedForm, _receive),
    PUBLISHED: Asked(
        "published", "Record that it was published", "Correct the publication", forms.PublishedForm, _publish
    ),
    REPORTED: Asked("reported", "", "Correct the report", forms.ReportedForm, _report),
    WRITTEN: Asked("write", "Write the answer", "Write the answer again", forms.WrittenForm, _write),
    JUDGED: Asked("approve", "Approve the answer, or send it back", "", forms.JudgedForm, _judge),
    ANSWERED: Asked("answered", "Record that the answer was sent", "Correct the sending", forms.AnsweredForm, _answer),
}


def offered(found: ReturnRow) -> list[tuple[str, str, bool]]:
    """Path, words and whether it is a correction, of each act that the viewer may do now."""
    now = [(one.path, one.again if what in found.again else one.words, False) for what, one in _of(found.acts)]
    later = [(one.path, one.again, True) for what, one in _of(found.again) if what not in found.acts]
    return now + later


def _of(keys: Iterable[str]) -> Iterator[tuple[str, Asked]]:
    return ((what, ASKED[what]) for what in keys)


@page(
    "returns/<str:return_key>/record/<str:return_act>/",
    name="return-act",
    needs=Permission.KEEP_RETURNS,
    lists="return",
    methods=("GET", "HEAD", "POST"),
)
def act(request: PageRequest, return_key: str, return_act: str) -> HttpResponseBase:
    """One act on a return."""
    viewer = request.viewer
    found = queries.one_return(viewer, return_key)
    what = next((key for key in (*found.acts, *found.again) if ASKED[key].path == return_act), None)
    if what is None:
        raise NotFound(f"{return_act} of the return {return_key}")
    asked, again = ASKED[what], what in found.again
    bound = request.POST if request.method == "POST" else None
    more = {"tied": queries.to_tie(viewer)} if what == REPORTED else {}
    form = asked.form(bound, viewer=viewer, again=again, initial=dict(_before(found, what, again=again)), **more)
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            asked.act(viewer, found, form.cleaned_data)
            return go("return", request=request, done="Recorded.", return_key=return_key)
    title = asked.again if again else asked.words
    context = {"form": form, "line": found.line, "found": found, "title": title, "about": ""}
    return shown(request, "returns/form.html", context, listed=[return_key])


def _before(found: ReturnRow, what: str, *, again: bool) -> Iterator[tuple[str, Any]]:
    """What a form holds to begin with: what stands, or what Peelian counts."""
    if what == SENT and not again and found.logged is not None:
        yield "complaints", found.logged.complaints
        yield "allegations", found.logged.allegations
    if again:
        yield from found.before[what].items()
