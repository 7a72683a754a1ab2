"""Shapes of what the pages of lines of enquiry are told. Whether it can stand is decided in the act."""

from datetime import date
from typing import Any

from django import forms

from peelian.investigations.rows import Choices, LineRow
from peelian.terms.investigations import LineState, Priority
from peelian.web.fields import DayField, offer

LONG = forms.Textarea(attrs={"rows": 4})
PRIORITIES = [(one.value, one.words) for one in Priority]


class LineForm(forms.Form):
    what = forms.CharField(label="What is to be found out?", widget=LONG)
    why = forms.CharField(label="Why?", widget=LONG, help_text="What it could change, and what happens if it is left")
    allegation = forms.ChoiceField(label="Which allegation does it serve?", required=False)
    person = forms.ChoiceField(label="Which person does it concern?", required=False)
    source = forms.CharField(
        label="Which document, place or recording?", required=False, max_length=500, help_text="For example CCTV"
    )
    owner = forms.ChoiceField(label="Who is to do it?")
    due_on = DayField(label="By when?", help_text="A day you plan, not a limit of the law. For example 27 3 2026")
    priority = forms.ChoiceField(
        label="How much does it press?", choices=PRIORITIES, initial=Priority.NORMAL.value, widget=forms.RadioSelect
    )
    on = DayField(label="On which day is it added?", help_text="For example 27 3 2026")

    def __init__(self, *args: Any, choices: Choices, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "allegation", [("", "None, or all of them"), *choices.allegations])
        offer(self, "person", [("", "Nobody in particular"), *choices.people])
        offer(self, "owner", [("", "Choose somebody"), *((user.ref, user.name) for user in choices.owners)])
        self.fields["on"].initial = today


class ChangeLineForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    owner = forms.ChoiceField(label="Who is to do it?")
    due_on = DayField(label="By when?", help_text="For example 27 3 2026")
    priority = forms.ChoiceField(label="How much does it press?", choices=PRIORITIES, widget=forms.RadioSelect)
    reason = forms.CharField(label="Why does it change?", widget=LONG)

    def __init__(self, *args: Any, row: LineRow, owners: tuple[Any, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", [(user.ref, user.name) for user in owners])
        first = {"version": row.version, "owner": row.owner.ref, "due_on": row.due_on, "priority": row.priority.value}
        for name, value in first.items():
            self.fields[name].initial = value


class EndLineForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    state = forms.ChoiceField(label="How does it end?", widget=forms.RadioSelect)
    words = forms.CharField(
        label="What was found, or why is it stopped?", widget=LONG, help_text="It stands in the plan and the report"
    )
    on = DayField(label="On which day?", help_text="For example 27 3 2026")

    def __init__(self, *args: Any, row: LineRow, may_stop: bool, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [(LineState.DONE.value, "It is done")]
        offer(self, "state", [*ways, (LineState.STOPPED.value, "It is stopped")] if may_stop else ways)
        self.fields["version"].initial, self.fields["on"].initial = row.version, today
