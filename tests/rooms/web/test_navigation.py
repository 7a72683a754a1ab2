"""The navigation: sections at the top, the pages of one section below, each to those who may open it."""

from collections.abc import Callable

import pytest
from django.test import Client

from peelian.terms.viewer import Viewer
from peelian.web.context import Menu, menu_for
from peelian.web.navigation import MENU


def names(entries: list[dict[str, str]]) -> list[str]:
    return [entry["text"] for entry in entries]


def here(entries: list[dict[str, str]]) -> list[str]:
    return [entry["text"] for entry in entries if entry["current"] or entry["active"]]


@pytest.fixture
def menu(optional_second_factor: None, sign_in: Callable[..., Client], seen: list[Menu]) -> Callable[[str, str], Menu]:
    def at(role: str, address: str) -> Menu:
        assert sign_in(role).get(address).status_code == 200
        return seen[-1]

    return at


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[Menu]:
    """Every menu that a page was drawn with, the last at the end."""
    drawn: list[Menu] = []

    def draw(viewer: Viewer | None, address: str) -> Menu:
        drawn.append(menu_for(viewer, address))
        return drawn[-1]

    monkeypatch.setattr("peelian.web.context.menu_for", draw)
    return drawn


def test_no_page_stands_in_two_sections() -> None:
    assert len(set(MENU)) == len(MENU)


def test_nobody_has_a_menu_before_they_sign_in() -> None:
    assert menu_for(None, "/") == Menu()


def test_a_section_shows_its_pages_on_each_of_them(menu: Callable[[str, str], Menu]) -> None:
    drawn = menu("head_of_professional_standards", "/disparity/")
    assert names(drawn.sections)[:4] == ["My work", "Intake", "Matters", "People"]
    assert (here(drawn.sections), drawn.section) == (["Learning"], "Learning")
    assert (names(drawn.pages), here(drawn.pages)) == (["Look-back", "Recommendations", "Disparity"], ["Disparity"])


def test_a_page_below_one_of_the_navigation_stands_in_its_section(menu: Callable[[str, str], Menu]) -> None:
    drawn = menu("head_of_professional_standards", "/wash/figures/")
    assert (here(drawn.sections), here(drawn.pages)) == (["People"], ["Wash"])


def test_a_section_of_which_somebody_has_one_page_bears_the_name_of_that_page(menu: Callable[[str, str], Menu]) -> None:
    drawn = menu("member_of_staff", "/mine/declarations/")
    assert (names(drawn.sections), drawn.pages) == (["My declarations", "Law"], [])


def test_a_page_outside_the_navigation_stands_in_no_section(menu: Callable[[str, str], Menu]) -> None:
    drawn = menu("head_of_professional_standards", "/account/")
    assert here(drawn.sections) == [] == drawn.pages
