"""Shapes of what the pages of the wash are told. Whether it can stand is decided in the act."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from peelian.rules.adding import Counted
from peelian.terms.matches import PairState, Verdict
from peelian.web.fields import offer

SHARES = (1, 2, 5, 10, 25, 50, 100)  # in a hundred
REASONS = forms.Textarea(attrs={"rows": 4})


class StateForm(forms.Form):
    """Which pairs the list shows; those to be judged where nothing is chosen."""

    state = forms.ChoiceField(
        label="Pairs that are", choices=[(one.value, one.words) for one in PairState], required=False
    )


class JudgeForm(forms.Form):
    """The verdict is the button that was pressed."""

    reasons = forms.CharField(
        label="Why?",
        widget=forms.Textarea(attrs={"rows": 4, "accesskey": "r"}),
        help_text="What agrees, what speaks against, and what you looked at",
        error_messages={"required": "Say why: what agrees, what speaks against, and what you looked at"},
    )
    verdict = forms.ChoiceField(
        choices=[(one.value, one.words) for one in Verdict],
        widget=forms.HiddenInput,
        error_messages={"required": "Choose yes, no or unsure"},
    )
    last = forms.IntegerField(widget=forms.HiddenInput, required=False)


class SecondForm(forms.Form):
    agreed = forms.ChoiceField(
        label="Is the record about somebody else?",
        choices=(("yes", "Yes: I read both sides and agree"), ("no", "No: send it back to be judged again")),
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(label="Why?", widget=REASONS)


class ResultForm(forms.Form):
    result = forms.ChoiceField(label="What follows?", widget=forms.RadioSelect)
    reasons = forms.CharField(label="Why does this follow?", widget=REASONS)

    def __init__(self, *args: Any, choices: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "result", choices)


class DrawForm(forms.Form):
    """`left`: how many pairs nobody judged, for the number to be expected of each share."""

    share = forms.ChoiceField(label="How large a share?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, left: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        about = [(str(share), f"{share} in a hundred: about {left * share / 100:,.0f} of {left:,}") for share in SHARES]
        offer(self, "share", about)


class NeverForm(forms.Form):
    mark = forms.ChoiceField(label="Which number does the other person bear?", widget=forms.RadioSelect)
    reasons = forms.CharField(label="How do you know that they are two people?", widget=REASONS)

    def __init__(self, *args: Any, marks: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "mark", [(one, one) for one in marks])


class LiftForm(NeverForm):
    mark = forms.ChoiceField(label="Which rule?", widget=forms.RadioSelect)
    reasons = forms.CharField(label="Why does it no longer hold?", widget=REASONS)


class AnswerLiftForm(NeverForm):
    field_order = ("mark", "agreed", "reasons")

    mark = forms.ChoiceField(label="Which rule?", widget=forms.RadioSelect)
    agreed = forms.ChoiceField(
        label="Is it lifted?",
        choices=(("yes", "Yes: I read both and agree"), ("no", "No: the rule stands")),
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(label="Why?", widget=REASONS)


class WholeForm(forms.Form):
    whole = forms.IntegerField(label="People in the whole workforce", min_value=1, max_value=10_000_000, required=False)


class AddForm(forms.Form):
    counts = forms.MultipleChoiceField(
        label="Which counts?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose the counts to add"},
    )

    def __init__(self, *args: Any, counts: Mapping[str, Counted], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "counts", [(key, f"{one.label}{_many(one)}") for key, one in counts.items()])


def _many(one: Counted) -> str:
    return ", not published" if one.count is None else f": {one.count:,}"
