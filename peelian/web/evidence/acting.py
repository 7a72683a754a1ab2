"""What the pages of this journey share: who may open them, the matter around them, and a form that acts."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponseBase

from peelian.evidence import queries
from peelian.evidence.rows import ExhibitRow
from peelian.matters import queries as matters
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.web.fields import errors_shown_in
from peelian.web.pages import PageRequest, go, shown

READERS = (Permission.READ_MATTERS, Permission.READ_PLACED_MATTERS)
KEEPS = Permission.KEEP_EVIDENCE
MATTER = RecordKind.MATTER
WRITES = ("GET", "HEAD", "POST")
HERE = "matters/<str:ref>/evidence/"
EXHIBIT = f"{HERE}exhibits/<str:exhibit_ref>/"


def exhibit_on(request: PageRequest, ref: str, exhibit_ref: str) -> ExhibitRow:
    """An exhibit of this matter. Raises NotFound, also for one of another matter."""
    matters.matter(request.viewer, ref)
    found = queries.exhibit(request.viewer, exhibit_ref)
    if found.line.matter_ref != ref:
        raise NotFound(f"exhibit {exhibit_ref} of {ref}")
    return found


def acted(
    request: PageRequest,
    form: forms.Form,
    do: Callable[[dict[str, Any]], object],
    *,
    done: str,
    to: str,
    **parts: str,
) -> HttpResponseBase | None:
    """The way on once the act is done; None while the form is to be shown."""
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            do(form.cleaned_data)
            return go(to, request=request, done=done, **parts)
    return None


def exhibit_form(
    request: PageRequest, row: ExhibitRow, form: forms.Form, *, title: str, button: str, about: str = ""
) -> HttpResponseBase:
    """A form about one exhibit."""
    context = {"exhibit": row, "form": form, "title": title, "button": button, "about": about}
    return shown(request, "evidence/of_exhibit.html", context, opened=row.line.matter_ref)
