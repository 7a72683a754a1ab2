"""`peelian demo`: fill an empty database with the demonstration force."""

import sys
import time
from datetime import date, datetime
from importlib import resources
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings

from peelian.cli import load
from peelian.cli.actor import command_line
from peelian.cli.answers import say
from peelian.cli.clock import now
from peelian.demo import actions, washing
from peelian.demo.actions import Made
from peelian.publish.templates import own_folder
from peelian.terms.refusals import NotAllowed, NotValid
from peelian.terms.viewer import LONDON

WIDTH = 28
WORKFORCE, RECORDS = 50_000, {"100k": 100_000, "1m": 1_000_000, "5m": 5_000_000, "10m": 10_000_000}
UNFINISHED = "demonstration.unfinished"  # left in PEELIAN_HOME by a run that was broken off


def demo(
    size: Annotated[str, typer.Option(help="tiny, small (500 people), medium (5,000) or full (50,000).")] = "small",
    seed: Annotated[int, typer.Option(help="The same seed and day make the same force.")] = 1,
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help="The day on which it stands; today if unset."),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="Do not print the sign-ins; `peelian serve` prints them.")
    ] = False,
    wash: Annotated[
        bool, typer.Option("--wash", help="Write files of a wash to try instead: 50,000 people and --records.")
    ] = False,
    records: Annotated[str, typer.Option(help="With --wash: how many records: 100k, 1m, 5m or 10m.")] = "1m",
) -> None:
    """Fill an empty database with an invented force: people, matters, clocks, sign-ins. No real person is in it."""
    if wash:
        files_of_a_wash(records, seed, on.date() if on else now().astimezone(LONDON).date())
        return
    by = command_line("the demonstration force was made")
    day = on.date() if on else by.today
    if day > by.today:
        raise NotValid("on", "This day has not come yet.")
    began = time.monotonic()
    unfinished = settings.HOME / UNFINISHED
    was_broken_off = unfinished.exists()
    bar = Bar(began=unfinished)
    put_letterhead()
    try:
        made = actions.make(by=by, size=size, seed=seed, on=day, listener=bar)
    except NotAllowed:
        if was_broken_off:
            say(f"An earlier run was broken off. Throw {settings.HOME} away and start again.")
        raise
    bar.end()
    (settings.HOME / "demonstration").write_text(sign_ins(made))
    unfinished.unlink(missing_ok=True)
    if not quiet:
        say(sign_ins(made))
    seconds = time.monotonic() - began
    say(f"Made in {seconds:.0f} seconds: {made.deeds:,} acts on {made.matters:,} matters, beside the loaded history.")


def put_letterhead() -> None:
    """The letterhead of the invented force, where letters of this home have none of their own."""
    own = own_folder() / "letterhead.toml"
    if not own.exists():
        own.parent.mkdir(parents=True, exist_ok=True)
        own.write_text(resources.files("peelian.demo").joinpath("tables", own.name).read_text(encoding="utf-8"))


def files_of_a_wash(records: str, seed: int, day: date) -> None:
    """An invented workforce and records about the public, with the truth beside them, in PEELIAN_HOME."""
    if records not in RECORDS:
        raise NotValid("records", f"Choose one of: {', '.join(RECORDS)}.")
    folder = settings.HOME / f"wash-{records}"
    with load.Bar() as listener:
        made = washing.make(folder, people=WORKFORCE, records=RECORDS[records], seed=seed, on=day, listener=listener)
    say(f"{made.people:,} rows of people, {made.records:,} records, {made.pairs:,} pairs of the truth in {folder}.")
    say(f"Next: peelian wash build {made.manifest} --store {folder / 'store'}")


def sign_ins(made: Made) -> str:
    """The sign-ins in words, as `peelian serve` prints them."""
    lines = [f"The demonstration force: {made.force}. Everybody in it is invented.", ""]
    lines.append(f"Sign in with one of these names and the password  {made.password}")
    lines.append("")
    lines += [f"  {one.username:<14} {one.name:<24} {one.words}" for one in made.sign_ins if one.words]
    reference, code = made.own_view
    if reference:
        lines += ["", "A complainant reads their own matter at /your-matter/, outside sign-in:"]
        lines += [f"  reference {reference}   code {code}"]
    rest = ", ".join(one.username for one in made.sign_ins if not one.words)
    return "\n".join([*lines, "", f"Colleagues with the same password: {rest}", ""])


class Bar:
    """One line on standard error that says how far it is; plain lines, a few, where that is not a terminal."""

    def __init__(self, *, began: Path) -> None:
        """`began`: a file that is made with the first word, when something is about to be written."""
        self._began = began
        self._said = ""
        self._written_at = 0.0

    def __call__(self, message: str, done: int, total: int) -> None:
        if not self._said:
            self._began.touch()
            self._said = " "
        if not sys.stderr.isatty():
            word = message.split(" ", 1)[-1] if message[:1].isdigit() else message  # a month at a time
            if word != self._said:
                self._said = word
                say(message)
            return
        at = time.monotonic()
        if at - self._written_at < 0.1 and done < total:
            return
        self._written_at = at
        filled = min(WIDTH, WIDTH * done // max(1, total))
        sys.stderr.write(f"\r[{'#' * filled}{'.' * (WIDTH - filled)}] {message[:44]:<44}")
        sys.stderr.flush()

    def end(self) -> None:
        if sys.stderr.isatty():
            sys.stderr.write("\n")
