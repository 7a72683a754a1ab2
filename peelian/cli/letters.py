"""`peelian letters`: the templates that letters are made from, and whether a force's own may be used."""

from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from peelian.cli.answers import print_json, say
from peelian.publish.templates import Template, UnsoundTemplates, checked, letterhead, own_folder, templates
from peelian.terms.refusals import NotFound

app = typer.Typer(help="Letters and notices: the templates they are made from.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
HARD = 50  # Flesch: below this a text is hard to read for many


@app.command("list")
def list_templates(as_json: AsJson = False) -> None:
    """List every letter with its addressee, its law and the events that its service records."""
    found = [one for _, one in sorted(templates().items())]
    if as_json:
        print_json([_fields(one) for one in found])
        return
    table = Table("letter", "title", "to", "law", "records", "")
    for one in found:
        mark = "the force's own" if one.is_local else ""
        table.add_row(one.key, one.title, one.addressee_words, one.law, ", ".join(one.records), mark)
    Console().print(table)


@app.command()
def check(as_json: AsJson = False) -> None:
    """Check every template: its head, its placeholders, its law and events; and print how easy it is to read."""
    found, problems = checked()
    letterhead()
    if as_json:
        print_json({"sound": [_fields(one) for one in found.values()], "problems": [asdict(one) for one in problems]})
    else:
        table = Table("letter", "version", "reading ease", "")
        for key in sorted(found):
            one = found[key]
            marks = ["the force's own"] if one.is_local else []
            marks += [f"hard to read: shorten the sentences (aim above {HARD})"] if one.ease < HARD else []
            table.add_row(key, str(one.version), str(one.ease), "; ".join(marks))
        Console().print(table)
    if problems:
        raise UnsoundTemplates(problems)
    say(f"{len(found)} letters are sound. A force's own are read from {own_folder()}.")


@app.command()
def show(
    key: Annotated[str, typer.Argument(help="The letter's key, such as update-complainant.")], as_json: AsJson = False
) -> None:
    """Show one letter: its head, what its writer is asked, and its words."""
    one = templates().get(key)
    if one is None:
        raise NotFound(f"no letter has the key {key!r}; `peelian letters list` has them all")
    if as_json:
        print_json({**_fields(one), "text": one.text})
        return
    print(f"{one.key}, version {one.version}: {one.title}{' (the force’s own)' if one.is_local else ''}")
    print(f"To {one.addressee_words}. Law: {one.law}.")
    if one.records:
        print(f"Its service records: {', '.join(one.records)}, on the day it is {one.counts}.")
    print(f"Kinds of matter: {', '.join(one.kinds)}. Reading ease: {one.ease}. SHA-256: {one.sha256}")
    for paragraph in one.paragraphs:
        choices = f" One of: {'; '.join(paragraph.choices)}." if paragraph.choices else ""
        print(f"Asked: {paragraph.label}{'' if paragraph.needed else ' (optional)'}{choices}")
    print(f"\n{one.text}", end="")


def _fields(one: Template) -> dict[str, Any]:
    return {name: value for name, value in asdict(one).items() if name != "text"}
