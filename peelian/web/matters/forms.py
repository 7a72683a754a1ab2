"""Shapes of what the pages of a matter are told. Whether it can stand is decided in the act."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms

from peelian.clocks.rows import RecordableEvent
from peelian.matters.rows import CategoryGroup, InvolvementRow, Proposed
from peelian.people.rows import UnitRow
from peelian.rules.conflicts import INDEPENDENT
from peelian.rules.outside import OutsideGround
from peelian.terms.known_dates import KnownDate
from peelian.terms.matters import Capacity, MatterKind, MatterState, Part
from peelian.terms.viewer import LONDON
from peelian.walls.rows import UserRow
from peelian.web.fields import DayField, Hinted, KnownDateField, offer
from peelian.web.typed import FindPersonForm, TypedForm

WIDE = {"class": "govuk-!-width-two-thirds"}
ANY = ("", "Any")
AS_KNOWN = "The day, or the day and the month, may be left out if not known"
Pairs = Sequence[tuple[str, str]]


class MatterFilterForm(forms.Form):
    words = forms.CharField(label="Words or reference", required=False, max_length=200)
    person = forms.CharField(label="Person’s reference", required=False, max_length=20)
    kind = forms.ChoiceField(
        label="Kind", required=False, choices=[ANY, *((kind.value, kind.words) for kind in MatterKind)]
    )
    state = forms.ChoiceField(
        label="State", required=False, choices=[ANY, *((state.value, state.words) for state in MatterState)]
    )
    unit = forms.ChoiceField(label="Unit", required=False)
    category = forms.ChoiceField(label="Category", required=False)
    force = forms.ChoiceField(label="Force", required=False)
    source = forms.ChoiceField(label="Source", required=False)
    from_on = DayField(label="Came to attention from", required=False)
    to_on = DayField(label="To, not included", required=False)

    def __init__(
        self,
        *args: Any,
        units: Sequence[UnitRow],
        groups: Sequence[CategoryGroup],
        forces: Sequence[str],
        sources: Sequence[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", [ANY, *((unit.ref, unit.name) for unit in units)])
        coded = [pair for group in groups for pair in [(group.code, f"{group.code} {group.title}"), *_leaves(group)]]
        offer(self, "category", [ANY, *dict(coded).items()])
        offer(self, "force", [ANY, ("this force", "This force"), *((one, one) for one in forces)])
        offer(self, "source", [ANY, ("recorded here", "Recorded here"), *((one, one) for one in sources)])


class VersionedForm(TypedForm):
    """A form of an act on a matter: `version` is the one its author read."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, read: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = read


class Dated(VersionedForm):
    """A form with the day of the act, which starts as today."""

    on = DayField(label="On which day?", help_text="The day it was done, for example 27 3 2026")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today


class EventForm(TypedForm):
    key = forms.ChoiceField(label="What happened?")
    on = KnownDateField(label="When did it happen?", help_text=AS_KNOWN)
    at = forms.TimeField(
        label="At what time?",
        required=False,
        input_formats=["%H:%M"],
        help_text="Only where the law counts hours, such as 22:00",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
    )
    person = forms.ChoiceField(
        label="For whom?", required=False, help_text="Needed where it is owed to each person, such as an update"
    )
    note = forms.CharField(label="Note", required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, events: Sequence[RecordableEvent], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "key", [("", "Choose one"), *((one.key, _event_words(one)) for one in events)])
        offer(self, "person", [("", "Nobody in particular"), *(events[0].people if events else ())])

    @property
    def moment(self) -> datetime | None:
        return moment_of(self.cleaned_data["on"], self.cleaned_data["at"])


class CorrectionForm(TypedForm):
    what = forms.ChoiceField(
        label="What is wrong?",
        widget=forms.RadioSelect,
        choices=[("day", "It happened on another day"), ("not", "It did not happen")],
    )
    on = KnownDateField(label="When did it happen?", required=False, help_text=AS_KNOWN)
    at = forms.TimeField(
        label="At what time?",
        required=False,
        input_formats=["%H:%M"],
        help_text="Only where the law counts hours, such as 22:00",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
    )
    reason = forms.CharField(label="Why is it corrected?", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("what") == "day" and not given.get("on") and "on" not in self.errors:
            self.add_error("on", "Enter when it happened")
        return given


class AgreeForm(TypedForm):
    how = forms.ChoiceField(
        label="How does the day change?",
        widget=forms.RadioSelect,
        choices=[
            ("shorter", Hinted("An earlier day was agreed", "By agreement, SI 2020/4 regs 22 and 48")),
            ("longer", Hinted("It was extended", "By whoever the law gives that power")),
        ],
    )
    clock = forms.ChoiceField(label="Which limit?")
    person = forms.ChoiceField(label="For whom?", required=False)
    until_on = DayField(label="What is the last day now?", help_text="For example 27 3 2026")
    agreed_words = forms.CharField(label="Who agreed or decided?", max_length=300, widget=forms.TextInput(attrs=WIDE))
    on = DayField(label="When was that?", help_text="For example 27 3 2026")

    def __init__(self, *args: Any, clocks: Pairs, people: Pairs, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "clock", [("", "Choose one"), *clocks])
        offer(self, "person", [("", "Nobody in particular"), *people])
        self.fields["on"].initial = today


class PlaceForm(TypedForm):
    """Who of those eligible is given the place; each with what they have in hand and hold."""

    user = forms.ChoiceField(label="To whom?", widget=forms.RadioSelect)
    on = DayField(label="From which day?", help_text="For example 27 3 2026")
    capacity = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, proposed: Sequence[Proposed], capacity: Capacity, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "user", [(one.user.ref, Hinted(one.user.name, _in_hand(one))) for one in proposed])
        self.fields["on"].initial, self.fields["capacity"].initial = today, capacity.value


class SetAsideForm(TypedForm):
    reasons = forms.CharField(
        label="Why may they have the place all the same?",
        max_length=2000,
        help_text="It stands on the matter for everybody who reads it. Name no record that they may not see.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    on = DayField(label="From which day?", help_text="For example 27 3 2026")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today


class OutsideForm(TypedForm):
    ground = forms.ChoiceField(label="Why is another force asked?", widget=forms.RadioSelect)
    capacity = forms.ChoiceField(label="For which place?", widget=forms.RadioSelect)
    force = forms.CharField(label="Which force is asked?", max_length=80, widget=forms.TextInput(attrs=WIDE))
    reasons = forms.CharField(
        label="What should they know?",
        max_length=2000,
        help_text="It is printed on the request. Name nobody whose name they do not need.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    owner = forms.ChoiceField(label="Who follows it up?")
    due_on = DayField(label="By when is an answer wanted?", help_text="For example 27 3 2026")
    on = DayField(label="When was it asked?", help_text="For example 27 3 2026")

    def __init__(self, *args: Any, owners: Sequence[UserRow], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "ground", [(one.value, Hinted(one.words, one.law)) for one in OutsideGround])
        offer(self, "capacity", [(one.value, one.words) for one in Capacity if one in INDEPENDENT])
        offer(self, "owner", [("", "Choose one"), *((user.ref, user.name) for user in owners)])
        self.fields["on"].initial = today


class OutsideAnswerForm(TypedForm):
    agreed = forms.ChoiceField(
        label="Did they agree?", choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect
    )
    words = forms.CharField(
        label="What did they answer?",
        max_length=2000,
        help_text="Who will do it, or why not",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    on = DayField(label="When did they answer?", help_text="For example 27 3 2026")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today


class EndPlaceForm(TypedForm):
    on = DayField(label="Which is the first day without it?", help_text="For example 27 3 2026")
    reason = forms.CharField(label="Why does it end?", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today


class ReasonForm(VersionedForm):
    reason = forms.CharField(label="Why?", max_length=300, widget=forms.Textarea(attrs={"rows": 4}))


class EraseForm(VersionedForm):
    reason = forms.CharField(
        label="Why are these words erased?",
        max_length=2000,
        help_text="It stays in the journal in plain words, so name nobody",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    sure = forms.BooleanField(label="I understand that these words cannot be brought back")


class NarrativeForm(VersionedForm):
    text = forms.CharField(
        label="What happened, in their words", max_length=200_000, widget=forms.Textarea(attrs={"rows": 14})
    )
    reason = forms.CharField(
        label="Why does it change?",
        max_length=2000,
        help_text="What was said before stays in the journal",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CloseForm(Dated):
    on = DayField(label="On which day does it close?", help_text="For example 27 3 2026")
    reasons = forms.CharField(label="Why does it close?", widget=forms.Textarea(attrs={"rows": 4}))
    field_order = ("version", "on", "reasons")


class IdentifyForm(FindPersonForm, VersionedForm):
    evidence = forms.CharField(
        label="By what evidence?",
        max_length=5000,
        help_text="It is kept beside the description, which stays",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    field_order = ("version", "find", "chosen", "evidence")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not given.get("find", "").strip():
            self.add_error("find", "Enter the name, number or reference of the person")
        elif self.says_nobody:
            self.add_error("chosen", "Select who it was, or cancel")
        return given


class PartForm(VersionedForm):
    part = forms.ChoiceField(
        label="Which part do they play?", widget=forms.RadioSelect, choices=[(part.value, part.words) for part in Part]
    )


class GlassForm(TypedForm):
    ref = forms.CharField(
        label="Reference of the record",
        max_length=20,
        help_text="Of a matter, such as PM-3K7QX-9RT2W, of an intake item (PI) or of a person (PP)",
        widget=forms.TextInput(attrs={"class": "govuk-!-width-one-half"}),
    )
    reason = forms.CharField(label="Why must you open it?", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


def moment_of(on: KnownDate | None, at: time | None) -> datetime | None:
    """The moment in London, where a time was given and the day is known."""
    return datetime.combine(on.earliest, at, LONDON) if on and at and on.is_exact else None


def officer_choices(involved: Sequence[InvolvementRow]) -> list[tuple[str, str]]:
    """The officers concerned by their number in the matter."""
    return [
        (str(one.number), one.words)
        for one in involved
        if one.part is Part.OFFICER_CONCERNED and one.number is not None
    ]


def _leaves(group: CategoryGroup) -> list[tuple[str, str]]:
    return [(code, f"{code} {title}") for code, title in group.leaves if code != group.code]


def _event_words(event: RecordableEvent) -> str:
    notes = [words for said, words in ((event.each_person, "each person"), (event.has_time, "with the time")) if said]
    return f"{event.title} ({', '.join(notes)})" if notes else event.title


def _in_hand(one: Proposed) -> str:
    """What somebody has in hand and holds, as the hint of a choice."""
    matters = f"{one.load} open {'matter' if one.load == 1 else 'matters'} in hand" if one.load else "Nothing in hand"
    return f"{matters}. Holds: {', '.join(one.accreditations)}" if one.accreditations else matters
