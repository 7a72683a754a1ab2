"""What the retention pages ask. Shape only: whether it may be done is for the room."""

from collections.abc import Iterable
from typing import Any

from django import forms

from peelian.rules.retention import Schedule
from peelian.terms.acts import RecordKind
from peelian.web.fields import DayField, offer

LONG = forms.Textarea(attrs={"rows": 4})


class KindForm(forms.Form):
    """Which records the list shows; all where nothing is chosen."""

    kind = forms.ChoiceField(
        label="Records",
        choices=[
            ("", "All"),
            (RecordKind.MATTER.value, "Matters"),
            (RecordKind.INTAKE_ITEM.value, "Intake items"),
            (RecordKind.PAIR.value, "Pairs of the wash"),
        ],
        required=False,
    )


class ReasonsForm(forms.Form):
    """Every act gives its reasons. Each act's form says what they are about."""

    reasons = forms.CharField(label="Why?", widget=LONG)

    def __init__(self, *args: Any, schedules: Iterable[Schedule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class HoldForm(ReasonsForm):
    reasons = forms.CharField(
        label="Why must it be kept whole?", widget=LONG, help_text="The case, claim or inquiry that asks for it"
    )


class LiftForm(ReasonsForm):
    reasons = forms.CharField(label="Why does nothing ask for the hold any longer?", widget=LONG)


class ScheduleForm(ReasonsForm):
    schedule = forms.ChoiceField(label="By which schedule is it kept?", widget=forms.RadioSelect)
    reasons = forms.CharField(label="Why is it the right one?", widget=LONG)
    field_order = ("schedule", "reasons")

    def __init__(self, *args: Any, schedules: Iterable[Schedule], **kwargs: Any) -> None:
        super().__init__(*args, schedules=schedules, **kwargs)
        offer(self, "schedule", [(one.key, f"{one.label}: {one.rule}") for one in schedules])


class KeepForm(ReasonsForm):
    until = DayField(label="When is its next review?", help_text="At most ten years from today, for example 27 3 2031")
    reasons = forms.CharField(label="Why is it kept?", widget=LONG)
    field_order = ("until", "reasons")


class ProposeForm(ReasonsForm):
    reasons = forms.CharField(label="Why does nothing ask for these words any longer?", widget=LONG)


class AnswerForm(ReasonsForm):
    agreed = forms.ChoiceField(
        label="Do you agree to the disposal?",
        choices=(("yes", "Yes: the words are erased now and cannot be brought back"), ("no", "No: send it back")),
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(label="Why?", widget=LONG)
    field_order = ("agreed", "reasons")

    def clean_agreed(self) -> bool:
        return bool(self.cleaned_data["agreed"] == "yes")


class SourceForm(forms.Form):
    """Of which source the pairs are."""

    workforce = forms.CharField(max_length=80)
    source = forms.CharField(max_length=120)


class TogetherForm(forms.Form):
    """Pairs that are disposed of together, and why."""

    refs = forms.MultipleChoiceField(
        label="Which pairs?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one pair"},
    )
    reasons = forms.CharField(label="Why does nothing ask for these words any longer?", widget=LONG)

    def __init__(self, *args: Any, pairs: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "refs", [(ref, f"{heading}, {ref}") for ref, heading in pairs])


class AnswerTogetherForm(TogetherForm):
    agreed = AnswerForm.base_fields["agreed"]
    reasons = forms.CharField(label="Why?", widget=LONG)
    field_order = ("refs", "agreed", "reasons")

    def clean_agreed(self) -> bool:
        return bool(self.cleaned_data["agreed"] == "yes")
