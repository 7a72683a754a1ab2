"""`peelian wash`: the workforce matched against records, from the shell, on anybody's data."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from django.conf import settings

from peelian.cli import matches
from peelian.cli.answers import print_json, say, stoppable
from peelian.cli.clock import now
from peelian.cli.load import Bar
from peelian.demo import washing
from peelian.terms.viewer import LONDON
from peelian.wash import building, explaining, reporting, running, training
from peelian.wash import nightly as nights
from peelian.wash.engines import Engine, weighing
from peelian.wash.manifest import load_manifest
from peelian.wash.model import card_text, load_model, model_text, read_model
from peelian.wash.store import opened

app = typer.Typer(help="The workforce matched against records held about people.", no_args_is_help=True)

ManifestFile = Annotated[Path, typer.Argument(help="What is washed: people, sources, the lawful basis of each (TOML).")]
StoreFolder = Annotated[Path, typer.Option("--store", help="The folder that holds the wash.")]
Threads = Annotated[int, typer.Option(help="Processors to use at once.")]
Memory = Annotated[str, typer.Option(help="The most memory to use; what needs more goes to disk.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
ModelFile = Annotated[
    Path | None,
    typer.Option("--model", help="The model to weigh with; the product's own if unset.", show_default=False),
]
Day = Annotated[
    datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The day on which it is washed; today if unset.")
]


EngineName = Annotated[
    Engine | None,
    typer.Option(help="What weighs the pairs; as the settings say if unset. Both find the same.", show_default=False),
]


@app.command()
def build(
    manifest: ManifestFile, store: StoreFolder, on: Day = None, threads: Threads = 1, memory: Memory = "1100MB"
) -> None:
    """Read, normalise and key the files. Stopped half-way, the same words go on where it stopped."""
    day = on.date() if on else now().astimezone(LONDON).date()
    kept = f"What was read is kept. To go on: peelian wash build {manifest} --store {store}"
    with stoppable(kept), opened(store, threads=threads, memory=memory, make=True) as held, Bar() as listener:
        is_new = building.build(held, load_manifest(manifest), on=day, listener=listener)
        figures = building.figures(held)
    say("\n".join(figures))
    again = "It was built before, and its files are not read again. To read them: build in another folder, or a night."
    say(f"Next: peelian wash run --store {store}" if is_new else again)


@app.command()
def run(
    store: StoreFolder,
    model: ModelFile = None,
    engine: EngineName = None,
    threads: Threads = 1,
    memory: Memory = "1100MB",
    as_json: AsJson = False,
) -> None:
    """Compare everybody with every record, grade the pairs, write them as Parquet and print the report."""
    by = engine or Engine(settings.PEELIAN_WASH_ENGINE)
    master, folder = settings.PEELIAN_SPARK_MASTER, settings.PEELIAN_SPARK_FOLDER
    kept = f"What was compared is kept. To go on: peelian wash run --store {store}"
    with stoppable(kept), opened(store, threads=threads, memory=memory) as held, Bar() as listener:
        with weighing(held, by, master=master, folder=folder, threads=threads, memory=memory, listener=listener):
            is_new = running.run(held, load_model(model), listener=listener, part=by.part)
        listener(0, None, "writing")
        path = reporting.write_pairs(held)
        found = reporting.report(held)
    _print_report(found, as_json)
    say(f"Pairs: {path}" if is_new else f"It was washed already with this model. Pairs: {path}")
    say(f"To judge them: peelian wash take-in --store {store}")


@app.command()
def nightly(
    manifest: ManifestFile,
    store: StoreFolder,
    on: Day = None,
    threads: Threads = 1,
    memory: Memory = "1100MB",
    as_json: AsJson = False,
) -> None:
    """Take in what is new or changed since, and print what it changes, what is to be raised today first."""
    day = on.date() if on else now().astimezone(LONDON).date()
    kept = f"Nothing of the night has happened. To do it: peelian wash nightly {manifest} --store {store}"
    with stoppable(kept), opened(store, threads=threads, memory=memory) as held, Bar() as listener:
        night = nights.nightly(held, load_manifest(manifest), on=day, listener=listener)
        listener(0, None, "writing")
        changes, pairs = reporting.write_changes(held), reporting.write_pairs(held)
    if as_json:
        print_json(asdict(night))
    else:
        typer.echo(reporting.night_text(night))
    say(f"What changed, and why: {changes}. All pairs: {pairs}")


@app.command("report")
def print_report(
    store: StoreFolder,
    as_json: AsJson = False,
    judged: Annotated[
        bool, typer.Option("--judged", help="Print also how far the judging of what was taken in has come.")
    ] = False,
) -> None:
    """Print what was washed against what, what was found, and the proof that nobody was skipped."""
    with opened(store) as held, Bar() as listener:
        listener(0, None, "adding up")
        found = reporting.report(held)
    if judged:
        found["judged"] = matches.judged_so_far()
    _print_report(found, as_json)
    if judged and not as_json:
        typer.echo("\n" + matches.judged_text())


def _print_report(found: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print_json(found)
    else:
        typer.echo(reporting.report_text(found), nl=False)


@app.command()
def explain(
    person: Annotated[str, typer.Argument(help="The person_id.")],
    record: Annotated[str, typer.Argument(help="The record_id.")],
    store: StoreFolder,
    source: Annotated[str, typer.Option(help="The source, where several hold a record of this key.")] = "",
    as_json: AsJson = False,
) -> None:
    """Show how the weight of one pair adds up, in words, with both sides beside each other."""
    with opened(store) as held:
        text = held.get("model")
        found = explaining.explain(held, read_model(text) if text else load_model(), person, record, source)
    if as_json:
        print_json(asdict(found))
    else:
        typer.echo(explaining.explanation_text(found), nl=False)


@app.command()
def card(model: ModelFile = None) -> None:
    """Print what a model believes: every level of every comparison, with its weight and where that came from."""
    typer.echo(card_text(load_model(model)), nl=False)


@app.command()
def train(
    store: StoreFolder,
    to: Annotated[Path, typer.Option(help="The file that the model is written to.")],
    about: Annotated[str, typer.Option(help="What the records are, for the card.")] = "",
    sample: Annotated[int, typer.Option(help="At most so many records are learnt from.")] = training.SAMPLE,
    threads: Threads = 1,
    memory: Memory = "3GB",
) -> None:
    """Learn the weights from the records of a store, with Splink. Needs the extra requirement `wash`."""
    with (
        stoppable("Nothing was written."),
        opened(store, threads=threads, memory=memory) as held,
        Bar() as listener,
    ):
        listener(0, None, "learning")
        model = training.train(held, sample=sample, about=about)
    to.write_text(model_text(model), encoding="utf-8")
    typer.echo(card_text(model), nl=False)
    say(f"Model {model.version} is in {to}. Wash with it: peelian wash run --store {store} --model {to}")


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
    with stoppable("The files are not whole. Say the same again, or take the folder away."), Bar() as listener:
        made = washing.make(folder, people=people, records=records, seed=seed, on=day, dirt=dirt, listener=listener)
    say(f"{made.people:,} rows of people, {made.records:,} records, {made.pairs:,} pairs of the truth in {folder}.")
    say(f"Next: peelian wash build {made.manifest} --store {folder / 'store'}")
