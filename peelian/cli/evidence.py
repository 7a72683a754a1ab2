"""`peelian evidence`: whether every stored file is there and is what was kept."""

from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from peelian.cli.actor import command_line
from peelian.cli.answers import print_json, say
from peelian.evidence import queries

app = typer.Typer(no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.callback()
def family() -> None:
    """Exhibits and files: check what lies on the disk."""


class Faulty(Exception):
    """Some files are not what was kept."""

    is_for_people = True


@app.command()
def check(as_json: AsJson = False) -> None:
    """Open every stored file and compare it with its hash; name those missing or changed, and what belongs to none."""
    by = command_line("to check every stored file")
    faults, seen = [], 0
    with Progress(console=Console(stderr=True), disable=as_json) as progress:
        task = progress.add_task("files", total=queries.stored())
        last = ""
        for one in queries.checked_files(by):
            seen += 1
            if one.ref != last:
                progress.advance(task)
                last = one.ref
            if one.fault:
                faults.append(one)
        progress.update(task, completed=queries.stored())
    strays = queries.strays(by)
    if as_json:
        print_json({"opened": seen, "faults": [asdict(one) for one in faults], "strays": list(strays)})
    else:
        for one in faults:
            print(f"{one.ref} ({one.which}): {one.fault}")
        for name in strays:
            print(f"{name}: belongs to no file; take it away once no upload is under way")
    if faults:
        raise Faulty(f"{len(faults)} of {seen} contents are not what was kept.")
    say(f"{seen} contents open to the hash that was kept. {len(strays)} files on the disk belong to none.")
