"""Shapes of what the pages of calibration are told. Whether it can stand is decided in the act."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from peelian.calibration.rows import CaseLine
from peelian.rules.calibration import Guidance
from peelian.web.fields import DayField, Hinted, offer

LONG = forms.Textarea(attrs={"rows": 5})
SHORT = forms.Textarea(attrs={"rows": 3})
DAY = "For example 27 3 2026"


class OpenForm(forms.Form):
    case = forms.ChoiceField(label="Which test case?", widget=forms.RadioSelect)
    user_refs = forms.MultipleChoiceField(
        label="Who answers it?",
        widget=forms.CheckboxSelectMultiple,
        help_text="At least two. None of them sees what another answered before their own answer is locked",
    )

    def __init__(self, *args: Any, cases: Iterable[CaseLine], people: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "case", [(one.key, Hinted(one.title, one.facts)) for one in cases])
        offer(self, "user_refs", people)


class AnswerForm(forms.Form):
    standards = forms.MultipleChoiceField(
        label="Which Standards are engaged?", widget=forms.CheckboxSelectMultiple, required=False
    )
    option = forms.ChoiceField(label="How serious is it, if proved?", widget=forms.RadioSelect)
    codes = forms.MultipleChoiceField(
        label="Which reasons weigh?", widget=forms.CheckboxSelectMultiple, help_text="Choose all that bear on it"
    )
    reasons = forms.CharField(label="Reasons", widget=LONG, help_text="Why, and what was weighed against it")

    def __init__(self, *args: Any, guide: Guidance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "standards", guide.standards.items())
        offer(self, "option", guide.outcomes.items())
        offer(self, "codes", [(key, one.words) for key, one in guide.reasons.items()])


class ResolveForm(forms.Form):
    option = forms.ChoiceField(label="What does it come to?", widget=forms.RadioSelect)
    reasons = forms.CharField(
        label="What was discussed, and why does it come to this?", widget=LONG, help_text="Say who took part"
    )
    follows = forms.CharField(
        label="What follows?", widget=SHORT, required=False, help_text="In the guidance, the examples or in training"
    )
    on = DayField(label="On which day?", help_text=DAY)

    def __init__(self, *args: Any, guide: Guidance, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "option", guide.outcomes.items())
        self.fields["on"].initial = today
