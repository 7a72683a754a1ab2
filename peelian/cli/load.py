"""`peelian load`: an outside file into the record, with a bar while it runs and its figures afterwards."""

import dataclasses
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from peelian.cli.actor import command_line
from peelian.cli.answers import DONE, FAILED, print_json, say
from peelian.cli.clock import now
from peelian.feeds.errors import UnknownHeader
from peelian.feeds.guess import Guess
from peelian.feeds.maps import load_map
from peelian.jobs import queries as job_queries
from peelian.jobs.progress import Listener
from peelian.loads import actions, files, queries
from peelian.loads.rows import LoadRow, PreviewRow
from peelian.terms.viewer import Viewer


def load(
    file: Annotated[
        Path | None, typer.Argument(help="CSV (also .gz, .zip, .bz2, .xz), Parquet, XLSX or ODS.", show_default=False)
    ] = None,
    map_given: Annotated[
        str, typer.Option("--map", help="A column map: a TOML file, or the source of a known one.", show_default=False)
    ] = "",
    guess: Annotated[
        bool, typer.Option("--guess", help="Propose a map for an unknown file and show ten rows through it.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="With --guess: load through the proposed map without asking.")
    ] = False,
    cancel: Annotated[
        str, typer.Option("--cancel", help="Cancel the unfinished load of this reference.", show_default=False)
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Load an outside file. Stopped half-way, the same words go on where it stopped; twice over, nothing changes."""
    if cancel:
        actions.cancel(by=command_line("cancel a load from the command line"), ref=cancel, reason="asked for")
        say(f"{cancel} is cancelled; what it had staged is taken away, and nothing held was touched.")
        return
    if file is None:
        raise typer.BadParameter("say which file to load", param_hint="FILE")
    by = command_line("load of an outside file from the command line")
    map_text = load_map(map_given).text if map_given.endswith(actions.MAP_FILES) else ""
    if guess:
        map_text = proposed_map(by, file, agreed=yes)
        if not map_text:
            return
    try:
        with Bar() as listener:
            started = actions.run(
                by=by,
                path=file,
                clock=now,
                map_key="" if map_text else map_given,
                map_text=map_text,
                listener=listener,
            )
    except UnknownHeader as fault:
        say(f"{fault} Try: peelian load {file} --guess")
        raise typer.Exit(FAILED) from fault
    row = queries.load(by, started.ref)
    job = job_queries.job(by, started.job_ref)
    if as_json:
        print_json(dataclasses.asdict(row))
    else:
        print_report(row, resumed=started.is_resumed)
    if row.state != "published":
        say(row.failure or job.outcome)
    raise typer.Exit(DONE if row.state == "published" else FAILED)


class Bar:
    """A progress bar on standard error while it lasts; gives the listener that moves it. Silent where nobody looks."""

    def __init__(self) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self.progress = Progress(
            *columns, console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True
        )

    def __enter__(self) -> Listener:
        self.progress.start()
        task = self.progress.add_task("Reading the file", total=None)

        def listener(done: int, total: int | None, message: str) -> None:
            self.progress.update(task, completed=done, total=total, description=message)

        return listener

    def __exit__(self, *_problem: object) -> None:
        self.progress.stop()


def proposed_map(by: Viewer, file: Path, *, agreed: bool) -> str:
    """The map proposed for `file`, kept beside where the command runs; empty where it is not to be used now."""
    guessed, rows = queries.guess(by, file)
    print_guess(guessed, rows)
    if agreed or (sys.stdin.isatty() and typer.confirm("Load the file through this map?", default=False)):
        return guessed.toml
    kept = Path(f"{guessed.column_map.source}.toml")
    if kept.exists():
        say(f"{kept} is there already and was left alone. The proposal:\n")
        typer.echo(guessed.toml)
    else:
        kept.write_text(guessed.toml, encoding="utf-8")
        say(f"The proposal is in {kept}. Read it, put it right, then: peelian load {file} --map {kept}")
    return ""


def print_guess(guessed: Guess, rows: tuple[PreviewRow, ...]) -> None:
    console = Console(stderr=True)
    table = Table(title=f"{guessed.column_map.content.words}: proposed places of the columns")
    for heading in ("Column", "Field", "Sure", "Why"):
        table.add_column(heading)
    for column in guessed.columns:
        table.add_row(column.name, column.field or "(left out)", f"{column.confidence:.0%}", column.reason)
    console.print(table)
    for row in rows:
        said = "; ".join(f"{name}: {value}" for name, value in row.values) or f"set aside: {row.reason}"
        console.print(f"row {row.row_number}: {said}", markup=False, highlight=False)


def print_report(row: LoadRow, *, resumed: bool) -> None:
    """The figures of a load on standard output, each with what it means."""
    figures = row.figures
    lines = [
        f"{row.ref}  {row.source_title}",
        f"{row.file_name}: {row.state_words.lower()}" + (" (taken up where it had stopped)" if resumed else ""),
        f"rows read {row.read:,} = accepted {row.accepted:,} + already held {row.already_held:,}"
        f" + set aside {row.set_aside:,}",
    ]
    if row.state == "published":
        lines += [
            f"records: {figures['added']:,} added, {figures['changed']:,} changed, {figures['vanished']:,} vanished"
            f" ({figures['items']:,} intake items), {figures['reappeared']:,} seen again",
            f"made: {figures['new_matters']:,} matters, {figures['new_allegations']:,} allegations,"
            f" {figures['new_people']:,} people",
        ]
        if figures["people_concerned"]:
            lines.append(f"people concerned in this source: {figures['people_concerned']:,}, placeholders not counted")
        if row.changed_nothing:
            lines.append(f"Nothing changed. {row.unchanged_words}")
        lines += [f"changed field: {name} in {count:,} records" for name, count in figures["changed_fields"].items()]
        lines += [f"remark: {name.replace('_', ' ')} on {count:,} rows" for name, count in figures["notes"].items()]
        if figures["disagreements"]:
            lines.append(f"{figures['disagreements']:,} rows state a fact of their matter otherwise than its first row")
    for one in row.placeholders:
        state = "held as a person" if one.rejected else "held as a placeholder, not counted as a person"
        lines.append(f"“{one.key}” ({one.rows:,} rows) is {state}: {one.reason}")
    if row.has_set_aside_file:
        lines.append(f"rows set aside, with reasons: {files.beside(row.ref, files.SET_ASIDE)}")
    if row.has_vanished_file:
        lines.append(f"vanished records: {files.beside(row.ref, files.VANISHED)}")
    typer.echo("\n".join(lines))
