"""docs/reference/law.md is printed from the tables and the rules, and leaves no clock, rule or instrument out."""

import re

from peelian import statute
from peelian.rules import registered
from peelian.rules.reference import law_text
from tests.house.printed import REFERENCE, text_of

LAW = statute.product()


def test_the_law_page_is_fresh() -> None:
    assert (REFERENCE / "law.md").read_text() == text_of("law.md"), "docs/reference/law.md is stale: say make docs"


def test_the_law_page_is_the_same_every_time() -> None:
    assert law_text(LAW) == law_text(LAW)


def test_the_law_page_leaves_nothing_out() -> None:
    text = law_text(LAW)
    assert re.findall(r"^#### ([A-Z]+-\d+) ", text, re.MULTILINE) == [clock.id for clock in LAW.clocks()]
    assert all(f"`{rule.name}`" in text for rule in registered())
    assert all(f"| {one.key} |" in text for one in LAW.instruments.values())
    assert text.count("(unverified)") == sum(clock.unverified for clock in LAW.clocks() if clock.in_force_from)
