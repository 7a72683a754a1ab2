"""docs/reference, printed from code: `make docs` writes it, and a test fails when it is stale.

A room that has something to print adds one line to PRINTED: the file's name and a function that returns its text.
"""

from collections.abc import Callable
from typing import Any

import typer

from peelian import statute
from peelian.cli.main import app
from peelian.config.described import VARIABLES
from peelian.disclosure.described import disclosure_text
from peelian.feeds.described import column_map_text
from peelian.publish.described import letters_text
from peelian.rules.reference import law_text
from peelian.rules.step_reference import steps_text
from peelian.walls.described import roles_text
from peelian.wash.described import wash_text
from tests.house.code import ROOT

NOTICE = "<!-- Printed from code by `make docs`; do not edit. -->\n"
REFERENCE = ROOT / "docs" / "reference"


def settings() -> str:
    """Environment variables as a table."""
    lines = ["# Settings", "", "Peelian is set up by environment variables and by nothing else.", ""]
    lines += ["| variable | what it says | when unset | example |", "|---|---|---|---|"]
    for one in VARIABLES:
        lines.append(f"| `{one.name}` | {one.words} | {one.unset} | {f'`{one.example}`' if one.example else ''} |")
    return "\n".join(lines) + "\n"


def commands() -> str:
    """Every command with its help, options and arguments."""
    lines = ["# Commands", "", "`make install` puts `peelian` into `.venv/bin`. Every command has `--help`.", ""]
    lines += described(typer.main.get_command(app), ["peelian"])
    return "\n".join(lines).rstrip() + "\n"


def described(command: Any, path: list[str]) -> list[str]:
    inner = getattr(command, "commands", None)
    if inner is not None:
        return [line for name in sorted(inner) for line in described(inner[name], [*path, name])]
    lines = [f"## `{' '.join(path)}`", "", " ".join((command.help or "").split()), ""]
    rows = []
    for parameter in command.params:
        if parameter.name == "help":
            continue
        is_argument = parameter.param_type_name == "argument"
        names = (parameter.name or "").upper() if is_argument else ", ".join(parameter.opts + parameter.secondary_opts)
        rows.append(f"| `{names}` | {getattr(parameter, 'help', None) or ''} |")
    if rows:
        lines += ["| option | what it does |", "|---|---|", *rows, ""]
    return lines


PRINTED: dict[str, Callable[[], str]] = {
    "settings.md": settings,
    "commands.md": commands,
    "column-map.md": column_map_text,
    "roles.md": roles_text,
    "letters.md": lambda: letters_text(statute.product()),
    "disclosure.md": lambda: disclosure_text(statute.product()),
    "law.md": lambda: law_text(statute.product()),
    "steps.md": lambda: steps_text(statute.product()),
    "wash.md": wash_text,
}


def text_of(name: str) -> str:
    """The file `name` as it should be."""
    return NOTICE + "\n" + PRINTED[name]()


def main() -> None:
    """Write every printed file, and name those that changed."""
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name in PRINTED:
        path, text = REFERENCE / name, text_of(name)
        if not path.exists() or path.read_text() != text:
            path.write_text(text)
            print(f"printed docs/reference/{name}")


if __name__ == "__main__":
    main()
