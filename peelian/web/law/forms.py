"""What the law pages are asked. The counting is in `rules`."""

from typing import Any

from django import forms

from peelian.web.fields import DayField, offer


class ClockFilterForm(forms.Form):
    words = forms.CharField(label="Words", required=False)
    track = forms.ChoiceField(label="Part of the process", required=False)
    checked = forms.ChoiceField(
        label="Held against its text",
        required=False,
        choices=[("", "Either"), ("yes", "Yes"), ("no", "Unverified")],
    )

    def __init__(self, *args: Any, tracks: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "track", [("", "Any"), *tracks])


class DueForm(forms.Form):
    started = DayField(label="When did it start?", help_text="For example 11 4 2025")
    hour = forms.TimeField(
        label="At what time?",
        required=False,
        input_formats=["%H:%M"],
        help_text="Only for a limit that runs in hours, such as 22:00",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
    )
    agreed = DayField(
        label="Earlier last day that was agreed",
        required=False,
        help_text="Only in Parts 4 and 5 of SI 2020/4, between the parties and the chair",
    )
    replay = forms.BooleanField(label="Count an older event by today's rules, and say so", required=False)

    def __init__(self, *args: Any, hours: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if hours:
            self.fields["hour"].required = True
            del self.fields["agreed"]
        else:
            del self.fields["hour"]
