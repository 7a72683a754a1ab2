"""Shapes of what the pages of a look-back are told. Whether it can stand is decided in the act."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.forms.utils import ErrorDict

from peelian.lookback.criteria import Criteria
from peelian.lookback.rows import CaseFilters, CohortBoard, EnquiryDraft
from peelian.matters.rows import CategoryGroup, FactorRow, PastCriteria
from peelian.terms.lookback import Consent, Reading, Recontact, ReviewCategory, Stage
from peelian.terms.matters import MatterKind
from peelian.terms.people import PersonKind
from peelian.walls.rows import UserRow
from peelian.web.fields import DayField, Hinted, offer
from peelian.web.typed import TypedForm

WIDE = {"class": "govuk-!-width-two-thirds"}
DAY = "For example 27 3 2026"
WORKERS = [kind for kind in PersonKind if kind.serves]


class CriteriaForm(forms.Form):
    """By what past matters are chosen. It is part of the address, so that a choice can be looked at again."""

    from_on = DayField(label="Came to attention from", required=False, help_text=DAY)
    last_on = DayField(label="Came to attention to", required=False, help_text="The last day, included")
    undated = forms.BooleanField(label="Also matters for which no day is known", required=False)
    state = forms.ChoiceField(
        label="State",
        widget=forms.RadioSelect,
        choices=[("closed", "Closed"), ("any", "Any")],
        initial="closed",
    )
    kinds = forms.MultipleChoiceField(
        label="Kinds of matter",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(kind.value, kind.words) for kind in MatterKind],
    )
    workers = forms.MultipleChoiceField(
        label="Kinds of worker concerned",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(kind.value, kind.words) for kind in WORKERS],
    )
    categories = forms.MultipleChoiceField(
        label="Allegation categories", required=False, widget=forms.CheckboxSelectMultiple
    )
    factors = forms.MultipleChoiceField(label="National factors", required=False, widget=forms.CheckboxSelectMultiple)
    forces = forms.MultipleChoiceField(label="Forces", required=False, widget=forms.CheckboxSelectMultiple)
    outcome = forms.CharField(
        label="Words of the finding or outcome",
        required=False,
        max_length=100,
        help_text="As an outside source wrote it, for example no case to answer",
        widget=forms.TextInput(attrs=WIDE),
    )
    fresh = forms.BooleanField(label="Leave out matters that are in a look-back already", required=False)

    def __init__(
        self,
        *args: Any,
        groups: Sequence[CategoryGroup],
        factors: Sequence[FactorRow],
        forces: Sequence[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "categories", [(group.code, f"{group.code} {group.title}") for group in groups])
        offer(self, "factors", [(row.code, row.title) for row in factors])
        offer(self, "forces", [("this force", "This force"), *((one, one) for one in forces)])

    @property
    def criteria(self) -> Criteria:
        given = self.cleaned_data
        past = PastCriteria(
            from_on=given["from_on"],
            to_on=given["last_on"] + timedelta(days=1) if given["last_on"] else None,
            undated=given["undated"],
            kinds=tuple(MatterKind(one) for one in given["kinds"]),
            categories=tuple(given["categories"]),
            factors=tuple(given["factors"]),
            workers=tuple(PersonKind(one) for one in given["workers"]),
            forces=tuple(given["forces"]),
            outcome=given["outcome"],
            closed=given["state"] == "closed",
        )
        return Criteria(past, given["fresh"])


class FreezeForm(forms.Form):
    expected = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(
        label="Title", max_length=200, help_text="For lists, without names", widget=forms.TextInput(attrs=WIDE)
    )
    purpose = forms.CharField(
        label="What is it for?", max_length=20_000, help_text="Name nobody", widget=forms.Textarea(attrs={"rows": 3})
    )
    reasons = forms.CharField(
        label="Why these criteria?",
        max_length=20_000,
        help_text="Name nobody",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reading = forms.TypedChoiceField(
        label="What is read again?",
        widget=forms.RadioSelect,
        choices=[(one.value, one.words) for one in Reading],
        coerce=Reading,
        help_text="How this force dealt with something is reviewed, and read by a panel, from outside it",
    )
    target_on = DayField(label="By when is every case to be decided?", help_text=DAY)
    owner = forms.ChoiceField(
        label="Who answers for what comes of it?", help_text="New assessments and risk management are theirs at first"
    )
    follow_up_days = forms.IntegerField(
        label="In how many days is risk management to be in place?", initial=28, min_value=1, max_value=365
    )

    def __init__(self, *args: Any, owners: Sequence[UserRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", [("", "Choose one"), *((one.ref, one.name) for one in owners)])


class CaseFilterForm(forms.Form):
    stage = forms.ChoiceField(
        label="Stage", required=False, choices=[("", "Any"), *((one.value, one.words) for one in Stage)]
    )
    result = forms.ChoiceField(
        label="Result", required=False, choices=[("", "Any"), *((one.value, one.words) for one in ReviewCategory)]
    )
    reviewer = forms.ChoiceField(label="Reviewer", required=False)
    late = forms.ChoiceField(label="Late", required=False, choices=[("", "Any"), ("late", "Late")])

    def __init__(self, *args: Any, board: CohortBoard | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if board is not None:
            offer(self, "reviewer", [("", "Anybody"), *((one.ref, one.name) for one in board.reviewers)])


def case_filters(asked: Any) -> CaseFilters:
    """The filters in an address; what it gets wrong narrows nothing."""
    stage, result = asked.get("stage", ""), asked.get("result", "")
    return CaseFilters(
        stage=Stage(stage) if stage in set(Stage) else None,
        category=ReviewCategory(result) if result in set(ReviewCategory) else None,
        reviewer_ref=asked.get("reviewer", ""),
        late=asked.get("late", "") == "late",
    )


class ShareForm(forms.Form):
    users = forms.MultipleChoiceField(label="Among whom?", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, reviewers: Sequence[tuple[UserRow, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(one.ref, Hinted(one.name, f"{number} in hand")) for one, number in reviewers]
        offer(self, "users", listed)


class ReviewerForm(forms.Form):
    user = forms.ChoiceField(label="Who reviews it?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, able: Sequence[tuple[UserRow, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "user", [(one.ref, Hinted(one.name, f"{number} in hand")) for one, number in able])


class SeatForm(forms.Form):
    user = forms.ChoiceField(label="Who takes a seat?")

    def __init__(self, *args: Any, people: Sequence[UserRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "user", [("", "Choose one"), *((one.ref, one.name) for one in people)])


class WhyForm(forms.Form):
    reason = forms.CharField(label="Why?", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class SignOffForm(forms.Form):
    words = forms.CharField(
        label="What did you look at?",
        max_length=2000,
        help_text="Name nobody",
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class EnquiryForm(TypedForm):
    words = forms.CharField(label="What is to be done?", max_length=20_000, widget=forms.Textarea(attrs={"rows": 3}))
    owner = forms.ChoiceField(label="By whom?")
    due_on = DayField(label="By when?", help_text=DAY)

    def __init__(self, *args: Any, owners: Sequence[UserRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", [("", "Choose one"), *((one.ref, one.name) for one in owners)])

    def full_clean(self) -> None:
        """A line in which nothing was typed is one fault and not three."""
        super().full_clean()
        if self.is_bound and self.is_blank:
            self._errors = ErrorDict()
            self.add_error("words", "Say what is to be done, or remove this line of enquiry")

    @property
    def draft(self) -> EnquiryDraft:
        given = self.cleaned_data
        return EnquiryDraft(given["words"], given["owner"], given["due_on"])


class ReviewForm(TypedForm):
    category = forms.ChoiceField(
        label="What do you come to?",
        widget=forms.RadioSelect,
        choices=[(one.value, Hinted(one.words, one.meaning)) for one in ReviewCategory],
    )
    reasons = forms.CharField(
        label="Your reasons",
        max_length=20_000,
        help_text="What you read, what you make of it, and why. Nobody else reads it until both reviews are locked.",
        widget=forms.Textarea(attrs={"rows": 12}),
    )

    def __init__(self, *args: Any, resolves: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if resolves:
            told = "What you read, and why you come to this. The first two and the panel read it once it is locked."
            self.fields["reasons"].help_text = told


class ContactForm(TypedForm):
    recontact = forms.ChoiceField(
        label="Is the complainant or victim to be contacted again?",
        widget=forms.RadioSelect,
        choices=[(one.value, one.words) for one in Recontact],
        initial=Recontact.NOT_PLANNED.value,
    )
    recontact_how = forms.CharField(
        label="If so, how is that safe, and what is it about?",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    recontact_owner = forms.ChoiceField(label="Who contacts them?", required=False)
    recontact_due_on = DayField(label="By when?", required=False, help_text=DAY)
    consent = forms.ChoiceField(
        label="What did they say about being contacted?",
        widget=forms.RadioSelect,
        choices=[(one.value, one.words) for one in Consent],
        initial=Consent.NOT_ASKED.value,
    )
    consent_on = DayField(label="On which day did they say so?", required=False, help_text=DAY)

    def __init__(self, *args: Any, owners: Sequence[UserRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "recontact_owner", [("", "Nobody"), *((one.ref, one.name) for one in owners)])


class NoteForm(forms.Form):
    agrees = forms.ChoiceField(
        label="What do you say for the panel?",
        widget=forms.RadioSelect,
        choices=[
            ("yes", Hinted("I agree with what is proposed", "Once two of the panel agree the case is decided.")),
            ("no", Hinted("I do not agree: a third reviewer resolves it, or resolves it again", "Your note says why.")),
        ],
    )
    words = forms.CharField(label="Your note", max_length=20_000, widget=forms.Textarea(attrs={"rows": 5}))


class ConsentForm(forms.Form):
    consent = forms.ChoiceField(
        label="What did they say about being contacted?",
        widget=forms.RadioSelect,
        choices=[(one.value, one.words) for one in Consent if one is not Consent.NOT_ASKED],
    )
    said_on = DayField(label="On which day did they say so?", help_text=DAY)
    words = forms.CharField(
        label="How did they say it, and to whom?", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class DoneForm(forms.Form):
    contacted = forms.ChoiceField(
        label="Were they contacted?",
        widget=forms.RadioSelect,
        choices=[("yes", "Yes"), ("no", "No")],
    )
    words = forms.CharField(
        label="What was done, and what came of it?", max_length=20_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    on = DayField(label="When was it done?", help_text=DAY)

    def __init__(self, *args: Any, asks_contact: bool, has_consent: bool, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today
        self.has_consent = has_consent
        if not asks_contact:
            del self.fields["contacted"]

    def clean_contacted(self) -> bool:
        contacted = bool(self.cleaned_data["contacted"] == "yes")
        if contacted and not self.has_consent:
            raise forms.ValidationError("Record their consent to be contacted first. What you typed stays here.")
        return contacted


class ChangeTaskForm(forms.Form):
    owner = forms.ChoiceField(label="Who does it?")
    due_on = DayField(label="By when?", help_text=DAY)
    reason = forms.CharField(label="Why does it change?", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, owners: Sequence[UserRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", [(one.ref, one.name) for one in owners])
