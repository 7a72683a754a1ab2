"""From a plain form's bound field to the Design System's component, and the three-box date that may be partly known.

In: a Django form. Out: the name of a component and its parameters; dates as `date` or `KnownDate`.
"""

import calendar
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from peelian.rules.disclosure import Ground
from peelian.terms.known_dates import KnownDate, Precision
from peelian.terms.refusals import NotValid

MONTHS = [name.lower() for name in calendar.month_name[1:]]
EARLIEST_YEAR, LATEST_YEAR = 1900, 2100


class Hinted(str):
    """The words of a choice with a hint below them, such as a definition and its law."""

    hint: str

    def __new__(cls, words: str, hint: str = "") -> "Hinted":
        made = super().__new__(cls, words)
        made.hint = hint
        return made


class DateBoxes(forms.MultiWidget):
    """Day, month and year in three boxes; their names are `<field>_day`, `<field>_month`, `<field>_year`."""

    def __init__(self) -> None:
        super().__init__({"day": forms.TextInput(), "month": forms.TextInput(), "year": forms.TextInput()})

    def decompress(self, value: Any) -> list[str]:
        if value is None:
            return ["", "", ""]
        known = value if isinstance(value, KnownDate) else KnownDate(value)
        day = str(known.earliest.day) if known.precision is Precision.DAY else ""
        month = "" if known.precision is Precision.YEAR else str(known.earliest.month)
        return [day, month, str(known.earliest.year)]


class KnownDateField(forms.Field):
    """A date as well as it is known: to the day, the month or the year. Cleans to `KnownDate`, or None if empty."""

    widget = DateBoxes
    default_error_messages = {"required": "Enter the date, as well as it is known"}

    def clean(self, value: Any) -> KnownDate | None:
        day, month, year = ((part or "").strip() for part in (value or ["", "", ""]))
        if not (day or month or year):
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="required")
            return None
        if not year:
            raise forms.ValidationError("Date must include a year")
        if day and not month:
            raise forms.ValidationError("Date must include a month if it includes a day")
        if not (year.isdecimal() and EARLIEST_YEAR <= int(year) <= LATEST_YEAR):
            raise forms.ValidationError("Year must be 4 numbers, such as 2021")
        try:
            return KnownDate.of(int(year), _month(month) if month else None, int(day) if day else None)
        except ValueError:
            raise forms.ValidationError("Date must be a real date") from None


class DayField(KnownDateField):
    """A date that must be known to the day. Cleans to `date`, or None if empty."""

    default_error_messages = {"required": "Enter the date"}

    def clean(self, value: Any) -> date | None:  # type: ignore[override]  # a narrower kind of date, same boxes
        known = super().clean(value)
        if known is not None and not known.is_exact:
            raise forms.ValidationError("Date must include a day, a month and a year")
        return known.earliest if known else None


def _month(text: str) -> int:
    """`5`, `05`, `May` or `may`. Raises ValueError."""
    if text.isdecimal():
        return int(text)
    matches = [place for place, name in enumerate(MONTHS, 1) if len(text) >= 3 and name.startswith(text.lower())]
    if len(matches) != 1:
        raise ValueError(text)
    return matches[0]


def offer(form: forms.BaseForm, name: str, choices: Iterable[tuple[str, Any]]) -> None:
    """Give a choice field of a form its choices, which come from a query or a table and so are not written with it."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


def ground_choices(grounds: Sequence[Ground]) -> list[tuple[str, Hinted]]:
    """Grounds with their words and law."""
    return [
        (one.key, Hinted(one.label, f"{one.words} {one.law}{' (unverified)' if one.unverified else ''}"))
        for one in grounds
    ]


@contextmanager
def errors_shown_in(form: forms.BaseForm) -> Iterator[None]:
    """Around an action: a NotValid becomes an error of the form, on its field where the form has that field."""
    try:
        yield
    except NotValid as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.reason)


@dataclass(frozen=True, slots=True)
class Component:
    """`kind`: which macro draws it. `params`: what that macro is given."""

    kind: str
    params: dict[str, Any]


def describe(bound: BoundField, *, heading: bool = False, in_filter: bool = False) -> Component:
    """The component for a bound field. `heading`: its label is the page's h1 (one question on a page).

    `in_filter`: it stands in a filter, where nothing need be filled in and no label says so.
    """
    widget = bound.field.widget
    words = str(bound.label) if in_filter else _label(bound)
    params: dict[str, Any] = {"id": bound.auto_id, "name": bound.html_name}
    if bound.help_text:
        params["hint"] = {"text": bound.help_text}
    if bound.errors:
        params["errorMessage"] = {"text": _errors(bound)[0]}
    label = {"text": words, **({"isPageHeading": True, "classes": "govuk-label--l"} if heading else {})}
    legend_size = "govuk-fieldset__legend--l" if heading else "govuk-fieldset__legend--s"
    fieldset = {"legend": {"text": words, "isPageHeading": heading, "classes": legend_size}}
    if isinstance(widget, DateBoxes):
        return Component("date", params | {"fieldset": fieldset, "items": list(_boxes(bound))})
    if isinstance(widget, forms.CheckboxInput):
        return Component("checkboxes", _one_box(bound, params))
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return Component("checkboxes", params | {"idPrefix": bound.auto_id, "fieldset": fieldset} | _options(bound))
    if isinstance(widget, forms.RadioSelect):
        shape = {"idPrefix": bound.auto_id, "fieldset": fieldset, "classes": widget.attrs.get("class", "")}
        return Component("radios", params | shape | _options(bound))
    if isinstance(widget, forms.Select):
        return Component("select", params | {"label": label} | _options(bound))
    params["label"] = label
    if isinstance(widget, forms.Textarea):
        rows = widget.attrs.get("rows", 5)
        if key := widget.attrs.get("accesskey"):
            params["attributes"] = {"accesskey": key}
        return Component("textarea", params | {"value": _text(bound), "rows": 5 if rows == "10" else rows})
    if isinstance(widget, forms.FileInput):
        return Component("file", params)
    if isinstance(widget, forms.HiddenInput):
        return Component("hidden", params | {"value": _text(bound)})
    if isinstance(widget, forms.PasswordInput):
        return Component("password", params | {"autocomplete": widget.attrs.get("autocomplete", "current-password")})
    return Component("input", params | _input(bound))


def error_list(form: forms.BaseForm) -> list[dict[str, str]]:
    """What the error summary lists: each error with a link to its field."""
    errors = [{"text": str(error), "href": "#main-content"} for error in form.non_field_errors()]
    for bound in form:
        component = describe(bound)
        target = f"{bound.auto_id}-day" if component.kind == "date" else bound.auto_id
        errors.extend({"text": words, "href": f"#{target}"} for words in _errors(bound))
    return errors


def _errors(bound: BoundField) -> list[str]:
    """The errors in words that stand alone in a summary: what is missing is named."""
    widget = bound.field.widget
    verb = "Select" if isinstance(widget, forms.Select | forms.CheckboxSelectMultiple | forms.FileInput) else "Enter"
    label = str(bound.label)
    noun = label if label[1:2].isupper() else label[:1].lower() + label[1:]
    missing = f'Answer "{label}"' if label.endswith("?") else f"{verb} {noun}"
    if isinstance(widget, forms.CheckboxInput):
        missing = f'Tick "{label}" to go on'
    default = forms.Field.default_error_messages["required"]
    return [missing if str(error) == str(default) else str(error) for error in bound.errors]


def _label(bound: BoundField) -> str:
    optional = not bound.field.required and not isinstance(bound.field, forms.BooleanField)
    said_already = "optional" in str(bound.label).lower()
    return f"{bound.label} (optional)" if optional and not said_already else str(bound.label)


def _text(bound: BoundField) -> str:
    value = bound.value()
    return "" if value is None else str(value)


def _input(bound: BoundField) -> dict[str, Any]:
    widget = bound.field.widget
    attributes = {key: str(value) for key, value in widget.attrs.items() if key in ("maxlength", "list")}
    kind = getattr(widget, "input_type", "text")
    if kind == "number":  # the Design System asks for text boxes with a numeric keyboard instead
        return {"value": _text(bound), "inputmode": "numeric", "classes": "govuk-input--width-5"}
    return {
        "type": kind,
        "value": _text(bound),
        "classes": widget.attrs.get("class", ""),
        "autocomplete": widget.attrs.get("autocomplete", "off"),
        "spellcheck": False if kind == "email" else None,
        "attributes": attributes,
    }


def _one_box(bound: BoundField, params: dict[str, Any]) -> dict[str, Any]:
    item = {"value": "on", "text": str(bound.label), "checked": bool(bound.value()), "id": bound.auto_id}
    if bound.help_text:
        item["hint"] = {"text": bound.help_text}
    return {key: value for key, value in params.items() if key != "hint"} | {"items": [item]}


def _options(bound: BoundField) -> dict[str, Any]:
    value = bound.value()
    many = isinstance(value, list | tuple | set)
    chosen = {str(one) for one in value} if many else {"" if value is None else str(value)}
    select = isinstance(bound.field.widget, forms.Select) and not isinstance(bound.field.widget, forms.RadioSelect)
    mark = "selected" if select else "checked"
    items = [
        {"value": str(key), "text": str(words), mark: str(key) in chosen}
        | ({"hint": {"text": words.hint}} if isinstance(words, Hinted) else {})
        for key, words in _flat(bound.field.widget.choices)
        if select or str(key) != ""
    ]
    return {"items": items}


def _flat(choices: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    for key, words in choices:
        if isinstance(words, list | tuple):
            yield from words
        else:
            yield key, words


def _boxes(bound: BoundField) -> Iterator[dict[str, Any]]:
    value = bound.value()
    parts = value if isinstance(value, list) else bound.field.widget.decompress(value)
    failed = " govuk-input--error" if bound.errors else ""
    for part, given, width in zip(("day", "month", "year"), parts, (2, 2, 4), strict=True):
        yield {
            "name": f"{bound.html_name}_{part}",
            "label": part.capitalize(),
            "id": f"{bound.auto_id}-{part}",
            "value": given or "",
            "classes": f"govuk-input--width-{width}{failed}",
        }
