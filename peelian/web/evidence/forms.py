"""Forms of this journey. They check the shape alone; the actions check the rest."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from peelian.evidence.rows import ExhibitLine, FileRow, UnitLine
from peelian.evidence.states import EndingKind, Step, SubmissionKind, UnitKind
from peelian.web.fields import DayField, Hinted, offer

WIDE = {"class": "govuk-!-width-two-thirds"}
SHORT = {"class": "govuk-input--width-10"}
EXAMPLE = "For example 27 3 2026"


def line(label: str, *, hint: str = "", required: bool = True, most: int = 300, short: bool = False) -> forms.CharField:
    widget = forms.TextInput(attrs=SHORT if short else WIDE)
    return forms.CharField(label=label, help_text=hint, required=required, max_length=most, widget=widget)


def text(label: str, *, hint: str = "", required: bool = True, rows: int = 3) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, required=required, max_length=20_000, widget=widget)


class DatedForm(forms.Form):
    """Asks last on which day it happened; today unless another is given."""

    on = DayField(label="On which day?", help_text=EXAMPLE)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"on": today} | dict(kwargs.get("initial", {}))
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "on"] + ["on"])


class ExhibitForm(DatedForm):
    mark = line("Mark", hint="Initials and number, such as KMT/1", most=30, short=True)
    description = text("What is it?")
    where = line("Where was it found or produced?")
    found_by = line("Who found or produced it?", most=120)
    found_on = DayField(label="On which day was it found or produced?", help_text=EXAMPLE)
    seal = line("Seal number", hint="On the bag or box, if it is sealed", required=False, most=40, short=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = "On which day is it booked in?"


class HandOverForm(DatedForm):
    receiver = forms.ChoiceField(label="To whom, of ours?", required=False)
    outside = line(
        "Or to whom outside the force?", hint="In words. Another of ours must then sign it", required=False, most=200
    )
    reasons = text("Why?")

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "receiver", [("", "Choose"), *people])


class ReasonsForm(DatedForm):
    reasons = text("Why?")

    def __init__(self, *args: Any, label: str = "Why?", required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reasons"].label = label
        self.fields["reasons"].required = required


class SealForm(DatedForm):
    number = line("Number of the seal", most=40, short=True)


class BreakForm(DatedForm):
    reasons = text("Why was the seal broken?")
    new_number = line(
        "Number of the new seal", hint="If it was sealed again at once", required=False, most=40, short=True
    )


class PlaceForm(DatedForm):
    unit = forms.ChoiceField(label="Into which storage unit?")
    shelf = line("Shelf or box", required=False, most=60, short=True)

    def __init__(self, *args: Any, units: Iterable[UnitLine], is_placed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(one.ref, _unit_words(one)) for one in units]
        out = [("out", "None: it is taken out")] if is_placed else []
        offer(self, "unit", [("", "Choose"), *listed, *out])


def _unit_words(one: UnitLine) -> str:
    failing = ", failing" if one.failing_since else ""
    return f"{one.name}, {one.kind.words.lower()}, {one.site}{failing}"


class EndForm(DatedForm):
    kind = forms.ChoiceField(
        label="What is to become of it?",
        choices=[(one.value, one.words) for one in EndingKind],
        widget=forms.RadioSelect,
    )
    how = line("To whom is it returned, or in which way is it destroyed?")
    reasons = text("Why does nothing ask for it any longer?")


class SignEndForm(DatedForm):
    agreed = forms.ChoiceField(
        label="What do you say?",
        choices=[("yes", "I saw it done"), ("no", "It goes back: it is not to be done")],
        widget=forms.RadioSelect,
    )
    reasons = text("Why does it go back?", hint="Or what there is to say of how it was done", required=False)

    def __init__(self, *args: Any, is_mine: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_mine:
            offer(self, "agreed", [("no", "I take it back")])


class AttachForm(forms.Form):
    file = forms.ChoiceField(label="Which file?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, files: Iterable[FileRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "file", [(one.ref, Hinted(one.name, f"{one.kind.words}, {one.size_words}")) for one in files])


class FileForm(DatedForm):
    """`refused`: why a file was not taken in."""

    file = forms.FileField(label="File", widget=forms.FileInput, error_messages={"empty": "The file is empty."})
    about = text("What is it?", hint="Who made it, and what it shows", required=False)

    def __init__(self, *args: Any, refused: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if refused:
            self.fields["file"].error_messages["required"] = refused


class EraseForm(forms.Form):
    reason = text("Why is it erased?", hint="Do not name anybody: these words stay in the journal")
    sure = forms.BooleanField(label="I have read what goes and what stays")


class UnitForm(forms.Form):
    name = line("Name", hint="As it stands on its door", most=80)
    kind = forms.ChoiceField(
        label="What is it?", choices=[(one.value, one.words) for one in UnitKind], widget=forms.RadioSelect
    )
    site = line("Where does it stand?", most=120)
    capacity = forms.IntegerField(label="How many exhibits does it hold?", min_value=1, max_value=999_999)
    lowest = forms.DecimalField(
        label="Lowest temperature in degrees Celsius",
        help_text="Wanted for what cools",
        required=False,
        max_digits=4,
        decimal_places=1,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
    )
    highest = forms.DecimalField(
        label="Highest temperature in degrees Celsius",
        required=False,
        max_digits=4,
        decimal_places=1,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
    )


class ReadingForm(DatedForm):
    celsius = forms.DecimalField(
        label="Temperature in degrees Celsius",
        help_text="For example -19.5",
        max_digits=4,
        decimal_places=1,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
    )


class FailureForm(forms.Form):
    what = text("What failed?", hint="Name no person and no matter: everybody who uses the store reads this")
    from_on = DayField(label="From which day?", help_text=EXAMPLE)


class FailureEndForm(forms.Form):
    done = text("What was done?")
    last_on = DayField(label="What was its last day?", help_text=EXAMPLE)


class DayForm(forms.Form):
    """Which day a unit is asked about."""

    day = DayField(label="What was in it on which day?", required=False)


class SubmitForm(DatedForm):
    kind = forms.ChoiceField(
        label="To whom is it?", choices=[(one.value, one.words) for one in SubmissionKind], widget=forms.RadioSelect
    )
    to = line("Which laboratory or unit?", most=120)
    asked = text("What are they asked?")
    exhibits = forms.MultipleChoiceField(label="Which exhibits?", widget=forms.CheckboxSelectMultiple)
    promised_on = DayField(label="By when did they promise it?", help_text=EXAMPLE, required=False)

    def __init__(self, *args: Any, exhibits: Iterable[ExhibitLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "exhibits", [(one.ref, Hinted(one.mark, one.shown)) for one in exhibits])
        self.fields["on"].label = "On which day were they asked?"


class StepForm(DatedForm):
    words = text("What happened?")
    promised_on = DayField(label="For which day is it promised now?", help_text=EXAMPLE)

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = {
            Step.PROMISED: "Why was the day changed?",
            Step.RESULTS: "What are the results?",
            Step.SENT_BACK: "What is wanting?",
            Step.ACCEPTED: "Note",
            Step.WITHDRAWN: "Why is it withdrawn?",
        }[step]
        self.fields["words"].required = step is not Step.ACCEPTED
        if step is not Step.PROMISED:
            del self.fields["promised_on"]
