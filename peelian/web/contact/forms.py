"""Forms of contact. They hold shape only; what may stand is said by the actions."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from peelian.contact.rows import AdviserRow, PlanDraft, PlanRow, RightRow
from peelian.rules.contact import SafeWay
from peelian.terms.contact import CHANNELS, DAYS, RightState, Stance, Topic
from peelian.web.fields import DayField, Hinted, offer

WIDE = {"class": "govuk-!-width-full"}
LEAST_WAYS = 3
WEEK = [(str(number), words) for number, words in enumerate(DAYS)]
HOW = [(one, one.capitalize()) for one in CHANNELS]


def _line(label: str, *, hint: str = "", required: bool = False, most: int = 200) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=most, widget=forms.TextInput(attrs=WIDE)
    )


def _text(label: str, *, hint: str = "", required: bool = True, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _hour(label: str, *, hint: str = "") -> forms.TimeField:
    return forms.TimeField(
        label=label,
        help_text=hint,
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "govuk-input--width-5"}),
    )


class WayForm(forms.Form):
    """One safe way; left out while no channel is chosen."""

    channel = forms.ChoiceField(label="By which way?", required=False, choices=[("", "None: leave this out"), *HOW])
    address = _line("Which address or number?", hint="Leave empty for any that we hold", most=300)
    days = forms.MultipleChoiceField(
        label="On which days?", required=False, choices=WEEK, widget=forms.CheckboxSelectMultiple
    )
    from_time = _hour("From what time?", hint="For example 09:30")
    to_time = _hour("Until what time?")
    note = _line("What must whoever uses it know?", hint="For example: hang up if somebody else answers", most=300)

    @property
    def way(self) -> SafeWay | None:
        given = self.cleaned_data
        if not given["channel"]:
            return None
        days = frozenset(int(one) for one in given["days"])
        return SafeWay(given["channel"], given["address"], days, given["from_time"], given["to_time"], given["note"])


class PlanForm(forms.Form):
    """What was agreed, beside the ways."""

    wants_contact = forms.ChoiceField(
        label="Do they want to be contacted?",
        choices=[("yes", "Yes, in the ways below"), ("no", "No, not for now: nothing leaves until another plan")],
        widget=forms.RadioSelect,
    )
    say = _text("What may be said to whoever answers?", required=False, rows=2)
    never_say = _text("What must never be said?", hint="One a line. For example: police", required=False)
    never_write = _text(
        "Which words may stand in nothing that is written?",
        hint="One a line. A letter that holds one of them is refused, its letterhead too",
        required=False,
    )
    may_be_told = _text("Who else may be told, and what?", required=False, rows=2)
    lives_there = _text("Who lives there?", required=False, rows=2)
    interpreter = _line("Interpreter")
    adjustments = _text("Adjustments", hint="A format, a companion, more time", required=False, rows=2)
    every_days = forms.IntegerField(label="Every how many days do they want to hear?", required=False, min_value=1)
    agreed_with = _line("With whom was it agreed?", required=True)
    on = DayField(label="On which day?", help_text="For example 27 3 2026")
    reasons = _text("Why is it made, or what changed?")
    replaces = forms.IntegerField(widget=forms.HiddenInput)

    def draft(self, ways: Sequence[SafeWay]) -> PlanDraft:
        given = {key: value for key, value in self.cleaned_data.items() if key not in ("on", "replaces")}
        wants = given.pop("wants_contact") == "yes"
        return PlanDraft(wants_contact=wants, ways=tuple(ways) if wants else (), **given)


def plan_forms(data: Any, standing: PlanRow | None, today: date) -> tuple[PlanForm, list[WayForm]]:
    """The plan as it stands, to be changed, with a few more ways than it has."""
    first: dict[str, Any] = {"on": today, "replaces": standing.number if standing else 0}
    ways = standing.ways if standing else ()
    if standing:
        first |= {"wants_contact": "yes" if standing.wants_contact else "no", "agreed_with": standing.agreed_with}
        same = ("say", "may_be_told", "lives_there", "interpreter", "adjustments", "every_days")
        first |= {name: getattr(standing, name) for name in same}
        first |= {name: "\n".join(getattr(standing, name)) for name in ("never_say", "never_write")}
    many = max(LEAST_WAYS, len(ways) + 1)
    return PlanForm(data, initial=first), [
        WayForm(data, prefix=f"way{number}", initial=_way(ways[number] if number < len(ways) else None))
        for number in range(many)
    ]


def _way(way: SafeWay | None) -> dict[str, Any]:
    if way is None:
        return {"days": [key for key, _ in WEEK]}
    return {
        "channel": way.channel,
        "address": way.address,
        "days": [str(one) for one in sorted(way.days)],
        "from_time": f"{way.from_time:%H:%M}" if way.from_time else "",
        "to_time": f"{way.to_time:%H:%M}" if way.to_time else "",
        "note": way.note,
    }


class SaidForm(forms.Form):
    """Consent or a wish, as it was said."""

    topic = forms.ChoiceField(
        label="What is it about?", choices=[(one.value, one.words) for one in Topic], widget=forms.RadioSelect
    )
    stance = forms.ChoiceField(
        label="What did they say?", choices=[(one.value, one.words) for one in Stance], widget=forms.RadioSelect
    )
    about = _line("With whom would it be shared?", hint="Wanted where it is about sharing")
    words = _text("In their words")
    reasons = _text(
        "Their reasons", hint="Or that they gave none. They are kept, so that what stands in the way can be mended"
    )
    how = forms.ChoiceField(label="How did they say it?", choices=HOW, widget=forms.RadioSelect)
    said_by = _line("Who said it for them?", hint="Leave empty where they said it themselves")
    on = DayField(label="On which day?", help_text="For example 27 3 2026")


class RightsForm(forms.Form):
    """Where some of the twelve rights stand."""

    rights = forms.MultipleChoiceField(label="Which rights?", widget=forms.CheckboxSelectMultiple)
    state = forms.ChoiceField(
        label="Where do they stand?",
        choices=[(one.value, one.words) for one in RightState],
        widget=forms.RadioSelect,
    )
    reasons = _text("What was done or said, or why does it not apply?")
    on = DayField(label="On which day?", help_text="For example 27 3 2026")

    def __init__(self, *args: Any, rights: Sequence[RightRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "rights", [(row.id, Hinted(f"{row.id}. {row.text}", f"{row.offer}. {row.law}")) for row in rights])


class AdviserForm(forms.Form):
    """An offer of an independent adviser, and the answer."""

    adviser = forms.ChoiceField(label="What kind of adviser was offered?", widget=forms.RadioSelect)
    consented = forms.ChoiceField(
        label="Do they want to be referred?", choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect
    )
    words = _text("In their words", rows=2)
    on = DayField(label="On which day?", help_text="For example 27 3 2026")

    def __init__(self, *args: Any, advisers: Sequence[AdviserRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "adviser", [(row.id, Hinted(row.label, row.plain)) for row in advisers])


class MadeForm(forms.Form):
    service = _line("To which service?", required=True)
    on = DayField(label="On which day was the referral made?", help_text="For example 27 3 2026")


class AnswerForm(forms.Form):
    words = _text("What came of it?")
    on = DayField(label="On which day?", help_text="For example 27 3 2026")


class ReasonsForm(forms.Form):
    reasons = _text("Why?")


class KeyForm(ReasonsForm):
    words_are_theirs = forms.BooleanField(
        label="What this matter came of is in their own words, and names nobody else who wrote to us",
        required=False,
        help_text="Read it first. It is then shown to them; what the record says came from them is shown in any case",
    )
