"""Forms that come back as they were typed: rows that are added and taken away by a button, people that are looked for.

In: what was posted. Out: forms that show it again, with or without its errors. Nothing here needs a script: each button
posts the whole page, so nothing typed is lost.
"""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict

from peelian.people import queries as people
from peelian.people.rows import PersonLine
from peelian.terms.viewer import Viewer

MOST_ROWS = 50
MOST_FOUND = 10
NOBODY = "nobody"
DO = "do"  # the name of every button of such a page; its value says what was pressed


class TypedForm(forms.Form):
    """A form that shows what was typed without judging it, until somebody presses the button that acts."""

    def __init__(self, *args: Any, checked: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.checked = checked

    @property
    def errors(self) -> ErrorDict:
        return super().errors if self.checked else ErrorDict()

    @property
    def is_blank(self) -> bool:
        """Nothing was typed in it."""
        return not any(_said(self[name].value()) for name in self.fields)


Form = TypeVar("Form", bound=TypedForm)


class Rows(Generic[Form]):
    """Forms of one kind, one below another. Which ones stand is kept in the hidden field `<name>_rows`.

    `make(data, prefix, number)` gives one. Buttons: `add <name>` and `remove <name> <number>`. A row in which nothing
    was typed is left out; where `each_counts`, it is checked like every other, so that nothing asked for is dropped.
    """

    def __init__(
        self,
        name: str,
        data: QueryDict | None,
        make: Callable[..., Form],
        *,
        at_first: int,
        each_counts: bool = False,
    ) -> None:
        self.name = name
        self.each_counts = each_counts
        numbers = list(range(at_first))
        if data is not None:
            kept = data.get(f"{name}_rows", "").split(",")
            numbers = list(dict.fromkeys(int(one) for one in kept if one.isdecimal() and len(one) < 6))[:MOST_ROWS]
            pressed = data.get(DO, "")
            if pressed == f"add {name}" and len(numbers) < MOST_ROWS:
                numbers.append(max(numbers, default=-1) + 1)
            numbers = [one for one in numbers if pressed != f"remove {name} {one}"]
        self.numbers = numbers
        self.forms = [make(data=data, prefix=f"{name}-{number}") for number in numbers]
        for form in self.forms:
            form.checked = form.checked and (each_counts or not form.is_blank)

    @property
    def kept(self) -> str:
        """The value of the hidden field."""
        return ",".join(str(number) for number in self.numbers)

    @property
    def next_id(self) -> str:
        """The id on the page of the row that the button `add` adds."""
        return f"{self.name}-{max(self.numbers, default=-1) + 1}"

    @property
    def pairs(self) -> list[tuple[int, Form]]:
        return list(zip(self.numbers, self.forms, strict=True))

    @property
    def filled(self) -> list[tuple[int, Form]]:
        """Those that count."""
        return [(number, form) for number, form in self.pairs if self.each_counts or not form.is_blank]

    @property
    def are_sound(self) -> bool:
        """Whether every filled one is in order; each is checked, so that all errors show at once."""
        checked = [form.is_valid() for _, form in self.filled]
        return all(checked)


class FindPersonForm(TypedForm):
    """Somebody in the register, looked for by name, number or reference, then chosen from those it may mean."""

    find = forms.CharField(
        label="Name, number or reference",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "govuk-!-width-two-thirds"}),
    )
    field_order: tuple[str, ...] | None = ("find", "chosen")

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = str(self["find"].value() or "").strip()
        self.met = people.find(viewer, words, limit=MOST_FOUND) if words else ()
        if self.met:
            listed = [(row.ref, about(row)) for row in self.met]
            self.fields["chosen"] = forms.ChoiceField(
                label="Which of these?",
                required=False,
                choices=[*listed, (NOBODY, "None of these")],
                widget=forms.RadioSelect,
                initial=self.met[0].ref if self.is_one else None,
            )
            self.order_fields(self.field_order)

    @property
    def is_one(self) -> bool:
        """Whether what was typed is the reference of one person."""
        return len(self.met) == 1 and self.met[0].ref == str(self["find"].value() or "").strip().upper()

    @property
    def person(self) -> PersonLine | None:
        """Who was chosen, as far as it is known yet."""
        if self.is_one:
            return self.met[0]
        chosen = self["chosen"].value() if self.met else None
        return next((row for row in self.met if row.ref == chosen), None)

    @property
    def says_nobody(self) -> bool:
        """Whether it was said that none of those found is meant."""
        return bool(self.met) and not self.is_one and self["chosen"].value() == NOBODY

    @property
    def person_ref(self) -> str:
        return self.person.ref if self.person else ""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("find", "").strip() and not self.met:
            self.add_error("find", "Nobody you may see has this name, number or reference. Change it, or clear it.")
        elif self.met and not self.person and not self.says_nobody:
            self.add_error("chosen", "Select which person is meant, or change what you typed")
        return given


def about(row: PersonLine) -> str:
    """Who this is, on one line."""
    known = (row.name, row.rank or row.kind.words, row.unit, row.met_as and f"found as {row.met_as}", row.ref)
    return ", ".join(word for word in known if word)


def _said(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return any(_said(one) for one in value)
    return bool(str(value).strip()) if value not in (None, False) else False
