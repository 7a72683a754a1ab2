"""`peelian vetting`: reviews of clearance that are asked for, opened by a timer."""

import typer

from peelian.cli.actor import command_line
from peelian.cli.answers import say
from peelian.vetting import actions

app = typer.Typer(help="Vetting: reviews of clearance that open by themselves.", no_args_is_help=True)


@app.callback()
def family() -> None:
    """Vetting: reviews of clearance that open by themselves."""


@app.command("open-reviews")
def open_reviews() -> None:
    """Open every review of clearance that casework or the wash asks for, and nobody has opened. Safe to run again."""
    by = command_line("reviews of clearance that are asked for were opened at the command line")
    opened = actions.open_raised(by=by, on=by.today)
    for ref in opened:
        say(f"Opened {ref}.")
    say(f"{len(opened)} review{'' if len(opened) == 1 else 's'} opened.")
