"""The entry of the command `peelian`: sets Django up, mounts the families of commands, ends in an exit code."""

import os
import sys

import django
import typer

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peelian.config.settings")
django.setup()

# Models load only once Django is set up, so the commands are imported below that line (and E402 is off here).
from peelian.cli import demo, evidence, journal, law, letters, load, matches, sample, serve, users, vetting, wash
from peelian.cli.actor import command_line
from peelian.cli.answers import exit_code_of
from peelian.journal import actions as entries
from peelian.terms.acts import RecordKind
from peelian.terms.refusals import NotAllowed

app = typer.Typer(
    name="peelian",
    help="Professional standards and service performance for a police force in England and Wales.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(serve.migrate)
app.command()(serve.serve)
app.command()(serve.work)
app.command()(demo.demo)
app.command()(load.load)
app.add_typer(evidence.app, name="evidence")
app.add_typer(journal.app, name="journal")
app.add_typer(law.app, name="law")
app.add_typer(letters.app, name="letters")
app.add_typer(sample.app, name="sample")
app.add_typer(users.app, name="users")
app.add_typer(vetting.app, name="vetting")
wash.app.command("take-in")(matches.take_in)
wash.app.command()(matches.review)
wash.app.command()(matches.forget)
wash.app.command("sample")(matches.draw_sample)
app.add_typer(wash.app, name="wash")


def run() -> None:
    """Run the words typed. Problems a person can act on end in one line on standard error and an exit code.

    A refusal is written to the journal here, after the act that met it was rolled back.
    """
    try:
        app()
    except Exception as problem:
        if (answer := exit_code_of(problem)) is None:
            raise
        code, sentence = answer
        if isinstance(problem, NotAllowed):
            by = command_line("a command was refused")
            entries.refused(by=by, kind=RecordKind.LIST, key=command_typed(sys.argv), refusal=problem.refusal)
        typer.echo(sentence, err=True)
        sys.exit(code)


def command_typed(words: list[str]) -> str:
    """`peelian` and the family of commands typed; never what followed, which may be a name."""
    families = {group.name for group in app.registered_groups}
    families |= {command.callback.__name__ for command in app.registered_commands if command.callback}
    return " ".join(["peelian", *[word for word in words[1:2] if word in families]])


if __name__ == "__main__":
    run()
