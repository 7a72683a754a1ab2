"""Forms of disclosure. They check the shape of what is typed; the actions check powers, grounds and the law."""

from collections.abc import Sequence
from typing import Any

from django import forms

from peelian.disclosure.actions.redacting import MarkDraft
from peelian.disclosure.redacting import Box, CannotRedact
from peelian.disclosure.rows import ChoiceRow, ItemRow, PackRow, RecipientRow, SourceRow
from peelian.disclosure.states import Decision, How
from peelian.rules.disclosure import Audience, Ground
from peelian.web.fields import Hinted, ground_choices, offer

WIDE = {"class": "govuk-!-width-full"}
USES = [("used", "Used: it is relied on"), ("unused", "Unused: it is not relied on")]
SENSES = [("no", "Not sensitive"), ("yes", "Sensitive")]
LEFT_OUT = "out"


class AddForm(forms.Form):
    """What of the matter goes on the schedule."""

    sources = forms.MultipleChoiceField(
        label="What goes on the schedule?", widget=forms.CheckboxSelectMultiple, required=True
    )

    def __init__(self, *args: Any, found: Sequence[SourceRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "sources", [(one.ref, Hinted(one.name, f"{one.kind.words}, {one.ref}")) for one in found])


class PassageForm(forms.Form):
    title = forms.CharField(label="What is it?", max_length=200, widget=forms.TextInput(attrs=WIDE))
    text = forms.CharField(
        label="Its words", max_length=200_000, help_text="As they were said or stand", widget=forms.Textarea
    )
    use = forms.ChoiceField(label="Is it relied on?", choices=USES, widget=forms.RadioSelect, initial="used")


class DecideForm(forms.Form):
    """A description and a decision. The version is that of the item as its author read it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(
        label="Description",
        max_length=300,
        help_text="So that who reads the schedule knows what it is, without what it says",
        widget=forms.TextInput(attrs=WIDE),
    )
    use = forms.ChoiceField(label="Is it relied on?", choices=USES, widget=forms.RadioSelect)
    sensitive = forms.ChoiceField(label="Is it sensitive?", choices=SENSES, widget=forms.RadioSelect)
    decision = forms.ChoiceField(
        label="What is decided?", choices=[(one.value, one.words) for one in Decision], widget=forms.RadioSelect
    )
    grounds = forms.MultipleChoiceField(
        label="On which grounds is something kept back?", required=False, widget=forms.CheckboxSelectMultiple
    )
    reasons = forms.CharField(
        label="Why, for this item?",
        required=False,
        max_length=20_000,
        help_text="What harm would follow, and why no less would do",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, grounds: Sequence[Ground], item: ItemRow, **kwargs: Any) -> None:
        now = item.now
        kwargs["initial"] = {
            "version": now.number,
            "title": now.title,
            "use": "used" if now.is_used else "unused",
            "sensitive": "yes" if now.is_sensitive else "no",
            "decision": now.decision.value,
            "grounds": [one.key for one in now.grounds],
            "reasons": now.reasons,
        }
        super().__init__(*args, **kwargs)
        offer(self, "grounds", ground_choices(grounds))


class SecondForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    agrees = forms.ChoiceField(
        label="Is it rightly withheld?",
        choices=[("yes", "Yes, I confirm it"), ("no", "No, it should be decided again")],
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(label="Why?", max_length=20_000, widget=forms.Textarea(attrs={"rows": 4}))


class RedactForm(forms.Form):
    """Words, a line each, and rectangles, a line each; one ground and reason for all of them."""

    audience = forms.ChoiceField(
        label="For whom is the copy made?",
        help_text="It goes to nobody else, unless somebody chooses it again for them with reasons",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label="Words to black out",
        required=False,
        help_text="One name, number or phrase a line. They are found in any case, with hyphens and over line ends",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    pages = forms.CharField(
        label="Only on these pages",
        required=False,
        max_length=200,
        help_text="For example 1, 3. Leave it empty for everywhere",
    )
    boxes = forms.CharField(
        label="Rectangles to black out",
        required=False,
        help_text="One a line: page, left, top, right, bottom, read off the grid. For example 1 10 20 45 26",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    span = forms.CharField(
        label="Characters to black out",
        required=False,
        help_text="One span a line, first and last character, counted from 1. For example 120 168",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    ground = forms.ChoiceField(label="On which ground?", widget=forms.RadioSelect)
    reason = forms.CharField(label="Why?", max_length=300, widget=forms.TextInput(attrs=WIDE))
    whole = forms.BooleanField(
        label="Turn every page into a picture",
        required=False,
        help_text="The strongest: no words can be read out of the copy at all",
    )
    leave = forms.CharField(
        label="Words that may stay where they stand elsewhere",
        required=False,
        help_text="Only where you black out chosen pages or rectangles. One a line",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    left_reason = forms.CharField(
        label="Why may they stay there?", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self, *args: Any, audiences: Sequence[Audience], grounds: Sequence[Ground], media: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "audience", [(one.key, one.words) for one in audiences])
        offer(self, "ground", ground_choices(grounds))
        unfit = {
            "application/pdf": ("span",),
            "text/plain": ("pages", "boxes", "whole", "leave", "left_reason"),
        }.get(media, ("words", "pages", "span", "whole", "leave", "left_reason"))
        for name in unfit:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["marks"] = [] if self.errors else self._marks(given)
        return given

    def _marks(self, given: dict[str, Any]) -> list[MarkDraft]:
        ground, reason = given["ground"], given["reason"]
        pages = tuple(self._numbers("pages", given.get("pages", ""), 0))
        found = [MarkDraft(ground, reason, words=line, pages=pages) for line in lines_of(given.get("words", ""))]
        for line in lines_of(given.get("boxes", "")):
            if (said := self._numbers("boxes", line, 5)) and (box := self._box(said[1:])):
                found.append(MarkDraft(ground, reason, pages=(int(said[0]),), box=box))
        for line in lines_of(given.get("span", "")):
            if said := self._numbers("span", line, 2):
                found.append(MarkDraft(ground, reason, start=int(said[0]), end=int(said[1])))
        return found

    def _numbers(self, field: str, typed: str, count: int) -> list[int]:
        """The whole numbers on a line; nothing, and an error, where there are others or not so many."""
        parts = typed.replace(",", " ").split()
        if not all(part.isdecimal() and len(part) < 9 for part in parts) or (count and len(parts) != count):
            wanted = {5: "five whole numbers a line: page, left, top, right, bottom", 2: "two whole numbers a line"}
            self.add_error(field, f"Use {wanted.get(count, 'whole numbers, such as 1, 3')}")
            return []
        return [int(part) for part in parts]

    def _box(self, sides: Sequence[int]) -> Box | None:
        try:
            return Box(*map(float, sides))
        except CannotRedact as wrong:
            self.add_error("boxes", str(wrong))
            return None


class AgainForm(forms.Form):
    """Another audience for a copy, and why."""

    audience = forms.ChoiceField(label="For whom else?", widget=forms.RadioSelect)
    reasons = forms.CharField(
        label="Why does it fit them too?",
        max_length=20_000,
        help_text="What they may see, and that nothing is blacked out which they should get",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, audiences: Sequence[Audience], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "audience", [(one.key, one.words) for one in audiences])


class PackForm(forms.Form):
    """To whom, on what basis and what for."""

    person = forms.ChoiceField(label="To whom does it go?", widget=forms.RadioSelect)
    who = forms.CharField(label="To whom does it go?", max_length=200, widget=forms.TextInput(attrs=WIDE))
    basis = forms.CharField(
        label="On what law or order is it given?", max_length=300, widget=forms.TextInput(attrs=WIDE)
    )
    purpose = forms.CharField(label="What is it given for?", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, to: Audience, people: Sequence[RecipientRow], **kwargs: Any) -> None:
        kwargs["initial"] = {"who": to.body, "basis": to.law, "person": people[0].key if len(people) == 1 else None}
        super().__init__(*args, **kwargs)
        del self.fields["who" if to.parts else "person"]
        if to.parts:
            offer(self, "person", [(one.key, one.words) for one in people])


class ChooseForm(forms.Form):
    """For each item that may go: left out, whole or redacted."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, pack: PackRow, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": pack.version}
        super().__init__(*args, **kwargs)
        self.rows = tuple(one for one in pack.choices if one.ways)
        for one in self.rows:
            self.fields[one.item.ref] = forms.ChoiceField(
                label=f"{one.item.number}. {one.item.now.title}",
                choices=[(LEFT_OUT, "Leave it out"), *((how.value, how.words) for how in one.ways)],
                widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline govuk-radios--small"}),
                initial=_now(one),
            )

    @property
    def items(self) -> dict[str, How]:
        given = self.cleaned_data
        return {one.item.ref: How(given[one.item.ref]) for one in self.rows if given[one.item.ref] != LEFT_OUT}


class StepForm(forms.Form):
    """A step that needs no words. `digest`: of what was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    digest = forms.CharField(required=False, widget=forms.HiddenInput)


class ReasonsForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    reasons = forms.CharField(max_length=20_000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reasons"].label = label


class GiveForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    way = forms.CharField(
        label="How is it handed over?",
        max_length=200,
        help_text="For example by hand at the station, on an encrypted stick",
        widget=forms.TextInput(attrs=WIDE),
    )
    safety_read = forms.BooleanField(
        label="I have read what people asked, and how the recipient may be reached", required=False
    )
    understood = forms.BooleanField(label="I know that it cannot be called back")

    def __init__(self, *args: Any, pack: PackRow, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": pack.version}
        super().__init__(*args, **kwargs)
        if not pack.concerns and not pack.reach.contacts:
            del self.fields["safety_read"]


def lines_of(typed: str) -> list[str]:
    """The lines that hold something."""
    return [line.strip() for line in typed.splitlines() if line.strip()]


def _now(one: ChoiceRow) -> str:
    return one.chosen.value if one.chosen in one.ways and one.chosen else LEFT_OUT
