"""What the pages of proceedings ask. Shape only: whether it may be done is for the room."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from peelian.matters.rows import Proposed
from peelian.proceedings.rows import FIELD_WORDS, FIELDS, ProceedingRow, Reached
from peelian.terms.proceedings import Attendance, Attending, Named, Pleaded
from peelian.terms.viewer import Viewer
from peelian.web.fields import DayField, Hinted, offer
from peelian.web.typed import FindPersonForm, TypedForm

LONG = forms.Textarea(attrs={"rows": 4})
DAY_HINT = "For example 27 3 2026"
YES_NO = (("yes", "Yes"), ("no", "No"))


class OpenForm(TypedForm):
    who = forms.ChoiceField(label="Which proceedings are opened, about whom?", widget=forms.RadioSelect)
    on = DayField(label="On which day?", help_text=DAY_HINT)

    def __init__(self, *args: Any, reached: Iterable[Reached], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(f"{one.forum.key}/{one.key}", f"{one.forum.title}: {one.name}") for one in reached]
        offer(self, "who", choices)
        self.fields["on"].initial = today


class ActForm(TypedForm):
    """An act on one proceeding. `row`: as it reads now."""

    on = DayField(label="On which day?", help_text=DAY_HINT)

    def __init__(self, *args: Any, row: ProceedingRow, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = viewer.today
        self.order_fields([name for name in self.fields if name != "on"] + ["on"])

    @property
    def given(self) -> dict[str, Any]:
        """What the act is given beside the proceeding, who acts and the words of the address."""
        return dict(self.cleaned_data)


class MemberForm(FindPersonForm):
    """Who takes which seat, by what. A user, somebody in the register, or a name from outside."""

    on = DayField(label="On which day?", help_text=DAY_HINT)

    seat = forms.ChoiceField(label="Which seat, and by what do they qualify for it?", widget=forms.RadioSelect)
    user = forms.ChoiceField(
        label="A user of Peelian who may sit",
        required=False,
        help_text="They are given a place on the matter, and sign that they have no conflict before they open it",
    )
    name = forms.CharField(
        label="The name of somebody from outside the force",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "govuk-!-width-two-thirds"}),
    )
    known_by = forms.CharField(
        label="How is it known that they qualify, and that they have no interest in the case?",
        widget=LONG,
        help_text="The letter of appointment or list, and what they said when they were asked",
    )
    field_order = ("seat", "user", "find", "chosen", "name", "known_by", "on")

    def __init__(
        self, *args: Any, row: ProceedingRow, viewer: Viewer, users: Iterable[Proposed] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, viewer=viewer, **kwargs)
        self.fields["on"].initial = viewer.today
        seats = [
            (f"{seat.row.key}/{way.key}", Hinted(f"{seat.row.title}: {way.title}", way.law))
            for seat in row.seats
            if seat.is_open
            for way in seat.qualifications
        ]
        offer(self, "seat", seats)
        offer(self, "user", [("", "Nobody of these"), *((one.user.ref, one.user.name) for one in users)])
        self.fields["find"].label = "Or somebody in the register, by name, number or reference"
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        said = [bool(given.get("user")), bool(self.person_ref), bool(given.get("name", "").strip())]
        if not self.errors and sum(said) != 1:
            self.add_error("name", "Give one of these: a user, somebody in the register, or a name")
        return given

    @property
    def given(self) -> dict[str, Any]:
        seat, _, qualification = self.cleaned_data["seat"].partition("/")
        return {
            "seat": seat,
            "qualification": qualification,
            "user_ref": self.cleaned_data["user"],
            "person_ref": self.person_ref,
            "name": self.cleaned_data["name"],
            "known_by": self.cleaned_data["known_by"],
            "on": self.cleaned_data["on"],
        }


class LeaveForm(ActForm):
    reasons = forms.CharField(label="Why do they no longer sit?", widget=LONG)


class ObjectForm(ActForm):
    grounds = forms.CharField(label="What does the officer object to, and why?", widget=LONG)


class AnswerForm(ActForm):
    upheld = forms.ChoiceField(
        label="What do you decide?",
        choices=(("yes", "Upheld: somebody else is named"), ("no", "Not upheld")),
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(label="Reasons", widget=LONG, help_text="The officer is told them in writing")

    @property
    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "upheld": self.cleaned_data["upheld"] == "yes"}


class PapersForm(ActForm):
    titles = forms.CharField(
        label="Which documents?", widget=forms.Textarea(attrs={"rows": 8}), help_text="One title on each line"
    )

    @property
    def given(self) -> dict[str, Any]:
        return {"titles": self.cleaned_data["titles"].splitlines(), "on": self.cleaned_data["on"]}


class ReplyForm(ActForm):
    """For each allegation what the reply says; then what it says of the whole."""

    mitigation = forms.CharField(label="Mitigation", required=False, widget=LONG)
    points_of_law = forms.CharField(label="Points of law", required=False, widget=LONG)
    documents = forms.CharField(label="Documents relied on", required=False, widget=LONG)

    def __init__(self, *args: Any, row: ProceedingRow, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        self.numbers = [line.number for line in row.allegations]
        first = []
        for line in row.allegations:
            self.fields[f"pleaded-{line.number}"] = forms.ChoiceField(
                label=f"Allegation {line.number}: {line.title or 'not coded'}",
                choices=[(one.value, one.words) for one in Pleaded],
                widget=forms.RadioSelect,
                help_text=line.text[:300],
            )
            self.fields[f"words-{line.number}"] = forms.CharField(
                label=f"What the reply says of allegation {line.number}", widget=LONG
            )
            first += [f"pleaded-{line.number}", f"words-{line.number}"]
        self.order_fields([*first, "mitigation", "points_of_law", "documents", "on"])

    @property
    def given(self) -> dict[str, Any]:
        said = self.cleaned_data
        answers = {one: (Pleaded(said[f"pleaded-{one}"]), said[f"words-{one}"]) for one in self.numbers}
        rest = {key: said[key] for key in ("mitigation", "points_of_law", "documents", "on")}
        return {"answers": answers, **rest}


class WitnessForm(ActForm):
    name = forms.CharField(label="Who is the witness?", max_length=200)
    about = forms.CharField(label="What would they speak to?", widget=LONG)
    listed_by = forms.ChoiceField(
        label="On whose list?", choices=[(one.value, one.words) for one in Named], widget=forms.RadioSelect
    )

    @property
    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "listed_by": Named(self.cleaned_data["listed_by"])}


class CalledForm(ActForm):
    """Of each witness whether they are called."""

    reasons = forms.CharField(label="The chair’s reasons", widget=LONG)

    def __init__(self, *args: Any, row: ProceedingRow, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        self.refs = [one.ref for one in row.witnesses]
        for one in row.witnesses:
            self.fields[one.ref] = forms.ChoiceField(
                label=f"Is {one.name} called?",
                choices=YES_NO,
                widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
                help_text=one.about[:300],
            )
        self.order_fields([*self.refs, "reasons", "on"])

    @property
    def given(self) -> dict[str, Any]:
        called = {ref: self.cleaned_data[ref] == "yes" for ref in self.refs}
        return {"called": called, "reasons": self.cleaned_data["reasons"], "on": self.cleaned_data["on"]}


class DirectionsForm(ActForm):
    """Field by field, what the chair lets be published."""

    def __init__(self, *args: Any, row: ProceedingRow, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        stands: Mapping[str, Any] = {one.field: one for one in row.direction.fields} if row.direction else {}
        for key in FIELDS:
            self.fields[key] = forms.ChoiceField(
                label=f"{FIELD_WORDS[key]}: may it be published?",
                choices=YES_NO,
                widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
                initial=("yes" if stands[key].may_be_published else "no") if key in stands else None,
            )
            self.fields[f"{key}_reason"] = forms.CharField(
                label=f"{FIELD_WORDS[key]}: if it is withheld, why?",
                required=False,
                max_length=300,
                initial=stands[key].reason if key in stands else "",
            )
        self.order_fields([name for key in FIELDS for name in (key, f"{key}_reason")] + ["on"])

    @property
    def given(self) -> dict[str, Any]:
        said = self.cleaned_data
        fields = {key: (said[key] == "yes", "" if said[key] == "yes" else said[f"{key}_reason"]) for key in FIELDS}
        return {"fields": fields, "on": said["on"]}


class AttendForm(ActForm):
    who = forms.ChoiceField(
        label="Who?", choices=[(one.value, one.words) for one in Attending], widget=forms.RadioSelect
    )
    how = forms.ChoiceField(
        label="How do they attend?", choices=[(one.value, one.words) for one in Attendance], widget=forms.RadioSelect
    )
    reasons = forms.CharField(label="The chair’s reasons", widget=LONG)

    @property
    def given(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {**said, "who": Attending(said["who"]), "how": Attendance(said["how"])}
