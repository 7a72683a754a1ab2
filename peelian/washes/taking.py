"""What a run or a night wrote, handed to those who judge."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from peelian.matches import actions as matches
from peelian.matches.rows import Found
from peelian.matches.unnamed import Unnamed, by_vehicle
from peelian.terms.viewer import Viewer
from peelian.wash import reporting
from peelian.wash.handing import OUTPUT, handed
from peelian.wash.listening import Listener, silent
from peelian.wash.nameless import nameless
from peelian.wash.store import opened

LISTS = ("words_for", "words_against", "marks")
TEXTS = (
    *("person_id", "source", "record_id", "band", "link", "purpose", "unsure", "associate_of", "relation", "part"),
    *("category", "recorded_on", "resolved_on"),
)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The run that was made (`ref`). `unnamed`: records that name nobody and give a vehicle, and `by_vehicle` the pairs
    that its mark made."""

    ref: str
    unnamed: int
    by_vehicle: int


def take_in(*, by: Viewer, workforce: str, store: Path, listener: Listener = silent) -> TakenIn:
    """Take in what the last run or night of `store` found, as the wash of `workforce`.

    What people judged before stays as they judged it. It goes part by part: stopped, what was taken in stays, and the
    same call goes on after it. Raises NotAllowed without the power to load, NotValid for a store in which the register
    knows nobody, WashError where nothing was washed or a sum does not come out.
    """
    listener(0, None, "adding up")
    with opened(store) as held:
        account = json.loads(json.dumps(reporting.report(held), default=str))
        unnamed = [_unnamed(row) for row in nameless(held)]
    found = []
    for number, row in enumerate(handed(store / OUTPUT), 1):
        found.append(_found(row))
        if not number % 1000:
            listener(number, None, "reading pairs")
    on = date.fromisoformat(account["last_night_on"] or account["on"])
    vehicles = by_vehicle(by, unnamed)
    found += vehicles
    ref = matches.take_in(by=by, workforce=workforce, account=account, found=found, on=on, listener=listener)
    return TakenIn(ref, len(unnamed), len(vehicles))


def _unnamed(row: dict[str, Any]) -> Unnamed:
    texts = {name: str(row[name]) for name in ("source", "record_id", "part", "category", "recorded_on", "resolved_on")}
    return Unnamed(**texts, marks=tuple(row["marks"]), keepers=tuple(row["keepers"]))


def _found(row: dict[str, Any]) -> Found:
    facts: dict[str, Any] = {name: str(row.get(name) or "") for name in TEXTS}
    facts |= {name: tuple(str(one) for one in row.get(name) or ()) for name in LISTS}
    return Found(
        **facts,
        weight=float(row["weight"]),
        serious=bool(row["serious"]),
        same_day=bool(row.get("same_day")),
        sides=tuple((str(what), str(left), str(right)) for what, left, right in row["sides"] or ()),
        steps=tuple((str(step["words"]), float(step["bits"])) for step in row.get("steps") or ()),
        lent=row.get("pass") == 2,
    )
