"""`peelian journal`: sign, verify, prove and export the journal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from peelian.cli.actor import command_line
from peelian.cli.answers import DONE, FAILED, WRONG_WORDS, print_json, say
from peelian.cli.clock import now
from peelian.journal import checkpoints, export, verification
from peelian.journal.keys import signer
from peelian.journal.rows import Verdict

app = typer.Typer(help="Sign, verify, prove and export the journal.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@contextmanager
def _bar(words: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error, which appears only where a person watches."""
    columns = (TextColumn(words), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(words, total=None)

        def told(done: int, of: int) -> None:
            progress.update(task, completed=done, total=of)

        yield told


@app.command()
def checkpoint(
    out: Annotated[Path | None, typer.Option(help="Write the note to this file too: keep it elsewhere.")] = None,
    as_json: Json = False,
) -> None:
    """Sign the journal as it stands. Keep the note somewhere this machine cannot reach."""
    made = checkpoints.make(at=now())
    if out:
        out.write_text(made.note, encoding="utf-8")
    if as_json:
        print_json({"size": made.size, "root": made.root, "note": made.note, "at": made.at, "key": signer().vkey})
        return
    typer.echo(made.note, nl=False)
    say(f"{made.size} entries signed. Verify with the key {signer().vkey}")


@app.command()
def verify(
    checkpoint: Annotated[
        list[Path] | None, typer.Option(help="A checkpoint kept elsewhere; may be given more than once.")
    ] = None,
    key: Annotated[str, typer.Option(help="Its public key, if not this installation's: text or a file.")] = "",
    as_json: Json = False,
) -> None:
    """Check every entry, text and checkpoint. Ends with 1 when anything is wrong, and says where it is."""
    vkey = Path(key).read_text(encoding="utf-8") if key and Path(key).is_file() else key
    try:
        given = [(str(path), path.read_text(encoding="utf-8")) for path in checkpoint or ()]
        with _bar("Verifying") as progress:
            verdict = verification.verify(elsewhere=given, vkey=vkey, progress=progress)
    except (OSError, ValueError) as error:
        say(f"The checkpoint cannot be used: {error}")
        raise typer.Exit(WRONG_WORDS) from error
    if as_json:
        print_json(_as_json(verdict))
    else:
        for finding in verdict.findings:
            typer.echo(finding.words)
        typer.echo(verdict.words)
        typer.echo(verdict.limits)
    raise typer.Exit(DONE if verdict.is_whole else FAILED)


def _as_json(verdict: Verdict) -> dict[str, object]:
    return {
        "whole": verdict.is_whole,
        "entries": verdict.entries,
        "texts": verdict.texts,
        "root": verdict.root,
        "checkpoints": verdict.checkpoints,
        "agreed": verdict.agreed,
        "findings": [
            {"kind": finding.kind, "first": finding.first, "last": finding.last, "words": finding.words}
            for finding in verdict.findings
        ],
        "findings_not_listed": verdict.more,
        "limits": verdict.limits,
    }


@app.command()
def prove(
    seq: Annotated[int | None, typer.Argument(help="The number of an entry.")] = None,
    size: Annotated[int | None, typer.Option(help="Against the checkpoint of so many entries.")] = None,
    since: Annotated[int | None, typer.Option(help="Prove growth since the checkpoint of so many entries.")] = None,
) -> None:
    """Print, as JSON, the proof that an entry stands in a checkpoint, or that one checkpoint contains another."""
    if (seq is None) == (since is None):
        say("Give either the number of an entry or --since with the size of an earlier checkpoint.")
        raise typer.Exit(WRONG_WORDS)
    print_json(checkpoints.prove_growth(since, size) if since is not None else checkpoints.prove_entry(seq or 0, size))


@app.command(name="export")
def export_(
    folder: Annotated[Path, typer.Argument(help="A folder for the entries, checkpoint, key and verifier.")],
    reason: Annotated[str, typer.Option(help="Why, for the journal.")] = "",
    as_json: Json = False,
) -> None:
    """Write files that an outsider can verify with no database. Personal text stays behind."""
    with _bar("Exporting") as progress:
        paths = export.write(by=command_line("journal export"), folder=folder, reason=reason, progress=progress)
    if as_json:
        print_json({name: str(path) for name, path in paths.items()})
        return
    typer.echo(f"Written to {folder}. To verify them elsewhere:")
    typer.echo(f"  python {export.VERIFIER} {export.ENTRIES} --checkpoint {export.CHECKPOINT} --key {export.KEY}")
