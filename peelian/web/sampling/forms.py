"""Shapes of what the pages of second looks are told. Whether it can stand is decided in the act."""

from datetime import date
from typing import Any

from django import forms

from peelian.web.fields import DayField

LONG = forms.Textarea(attrs={"rows": 5})


class DeclineForm(forms.Form):
    reason = forms.CharField(label="What is the conflict?", widget=LONG)


class LookForm(forms.Form):
    words = forms.CharField(
        label="What do you make of the difference, and what follows?",
        widget=LONG,
        help_text="The first decision stands. To change it, take the step again on the page of the matter",
    )
    on = DayField(label="On which day?", help_text="For example 27 3 2026")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today
