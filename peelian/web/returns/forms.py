"""Shapes of what the pages of returns are told. Whether it can stand is decided in the act."""

from collections.abc import Iterable
from typing import Any

from django import forms

from peelian.recommendations.rows import RecommendationLine
from peelian.rules.returns import Quarter, ReturnKind
from peelian.terms.viewer import Viewer
from peelian.web.fields import DayField, offer

LONG = forms.Textarea(attrs={"rows": 8})
SHORT = forms.Textarea(attrs={"rows": 3})
DAY = "For example 27 3 2026"


class Recorded(forms.Form):
    """`again`: something of the kind stands already, so that reasons are asked for."""

    on = DayField(label="On which day?", help_text=DAY)
    reasons = forms.CharField(
        label="Why is it recorded again?", widget=SHORT, help_text="What was recorded before stays to be read"
    )

    def __init__(self, *args: Any, viewer: Viewer, again: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = viewer.today
        if not again:
            del self.fields["reasons"]


class SentForm(Recorded):
    complaints = forms.IntegerField(label="How many complaints did it say were logged in the quarter?", min_value=0)
    allegations = forms.IntegerField(label="How many allegations?", min_value=0)
    reference = forms.CharField(label="Under which reference did it go?", max_length=120)
    field_order = ("complaints", "allegations", "reference", "on", "reasons")


class ReceivedForm(Recorded):
    reference = forms.CharField(label="Under which reference can it be found?", max_length=120)
    field_order = ("quarter", "reference", "on", "reasons")


class BulletinForm(ReceivedForm):
    quarter = forms.ChoiceField(label="Of which quarter is it?")

    def __init__(self, *args: Any, quarters: Iterable[Quarter], **kwargs: Any) -> None:
        super().__init__(*args, again=False, **kwargs)
        offer(self, "quarter", [("", "Choose a quarter"), *((one.code, one.words) for one in quarters)])


class PublishedForm(Recorded):
    address = forms.CharField(label="What is the address of the page?", max_length=300)
    with_narrative = forms.ChoiceField(
        label="Does the narrative of the local policing body stand with it?",
        choices=(("yes", "Yes"), ("no", "No, not yet")),
        widget=forms.RadioSelect,
    )
    field_order = ("address", "with_narrative", "on", "reasons")


class ReportedForm(Recorded):
    on = DayField(label="On which day was the report published?", help_text=DAY)
    title = forms.CharField(label="What is the title of the report?", max_length=200)
    bodies = forms.CharField(
        label="Which bodies investigated it?", max_length=300, help_text="For example HMICFRS, the College and the IOPC"
    )
    recommendation_ref = forms.ChoiceField(
        label="Is the recommendation kept here already?",
        required=False,
        help_text="Then its number and words are read from there, and not written twice",
    )
    number = forms.CharField(label="Which number does the report give it?", max_length=40, required=False)
    words = forms.CharField(label="What does it say, word for word?", widget=LONG, required=False)
    asked_by = DayField(
        label="By when does the report ask for an answer?",
        required=False,
        help_text="Leave it empty where the report gives no day",
    )
    field_order = ("title", "bodies", "on", "recommendation_ref", "number", "words", "asked_by", "reasons")

    def __init__(self, *args: Any, tied: Iterable[RecommendationLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = [(one.ref, f"{one.source}, {one.number}") for one in tied]
        offer(self, "recommendation_ref", [("", "No, I write it here"), *kept])


class WrittenForm(Recorded):
    accepted = forms.ChoiceField(
        label="Does the force accept the recommendation?",
        choices=(("yes", "Yes, it is accepted"), ("no", "No, it is not accepted")),
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label="Why?", widget=SHORT, required=False, help_text="Needed where the recommendation is not accepted"
    )
    words = forms.CharField(
        label="What are the words of the answer?",
        widget=LONG,
        help_text="What goes to HMICFRS, the IOPC and the College of Policing, once somebody else has approved it",
    )
    field_order = ("accepted", "why", "words", "on", "reasons")


class JudgedForm(Recorded):
    agreed = forms.ChoiceField(
        label="Does it go as it stands?",
        choices=(("yes", "Yes, I approve it"), ("no", "No, I send it back")),
        widget=forms.RadioSelect,
    )
    why = forms.CharField(label="Why?", widget=SHORT, required=False, help_text="What is missing, if you send it back")
    field_order = ("agreed", "why", "on")


class AnsweredForm(Recorded):
    reference = forms.CharField(
        label="What is the reference of the letter?",
        max_length=120,
        help_text="The one letter to HMICFRS, the IOPC and the College of Policing",
    )
    field_order = ("reference", "on", "reasons")


class UndoForm(Recorded):
    on = DayField(label="On which day do you say so?", help_text=DAY)
    field_order = ("reasons", "on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, again=True, **kwargs)
        self.fields["reasons"].label = "How did it come to be recorded?"


class GiveForm(Recorded):
    kind = forms.ChoiceField(label="Which returns?", choices=[(kind.value, kind.words) for kind in ReturnKind])
    user_ref = forms.ChoiceField(label="Who owns them from now on?")
    field_order = ("kind", "user_ref", "reasons", "on")

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, again=True, **kwargs)
        self.fields["reasons"].label = "Why?"
        self.fields["reasons"].help_text = ""
        offer(self, "user_ref", [("", "Choose somebody"), *people])
