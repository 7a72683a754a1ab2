"""The lessons of public inquiries and reports as pages: what each asks, and where it is kept or what it awaits."""

import re

from django import forms
from django.http import HttpResponseBase

from peelian.clocks.law import law as in_force
from peelian.rules.lessons import Keeping, Lesson, lessons
from peelian.terms.pages import Page
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.web.exports import exported
from peelian.web.lists import Column, list_state
from peelian.web.pages import PageRequest, find_page, page, shown

PART = re.compile(r"<[^>]+>")
COLUMNS = (
    Column("id", "Lesson"),
    Column("rule", "What it asks", sortable=False),
    Column("source", "Source"),
    Column("keeping", "Kept"),
)
HEADINGS = ("Lesson", "Source", "What went wrong", "What it asks", "Kept", "Where, or what is missing", "Falls short")


class LessonFilterForm(forms.Form):
    words = forms.CharField(label="Words", required=False)
    keeping = forms.ChoiceField(
        label="Kept", required=False, choices=[("", "Any"), *((one.value, one.words) for one in Keeping)]
    )


@page("law/lessons/", name="law-lessons", needs=Permission.READ_LAW)
def every_lesson(request: PageRequest) -> HttpResponseBase:
    """Each lesson on one line. Sorted by what the address says; exported as any list."""
    state = list_state(request, COLUMNS, default="id")
    form = LessonFilterForm(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    every = lessons(in_force())
    rows = sorted((one for one in every if _fits(one, given)), key=lambda one: one.id)
    rows.sort(key=lambda one: str(getattr(one, state.order.key)), reverse=state.order.descending)
    if state.export:
        cells = ((one.id, _cells(one)) for one in rows)
        return exported(request, state.export, "lessons", HEADINGS, cells)
    context = {
        "found": Page(tuple(rows), len(rows), 1, max(1, len(rows))),
        "columns": COLUMNS,
        "state": state,
        "form": form,
        "counts": [(keeping, sum(one.keeping is keeping for one in every)) for keeping in Keeping],
    }
    return shown(request, "law/lessons.html", context)


@page("law/lessons/<str:lesson_id>/", name="law-lesson", needs=Permission.READ_LAW)
def one_lesson(request: PageRequest, lesson_id: str) -> HttpResponseBase:
    """One lesson: what went wrong, the rule, how it is tried, and where it is kept."""
    lesson = next((one for one in lessons(in_force()) if one.id == lesson_id), None)
    if lesson is None:
        raise NotFound(f"lesson {lesson_id}")
    kept_on = find_page(lesson.page)
    context = {
        "lesson": lesson,
        "kept_on": kept_on,
        "address": PART.sub("…", f"/{kept_on.route}") if kept_on else "",
        "leads_there": kept_on is not None and "<" not in kept_on.route and kept_on.admits(request.viewer),
    }
    return shown(request, "law/lesson.html", context)


def _fits(lesson: Lesson, given: dict[str, str]) -> bool:
    text = f"{lesson.id} {lesson.source} {lesson.failure} {lesson.rule} {lesson.how} {lesson.missing}".lower()
    return given.get("words", "").lower() in text and given.get("keeping", "") in ("", lesson.keeping.value)


def _cells(one: Lesson) -> list[str]:
    where = one.how or f"Awaits {one.awaiting}: {one.missing}"
    return [one.id, one.source, one.failure, one.rule, one.keeping.words, where, one.falls_short]
