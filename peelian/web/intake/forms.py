"""Shapes of what the intake pages are told. Whether it can stand is decided in the act."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from peelian.people.rows import UnitRow
from peelian.walls.rows import UserRow
from peelian.web.fields import DayField, Hinted, offer
from peelian.web.matters.kinds import OUTSIDE, UNDER, KindRow
from peelian.web.typed import FindPersonForm, TypedForm

WIDE = {"class": "govuk-!-width-two-thirds"}
LOGGED = "logged"
Pairs = Sequence[tuple[str, str]]


class ItemFilterForm(forms.Form):
    words = forms.CharField(label="Words", required=False, max_length=200)
    state = forms.ChoiceField(label="State", required=False)
    channel = forms.ChoiceField(label="How it arrived", required=False)
    owner = forms.ChoiceField(label="Owner", required=False)

    def __init__(self, *args: Any, states: Pairs, channels: Pairs, owners: Sequence[UserRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "state", [("", "Any"), *states])
        offer(self, "channel", [("", "Any"), *channels])
        offer(self, "owner", [("", "Anybody"), *((one.ref, one.name) for one in owners)])


class ReceiveForm(TypedForm):
    channel = forms.ChoiceField(label="How did it arrive?")
    received_on = DayField(label="When did it arrive?", help_text="For example 27 3 2026")
    heading = forms.CharField(
        label="Heading",
        max_length=200,
        help_text="A few words for lists, without names",
        widget=forms.TextInput(attrs=WIDE),
    )
    words = forms.CharField(
        label="What arrived, word for word",
        help_text="Exactly as it came. Nothing is corrected or left out.",
        widget=forms.Textarea(attrs={"rows": 12}),
        strip=False,
    )

    def __init__(self, *args: Any, channels: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "channel", [("", "Choose one"), *channels])


class SenderForm(FindPersonForm):
    words = forms.CharField(
        label="Or what is known of them",
        required=False,
        max_length=300,
        help_text="A name and how to reach them, or: did not give a name",
        widget=forms.TextInput(attrs=WIDE),
    )
    field_order = ("find", "chosen", "words")


class NeverShowForm(FindPersonForm):
    ground = forms.CharField(
        label="Why must they never see it?",
        max_length=200,
        help_text="For example: the report is about them",
        widget=forms.TextInput(attrs=WIDE),
    )
    field_order = ("find", "chosen", "ground")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not given.get("find", "").strip():
            self.add_error("find", "Enter the name, number or reference of the person to keep out")
        elif self.says_nobody:
            self.add_error("chosen", "Select who is to be kept out, or remove them from this page")
        return given


class ReceivedByForm(TypedForm):
    owner = forms.ChoiceField(label="Who answers for it?")
    unit = forms.ChoiceField(label="Unit", required=False)
    sensitive_reason = forms.CharField(
        label="Is it sensitive? Say why",
        required=False,
        max_length=2000,
        help_text="Leave empty if it is not. With a reason, it is open only to the owner and to you, once each of you"
        " has signed that you have no conflict of interest.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, owners: Sequence[UserRow], units: Sequence[UnitRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", [("", "Choose one"), *((one.ref, one.name) for one in owners)])
        offer(self, "unit", [("", "Not stated"), *((one.ref, one.name) for one in units)])


class OwnerForm(forms.Form):
    owner = forms.ChoiceField(label="Who answers for it from now on?")
    reason = forms.CharField(
        label="Why does the owner change?", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, owners: Sequence[UserRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", [("", "Choose one"), *((one.ref, one.name) for one in owners)])


NONE_OF_THESE = "none"


class LogForm(forms.Form):
    serious = forms.MultipleChoiceField(
        label="Is it about any of these?",
        help_text="Where it may be about one of them, a second person must agree before it is logged",
        widget=forms.CheckboxSelectMultiple,
    )
    reasons = forms.CharField(
        label="Why is it logged, and not recorded as a matter?",
        help_text="The reasons are kept with the item",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    on = DayField(label="When was this decided?", help_text="For example 27 3 2026")

    def __init__(self, *args: Any, today: date, categories: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today
        offer(self, "serious", [*categories, (NONE_OF_THESE, "None of these")])

    def clean_serious(self) -> tuple[str, ...]:
        chosen = [key for key in self.cleaned_data["serious"] if key != NONE_OF_THESE]
        if chosen and NONE_OF_THESE in self.cleaned_data["serious"]:
            raise forms.ValidationError("Select what it is about, or “None of these”, but not both")
        return tuple(chosen)


class AnswerLogForm(forms.Form):
    agreed = forms.ChoiceField(
        label="Do you agree that it is logged without a matter?",
        choices=(("yes", "Yes, it is logged"), ("no", "No, it is assessed again")),
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(label="Why?", widget=forms.Textarea(attrs={"rows": 6}))
    on = DayField(label="On which day?", help_text="For example 27 3 2026")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today


class ReasonForm(forms.Form):
    reason = forms.CharField(label="Why?", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class EraseForm(forms.Form):
    reason = forms.CharField(
        label="Why are these words erased?",
        max_length=2000,
        help_text="It stays in the journal in plain words, so name nobody",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    sure = forms.BooleanField(label="I understand that these words cannot be brought back")


class SignForm(forms.Form):
    conflict = forms.ChoiceField(
        label="Do you have a conflict of interest?",
        widget=forms.RadioSelect,
        choices=[
            ("no", "I have no conflict of interest"),
            (
                "yes",
                Hinted(
                    "I have a conflict of interest",
                    "The record is then closed to you for good, and your place on it ends.",
                ),
            ),
        ],
    )
    reason = forms.CharField(
        label="If you have a conflict, what is it?",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("conflict") == "yes" and not given.get("reason", "").strip():
            self.add_error("reason", "Say what the conflict is")
        return given


class AssessForm(forms.Form):
    """What a person decides that the item is. Nothing is proposed; each choice carries its definition and law."""

    kind = forms.ChoiceField(label="What is this?", widget=forms.RadioSelect)
    tests = forms.MultipleChoiceField(
        label="For a complaint: which of these are true?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="If any one is true, the complaint must be recorded under Schedule 3",
    )

    def __init__(self, *args: Any, kinds: Sequence[KindRow], tests: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none_of_these = Hinted("None of these: log it with reasons", "It stays here with your reasons.")
        offer(self, "kind", [*((one.key, one.choice) for one in kinds), (LOGGED, none_of_these)])
        offer(self, "tests", tests)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("kind") == UNDER and not given.get("tests"):
            self.add_error("tests", "Select the recording test that is met. PRA Sch 3 para 2(6A)-(6B)")
        if given.get("kind") == OUTSIDE and given.get("tests"):
            self.add_error("kind", "A recording test is met, so it must be recorded. PRA Sch 3 para 2(6A)-(6B)")
        return given
