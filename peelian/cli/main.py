"""The entry of the command `peelian`: sets Django up, mounts the families of commands, ends in an exit code."""

import os
import sys

import django
import typer

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peelian.config.settings")
django.setup()

# Models load only once Django is set up, so the commands are imported below that line (and E402 is off here).
from peelian.cli import serve, users
from peelian.cli.answers import exit_code_of

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
app.add_typer(users.app, name="users")


def run() -> None:
    """Run the words typed. Problems a person can act on end in one line on standard error and an exit code."""
    try:
        app()
    except Exception as problem:
        if (answer := exit_code_of(problem)) is None:
            raise
        code, sentence = answer
        typer.echo(sentence, err=True)
        sys.exit(code)


if __name__ == "__main__":
    run()
