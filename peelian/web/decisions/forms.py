"""Shapes of what the pages of casework are told. Whether it can stand is decided in the act."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from peelian.decisions.rows import Asking
from peelian.rules.saying import WHY_OPEN
from peelian.statute import CitesLines, Question
from peelian.statute.detail_rows import OPEN_LINES, Form
from peelian.terms.permissions import Permission
from peelian.web.fields import DayField, Hinted, offer
from peelian.web.typed import TypedForm

YES_NO = (("yes", "Yes"), ("no", "No"))
LONG = forms.Textarea(attrs={"rows": 6})
SHORT = forms.Textarea(attrs={"rows": 3})
ASKED = "ask-"
EVERY = "Choose all that bear on it"
SAID = "said_"  # as a refusal of the act names it


class StepForm(TypedForm):
    """The questions of a step, its outcome, the reasons. `replaces`: the decision that stood when the page was read.

    `codes`: the reason codes in words, for a step that records them.
    """

    replaces = forms.CharField(widget=forms.HiddenInput, required=False)
    option = forms.ChoiceField(label="What do you decide?", widget=forms.RadioSelect)
    fixed_on = DayField(label="The day it fixes", required=False)
    reasons = forms.CharField(
        label="Reasons", widget=LONG, help_text="Why, on what evidence, and what was weighed against it"
    )
    on = DayField(label="On which day?", help_text="The day it was decided, for example 27 3 2026")

    def __init__(self, *args: Any, asking: Asking, today: date, codes: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in asking.questions:
            self.fields[ASKED + question.key] = _yes_or_no(question)
            if question.in_words:
                self.fields[SAID + question.key] = forms.CharField(label=f"In words: {question.words}", widget=SHORT)
        self.details = _details(asking, codes)
        self.fields |= {SAID + key: field for key, field in self.details.items()}
        if asking.step.lines is not CitesLines.NO:
            self.fields["lines_read"] = forms.CharField(widget=forms.HiddenInput, required=False)
            self.fields["lines_read"].initial = asking.lines_stamp
        offer(self, "option", [(one.key, Hinted(one.words, _hint(one.law, one.countersign))) for one in asking.options])
        if asking.step.owner is Permission.RECORD_EVENT:  # it happened, and nobody decides it
            self.fields["option"].label = "What happened?"
            self.fields["reasons"].help_text = "What was done or said, and where it is written down"
            self.fields["on"].help_text = "The day it happened, for example 27 3 2026"
        self.fields["on"].initial = today
        self.fields["replaces"].initial = asking.before.ref if asking.before else ""
        _ask_for_day(self, [one.asks_day for one in asking.options])
        asked = [name for one in asking.questions for name in (ASKED + one.key, SAID + one.key)]
        self.about = frozenset(asked)
        self.order_fields([*asked, "option", "fixed_on", *(SAID + key for key in self.details), "reasons", "on"])

    @property
    def questions(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name in self.about]

    @property
    def rest(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self.about]

    @property
    def said(self) -> Mapping[str, str]:
        """What was said in words, by key; days in ISO form."""
        given = ((name, self.cleaned_data.get(name)) for name in self.fields if name.startswith(SAID))
        return {name.removeprefix(SAID): _in_words(value) for name, value in given if value}

    @property
    def answers(self) -> Mapping[str, bool]:
        """What was answered so far, judged or not."""
        given = {name: str(self[name].value() or "") for name in self.fields if name.startswith(ASKED)}
        return {name.removeprefix(ASKED): value == "yes" for name, value in given.items() if value in ("yes", "no")}


def _in_words(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _details(asking: Asking, codes: Iterable[str]) -> dict[str, forms.Field]:
    """The fields of what the step records besides its reasons; whether one is needed with an outcome, the act says."""
    found: dict[str, forms.Field] = {}
    for one in asking.step.details:
        only = [option.words for option in asking.step.options if option.key in one.options]
        hint = f"With: {', '.join(only)}" if only and len(asking.step.options) > len(only) else ""
        needed = one.needed and not hint
        if one.form is Form.CODES:
            if boxes := [(words, words) for words in codes]:
                widget = forms.CheckboxSelectMultiple
                found[one.key] = forms.MultipleChoiceField(
                    label=one.words, required=needed, choices=boxes, widget=widget, help_text=hint or EVERY
                )
        elif one.form is Form.DAY:
            found[one.key] = DayField(label=one.words, required=needed, help_text=hint)
        elif one.form is Form.TEXT:
            found[one.key] = forms.CharField(label=one.words, required=needed, widget=SHORT, help_text=hint)
        else:
            found[one.key] = forms.CharField(label=one.words, required=needed, max_length=500, help_text=hint)
    if asking.step.lines is CitesLines.EXPLAINS and asking.open_lines:
        found[OPEN_LINES] = forms.CharField(label=WHY_OPEN, widget=SHORT)
    return found


def _ask_for_day(form: StepForm, asked: list[str]) -> None:
    """The day that an outcome fixes, by its own words; no field where none does, wanted where each does."""
    words = [one for one in dict.fromkeys(asked) if one]
    if not words:
        del form.fields["fixed_on"]
        return
    said = " or ".join(words)
    form.fields["fixed_on"].label = said[:1].upper() + said[1:]
    form.fields["fixed_on"].help_text = "For example 27 3 2026"
    form.fields["fixed_on"].required = all(asked)


def _yes_or_no(question: Question) -> forms.ChoiceField:
    said = f"{question.law}, unverified" if question.unverified else question.law
    boxes = forms.RadioSelect(attrs={"class": "govuk-radios--inline"})
    return forms.ChoiceField(label=question.words, choices=YES_NO, widget=boxes, help_text=said)


def _hint(law: str, countersign: bool) -> str:
    return f"{law}. A second person must sign it." if countersign else law


class JointForm(TypedForm):
    """`shown`: the matters and records that stood on the page."""

    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    together = forms.ChoiceField(
        label="Are matters taken together?",
        choices=(("yes", "Yes, with others that stand above"), ("no", "No, this one alone")),
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(label="Why are they, or why are they not?", widget=LONG)
    on = DayField(label="On which day?", help_text="The day you read it, for example 27 3 2026")

    def __init__(self, *args: Any, matters: Iterable[str], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shown"].initial = ",".join(matters)
        self.fields["on"].initial = today


class JointReviewForm(TypedForm):
    reopens = forms.ChoiceField(
        label="Is this matter opened again?",
        choices=(("yes", "Yes, it is looked at again"), ("no", "No, it stays as it is")),
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(label="Why?", widget=LONG, help_text="What the matters show when they are read together")
    on = DayField(label="On which day?", help_text="For example 27 3 2026")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today


class SignForm(TypedForm):
    agreed = forms.ChoiceField(
        label="Do you agree?",
        choices=(("yes", "Yes, it takes effect"), ("no", "No, send it back")),
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(label="Why?", widget=LONG)
    on = DayField(label="On which day?", help_text="The day you sign, for example 27 3 2026")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today


class ReadingForm(TypedForm):
    share = forms.CharField(
        label="What do you share, word for word?",
        required=False,
        widget=LONG,
        help_text="It becomes an intake item. Leave it empty to share nothing. Do not write what the wall protects.",
    )
    reasons = forms.CharField(label="Why do you share this, or nothing?", widget=LONG)
