"""Shapes of what the oversight pages are told. The law of each act is checked in the act."""

from collections.abc import Iterable
from typing import Any

from django import forms

from peelian.people.rows import UnitRow
from peelian.terms.acts import Act, RecordKind
from peelian.walls.roles import roles
from peelian.web.fields import DayField, offer


class EntryFilterForm(forms.Form):
    words = forms.CharField(label="Words", required=False)
    key = forms.CharField(label="Record's reference", required=False)
    actor = forms.CharField(label="Who (such as user:PU-…)", required=False)
    act = forms.ChoiceField(
        label="Act",
        required=False,
        choices=[("", "Any"), *((act.value, act.value.capitalize()) for act in Act)],
    )
    kind = forms.ChoiceField(
        label="Kind of record",
        required=False,
        choices=[("", "Any"), *((kind.value, kind.value.capitalize()) for kind in RecordKind)],
    )
    from_on = DayField(label="From", required=False)
    to_on = DayField(label="To", required=False)


class UserFilterForm(forms.Form):
    words = forms.CharField(label="Name or username", required=False)
    role = forms.ChoiceField(label="Role", required=False)
    active = forms.ChoiceField(
        label="May sign in",
        required=False,
        choices=[("", "Either"), ("yes", "Yes"), ("no", "No")],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "role", [("", "Any"), *((role.key, role.title) for role in roles().values())])


class UserForm(forms.Form):
    name = forms.CharField(label="Full name", max_length=200)
    username = forms.CharField(
        label="Username", max_length=150, help_text="What they type to sign in, such as j.okafor. It cannot be changed."
    )
    email = forms.EmailField(label="Work email address", required=False)
    person = forms.CharField(
        label="Their reference in the register of people",
        required=False,
        max_length=20,
        help_text="Such as PP-K7QW9-3XDMP. Without it, nothing keeps them out of a matter in which they are involved.",
    )
    unit = forms.ChoiceField(
        label="Unit",
        required=False,
        help_text="Where they work. A supervisor answers for what nobody owns yet in their unit.",
    )
    roles = forms.MultipleChoiceField(label="Roles", widget=forms.CheckboxSelectMultiple)
    password = forms.CharField(
        label="First password",
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 12 characters. Leave empty where they sign in through the force's own directory.",
    )

    def __init__(self, *args: Any, units: Iterable[UnitRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", [("", "None"), *((unit.ref, unit.name) for unit in units)])
        offer(self, "roles", [(role.key, f"{role.title}: {role.description}") for role in roles().values()])


class ReasonForm(forms.Form):
    reason = forms.CharField(label="Reason", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class GrantForm(ReasonForm):
    role = forms.ChoiceField(label="Role", widget=forms.RadioSelect)
    field_order = ("role", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "role", [(role.key, f"{role.title}: {role.description}") for role in roles().values()])


class UnitOfUserForm(ReasonForm):
    unit = forms.ChoiceField(
        label="Unit",
        required=False,
        help_text="Where they work. A supervisor answers for what nobody owns yet in their unit.",
    )
    field_order = ("unit", "reason")

    def __init__(self, *args: Any, units: Iterable[UnitRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", [("", "None"), *((unit.ref, unit.name) for unit in units)])


class PersonOfUserForm(ReasonForm):
    person = forms.CharField(
        label="Their reference in the register of people",
        required=False,
        max_length=20,
        help_text="Such as PP-K7QW9-3XDMP. Leave it empty if they are nobody in the register.",
        widget=forms.TextInput(attrs={"class": "govuk-!-width-one-half"}),
    )
    field_order = ("person", "reason")


class BodyOfUserForm(forms.Form):
    body = forms.CharField(
        label="The other force or body that they come from",
        required=False,
        max_length=120,
        help_text="Such as Northbeck Police, or the IOPC. Leave it empty if they come from this force.",
        widget=forms.TextInput(attrs={"class": "govuk-!-width-two-thirds"}),
    )
    words = forms.CharField(
        label="How is that known?",
        max_length=2000,
        help_text="Such as the letter that lends them to this force, and its day",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PasswordForm(forms.Form):
    password = forms.CharField(
        label="New password",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 12 characters. Give it to them in person; they can change it on their account page.",
    )


class DelegateForm(ReasonForm):
    user = forms.ChoiceField(label="Who stands in", widget=forms.Select)
    field_order = ("user", "reason")

    def __init__(self, *args: Any, users: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "user", [("", "Choose"), *users])


class AlertForm(forms.Form):
    words = forms.CharField(
        label="What did you find, and what was done?", max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
