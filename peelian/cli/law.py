"""`peelian law`: the time limits, what a limit comes to, and which provisions are implemented."""

import re
from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from peelian.cli.answers import print_json
from peelian.clocks.law import law as law_in_force
from peelian.rules import CannotCount, Changed, NotShortenable
from peelian.rules.asking import Asked, asked
from peelian.rules.coverage import Coverage, coverage
from peelian.rules.reference import track_words
from peelian.rules.words import day_words, moment_words
from peelian.statute import BeyondTheTable, Clock, Register, UnknownClock
from peelian.terms.refusals import NotFound, NotValid
from peelian.terms.viewer import LONDON

app = typer.Typer(help="The law: time limits, their working, and what is covered.", no_args_is_help=True)

ClockId = Annotated[str, typer.Argument(help="The clock's id, such as CMP-03; `peelian law list` has them all.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Track = Annotated[str, typer.Option("--track", help="Only this part of the process, such as complaint.")]
From = Annotated[str, typer.Option("--from", help="The day it started (2025-04-11), or the moment (2025-04-11T09:30).")]
Agreed = Annotated[
    datetime | None,
    typer.Option("--agreed", formats=["%Y-%m-%d"], help="An earlier last day that the parties and the chair agreed."),
]
Replay = Annotated[
    bool, typer.Option("--by-todays-rules", help="Count an older event by today's rules, and say so in the answer.")
]


@app.command("list")
def list_clocks(track: Track = "", as_json: AsJson = False) -> None:
    """List every time limit with its length and provision."""
    clocks = [clock for clock in law_in_force().clocks() if not track or clock.track == track]
    if track and not clocks:
        known = ", ".join(dict.fromkeys(clock.track for clock in law_in_force().clocks()))
        raise NotValid("track", f"no clock has the track {track!r}; there are: {known}")
    if as_json:
        print_json([_clock_fields(clock) for clock in clocks])
        return
    table = Table("id", "limit", "length", "law", "")
    for clock in clocks:
        table.add_row(clock.id, clock.name, clock.length_words, clock.law, _mark(clock))
    Console().print(table)


@app.command()
def show(clock_id: ClockId, as_json: AsJson = False) -> None:
    """Show one time limit: its editions, who owes it to whom, what starts and meets it."""
    law = law_in_force()
    editions = _editions(law, clock_id)
    drive = law.drives[editions[-1].id]
    if as_json:
        print_json({"editions": [_clock_fields(one) for one in editions], "driven_by": asdict(drive)})
        return
    clock = editions[-1]
    print(f"{clock.id}  {clock.name}{f'  [{_mark(clock)}]' if _mark(clock) else ''}")
    print(f"{track_words(clock.track)}; {clock.length_words}; {clock.count_from.words}.")
    print(f"Law: {clock.law} ({clock.force})")
    print(f"Owed by {clock.actor} to {clock.owed_to}.")
    print(f"Starts: {'; '.join(law.events[key].words for key in drive.starts)}")
    if drive.met_by:
        print(f"Met by: {'; '.join(law.events[key].words for key in drive.met_by)}")
    if clock.extendable:
        print(f"May be extended: {clock.extendable}")
    for one in editions:
        if one.in_force_from is None:
            print("Proposed, not law.")
            continue
        ends = f" until {one.in_force_to:%Y-%m-%d} (not included)" if one.in_force_to else ""
        local = f", the force's own, checked by {one.checked_by}" if one.local else ""
        print(f"In force from {one.in_force_from:%Y-%m-%d}{ends}: {one.length_words}{local}")
    for label, text in (("On breach", clock.on_breach), ("Note", clock.note), ("Saving", clock.saving)):
        if text:
            print(f"{label}: {text}")


@app.command()
def due(
    clock_id: ClockId,
    started: From,
    agreed: Agreed = None,
    by_todays_rules: Replay = False,
    as_json: AsJson = False,
) -> None:
    """Work out the last day of a time limit, with the provision and the working."""
    law = law_in_force()
    day, moment = _moment(started)
    newest = _editions(law, clock_id)[-1]
    change = Changed(agreed.date(), "the parties and the chair") if agreed else None
    try:
        found = asked(law, newest.id, day, moment=moment, agreed=change, by_todays_rules=by_todays_rules)
    except NotShortenable as refused:
        raise NotValid("--agreed", str(refused)) from refused
    except (BeyondTheTable, CannotCount) as cannot:
        raise NotValid("--from", str(cannot)) from cannot
    _say_answer(found, as_json)


@app.command("coverage")
def show_coverage(
    state: Annotated[str, typer.Option("--state", help="Only: implemented, data only, or not modelled.")] = "",
    as_json: AsJson = False,
) -> None:
    """Show which provisions are implemented, held as data only, or not modelled."""
    if state and state not in set(Coverage):
        raise NotValid("--state", f"there are: {', '.join(Coverage)}")
    found = [one for one in coverage(law_in_force()) if not state or one.state == state]
    if as_json:
        print_json([asdict(one) for one in found])
        return
    table = Table("instrument", "provision", "coverage", "by")
    for one in found:
        by = ", ".join(one.by[:4]) + (f" and {len(one.by) - 4} more" if len(one.by) > 4 else "")
        table.add_row(one.instrument, one.provision, one.state, by)
    Console().print(table)
    for each in Coverage:
        print(f"{sum(one.state is each for one in found)} {each}: {each.words}")


def _editions(law: Register, clock_id: str) -> tuple[Clock, ...]:
    try:
        return law.editions(clock_id.upper())
    except UnknownClock:
        raise NotFound(f"no clock has the id {clock_id!r}; `peelian law list` has them all") from None


def _moment(text: str) -> tuple[date, datetime | None]:
    """The day, and the moment where an hour was given; without a zone it is London time."""
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text), None
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise NotValid("--from", f"{text!r} is neither a day (2025-04-11) nor a moment (2025-04-11T09:30)") from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=LONDON)
    return moment.astimezone(LONDON).date(), moment


def _say_answer(found: Asked, as_json: bool) -> None:
    clock, answer = found.clock, found.answer
    if as_json:
        print_json({"clock": clock.id, "name": clock.name, **asdict(answer)})
        return
    if isinstance(answer.value, datetime):
        first = moment_words(answer.value)
    elif answer.value is not None:
        first = day_words(answer.value)
    else:
        first = "As soon as practicable" if found.is_asap else "No clock starts"
    print(first)
    print(f"{clock.id} {clock.name}: {answer.law}")
    if answer.unverified:
        print("Unverified: nobody has yet read this row in the text of the law.")
    if answer.by_todays_rules:
        print("By today's rules: this edition did not govern on that day.")
    for step in answer.because:
        print(f"  {step}")


def _clock_fields(clock: Clock) -> dict[str, Any]:
    return {**asdict(clock), "unverified": clock.unverified, "length_words": clock.length_words}


def _mark(clock: Clock) -> str:
    if clock.in_force_from is None:
        return "proposed"
    return "unverified" if clock.unverified else ""
