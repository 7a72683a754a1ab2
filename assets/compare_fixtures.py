"""Renders every fixture of the vendored Design System through the Jinja macros and counts the differences.

A check for developers before an upgrade; needs `npm ci` in this folder. Exits with 1 where anything differs.
"""

import json
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import DictLoader

from peelian.web.environment import environment

COMPONENTS = Path(__file__).parent / "node_modules" / "govuk-frontend" / "dist" / "govuk" / "components"
VOID = {"br", "hr", "img", "input", "link", "meta"}


class Shape(HTMLParser):
    """The tags, attributes and words of a fragment, so that white space and the order of attributes do not count."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[object] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tidy = sorted((name, " ".join((value or "").split())) for name, value in attrs)
        self.parts.append((tag, tuple(tidy)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.parts.append(("/", tag))

    def handle_data(self, data: str) -> None:
        if words := re.sub(r"\s+", "", data):
            if self.parts and isinstance(self.parts[-1], str):
                self.parts[-1] += words
            else:
                self.parts.append(words)


def shape(html: str) -> list[object]:
    parser = Shape()
    parser.feed(html)
    parser.close()
    return parser.parts


def main() -> int:
    made = environment(loader=DictLoader({}))
    equal, different = 0, []
    for file in sorted(COMPONENTS.glob("*/fixtures.json")):
        found = json.loads(file.read_text())
        name = found["component"]
        macro = "govuk" + "".join(part.capitalize() for part in name.split("-"))
        for fixture in found["fixtures"]:
            load = f'{{% from "govuk_frontend_jinja/components/{name}/macro.html" import {macro} %}}'
            template = made.from_string(load + f"{{{{ {macro}(options) }}}}")
            if shape(template.render(options=fixture["options"])) == shape(fixture["html"]):
                equal += 1
            else:
                different.append(f"{name}: {fixture['name']}")
    sys.stdout.write("\n".join([f"{equal} equal, {len(different)} different", *different, ""]))
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
