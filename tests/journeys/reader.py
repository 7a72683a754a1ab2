"""Somebody at a browser who works by the words of the page and by the keyboard: what a desk of casework is made of."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from playwright.sync_api import Locator, Page


@dataclass
class Reader:
    """Somebody at their browser. `url`: of the served force, without a closing slash."""

    url: str
    page: Page
    who: str

    def goes(self, path: str) -> Self:
        answer = self.page.goto(self.url + path)
        assert answer is not None
        assert answer.status == 200, f"{self.who} at {path}: {answer.status}\n{self.reads()[:600]}"
        assert "/account/" not in self.page.url, f"{self.who} is not signed in"
        return self

    def reads(self) -> str:
        """All that the page says, in one line: the pages come without their style, which keeps the breaks of lines."""
        return " ".join(self.page.get_by_role("main").inner_text().split())

    def sees(self, *words: str) -> Self:
        said = self.reads()
        for one in words:
            assert " ".join(one.split()) in said, f"{self.who} does not read {one!r} at {self.page.url}:\n{said[:3000]}"
        return self

    def sees_no(self, *words: str) -> Self:
        said = self.reads()
        for one in words:
            assert " ".join(one.split()) not in said, f"{self.who} reads {one!r} at {self.page.url}"
        return self

    def follows(self, words: str) -> Self:
        """A link, or a link that is drawn as a button, by its words."""
        main = self.page.get_by_role("main")
        link = main.get_by_role("link", name=words).or_(main.locator("a[role=button]", has_text=words)).first
        return self._goes_by(link)

    def presses(self, button: str) -> Self:
        return self._goes_by(self.page.get_by_role("button", name=button, exact=True))

    def _goes_by(self, link: Locator) -> Self:
        """By the keyboard: where a mouse would wait for the page to lie still, a key does not."""
        with self.page.expect_navigation():
            link.press("Enter")
        return self

    @staticmethod
    def ticks(box: Locator) -> None:
        """A radio button or a checkbox, by the keyboard."""
        box.press("Space")

    def types(self, label: str, text: str, *, within: str = "") -> Self:
        place = self.page.get_by_role("group", name=within, exact=True) if within else self.page
        place.get_by_label(label, exact=True).fill(text)
        return self

    def chooses(self, label: str, *, within: str = "") -> Self:
        place = self.page.get_by_role("group", name=within, exact=True) if within else self.page
        self.ticks(place.get_by_label(label, exact=True))
        return self

    def day(self, group: str, day: date) -> Self:
        self._day_in(self.page.get_by_role("group", name=group, exact=True), day)
        return self

    def _day_in(self, boxes: Locator, day: date) -> None:
        for label, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            boxes.get_by_label(label, exact=True).fill(str(number))

    def succeeds(self, words: str) -> Self:
        """What the page that follows an act says at its head."""
        said = self.page.get_by_role("status").all_inner_texts()
        assert any(words in one for one in said), f"{self.who} at {self.page.url}: {said}\n{self.reads()[:2500]}"
        return self
