"""The reference is printed from code and fresh; every setting and command is in it."""

import re

import pytest

from tests.house.code import ROOT, modules
from tests.house.printed import PRINTED, REFERENCE, commands, settings, text_of


@pytest.mark.parametrize("name", sorted(PRINTED))
def test_a_printed_page_is_fresh(name: str) -> None:
    path = REFERENCE / name
    assert path.exists(), f"docs/reference/{name} has not been printed: say make docs"
    assert path.read_text() == text_of(name), f"docs/reference/{name} is stale: say make docs"


def test_every_setting_that_is_read_is_described_and_every_described_one_is_read() -> None:
    sources = "\n".join(module.source for module in modules() if module.path.name != "described.py")
    read = set(re.findall(r"environ(?:\.get\(|\[|\.setdefault\()\s*\"([A-Z_]+)\"|envvar=\"([A-Z_]+)\"", sources))
    names = {name for pair in read for name in pair if name} - {"DJANGO_SETTINGS_MODULE"}
    described = set(re.findall(r"^\| `([A-Z_]+)`", settings(), re.MULTILINE))
    assert names == described


def test_every_command_and_option_has_its_help() -> None:
    text = commands()
    assert re.findall(r"^## (`.+`)\n\n\n", text, re.MULTILINE) == []
    assert re.findall(r"^\| (`.+`) \|  \|$", text, re.MULTILINE) == []


def test_every_link_between_our_documents_leads_somewhere() -> None:
    wrong = []
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    for page in pages:
        for link in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text()):
            if "://" not in link and not (page.parent / link).exists():
                wrong.append(f"{page.relative_to(ROOT)}: {link}")
    assert wrong == []
