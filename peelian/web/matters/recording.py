"""Recording a matter on one page that grows by buttons: any number of people and allegations, and nothing is lost.

Every button posts the whole page. Only `record` judges what was typed and acts; the others look people up, add a row or
take one away.
"""

from functools import partial
from typing import Any

from django.http import HttpResponseBase, QueryDict

from peelian.clocks import actions
from peelian.intake import queries as items
from peelian.intake.rows import ItemDetail
from peelian.matters.rows import AllegationDraft, MatterRow, Recording
from peelian.people import queries as people
from peelian.terms.acts import RecordKind
from peelian.terms.matters import MatterKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotValid
from peelian.terms.viewer import Viewer
from peelian.walls import queries as walls
from peelian.web.matters.parts import AllegationForm, HeadForm, OfficerForm, PublicForm, TailForm, drafts, head_form
from peelian.web.pages import PageRequest, go, page, shown
from peelian.web.typed import DO, Rows, TypedForm

RECORD = "record"
WRITES = ("GET", "HEAD", "POST")


class RecordPage:
    """Everything on the page as it stands. `checked`: somebody pressed the button that records.

    `first`: what stands in the head before anything is posted; `rows`: in the rows, as if it had been typed.
    """

    def __init__(
        self, viewer: Viewer, data: QueryDict | None, first: dict[str, Any], rows: QueryDict | None = None
    ) -> None:
        self.viewer = viewer
        self.checked = data is not None and data.get(DO) == RECORD
        common: dict[str, Any] = {"data": data, "checked": self.checked}
        self.head: HeadForm = head_form(**common, initial=first)
        typed = rows if data is None else data
        finding: dict[str, Any] = {"checked": self.checked, "viewer": viewer}
        self.officers = Rows("officer", typed, partial(OfficerForm, **finding), at_first=1)
        self.complainants = Rows("complainant", typed, partial(PublicForm, **finding), at_first=1)
        self.interested = Rows("interested", typed, partial(PublicForm, **finding), at_first=0)
        named = [
            (str(number), form.words or f"Officer {place}")
            for place, (number, form) in enumerate(self.officers.pairs, 1)
        ]
        self.allegations = Rows(
            "allegation", typed, partial(AllegationForm, checked=self.checked, officers=named), at_first=1
        )
        users = walls.users_holding(Permission.RECORD_EVENT, viewer.today)
        self.tail = TailForm(
            **common,
            initial={"on": viewer.today},
            units=[(unit.ref, unit.name) for unit in people.units(viewer) if unit.to_on is None],
            handlers=[(user.ref, user.name) for user in users if user.id != viewer.user_id],
            may_restrict=viewer.may(Permission.RESTRICT),
        )

    @property
    def rows(self) -> tuple[Rows[Any], ...]:
        return (self.officers, self.complainants, self.interested, self.allegations)

    @property
    def forms(self) -> list[TypedForm]:
        return [self.head, *(form for rows in self.rows for form in rows.forms), self.tail]

    @property
    def is_sound(self) -> bool:
        found = [self.head.is_valid(), *(rows.are_sound for rows in self.rows), self.tail.is_valid()]
        return self.checked and all(found)

    def recording(self, item_ref: str) -> Recording:
        head, tail = self.head.cleaned_data, self.tail.cleaned_data
        places = {number: place for place, (number, _) in enumerate(self.officers.filled)}
        return Recording(
            kind=MatterKind(head["kind"]),
            came_to_attention=head["came_to_attention"],
            heading=head["heading"],
            narrative=head["narrative"],
            reasons=head["reasons"],
            no_conflict=tail["no_conflict"],
            unit_ref=tail["unit"],
            incident=head["incident"],
            intake_ref=item_ref,
            officers=drafts(self.officers.filled),
            complainants=drafts(self.complainants.filled),
            interested=drafts(self.interested.filled),
            allegations=tuple(_allegation(form, places) for _, form in self.allegations.filled),
            tests=tuple(head["tests"]),
            handler_ref=tail["handler"],
            sensitive_reason=tail.get("sensitive_reason", ""),
        )

    def refuse(self, wrong: NotValid) -> None:
        """Put the reason where it belongs: on the field of that name, else on the page as a whole."""
        for form in (self.head, self.tail):
            if wrong.field in form.fields:
                form.add_error(wrong.field, wrong.reason)
                return
        self.head.add_error(None, wrong.reason)


@page("matters/record/", name="matter-record", needs=Permission.RECORD_MATTER, methods=WRITES)
def record(request: PageRequest) -> HttpResponseBase:
    """A matter that comes of no intake item."""
    return _record(request, None)


@page(
    "intake/<str:ref>/record/",
    name="intake-record",
    needs=Permission.RECORD_MATTER,
    opens=RecordKind.INTAKE_ITEM,
    methods=WRITES,
)
def record_item(request: PageRequest, ref: str) -> HttpResponseBase:
    """A matter that comes of an intake item, whose words stand beside what is typed."""
    return _record(request, items.item(request.viewer, ref))


def _record(request: PageRequest, item: ItemDetail | None) -> HttpResponseBase:
    first: dict[str, Any] = {"kind": request.GET.get("kind", ""), "tests": request.GET.getlist("tests")}
    if item is not None:
        first |= {"heading": item.row.heading, "narrative": item.words, "came_to_attention": item.row.received_on}
    return record_on(request, first, item=item)


def record_on(
    request: PageRequest,
    first: dict[str, Any],
    *,
    item: ItemDetail | None = None,
    rows: QueryDict | None = None,
    came_of: MatterRow | None = None,
) -> HttpResponseBase:
    """The page, and the act. `first` and `rows` as `RecordPage`; `item` or `came_of`: what the matter comes of."""
    data: QueryDict | None = request.POST if request.method == "POST" else None
    typed = RecordPage(request.viewer, data, first, rows)
    if typed.is_sound:
        try:
            given = typed.tail.cleaned_data
            made = actions.open_matter(
                by=request.viewer,
                recording=typed.recording(item.row.ref if item else ""),
                handling_started_on=given["handling_started_on"],
                on=given["on"],
            )
            return go("matter", request=request, done=f"The matter was recorded as {made}.", ref=made)
        except NotValid as wrong:
            typed.refuse(wrong)
    context = {"typed": typed, "item": item, "came_of": came_of}
    opened = item.row.ref if item else came_of.line.ref if came_of else None
    return shown(request, "matters/record.html", context, opened=opened)


def _allegation(form: AllegationForm, places: dict[int, int]) -> AllegationDraft:
    given = form.cleaned_data
    against = tuple(places[int(number)] for number in given["against"] if int(number) in places)
    return AllegationDraft(given["category"], given["text"], tuple(given["factors"]), against)
