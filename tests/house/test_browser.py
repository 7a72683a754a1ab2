"""The browser of the tests: it sees the served page, finds what axe finds, and reaches no other machine."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page

from tests.conftest import Served


def test_the_sign_in_page_has_no_accessibility_violation(
    served: Served, page: Page, axe: Callable[[Page], None], screenshot: Callable[..., list[Path]]
) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.goto(served.url)
    assert page.get_by_role("button", name="Sign in", exact=True).is_visible()
    axe(page)
    screenshot(page, "sign-in")
    assert [line for line in said if line.startswith("error")] == []


def test_axe_finds_what_is_wrong(page: Page, axe: Callable[[Page], None]) -> None:
    page.set_content("<html lang=en><title>Wrong</title><main><h1>Wrong</h1><img src=x></main>")
    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)


def test_the_browser_reaches_no_other_machine(page: Page) -> None:
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://peelian.example/")
