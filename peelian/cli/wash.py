"""`peelian wash`: the workforce matched against records, from the shell, on anybody's data."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from peelian.cli.answers import say
from peelian.cli.clock import now
from peelian.cli.load import Bar
from peelian.demo import washing
from peelian.terms.viewer import LONDON
from peelian.wash import building
from peelian.wash.manifest import load_manifest
from peelian.wash.store import opened

app = typer.Typer(help="The workforce matched against records held about people.", no_args_is_help=True)

ManifestFile = Annotated[Path, typer.Argument(help="What is washed: people, sources, the lawful basis of each (TOML).")]
StoreFolder = Annotated[Path, typer.Option("--store", help="The folder that holds the wash.")]
Threads = Annotated[int, typer.Option(help="Processors to use at once.")]
Memory = Annotated[str, typer.Option(help="The most memory to use; what needs more goes to disk.")]
Day = Annotated[
    datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The day on which it is washed; today if unset.")
]


@app.command()
def build(
    manifest: ManifestFile, store: StoreFolder, on: Day = None, threads: Threads = 1, memory: Memory = "1500MB"
) -> None:
    """Read, normalise and key the files. Stopped half-way, the same words go on where it stopped."""
    day = on.date() if on else now().astimezone(LONDON).date()
    with opened(store, threads=threads, memory=memory, make=True) as held, Bar() as listener:
        is_new = building.build(held, load_manifest(manifest), on=day, listener=listener)
        figures = building.figures(held)
    say("\n".join(figures) if is_new else "It is built already.")


@app.command()
def invent(
    folder: Annotated[Path, typer.Argument(help="Where the files are written.")],
    people: Annotated[int, typer.Option(help="How many people work there.")] = 2_000,
    records: Annotated[int, typer.Option(help="How many records are held about the public.")] = 100_000,
    seed: Annotated[int, typer.Option(help="The same seed makes the same files.")] = 1,
    dirt: Annotated[str, typer.Option(help="How dirty the records are: standard or harder.")] = "standard",
    on: Day = None,
) -> None:
    """Write an invented workforce and invented records, with the truth beside them, to try a wash on."""
    day = on.date() if on else now().astimezone(LONDON).date()
    made = washing.make(folder, people=people, records=records, seed=seed, on=day, dirt=dirt)
    say(f"{made.people:,} rows of people, {made.records:,} records, {made.pairs:,} pairs of the truth in {folder}.")
    say(f"Next: peelian wash build {made.manifest} --store {folder / 'store'}")
