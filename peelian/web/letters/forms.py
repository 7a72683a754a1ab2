"""Forms of a letter. A paragraph that is needed may still be empty while the letter is a draft."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from peelian.publish.rows import DirectionRow, LetterRow, Serving
from peelian.publish.states import Ground
from peelian.publish.templates import Paragraph
from peelian.rules.service import Way
from peelian.web.fields import DayField, Hinted, offer

Pairs = Sequence[tuple[str, str]]
WIDE = {"class": "govuk-!-width-full"}
ONE_LINE = 120


HELD_BACK = "The chair directed that this not be published. Leave it empty: it is not printed while that stands"


class LaterField(forms.CharField):
    """Wanted before the letter is submitted, and so not called optional; it may be empty until then."""

    def validate(self, value: Any) -> None:
        """Nothing is asked for yet."""


class LaterChoiceField(forms.ChoiceField):
    """As `LaterField`, with choices."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class VersionedForm(forms.Form):
    """Carries the version of the letter that its author read."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class BeginForm(forms.Form):
    person = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: Pairs, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].label = label
        offer(self, "person", people)


class WriteForm(VersionedForm):
    """One field for each paragraph that the template asks of its writer."""

    def __init__(
        self,
        *args: Any,
        paragraphs: Sequence[Paragraph],
        written: Mapping[str, str],
        withheld: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        first = {f"p_{key}": text for key, text in written.items()}
        kwargs["initial"] = first | dict(kwargs.get("initial", {}))
        super().__init__(*args, **kwargs)
        for one in paragraphs:
            field = self.fields[f"p_{one.key}"] = _field(one)
            if one.field and one.field in withheld:
                field.help_text = HELD_BACK

    @property
    def paragraphs(self) -> dict[str, str]:
        return {key[2:]: text for key, text in self.cleaned_data.items() if key.startswith("p_")}


def _field(one: Paragraph) -> forms.Field:
    if one.choices:
        choices = [(words, words[:1].upper() + words[1:]) for words in one.choices]
        return LaterChoiceField(
            label=one.label, help_text=one.hint, required=one.needed, choices=choices, widget=forms.RadioSelect
        )
    return LaterField(
        label=one.label,
        help_text=one.hint,
        required=one.needed,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class DirectionsForm(VersionedForm):
    """What the chair directed, field by field, with the reason for each that is held back."""

    directed_by = forms.CharField(
        label="Who gave the directions?", max_length=200, help_text="The chair", widget=forms.TextInput(attrs=WIDE)
    )
    directed_on = DayField(label="When?", help_text="For example 27 3 2026")

    def __init__(self, *args: Any, rows: Sequence[DirectionRow], **kwargs: Any) -> None:
        kwargs["initial"] = dict(kwargs.get("initial", {}))
        for row in rows:
            said = {True: "yes", False: "no", None: ""}[row.may_be_published]
            kwargs["initial"] |= {row.field: said, f"{row.field}_reason": row.reason}
        super().__init__(*args, **kwargs)
        self.rows = tuple(rows)
        for row in rows:
            self.fields[row.field] = forms.ChoiceField(
                label=f"{row.words}: may it be published?",
                choices=[("yes", "Yes"), ("no", "No, the chair holds it back")],
                widget=forms.RadioSelect,
            )
            self.fields[f"{row.field}_reason"] = forms.CharField(
                label=f"{row.words}: why is it held back?",
                required=False,
                max_length=300,
                widget=forms.TextInput(attrs=WIDE),
            )

    @property
    def directions(self) -> dict[str, tuple[bool, str]]:
        given = self.cleaned_data
        return {row.field: (given[row.field] == "yes", given[f"{row.field}_reason"]) for row in self.rows}


class ReasonsForm(VersionedForm):
    reasons = forms.CharField(max_length=20_000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, label: str, hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reasons"].label = label
        self.fields["reasons"].help_text = hint


class ConfirmForm(VersionedForm):
    """A step that needs no words. `text_sha256`: of the words that were read."""

    text_sha256 = forms.CharField(required=False, widget=forms.HiddenInput)


class ServeForm(VersionedForm):
    """How, where and when a letter was given."""

    way = forms.ChoiceField(label="How was it served?", widget=forms.RadioSelect)
    address = forms.CharField(
        label="To which address?",
        required=False,
        max_length=300,
        help_text="Wanted for post and email",
        widget=forms.TextInput(attrs=WIDE),
    )
    sent_on = DayField(label="On which day was it sent or given?", help_text="For example 27 3 2026")
    sent_at = forms.TimeField(
        label="At what time?",
        required=False,
        help_text="Wanted where a way is safe at some hours alone. For example 09:30",
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "govuk-input--width-5"}),
    )
    safety_read = forms.BooleanField(
        label="I have read when and how this way is safe to use",
        required=False,
        help_text="What they asked for stands at the top of this page",
    )
    outcome = forms.ChoiceField(
        label="Which outcome does it tell?",
        help_text="Serving it records this in the casework",
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label="Note", required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, offered: Serving, letter: LetterRow, today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"sent_on": today, "version": letter.version}
        super().__init__(*args, **kwargs)
        offer(self, "way", [(way.key, Hinted(way.words, _law(way))) for way in offered.ways])
        plan = offered.safe.plan if offered.safe else None
        if plan is None and not any(row.safety and not row.is_refused for row in offered.reach.contacts):
            del self.fields["safety_read"]
        if plan is None or not any(way.from_time for way in plan.ways):
            del self.fields["sent_at"]
        if letter.is_public:
            del self.fields["address"]
        several = [one for step in offered.steps if len(step.options) > 1 for one in step.options]
        if several:
            offer(self, "outcome", [(one.key, one.words) for one in several])
        else:
            del self.fields["outcome"]


def _law(way: Way) -> str:
    return f"{way.law} (unverified)" if way.unverified else way.law


class MarkForm(forms.Form):
    person = forms.ChoiceField(label="Who may not be named?", widget=forms.RadioSelect)
    ground = forms.ChoiceField(
        label="On which ground?", choices=[(one.value, one.words) for one in Ground], widget=forms.RadioSelect
    )
    reason = forms.CharField(label="Why?", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, people: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "person", people)


class LiftForm(forms.Form):
    person = forms.ChoiceField(label="Whose mark is lifted?", widget=forms.RadioSelect)
    reason = forms.CharField(label="Why?", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, people: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "person", people)
