"""A case as the people of a department work it in a browser: each at their own desk, page after page, by its words.

A journey reads like prose: `case.desk("handler").receives(...)`, `case.desk("authority").decides("severity", ...)`.
Steps are found on the casework page as their user finds them; what is missing there makes the journey fail.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from playwright.sync_api import Browser, Page

from peelian.clocks.law import law
from peelian.demo.deliberations import answers_for
from peelian.rules.words import day_words
from peelian.statute import Option, Step
from tests.journeys.reader import Reader

Check = Callable[[Page], None]
FIRST = "Nothing else is known of them."


@dataclass(frozen=True)
class Station:
    """A served force. `cookies`: of everybody who signed in before. `names`: by post. `keys`: of the
    people concerned, by name. `today`: the day its pages believe it is. `checked`: kinds of page that axe saw."""

    url: str
    today: date
    cookies: dict[str, dict[str, Any]]
    names: dict[str, str]
    keys: dict[str, str]
    checked: set[str] = field(default_factory=set)


@dataclass
class Case:
    """One matter and the desks at which it is worked. `officer`: the name of the person concerned."""

    station: Station
    browser: Browser
    context: dict[str, Any]
    axe: Check
    officer: str = ""
    complainant: str = ""
    ref: str = ""
    kind: str = ""
    desks: dict[str, "Desk"] = field(default_factory=dict)

    def desk(self, who: str) -> "Desk":
        """The desk of somebody who is signed in as themselves."""
        if who not in self.desks:
            context = self.browser.new_context(**self.context, java_script_enabled=False)
            context.set_default_timeout(60_000)  # the machine may be busy
            context.route("**/*.{css,woff2,js,svg,png,ico}", lambda asked: asked.abort())  # looks are axe's affair
            context.add_cookies([self.station.cookies[who]])  # type: ignore[list-item]  # as the test client gave it
            self.desks[who] = Desk(self.station.url, context.new_page(), who, self)
        return self.desks[who]

    def concerns(self, officer: str, kind: str) -> None:
        """Who the person concerned is, and what the matter turns out to be."""
        self.officer, self.kind = officer, kind

    def reads_with_axe(self, who: str, url: str) -> None:
        context = self.browser.new_context(**self.context)
        context.add_cookies([self.station.cookies[who]])  # type: ignore[list-item]  # as the test client gave it
        page = context.new_page()
        page.goto(url)
        self.axe(page)
        context.close()

    def leave(self) -> None:
        for one in self.desks.values():
            one.page.context.close()


@dataclass
class Desk(Reader):
    """Where somebody works on a case."""

    case: Case

    @property
    def name(self) -> str:
        return self.case.station.names[self.who]

    def checks(self, name: str) -> "Desk":
        """axe, once for each kind of page, where a script may run."""
        if name not in self.case.station.checked:
            self.case.station.checked.add(name)
            self.case.reads_with_axe(self.who, self.page.url)
        return self

    # what arrives

    def receives(self, words: str, *, heading: str, sender: str, channel: str = "") -> "Desk":
        """First contact: what somebody said, word for word."""
        self.goes("/intake/").follows("Take something in").checks("take in")
        shown = self.page.get_by_label("How did it arrive?")
        shown.select_option(**({"label": channel} if channel else {"index": 1}))
        self.types("Heading", heading).types("What arrived, word for word", words)
        self.types("Or what is known of them (optional)", sender)
        self.presses("Take it in").succeeds("It was taken in as PI-")
        return self.sees(words)

    def assesses(self, kind: str, *, tests: Collection[str] = ()) -> "Desk":
        """From the item to what it is. `kind`: the words of the choice."""
        self.follows("Assess: what is this?").checks("assess")
        self.ticks(self.page.get_by_role("radio", name=kind, exact=True))
        for test in tests:
            self.ticks(self.page.get_by_role("checkbox", name=re.compile(f"^{test}:")))
        return self.presses("Continue")

    def records(
        self,
        *,
        came: date,
        reasons: str = "It is what the definition says.",
        category: str = "H4",
        alleged: str,
        complainant: tuple[str, str] | None = ("Asha", "Bright"),
        interested: tuple[str, str] | None = None,
    ) -> "Desk":
        """The matter with the officer concerned, who is looked up, and one allegation against them."""
        case, page = self.case, self.page
        self.types("Why is it recorded as this kind?", reasons)
        self.day("When did it come to attention?", came)
        self.types("Name, number or reference (optional)", case.officer, within="Officer 1")
        self.presses("Look up Officer 1")
        officer = page.get_by_role("group", name="Officer 1", exact=True)
        self.ticks(officer.get_by_role("radio", name=re.compile(case.officer)))
        if complainant:
            self.new_person("Complainant 1", *complainant)
        else:
            self.presses("Remove Complainant 1")
        if interested:
            self.presses("Add an interested person")
            self.new_person("Interested person 1", *interested)
        row = page.get_by_role("group", name="Allegation 1", exact=True)
        row.get_by_label("National category").select_option(category)
        row.get_by_label("What is alleged?").fill(alleged)
        self.ticks(row.get_by_role("checkbox", name=re.compile(f"{case.officer}|Officer 1")))
        self.ticks(page.get_by_role("checkbox", name="I have no conflict of interest in this matter"))
        self.checks("record").presses("Record the matter").succeeds("The matter was recorded as PM-")
        case.ref = page.url.partition("#")[0].rstrip("/").rsplit("/", 1)[1]
        case.complainant = " ".join(complainant or ())
        return self

    def records_on(self, kind: str, reasons: str) -> "Desk":
        """A matter that comes of another, on a page that holds already what the other says."""
        page = self.page
        self.ticks(page.get_by_role("radio", name=kind, exact=True))
        self.types("Why is it recorded as this kind?", reasons)
        self.ticks(page.get_by_role("checkbox", name="I have no conflict of interest in this matter"))
        self.presses("Record the matter").succeeds("The matter was recorded as PM-")
        self.case.ref = page.url.partition("#")[0].rstrip("/").rsplit("/", 1)[1]
        return self

    def new_person(self, group: str, given: str, family: str) -> None:
        row = self.page.get_by_role("group", name=group, exact=True)
        row.locator("summary").first.press("Enter")
        row.get_by_label("Given names (optional)", exact=True).fill(given)
        row.get_by_label("Family name (optional)", exact=True).fill(family)

    # who works on it

    def gives_place(self, capacity: str, to: str) -> "Desk":
        """A place on the matter, to somebody whom Peelian proposes; who then signs that they have no conflict."""
        name = self.case.station.names[to]
        self.goes(f"/matters/{self.case.ref}/").follows("Give a place on this matter")
        if self.page.get_by_role("link", name=capacity, exact=True).count():
            self.follows(capacity)
        self.checks("place").ticks(self.page.get_by_role("radio", name=name, exact=True))
        self.presses("Give the place")
        self.case.desk(to).signs_for_no_conflict()
        return self

    def signs_for_no_conflict(self) -> "Desk":
        """Whoever was given a place, before they open the matter."""
        self.goes(f"/matters/{self.case.ref}/").checks("sign for no conflict")
        self.ticks(self.page.get_by_role("radio", name="I have no conflict of interest", exact=True))
        self._goes_by(self.page.get_by_role("main").get_by_role("button").first)
        assert self.page.url.endswith(f"/matters/{self.case.ref}/"), self.reads()
        return self

    # decisions

    def casework(self) -> "Desk":
        path = f"/matters/{self.case.ref}/casework/"
        return self if self.page.url.endswith(path) else self.goes(path)

    def opens(self, step: str, *, of: str = "") -> "Desk":
        """A step by its link on the casework page. `of`: the person for whom, where there is more than one."""
        row = law().steps[step]
        self.casework()
        item = self.page.locator("ul.peelian-steps > li").filter(has_text=row.words)
        links = item.get_by_role("link", name=re.compile(_exactly(row, of)))
        if not links.count():
            self.page.reload()  # somebody else may have acted since it was opened
        assert links.count() == 1, f"{self.who} finds {links.count()} links to {row.words!r} ({step}):\n{self.reads()}"
        return self._goes_by(links)

    def decides(
        self,
        outcome: str,
        reasons: str = "",
        *,
        told: str = "",
        of: str = "",
        fixed: date | None = None,
        signed_by: str = "",
    ) -> "Desk":
        """Take a step (`step=option`). `told`: what the answers indicate, where that is not what is decided.

        Where the joint view comes first it is read. `signed_by`: who signs as the second person.
        """
        key, _, option = outcome.partition("=")
        step = law().steps[key]
        chosen = step.option(option)
        assert chosen is not None, outcome
        self.opens(key, of=of)
        if self.page.locator("a[role=button]", has_text="Open the joint view").count():
            self.follows("Open the joint view").reads_joint_view().opens(key, of=of)
        self._answers(step, told or option).checks("step")
        self._chooses_outcome(chosen)
        if fixed is not None:
            boxes = self.page.get_by_role("group", name=re.compile(re.escape(chosen.asks_day), re.IGNORECASE))
            self._day_in(boxes, fixed)
        self._says_what_else(step, chosen)
        self.types("Reasons", reasons or f"Because of what the record shows: {outcome}.")
        self.presses("Record the decision").succeeds(f"“{step.words}” was recorded: {chosen.words}.")
        self.checks("casework")
        if signed_by:
            self.case.desk(signed_by).signs(key)
        return self

    def answers(self, step: str, option: str) -> "Desk":
        """The questions of the step that is open so that this outcome is indicated, and the outcome chosen."""
        row = law().steps[step]
        chosen = row.option(option)
        assert chosen is not None, option
        self._answers(row, option)._chooses_outcome(chosen)
        return self

    def _answers(self, step: Step, option: str) -> "Desk":
        for key, yes in answers_for(step.key, self.case.kind, option) if step.questions else ():
            self.ticks(self.page.locator(f"input[name='ask-{key}'][value='{'yes' if yes else 'no'}']"))
        return self

    def _says_what_else(self, step: Step, chosen: Option) -> None:
        """What the step asks for in words besides its reasons, where it must be said with this outcome."""
        asked = [one.key for one in step.details if one.needed and (not one.options or chosen.key in one.options)]
        for key in [*asked, *(one.key for one in step.questions if one.in_words)]:
            self.page.locator(f"[name='said_{key}']").fill("As the record of that day says.")

    def _chooses_outcome(self, option: Option) -> None:
        group = self.page.get_by_role("group", name=re.compile("What do you decide|What happened"))
        self.ticks(group.get_by_role("radio", name=option.words, exact=True))

    def reads_joint_view(self, reasons: str = FIRST, *, together: bool = False) -> "Desk":
        self.checks("joint view")
        words = "Yes, with others that stand above" if together else "No, this one alone"
        self.ticks(self.page.get_by_role("radio", name=words, exact=True))
        self.types("Why are they, or why are they not?", reasons)
        return self.presses("Record").succeeds("The joint view was recorded.")

    def may_not(self, step: str, because: str, *, of: str = "") -> "Desk":
        """The casework page says why this step is not for whoever sits here."""
        self.casework()
        row = law().steps[step]
        item = self.page.locator("li").filter(has_text=row.words).filter(has_text=because)
        assert item.count() >= 1, f"{self.who} is not told {because!r} of {row.words!r}:\n{self.reads()}"
        return self

    def cannot_yet(self, step: str, because: str, *, of: str = "") -> "Desk":
        """The address of a step out of its order says why, and writes nothing."""
        person = f"?person={self.case.station.keys[of]}" if of else ""
        self.goes(f"/matters/{self.case.ref}/decide/{step}/{person}")
        return self.sees("This step cannot be taken", because)

    def signs(self, step: str, *, agrees: bool = True, reasons: str = "I have read all of it.") -> "Desk":
        """As the second person, from the list of what waits."""
        words = law().steps[step].words
        self.goes("/to-sign/")
        item = self.page.get_by_role("listitem").filter(has_text=self.case.ref)
        self._goes_by(item.get_by_role("link", name=words))
        self.ticks(
            self.page.get_by_role("radio", name="Yes, it takes effect" if agrees else "No, send it back", exact=True)
        )
        self.types("Why?", reasons).presses("Sign")
        return self.succeeds("You signed it, and it took effect." if agrees else "You sent it back.")

    # what is owed, letters, the end

    def is_owed(self, **clocks: date | None) -> "Desk":
        """Duties on the matter's page, with the day each falls due where one is given: `CMP_03=day`."""
        self.goes(f"/matters/{self.case.ref}/")
        owed = self.page.get_by_role("region", name="What is owed, overdue first")
        for key, day in clocks.items():
            clock = key.replace("_", "-")
            row = owed.get_by_role("row").filter(has=self.page.get_by_role("link", name=clock, exact=True))
            said = row.all_inner_texts()
            assert said, f"{clock} is not owed:\n{self.reads()[:3000]}"
            assert day is None or any(_day(day) in one for one in said), (clock, day, said)
        return self

    def is_not_owed(self, *clocks: str) -> "Desk":
        self.goes(f"/matters/{self.case.ref}/")
        owed = self.page.get_by_role("region", name="What is owed, overdue first")
        for clock in clocks:
            assert not owed.get_by_role("link", name=clock, exact=True).count(), f"{clock} is owed"
        return self

    def writes(self, template: str, paragraphs: dict[str, str], *, to: str = "") -> "Desk":
        """A letter from the page of the matter's letters, as far as its submission."""
        self.goes(f"/matters/{self.case.ref}/letters/").follows("Begin a letter")
        if not self.page.get_by_role("main").get_by_role("link", name=template).count():
            stage = self.page.locator("details", has=self.page.locator("a", has_text=template))
            stage.locator("summary").press("Enter")  # of those that are not owed, each stage is folded
        self.follows(template)
        if to:
            self.ticks(self.page.get_by_role("radio", name=re.compile(to)))
        self.presses("Begin the letter")
        for label, text in paragraphs.items():
            box = self.page.get_by_label(label, exact=True)
            if box.count():
                box.fill(text)
            else:
                self.ticks(self.page.get_by_role("group", name=label).get_by_role("radio", name=text))
        self.presses("Keep the letter").succeeds("The letter was kept.")
        return self

    def submits(self) -> "Desk":
        """The letter that is open."""
        self.follows("Submit for approval").presses("Submit the letter").succeeds("It waits for approval now.")
        return self

    def approves(self, title: str) -> "Desk":
        """From the list of letters that wait."""
        self.goes("/letters/")
        row = self.page.get_by_role("row").filter(has=self.page.locator(f"a[href*='{self.case.ref}']"))
        self._goes_by(row.get_by_role("link", name=title, exact=True).first)
        self.follows("Approve")
        return self.presses("Approve and issue").succeeds("The letter was issued.")

    def serves(self, title: str, way: str, *, address: str = "") -> "Desk":
        self.goes(f"/matters/{self.case.ref}/letters/")
        issued = self.page.get_by_role("row").filter(has_text="Issued").get_by_role("link", name=title)
        self._goes_by(issued.first)
        self.follows("Record its service")
        self.ticks(self.page.get_by_role("radio", name=way, exact=True))
        if address:
            self.types("To which address? (optional)", address)
        return self.presses("Record the service").succeeds("It counts as served on")

    def closes(self, reasons: str, *, runs_on: Collection[str] = ()) -> "Desk":
        """The last page: closed, and nothing owed but what runs on after it (`runs_on`, clocks), such as an appeal."""
        self.goes(f"/matters/{self.case.ref}/").follows("Close the matter").checks("close")
        self.types("Why does it close?", reasons).presses("Close the matter").succeeds("The matter was closed.")
        self.goes(f"/matters/{self.case.ref}/").sees("Closed", *runs_on).sees_no("Overdue")
        return self if runs_on else self.sees("Nothing is owed on this matter today.")

    def cannot_close(self, because: str) -> "Desk":
        self.goes(f"/matters/{self.case.ref}/").follows("Close the matter")
        self.types("Why does it close?", "It seems to be at an end.").presses("Close the matter")
        return self.sees(because)


def _exactly(step: Step, person: str) -> str:
    """The words of a link to a step: for the matter, or with the name of the person."""
    words = re.escape(step.words)
    return rf"^{words}( \(again\))?$|^{words}, ?{re.escape(person) or '.*'}( \(again\))?$"


def _day(day: date) -> str:
    return day_words(day).partition(" ")[2]


def weeks_after(day: date, weeks: int) -> date:
    """The same weekday so many weeks later, as a period of weeks in the law runs out."""
    return day + timedelta(weeks=weeks)
