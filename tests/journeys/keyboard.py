"""Somebody who works with the keyboard alone: they tab until they are there, and must always see where they are."""

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import ElementHandle, Locator, Page, expect

MOST_STOPS = 250

# How the element in focus looks, with what may be drawn for it beside it (a radio button is drawn by its label).
LOOKS = """
const looks = (one) => [one, one.labels && one.labels[0], one.closest("a, button, summary")]
  .filter(Boolean)
  .flatMap((part) => [null, "::before", "::after"].map((pseudo) => getComputedStyle(part, pseudo)))
  .map((style) => [style.outline, style.boxShadow, style.backgroundColor, style.borderColor, style.borderWidth,
                   style.textDecoration, style.opacity, style.clip].join("|"))
  .join(" / ");
"""
SEEN = (
    "() => {"
    + LOOKS
    + """
  const here = document.activeElement;
  if (!here || here === document.body) return "nothing is in focus";
  const box = here.getBoundingClientRect();
  if (box.width < 2 || box.height < 2) return "what is in focus has no size";
  if (box.bottom < 0 || box.top > innerHeight || box.right < 0 || box.left > innerWidth) return "it is out of sight";
  const focused = looks(here);
  here.blur();
  const plain = looks(here);
  here.focus();
  return focused === plain ? "it looks the same with and without the focus" : "";
}"""
)
WHERE = """(wanted) => {
  const here = document.activeElement;
  if (wanted === here) return "here";
  if (wanted.type === "radio" && here.type === "radio" && here.name === wanted.name) return "its group";
  return (here.innerText || here.name || here.tagName || "").slice(0, 60);
}"""


@dataclass
class Keyboard:
    """Moves through `page` by Tab and Shift+Tab, and types. No method uses the mouse or sets the focus itself."""

    page: Page
    passed: list[str] = field(default_factory=list)

    def reach(self, wanted: Locator, key: str = "Tab") -> None:
        """Tab until `wanted` (one element) has the focus, and see that it shows."""
        expect(wanted).to_have_count(1)
        handle = wanted.element_handle()
        assert handle is not None
        self.passed = []
        for _ in range(MOST_STOPS):
            if self._where(handle) == "here":
                break
            self.page.keyboard.press(key)
            if self._where(handle) == "its group":
                self._within_its_group(handle)
                break
        assert self._where(handle) == "here", f"{wanted} is not reached by {key}; passed {self.passed}"
        hidden = self.page.evaluate(SEEN)
        assert hidden == "", f"the focus on {wanted} cannot be seen: {hidden}"

    def back_to(self, wanted: Locator) -> None:
        self.reach(wanted, "Shift+Tab")

    def press(self, role: str, name: str, *, within: Locator | None = None, by: str = "Enter") -> None:
        """Go to the link or button called `name` exactly and press it."""
        self.reach(self._called(role, name, within))
        self.page.keyboard.press(by)

    def open(self, role: str, name: str, *, within: Locator | None = None) -> None:
        """Press it and wait for the page that it leads to."""
        self.reach(self._called(role, name, within))
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def fill(self, label: str, text: str, *, within: Locator | None = None) -> None:
        """Type into the box with this label; what stood there is replaced."""
        box = (within or self.page).get_by_label(label, exact=True)
        self.reach(box)
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.type(text)
        expect(box).to_have_value(text)

    def fill_day(self, group: str, day: str, month: str, year: str) -> None:
        """The three boxes of a date."""
        boxes = self.page.get_by_role("group", name=group)
        for label, text in (("Day", day), ("Month", month), ("Year", year)):
            self.fill(label, text, within=boxes)

    def choose(self, label: str, *, within: Locator | None = None) -> None:
        """Choose the radio button with this label: Tab to its group, the arrows within it."""
        radio = (within or self.page).get_by_role("radio", name=label)
        self.reach(radio)
        self.page.keyboard.press("Space")
        expect(radio).to_be_checked()

    def tick(self, label: str, *, within: Locator | None = None) -> None:
        box = (within or self.page).get_by_role("checkbox", name=label)
        self.reach(box)
        self.page.keyboard.press("Space")
        expect(box).to_be_checked()

    def select(self, label: str, typed: str, value: str, *, within: Locator | None = None) -> None:
        """Choose from a list by typing how its words begin."""
        box = (within or self.page).get_by_label(label, exact=True)
        self.reach(box)
        self.page.keyboard.type(typed)
        expect(box).to_have_value(value)

    def give_file(self, label: str, path: Path) -> None:
        """Open the browser's own window for a file, and choose one there."""
        self.page.on("filechooser", lambda _: None)  # from here on the browser opens no window of its own
        self.reach(self.page.get_by_label(label, exact=True))
        with self.page.expect_file_chooser() as opened:
            self.page.keyboard.press("Enter")
        opened.value.set_files(path)

    def _called(self, role: str, name: str, within: Locator | None) -> Locator:
        return (within or self.page).get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]  # any role

    def _where(self, handle: ElementHandle) -> str:
        found = str(self.page.evaluate(WHERE, handle))
        self.passed.append(found)
        return found

    def _within_its_group(self, handle: ElementHandle) -> None:
        """Tab stops once in a group of radio buttons; the arrows move on within it."""
        for _ in range(MOST_STOPS):
            if self._where(handle) == "here":
                return
            self.page.keyboard.press("ArrowDown")
