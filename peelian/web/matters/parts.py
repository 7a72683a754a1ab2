"""Rows of the page on which a matter is recorded: officers, members of the public, allegations."""

from collections.abc import Sequence
from typing import Any

from django import forms

from peelian.matters.queries import factors, groups
from peelian.matters.rows import InvolvedDraft, NewPerson
from peelian.people.actions import CHANNELS
from peelian.web.fields import DayField, KnownDateField, offer
from peelian.web.matters.forms import AS_KNOWN, WIDE, Pairs
from peelian.web.matters.kinds import kinds, tests
from peelian.web.typed import FindPersonForm, TypedForm


class OfficerForm(FindPersonForm):
    """An officer concerned: found in the register, or described while nobody knows who it is."""

    description = forms.CharField(
        label="Or a description, if nobody knows who it is",
        required=False,
        max_length=300,
        help_text="For example: the officer with the beard",
        widget=forms.TextInput(attrs=WIDE),
    )
    field_order = ("find", "chosen", "description")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if self.says_nobody and not given.get("description", "").strip():
            self.add_error("description", "Describe the person, or change the name you looked for")
        return given

    @property
    def words(self) -> str:
        """Who this is, for the choices of an allegation; empty while nothing says."""
        return self.person.name if self.person else str(self["description"].value() or "").strip()

    @property
    def draft(self) -> InvolvedDraft:
        return InvolvedDraft(self.person_ref, self.cleaned_data["description"])


class PublicForm(FindPersonForm):
    """A complainant or somebody interested: found, or new to the record with how to reach them and what they need."""

    given = forms.CharField(label="Given names", required=False, max_length=120, widget=forms.TextInput(attrs=WIDE))
    family = forms.CharField(label="Family name", required=False, max_length=120, widget=forms.TextInput(attrs=WIDE))
    channel = forms.ChoiceField(
        label="How do they prefer to be reached?",
        required=False,
        choices=[("", "Not stated"), *((one, one.capitalize()) for one in CHANNELS)],
    )
    value = forms.CharField(
        label="Address or number", required=False, max_length=300, widget=forms.TextInput(attrs=WIDE)
    )
    safety = forms.CharField(
        label="When and how is it safe to use?", required=False, max_length=300, widget=forms.TextInput(attrs=WIDE)
    )
    need = forms.CharField(
        label="What do they need so as to take part?",
        required=False,
        max_length=300,
        help_text="An adjustment, an interpreter, a format",
        widget=forms.TextInput(attrs=WIDE),
    )
    description = forms.CharField(
        label="Or a description, if they gave no name",
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs=WIDE),
    )
    field_order = ("find", "chosen", "given", "family", "channel", "value", "safety", "need", "description")
    NEW = ("given", "family", "channel", "value", "safety", "need")

    @property
    def is_new(self) -> bool:
        """Something of a new person was typed."""
        return any(str(self[name].value() or "").strip() for name in self.NEW)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if self.person and self.is_new:
            self.add_error("find", "Choose somebody in the record or write down somebody new, not both")
        elif self.is_new and not given.get("family", "").strip():
            self.add_error("family", "Enter a family name, or the only name that is known")
        elif self.says_nobody and not self.is_new and not given.get("description", "").strip():
            self.add_error("family", "Enter their name, or a description below")
        if bool(given.get("value", "").strip() or given.get("safety", "").strip()) != bool(given.get("channel")):
            self.add_error("channel", "Give both: how they prefer to be reached, and the address or number")
        return given

    @property
    def draft(self) -> InvolvedDraft:
        given = self.cleaned_data
        new = NewPerson(**{name: given[name] for name in self.NEW}) if self.is_new else None
        return InvolvedDraft(self.person_ref, given["description"], new)


class AllegationForm(TypedForm):
    """One allegation. `against` holds the numbers of rows of officers on the page, or of involvements."""

    category = forms.ChoiceField(label="National category")
    text = forms.CharField(label="What is alleged?", max_length=20_000, widget=forms.Textarea(attrs={"rows": 3}))
    against = forms.MultipleChoiceField(label="Against whom?", required=False, widget=forms.CheckboxSelectMultiple)
    factors = forms.MultipleChoiceField(label="National factors", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, officers: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = groups()
        coded = [(code, f"{code} {title}") for group in self.groups for code, title in group.leaves]
        offer(self, "category", [("", "Choose one"), *coded])
        offer(self, "against", officers)
        offer(self, "factors", [(row.code, row.title) for row in factors()])


class HeadForm(TypedForm):
    """What is said of the matter itself."""

    kind = forms.ChoiceField(label="What is this?", widget=forms.RadioSelect)
    tests = forms.MultipleChoiceField(
        label="For a complaint: which recording tests are met?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="If any one is met, the complaint must be recorded under Schedule 3",
    )
    reasons = forms.CharField(label="Why is it recorded as this kind?", widget=forms.Textarea(attrs={"rows": 3}))
    came_to_attention = KnownDateField(label="When did it come to attention?", help_text=AS_KNOWN)
    incident = KnownDateField(label="When did it happen?", required=False, help_text=AS_KNOWN)
    heading = forms.CharField(
        label="Heading",
        max_length=200,
        help_text="A few words for lists, without names",
        widget=forms.TextInput(attrs=WIDE),
    )
    narrative = forms.CharField(
        label="What happened, in their words", max_length=200_000, widget=forms.Textarea(attrs={"rows": 12})
    )


class TailForm(TypedForm):
    """Who handles the matter, from when, who may see it, and the declaration of whoever records it."""

    unit = forms.ChoiceField(label="Unit", required=False)
    handler = forms.ChoiceField(label="Who handles it?", required=False)
    on = DayField(label="When was it recorded?", help_text="For example 27 3 2026")
    handling_started_on = DayField(
        label="When did handling start?",
        required=False,
        help_text="The four weeks to the first update run from this day. Leave empty if it was the day it was"
        " recorded. SI 2020/2 reg 34(2)",
    )
    sensitive_reason = forms.CharField(
        label="Is it sensitive? Say why",
        required=False,
        max_length=300,
        help_text="Leave empty if it is not. With a reason, it is open only to those with a place on it.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    no_conflict = forms.BooleanField(
        label="I have no conflict of interest in this matter", help_text="SI 2020/4 reg 15; SI 2020/2 reg 12"
    )

    def __init__(self, *args: Any, units: Pairs, handlers: Pairs, may_restrict: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", [("", "Your own unit"), *units])
        offer(self, "handler", [("", "You, who record it"), *handlers])
        if not may_restrict:
            del self.fields["sensitive_reason"]


def head_form(**given: Any) -> HeadForm:
    """The head with its kinds and tests, each with its law."""
    form = HeadForm(**given)
    offer(form, "kind", [(row.key, row.choice) for row in kinds()])
    offer(form, "tests", tests())
    return form


def drafts(rows: Sequence[tuple[int, OfficerForm | PublicForm]]) -> tuple[InvolvedDraft, ...]:
    return tuple(form.draft for _, form in rows)
