"""`peelian wash take-in` and `review`: what a wash found, handed to those who judge, and judged from the shell."""

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from peelian.cli.actor import command_line
from peelian.cli.answers import print_json, say
from peelian.matches import actions, queries
from peelian.matches.rows import Found, PairDetail
from peelian.terms.matches import PairState, Verdict
from peelian.terms.viewer import Viewer
from peelian.wash import reporting
from peelian.wash.handing import OUTPUT, handed
from peelian.wash.store import opened

LISTS = ("words_for", "words_against", "marks")
TEXTS = (
    *("person_id", "source", "record_id", "band", "link", "purpose", "unsure", "associate_of", "relation", "part"),
    *("category", "recorded_on", "resolved_on"),
)
KEYS = {"y": Verdict.YES, "n": Verdict.NO, "u": Verdict.UNSURE}
StoreFolder = Annotated[Path, typer.Option("--store", help="The folder that holds the wash.")]


def take_in(
    store: StoreFolder,
    workforce: Annotated[
        str, typer.Option(help="Which workforce it is, where several are washed apart.")
    ] = "workforce",
) -> None:
    """Hand what the last run or night found to those who judge; what must not wait goes to intake now.

    What people judged before stays as they judged it. Safe to run again.
    """
    with opened(store) as held:
        account = json.loads(json.dumps(reporting.report(held), default=str))
    found = [_found(row) for row in handed(store / OUTPUT)]
    by = command_line("what a wash found was taken in at the command line")
    on = date.fromisoformat(account["last_night_on"] or account["on"])
    ref = actions.take_in(by=by, workforce=workforce, account=account, found=found, on=on)
    run, left = queries.run(by, ref), queries.left(by)
    say(f"{ref}: {run.found:,} pairs, {run.new:,} new, {run.changed:,} seen otherwise, {run.gone:,} found no more.")
    if run.unknown:
        say(f"{run.unknown:,} are about people whom the register does not know by that number: nobody can judge them.")
    say(f"{left.waiting:,} wait to be judged: peelian wash review, or the page Wash.")


def _found(row: dict[str, Any]) -> Found:
    facts: dict[str, Any] = {name: str(row.get(name) or "") for name in TEXTS}
    facts |= {name: tuple(str(one) for one in row.get(name) or ()) for name in LISTS}
    return Found(
        **facts,
        weight=float(row["weight"]),
        serious=bool(row["serious"]),
        same_day=bool(row.get("same_day")),
        sides=tuple((str(what), str(left), str(right)) for what, left, right in row["sides"] or ()),
    )


def review(
    as_json: Annotated[bool, typer.Option("--json", help="Print what is left as JSON, and ask nothing.")] = False,
    most: Annotated[int, typer.Option(help="At most so many pairs.")] = 25,
) -> None:
    """Judge pairs one by one: what is at stake first, then the heaviest. Recorded under the account of this machine.

    The walls of the pages do not reach the shell: whoever may be in the pairs judges on the page, and not here.
    """
    by = command_line("pairs of the wash were judged at the command line")
    left = queries.left(by)
    if as_json:
        print_json({state.value: left.by_state.get(state, 0) for state in PairState})
        return
    for row in queries.pairs(by, PairState.WAITING, size=most).rows:
        found = queries.pair(by, row.ref)
        typer.echo(pair_text(found))
        asked = typer.prompt("Is the record about them? y(es), n(o), u(nsure), s(kip), q(uit)").strip().lower()[:1]
        if asked == "q":
            break
        if asked in KEYS:
            reasons = typer.prompt("Why")
            _judge(by, found, KEYS[asked], reasons)
    left = queries.left(by)
    say(f"{left.waiting:,} of {left.total:,} pairs wait to be judged.")


def _judge(by: Viewer, found: PairDetail, verdict: Verdict, reasons: str) -> None:
    state = actions.judge(
        by=by,
        pair_ref=found.row.ref,
        verdict=verdict.value,
        reasons=reasons,
        on=by.today,
        last=len(found.judgements),
    )
    say(f"{state.words}.")


def pair_text(found: PairDetail) -> str:
    """One pair for people: what it is, both sides with differences marked, the words for and against."""
    row = found.row
    lines = [
        "",
        f"{row.person} ({found.person_key}) and {row.record_key} of {row.source}: {row.band}, {row.weight:+.1f}",
    ]
    lines.append(f"  {row.what or 'no category'}" + (f", recorded {found.recorded_on}" if found.recorded_on else ""))
    if found.unsure:
        lines.append(f"  Unsure: {found.unsure}")
    for side in found.sides:
        lines.append(f"{'*' if side.differs else ' '} {side.what:26} {side.person[:40]:42} {side.record}")
    lines.append(f"  for: {'; '.join(found.words_for) or 'nothing'}")
    lines.append(f"  against: {'; '.join(found.words_against) or 'nothing'}")
    return "\n".join(lines)
