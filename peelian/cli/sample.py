"""`peelian sample`: second looks drawn by lot each month; run by a timer, see docs/how-to/second-looks.md."""

import re
import secrets
from datetime import date, datetime, timedelta
from typing import Annotated

import typer

from peelian.cli.actor import command_line
from peelian.cli.answers import print_json, say
from peelian.clocks.law import law
from peelian.rules.sampling import samples
from peelian.sampling import actions, queries
from peelian.terms.refusals import NotValid
from peelian.vetting import actions as vetting_actions
from peelian.vetting import queries as vetting
from peelian.vetting.second_rows import SecondDraw

app = typer.Typer(help="Second looks: decisions and investigations drawn by lot.", no_args_is_help=True)
VETTING = "vetting"
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@app.command()
def draw(
    month: Annotated[str, typer.Option("--month", help="The month, such as 2026-10; the one before if unset.")] = "",
    seed: Annotated[str, typer.Option("--seed", help="What makes the same draw again; made up if unset.")] = "",
    only: Annotated[str, typer.Option("--only", help="One sample, by its key, or vetting; all if unset.")] = "",
    on: Annotated[
        datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The day of the draw; today if unset.")
    ] = None,
) -> None:
    """Draw the second looks of a month; what was drawn already is passed over, so it is safe to run again.

    Decisions are those of the month; investigations are those open now, drawn for the month of the day.
    """
    by = command_line("second looks were drawn at the command line")
    day = on.date() if on else by.today
    of_decisions = _month(month) if month else (day.replace(day=1) - timedelta(days=1)).replace(day=1)
    seed = seed or secrets.token_hex(8)
    made = {(row.sample, row.month) for row in queries.draws(by)}
    for key, sample in samples(law()).items():
        wanted = of_decisions if sample.of_decisions or month else day.replace(day=1)
        if (only and key != only) or (key, wanted) in made:
            continue
        ref = actions.draw(by=by, sample=key, month=wanted, seed=seed, on=day)
        found = next(row for row in queries.draws(by) if row.ref == ref)
        say(f"{sample.title}, {wanted:%B %Y}: {found.drawn} drawn, seed {seed}.")
    if only in ("", VETTING) and of_decisions not in {row.month for row in vetting.second_draws(by)}:
        drawn, of = vetting_actions.draw_decisions(by=by, month=of_decisions, seed=seed, on=day)
        say(f"Decisions on clearance, {of_decisions:%B %Y}: {drawn} of {of} drawn, seed {seed}.")


@app.command("list")
def list_draws(as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False) -> None:
    """List the draws with their seeds and how far two people agreed."""
    found = queries.draws(command_line("second looks were listed at the command line"))
    vetted = vetting.second_draws(command_line("second looks were listed at the command line"))
    if as_json:
        rows = [
            {
                "sample": row.sample,
                "month": row.month,
                "seed": row.seed,
                "share": row.share,
                "drawn": row.drawn,
                "answered": row.answered,
                "missing": row.missing,
                "not_blind": row.not_blind,
                "agreed": row.agreement.agreed if row.agreement else None,
                "kappa": row.agreement.kappa if row.agreement else None,
            }
            for row in found
        ]
        print_json(rows + [_of_vetting(row) for row in vetted])
        return
    for row in found:
        agreed = f"{row.agreement.agreed} of {row.agreement.cases} agreed" if row.agreement else "none to compare"
        print(f"{row.month:%Y-%m}  {row.sample:<18} {row.drawn:>4} drawn  {row.answered:>4} taken again  {agreed}")
    for one in vetted:
        agreed = f"{one.agreement.agreed} of {one.agreement.cases} agreed" if one.agreement else "none to compare"
        print(f"{one.month:%Y-%m}  {VETTING:<18} {one.drawn:>4} drawn  {one.answered:>4} taken again  {agreed}")
    if not found and not vetted:
        say("Nothing was drawn yet. Draw the month before: peelian sample draw")


def _of_vetting(row: SecondDraw) -> dict[str, object]:
    return {
        "sample": VETTING,
        "month": row.month,
        "seed": row.seed,
        "share": row.share,
        "drawn": row.drawn,
        "answered": row.answered,
        "missing": row.missing,
        "not_blind": row.not_blind,
        "agreed": row.agreement.agreed if row.agreement else None,
        "kappa": row.agreement.kappa if row.agreement else None,
    }


def _month(typed: str) -> date:
    if not MONTH.fullmatch(typed):
        raise NotValid("month", f"{typed!r} is no month; write it as 2026-10.")
    return date(int(typed[:4]), int(typed[5:]), 1)
