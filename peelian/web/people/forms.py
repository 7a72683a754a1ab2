"""Shapes of what the pages on people are told. The law of each act is checked in the act."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from peelian.matters.repeats import Band
from peelian.people.actions import CHANNELS, RESTRICTIONS
from peelian.people.rows import PersonLine, Standing, UnitRow
from peelian.terms.people import IdentifierKind, PersonKind
from peelian.web.fields import DayField, KnownDateField, offer

ANY = ("", "Any")
WIDE = {"class": "govuk-!-width-two-thirds"}
HALF = {"class": "govuk-!-width-one-half"}
RANK_LIST = {"class": "govuk-!-width-one-half", "list": "ranks"}
SERVING = [(kind.value, kind.words) for kind in PersonKind if kind.serves]
NUMBERS = [(kind.value, kind.words) for kind in IdentifierKind if kind is not IdentifierKind.SOURCE_KEY]
ENTRIES = (
    ("matter", "Matters"),
    ("closed", "Matters closed"),
    ("event", "Events"),
    ("record", "Records of crimes and incidents"),
    ("posting", "Postings"),
    ("rank", "Ranks"),
    ("restriction", "Restrictions"),
    ("accreditation", "Accreditations"),
    ("joined", "Joining"),
    ("left", "Leaving"),
)


def choices_of_units(units: Sequence[UnitRow], first: str) -> list[tuple[str, str]]:
    """Each unit with the one it belongs to, so that two of one name are told apart."""
    named = [(unit.ref, f"{unit.name}, {unit.parent}" if unit.parent else unit.name) for unit in units]
    return [("", first), *named]


class PeopleFilterForm(forms.Form):
    words = forms.CharField(label="Name, number or reference", required=False, max_length=200)
    kind = forms.ChoiceField(
        label="Kind", required=False, choices=[ANY, *((kind.value, kind.words) for kind in PersonKind)]
    )
    unit = forms.ChoiceField(label="Unit now", required=False)
    rank = forms.CharField(
        label="Rank now", required=False, max_length=80, widget=forms.TextInput(attrs={"list": "ranks"})
    )
    standing = forms.ChoiceField(
        label="Standing", required=False, choices=[ANY, *((one.value, one.value.capitalize()) for one in Standing)]
    )

    def __init__(self, *args: Any, units: Sequence[UnitRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", choices_of_units(units, "Any"))


class RepeatsFilterForm(forms.Form):
    band = forms.ChoiceField(
        label="Matters", required=False, choices=[("", "Two or more"), *((one.value, one.words) for one in Band)]
    )
    with_open = forms.ChoiceField(
        label="Open matters", required=False, choices=[("", "Open or not"), ("1", "At least one is open")]
    )


class ChronologyFilterForm(forms.Form):
    kind = forms.ChoiceField(label="Show", required=False, choices=[("", "Everything"), *ENTRIES])


class NameForm(forms.Form):
    given = forms.CharField(label="Given names", required=False, max_length=120, widget=forms.TextInput(attrs=HALF))
    family = forms.CharField(
        label="Family name",
        max_length=120,
        help_text="Or the only name that is known",
        widget=forms.TextInput(attrs=HALF),
    )


class Dated(forms.Form):
    """A form with the day it happened, which starts as today."""

    on = DayField(label="From which day?", help_text="The day it happened, for example 27 3 2026")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today


class RegisterForm(NameForm):
    kind = forms.ChoiceField(label="How do they serve?", choices=SERVING, widget=forms.RadioSelect)
    joined = KnownDateField(
        label="When did they join?", required=False, help_text="The day or the month may be left out if not known"
    )
    born = KnownDateField(
        label="Date of birth", required=False, help_text="The day or the month may be left out if not known"
    )
    sex = forms.CharField(label="Sex", required=False, max_length=40, widget=forms.TextInput(attrs=HALF))
    ethnicity = forms.CharField(
        label="Ethnicity, as they state it", required=False, max_length=80, widget=forms.TextInput(attrs=HALF)
    )
    field_order = ("kind", "given", "family", "joined", "born", "sex", "ethnicity")

    def __init__(self, *args: Any, alike: Sequence[PersonLine] = (), **kwargs: Any) -> None:
        """`alike`: people of the same or a near name; the form then asks whether it is one of them."""
        super().__init__(*args, **kwargs)
        if alike:
            self.fields["nobody_listed"] = forms.BooleanField(label="They are none of the people listed above")


class RenameForm(NameForm, Dated):
    on = DayField(label="From which day do they bear it?", help_text="The name they have now stays as a former name")


class IdentifierForm(Dated):
    kind = forms.ChoiceField(label="Which number is it?", choices=NUMBERS, widget=forms.RadioSelect)
    value = forms.CharField(label="The number", max_length=120, widget=forms.TextInput(attrs=HALF))
    field_order = ("kind", "value", "on")


class RankForm(Dated):
    rank = forms.CharField(
        label="Rank or grade",
        max_length=80,
        help_text="Ranks are offered as you type; a grade of staff is written in its own words",
        widget=forms.TextInput(attrs=RANK_LIST),
    )
    field_order = ("rank", "on")


class PostingForm(Dated):
    unit = forms.ChoiceField(label="Unit")
    title = forms.CharField(label="Title there", required=False, max_length=120, widget=forms.TextInput(attrs=WIDE))
    supervisor = forms.CharField(
        label="Supervisor",
        required=False,
        max_length=200,
        help_text="Their reference, their number or a name to look for. They become the line manager, and are kept"
        " out of matters that concern this person.",
        widget=forms.TextInput(attrs=WIDE),
    )
    field_order = ("unit", "title", "supervisor", "supervisor_ref", "on")

    def __init__(
        self, *args: Any, units: Sequence[UnitRow], met: Sequence[PersonLine] | None = None, **kwargs: Any
    ) -> None:
        """`met`: who the words typed for the supervisor may mean; None where nothing was typed."""
        super().__init__(*args, **kwargs)
        offer(self, "unit", choices_of_units(units, "Choose a unit"))
        self.met = met
        if met and not self.is_one:
            self.fields["supervisor_ref"] = forms.ChoiceField(
                label="Which of these is the supervisor?",
                choices=[(row.ref, f"{row.name}, {about(row)}") for row in met],
                widget=forms.RadioSelect,
                error_messages={"required": "Select who is meant, or change what you typed"},
            )
            self.order_fields(self.field_order)

    @property
    def is_one(self) -> bool:
        """Whether what was typed is the reference of one person."""
        typed = str(self.data.get("supervisor", "")).strip().upper()
        return bool(self.met) and len(self.met or ()) == 1 and self.met[0].ref == typed  # type: ignore[index]  # not empty

    def clean_supervisor(self) -> str:
        typed = str(self.cleaned_data["supervisor"]).strip()
        if typed and not self.met:
            raise forms.ValidationError("Nobody in the register who serves has this reference, number or name")
        return typed

    @property
    def chosen(self) -> str:
        """The reference of the supervisor; empty for none."""
        if self.is_one:
            return str(self.met[0].ref)  # type: ignore[index]  # is_one says there is one
        return str(self.cleaned_data.get("supervisor_ref", ""))


class AccreditationForm(Dated):
    title = forms.CharField(label="Accreditation", max_length=120, widget=forms.TextInput(attrs=WIDE))
    to_on = DayField(
        label="When does it end?", required=False, help_text="The first day without it; leave empty if it has no end"
    )
    field_order = ("title", "on", "to_on")


class RestrictionForm(Dated):
    kind = forms.ChoiceField(
        label="What is it?", choices=[(one, one.capitalize()) for one in RESTRICTIONS], widget=forms.RadioSelect
    )
    words = forms.CharField(label="What may they not do?", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    reason = forms.CharField(
        label="Why?",
        max_length=2000,
        help_text="Kept in the journal, not on the page of the person",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ("kind", "words", "reason", "on")


class LiftForm(Dated):
    on = DayField(label="Which is the first day without it?", help_text="For example 27 3 2026")
    reason = forms.CharField(label="Why is it lifted?", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    field_order = ("on", "reason")


class EndForm(Dated):
    on = DayField(label="Which is the first day without it?", help_text="For example 27 3 2026")
    reason = forms.CharField(label="Why does it end?", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    field_order = ("on", "reason")


class BirthForm(forms.Form):
    born = KnownDateField(
        label="Date of birth",
        required=False,
        help_text="The day or the month may be left out if not known; leave all empty if none of it is",
    )
    reason = forms.CharField(label="Why is it put right?", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class ContactForm(Dated):
    channel = forms.ChoiceField(
        label="How can they be reached?",
        choices=[(one, one.capitalize()) for one in CHANNELS],
        widget=forms.RadioSelect,
    )
    value = forms.CharField(
        label="Address or number",
        max_length=300,
        required=False,
        help_text="Leave empty only where they asked that this way never be used",
        widget=forms.TextInput(attrs=WIDE),
    )
    refused = forms.BooleanField(
        label="They asked that this way not be used",
        required=False,
        help_text="No letter will go this way. Say why below",
    )
    preferred = forms.BooleanField(
        label="They prefer this way", required=False, help_text="It takes the place of the one preferred before"
    )
    safety = forms.CharField(
        label="When and how is it safe to use?",
        required=False,
        max_length=300,
        help_text="Shown first to whoever is about to reach them, such as: before 3pm only; never leave a message",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ("channel", "value", "preferred", "refused", "safety", "on")


class NeedForm(Dated):
    words = forms.CharField(
        label="What do they need so as to take part?",
        max_length=300,
        help_text="An adjustment, an interpreter, a format",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ("words", "on")


class VehicleForm(Dated):
    mark = forms.CharField(
        label="What is the registration mark?",
        max_length=20,
        help_text="For example AB12 CDE",
        widget=forms.TextInput(attrs=HALF),
    )
    words = forms.CharField(
        label="Which vehicle is it?",
        required=False,
        max_length=120,
        help_text="Make, model and colour, as far as they are known",
        widget=forms.TextInput(attrs=WIDE),
    )
    source = forms.CharField(
        label="Where is this known from?",
        max_length=120,
        help_text="For example: their own declaration, a parking permit",
        widget=forms.TextInput(attrs=WIDE),
    )
    field_order = ("mark", "words", "source", "on")


class LeaveForm(Dated):
    on = DayField(label="Which is the first day they no longer serve?", help_text="For example 27 3 2026")
    reason = forms.CharField(
        label="Why do they leave?", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ("on", "reason")


class UnitForm(forms.Form):
    name = forms.CharField(label="Name of the unit", max_length=200, widget=forms.TextInput(attrs=WIDE))
    parent = forms.ChoiceField(label="Part of", required=False)
    from_on = DayField(label="Since when?", required=False, help_text="For example 1 4 2024")

    def __init__(self, *args: Any, units: Sequence[UnitRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "parent", choices_of_units(units, "The force itself"))


def about(row: PersonLine) -> str:
    """Who this is beside their name, on one line."""
    return ", ".join(word for word in (row.rank or row.kind.words, row.unit, row.ref) if word)
