"""Every component renders, stands up to axe, and carries no inline script or style."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import QueryDict
from django.template import engines
from django.test import RequestFactory
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import Route

from peelian.clocks.rows import DutyRow
from peelian.terms.known_dates import KnownDate
from peelian.terms.pages import Page
from peelian.terms.refusals import Refusal
from peelian.web.fields import DayField, KnownDateField
from peelian.web.lists import Column, list_state
from peelian.web.middleware import CONTENT_SECURITY_POLICY
from peelian.web.typed import Rows, TypedForm

GALLERY = Path(__file__).with_name("every_component.html")
COMPONENTS = Path(__file__).parents[3] / "peelian" / "web" / "templates" / "_components"
COLUMNS = (
    Column("ref", "Reference"),
    Column("came_on", "Came to attention"),
    Column("due", "What is owed", sortable=False),
    Column("allegations", "Allegations", number=True),
)
HOME = "http://127.0.0.1:1"


class EveryField(forms.Form):
    """One of each kind."""

    title = forms.CharField(label="Title", help_text="A few words", max_length=80)
    words = forms.CharField(label="What was said", widget=forms.Textarea)
    came = KnownDateField(label="When it came to attention", help_text="For example, 27 3 2021")
    served = DayField(label="When the notice was served", required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "Complaint"), ("b", "Conduct matter")])
    way = forms.ChoiceField(label="Way", choices=[("l", "Letter"), ("m", "E-mail")], widget=forms.RadioSelect)
    needs = forms.MultipleChoiceField(
        label="Needs", choices=[("i", "Interpreter"), ("p", "Large print")], widget=forms.CheckboxSelectMultiple
    )
    sure = forms.BooleanField(label="I have read it")
    count = forms.IntegerField(label="How many", required=False)
    secret = forms.CharField(label="Password", widget=forms.PasswordInput)
    file = forms.FileField(label="File", required=False)
    quiet = forms.CharField(widget=forms.HiddenInput, required=False)


class Filters(forms.Form):
    q = forms.CharField(label="Words", required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("", "Any"), ("complaint", "Complaint")], required=False)


class Sought(TypedForm):
    """What the box to look somebody up is drawn from, with nobody found."""

    find = forms.CharField(label="Name, number or reference of an officer", required=False)
    is_one = False
    met = ()


def overdue(on: date) -> DutyRow:
    """A duty that was due two days before `on`."""
    return DutyRow(
        clock="CMP-03",
        name="First progress update",
        matter_ref="PM-22222-22223",
        matter_heading="Rude at the front counter",
        person="Kit Marlowe",
        due_on=on - timedelta(days=2),
        due_at=None,
        due_words="",
        days_left=-2,
        state="open",
        nature="duty",
        is_open=True,
        is_overdue=True,
        waits_on="",
        owed_by="appropriate authority",
        owed_to="complainant",
        provision="SI 2020/2 reg 34(2)(a)(i)",
        unverified=True,
        by_todays_rules=True,
        on_breach="",
        because=("Start: 26 October 2026.",),
        owner="the Northgate unit",
        owner_is_nobody=True,
        is_mine=False,
    )


@pytest.fixture
def gallery() -> str:
    request = RequestFactory().get("/matters/", {"kind": "complaint", "sort": "-came_on", "page": "3"})
    found = Page(rows=("PM-K7QW9-3XDMP", "PM-22222-22223"), total=31271, number=3, size=25)
    context: dict[str, Any] = {
        "form": EveryField(QueryDict("title=&came_month=13&came_year=2021")),
        "filters": Filters(request.GET),
        "found": found,
        "state": list_state(request, COLUMNS, default="-came_on"),
        "columns": COLUMNS,
        "refused": Refusal("You are the officer concerned.", "SI 2020/2 reg 10"),
        "known": KnownDate.of(2021, 5),
        "today": date(2026, 11, 23),
        "rows": Rows("officer", QueryDict("officer_rows=0&officer-0-find=zzz&do=look"), Sought, at_first=1),
        "duty": overdue(date(2026, 11, 23)),
    }
    return engines["jinja2"].from_string(GALLERY.read_text()).render(context, request)


def test_the_gallery_draws_every_component() -> None:
    written = GALLERY.read_text()
    for file in COMPONENTS.glob("*.html"):
        for name in re.findall(r"{% macro (\w+)\(", file.read_text()):
            assert re.search(rf"\b{name}\b", written), f"{file.name}: {name} is not in the gallery"


def test_no_component_writes_inline_script_or_style(gallery: str) -> None:
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", gallery)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", gallery))


def test_text_that_looks_like_markup_stays_text(gallery: str) -> None:
    assert "&lt;b&gt;" in gallery
    assert "<b>" not in gallery


def test_a_date_known_to_the_month_says_so(gallery: str) -> None:
    assert "May 2021 (day not known)" in gallery
    assert 'datetime="2021-05"' in gallery


def test_a_filter_never_says_optional(gallery: str) -> None:
    assert "Words (optional)" not in gallery
    assert "How many (optional)" in gallery


def test_the_sorted_column_says_its_direction_and_its_link_turns_it(gallery: str) -> None:
    assert 'aria-sort="descending"' in gallery
    assert 'href="?kind=complaint&amp;sort=came_on"' in gallery


def test_every_component_stands_up_to_axe_and_breaks_no_policy(
    gallery: str, page: BrowserPage, axe: Callable[[BrowserPage], None], screenshot: Callable[..., Any]
) -> None:
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(HOME)
        if not path.startswith("/static/"):
            headers = {"Content-Security-Policy": CONTENT_SECURITY_POLICY}
            route.fulfill(body=gallery, content_type="text/html; charset=utf-8", headers=headers)
            return
        found = finders.find(path.removeprefix(staticfiles_storage.base_url))
        assert isinstance(found, str), path
        route.fulfill(path=found)

    page.route("**/*", answer)
    page.goto(f"{HOME}/matters/")
    page.wait_for_selector("body.govuk-frontend-supported")
    screenshot(page, "components")
    page.set_viewport_size({"width": 360, "height": 800})
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 360, f"the page scrolls sideways on a phone: {wide}"
    page.set_viewport_size({"width": 1280, "height": 900})
    axe(page)
    assert not complaints, complaints
