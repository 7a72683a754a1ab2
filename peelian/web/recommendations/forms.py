"""Shapes of what the pages of recommendations are told. Whether it can stand is decided in the act."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from peelian.web.fields import DayField, offer

LONG = forms.Textarea(attrs={"rows": 5})
SHORT = forms.Textarea(attrs={"rows": 3})
DAY = "For example 27 3 2026"


class Dated(forms.Form):
    on = DayField(label="On which day?", help_text=DAY)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today


class Owned(Dated):
    owner = forms.CharField(label="Which post owns it?", max_length=120, help_text="Published. No name")
    owner_ref = forms.ChoiceField(label="Who holds that post now?", required=False, help_text="Not published")
    due_on = DayField(label="By when is it to be met?", help_text=DAY)

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner_ref", [("", "Nobody yet"), *people])


class AddForm(Owned):
    source = forms.CharField(label="Which report?", max_length=200, help_text="Its title, the same for all of it")
    number = forms.CharField(label="Which number does the report give it?", max_length=40)
    words = forms.CharField(label="What does it say, word for word?", widget=LONG)
    published = forms.ChoiceField(
        label="Does it stand on the public page?",
        choices=(("yes", "Yes"), ("no", "No, the report is not published")),
        widget=forms.RadioSelect,
        initial="yes",
    )
    field_order = ("source", "number", "words", "published", "owner", "owner_ref", "due_on", "on")


class ChargeForm(Owned):
    reasons = forms.CharField(label="Why does the owner or the date change?", widget=SHORT)
    field_order = ("owner", "owner_ref", "due_on", "reasons", "on")


class EvidenceForm(Dated):
    what = forms.CharField(label="What was done?", widget=LONG)
    where = forms.CharField(label="Where can it be read?", max_length=300, help_text="A file, a reference, an address")
    completes = forms.ChoiceField(
        label="Does it show that all of it is done?",
        choices=(("yes", "Yes, all of it"), ("no", "No, it shows progress")),
        widget=forms.RadioSelect,
    )
    says = forms.CharField(
        label="What does the public page say of it?",
        widget=SHORT,
        required=False,
        help_text="Shown once a second person has accepted it. No name of anybody who works here",
    )
    field_order = ("what", "where", "completes", "says", "on")


class AnswerForm(Dated):
    accepted = forms.ChoiceField(
        label="Does it show what it is to show?",
        choices=(("yes", "Yes, I accept it"), ("no", "No, I send it back")),
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(label="Why?", widget=LONG, help_text="What you read, or what is missing")
    field_order = ("accepted", "reasons", "on")
