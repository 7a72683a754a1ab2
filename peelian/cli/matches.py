"""`peelian wash take-in` and `review`: what a wash found, handed to those who judge, and judged from the shell."""

import math
import secrets
from dataclasses import asdict
from itertools import zip_longest
from pathlib import Path
from typing import Annotated, Any

import typer

from peelian.cli.actor import command_line
from peelian.cli.answers import print_json, say, stoppable
from peelian.cli.load import Bar
from peelian.matches import actions, queries
from peelian.matches.compared import Said, Side
from peelian.matches.rows import PairDetail, Reach
from peelian.rules import recall
from peelian.terms.known_dates import date_words
from peelian.terms.matches import PairState, Verdict
from peelian.terms.stored_forms import day_said
from peelian.terms.viewer import Viewer
from peelian.vetting import actions as vetting
from peelian.wash import erasing, reporting
from peelian.wash.store import opened
from peelian.washes import actions as washes

WIDE = 42  # of the column of who works here
KEYS = {"y": Verdict.YES, "n": Verdict.NO, "u": Verdict.UNSURE}
StoreFolder = Annotated[Path, typer.Option("--store", help="The folder that holds the wash.")]


def take_in(
    store: StoreFolder,
    workforce: Annotated[
        str, typer.Option(help="Which workforce it is, where several are washed apart.")
    ] = "workforce",
) -> None:
    """Hand what the last run or night found to those who judge; what must not wait goes to intake now.

    What people judged before stays as they judged it. It goes part by part; stopped at any moment, what was taken in
    stays, and the same command goes on after it.
    """
    more = "" if workforce == "workforce" else f" --workforce {workforce}"
    kept = f"What was taken in until then stays. To go on: peelian wash take-in --store {store}{more}"
    with stoppable(kept), Bar() as listener:
        by = command_line("what a wash found was taken in at the command line")
        taken = washes.take_in(by=by, workforce=workforce, store=store, listener=listener)
    ref = taken.ref
    run, left = queries.run(by, ref), queries.left(by)
    say(f"{ref}: {run.found:,} pairs, {run.new:,} new, {run.changed:,} seen otherwise, {run.gone:,} found no more.")
    if taken.unnamed:
        say(f"{taken.unnamed:,} records name nobody and give a vehicle: {taken.by_vehicle:,} pairs by its mark.")
    if run.unknown:
        say(f"{run.unknown:,} are about people whom the register does not know by that number: nobody can judge them.")
    say(f"{left.waiting:,} wait to be judged: peelian wash review, or the page Wash.")


def forget(
    store: StoreFolder,
    workforce: Annotated[
        str, typer.Option(help="Which workforce it is, where several are washed apart.")
    ] = "workforce",
) -> None:
    """Take out of the store who left and was disposed of, and every source whose basis ended; then take-in says so.

    The store is written anew, so that nothing of them is left in its file. The coverage still adds up.
    """
    kept = f"What was forgotten until then is forgotten. To go on: peelian wash forget --store {store}"
    with stoppable(kept), Bar() as listener:
        by = command_line("the store of a wash was made to forget at the command line")
        people = queries.left_for_good(by, workforce)
        with opened(store) as held:
            gone = erasing.forget_for_good(held, people=people, on=by.today, listener=listener)
            listener(0, None, "writing")
            reporting.write_changes(held)
            reporting.write_pairs(held)
        erasing.write_anew(store)
    say(f"Forgotten: {gone.people:,} people who left, {gone.records:,} records, {gone.pairs:,} pairs.")
    for title in gone.sources:
        say(f"{title}: its basis ended, and the store holds nothing of it.")
    say(f"To mark what is found no more: peelian wash take-in --store {store}")


def review(
    as_json: Annotated[bool, typer.Option("--json", help="Print what is left as JSON, and ask nothing.")] = False,
    most: Annotated[int, typer.Option(help="At most so many pairs.")] = 25,
    of_sample: Annotated[bool, typer.Option("--sample", help="Only pairs of the sample drawn by lot.")] = False,
) -> None:
    """Judge pairs one by one: what is at stake first, then the heaviest. Recorded under the account of this machine.

    The walls of the pages do not reach the shell: whoever may be in the pairs judges on the page, and not here.
    """
    by = command_line("pairs of the wash were judged at the command line")
    left = queries.left(by)
    if as_json:
        print_json(judged_so_far(by))
        return
    asked_of = queries.drawn(by, size=most) if of_sample else queries.pairs(by, PairState.WAITING, size=most)
    for row in asked_of.rows:
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
    say(reach_text(queries.reach(by)))


def draw_sample(
    share: Annotated[int, typer.Option(help="The chance of each pair, in a hundred.")] = 10,
    seed: Annotated[str, typer.Option(help="What makes the same draw again; made up if unset.")] = "",
) -> None:
    """Draw by lot from the pairs that nobody judged, so that what is still missed can be estimated."""
    by = command_line("a sample of the wash was drawn at the command line")
    actions.draw_sample(by=by, share=share, seed=seed or secrets.token_hex(8), on=by.today)
    drawn = queries.drawn(by)
    say(f"{drawn.total:,} pairs were drawn. Judge them on the page Wash, or say: peelian wash review --sample")
    say(reach_text(queries.reach(by)))


def judged_so_far(by: Viewer | None = None) -> dict[str, Any]:
    """How many pairs stand how, and what the last sample says, as plain values."""
    by = by or command_line("how far the judging of the wash has come was read at the command line")
    left, reach = queries.left(by), queries.reach(by)
    counts: dict[str, Any] = {state.value: left.by_state.get(state, 0) for state in PairState}
    return counts | {"sample": asdict(reach) if reach else None}


def judged_text() -> str:
    """The same for people."""
    by = command_line("how far the judging of the wash has come was read at the command line")
    left = queries.left(by)
    states = ", ".join(
        f"{left.by_state.get(state, 0):,} {state.words[0].lower()}{state.words[1:]}" for state in PairState
    )
    return f"Pairs taken in: {left.total:,} = {states}\n{reach_text(queries.reach(by))}"


def reach_text(reach: Reach | None) -> str:
    """What recall the judging has reached, with its counts, for people."""
    if reach is None:
        return "How much is still missed is not known: no sample was drawn. Say: peelian wash sample"
    found = reach.reached
    if found.recall_low is None or found.recall_high is None:
        return f"Sample of {date_words(reach.on)}: {' '.join(found.because)}"
    middle = f"about {found.recall:.1%}, " if found.recall is not None else ""
    return (
        f"Recall reached by the judging: {middle}between {found.recall_low:.1%} and {found.recall_high:.1%} (95%);"
        f" {found.found:,} found, between {math.floor(found.missed_low or 0):,} and"
        f" {math.ceil(found.missed_high or 0):,} still to be found."
        f"\nSample of {date_words(reach.on)}: {' '.join(found.because)}\n{recall.SOURCE}."
    )


def _judge(by: Viewer, found: PairDetail, verdict: Verdict, reasons: str) -> None:
    state = actions.judge(
        by=by,
        pair_ref=found.row.ref,
        verdict=verdict.value,
        reasons=reasons,
        on=by.today,
        last=len(found.judgements),
    )
    for ref in vetting.open_raised(by=by, on=by.today, pair_ref=found.row.ref):
        say(f"A review of clearance was opened: {ref}.")
    say(f"{state.words}.")


def _side_lines(side: Side) -> list[str]:
    """One thing compared, a line for each value; `*` where it differs, `=` before what stands on both sides."""

    def words(values: tuple[Said, ...]) -> list[str]:
        if side.by_word:
            return [" ".join(one.text for one in values)]
        return [f"= {one.text}" if one.is_shared else one.text for one in values]

    rows = zip_longest(words(side.of_person), words(side.of_record), fillvalue="")
    label = f"{'*' if side.differs else ' '} {side.what}"
    return [f"{'' if n else label:28} {left:{WIDE}} {right}".rstrip() for n, (left, right) in enumerate(rows)]


def pair_text(found: PairDetail) -> str:
    """One pair for people: what it is, both sides with differences marked, the words for and against."""
    row = found.row
    lines = [
        "",
        f"{row.person} ({found.person_key}) and {row.record_key} of {row.source}: {row.band}, {row.weight:+.1f}",
    ]
    recorded = f", recorded {day_said(found.recorded_on)}" if found.recorded_on else ""
    resolved = f"resolved {day_said(found.resolved_on)}" if found.resolved_on else "not resolved, as far as it says"
    lines.append(f"  {row.what or 'no category'}{recorded}; {resolved}")
    if found.unsure:
        lines.append(f"  Unsure: {found.unsure}")
    for side in found.sides:
        lines += _side_lines(side)
    lines.append(f"  for: {'; '.join(found.words_for) or 'nothing'}")
    lines.append(f"  against: {'; '.join(found.words_against) or 'nothing'}")
    lines += [f"  {step.bits:+7.1f}  {step.words}" for step in found.steps]
    return "\n".join(lines)
