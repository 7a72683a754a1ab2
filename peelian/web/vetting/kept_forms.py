"""What the pages of withdrawals, declarations and convictions ask. Shape only, as in `forms`."""

from typing import Any

from django import forms

from peelian.clocks.law import law
from peelian.rules.disclosure import harm_grounds
from peelian.vetting.kept_rows import DeclarationRow
from peelian.web.fields import DayField, Hinted, KnownDateField, ground_choices, offer
from peelian.web.typed import TypedForm
from peelian.web.vetting.forms import DAY_HINT, LONG, YES_NO, ActForm, rows_of


class StepForm(ActForm):
    """One act of a withdrawal."""

    words = forms.CharField(label="What was done, and why?", widget=LONG)


class SupplyForm(StepForm):
    """An act by which material goes to the person, less what the harm test keeps back."""

    grounds = forms.MultipleChoiceField(
        label="If something is kept back: on which grounds of the harm test?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="SI 2025/502 reg 8, whose text was not read: the grounds are those of SI 2020/4 reg 6",
    )
    withheld = forms.CharField(
        label="What is kept back, and why?",
        required=False,
        widget=LONG,
        help_text="What harm would follow, and why no less would do",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "grounds", ground_choices(harm_grounds(law(), kwargs["today"])))


class DeclareForm(ActForm):
    """An association, a business interest or a change of circumstances."""

    kind = forms.ChoiceField(label="What is it?", widget=forms.RadioSelect)
    about = forms.CharField(
        label="Who or what is it about?", max_length=200, help_text="In words: nobody becomes a person of the register"
    )
    words = forms.CharField(label="What is it, and what concern is there?", widget=LONG)
    by_self = forms.ChoiceField(
        label="How did it come?",
        choices=(("yes", "They declared it"), ("no", "It was found, and they had not declared it")),
        widget=forms.RadioSelect,
    )
    arose_on = DayField(label="Since when?", help_text=DAY_HINT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = {"association": "Association", "business": "Business interest", "change": "Change"}
        rows = law().table("vetting_declaration")
        offer(self, "kind", [(row.key, Hinted(row.title, groups[row["kind"]])) for row in rows])
        self.fields["on"].label = "When was it declared, or found?"

    @property
    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "by_self": self.cleaned_data["by_self"] == "yes"}


class AnswerForm(ActForm):
    """What is decided on a declaration, or when it is looked at again."""

    outcome = forms.ChoiceField(label="What is decided?", widget=forms.RadioSelect)
    words = forms.CharField(label="Reasons, and any controls or conditions", widget=LONG)
    review_on = DayField(label="When is it looked at again?", required=False, help_text=DAY_HINT)

    def __init__(self, *args: Any, row: DeclarationRow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "outcome", row.outcomes)


class ConvictForm(ActForm):
    """A conviction or caution. Category and whether it was committed while serving are two questions."""

    category = forms.ChoiceField(label="Category")
    disposal = forms.ChoiceField(label="What did the court or the police do?", widget=forms.RadioSelect)
    while_serving = forms.ChoiceField(label="Was it committed while serving?", choices=YES_NO, widget=forms.RadioSelect)
    committed = KnownDateField(
        label="When was it committed?", required=False, help_text="As well as it is known: 27 3 2026, or 2026 alone"
    )
    words = forms.CharField(label="What was it for, and where is it recorded?", widget=LONG)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "category", rows_of("conviction_category"))
        offer(self, "disposal", rows_of("conviction_disposal"))
        self.fields["on"].label = "When did it come to vetting?"

    @property
    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "while_serving": self.cleaned_data["while_serving"] == "yes"}


class ReadingForm(TypedForm):
    """What an independent reader shares, word for word, or nothing."""

    shares = forms.CharField(
        label="What do you share, word for word?",
        required=False,
        widget=LONG,
        help_text="It stands on the application and becomes an intake item. Leave it empty to share nothing. Do not"
        " write what the wall protects.",
    )
    reasons = forms.CharField(label="Why do you share this, or nothing?", widget=LONG)
