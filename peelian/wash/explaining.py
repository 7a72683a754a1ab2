"""`explain`: one pair, comparison by comparison: what agrees, what speaks against, and how the weight adds up."""

from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from peelian.terms.stored_forms import BORN, NAME, day_said, said
from peelian.wash.errors import WashError
from peelian.wash.model import Model
from peelian.wash.scoring import score_sql
from peelian.wash.store import Store
from peelian.wash.waterfall import steps_sql

OF_FORM = ("fn", "mids", "sn", "born", "born_year", "sex", "birth_place")
SAID = ("places", "until", "postcodes", "phones", "emails", "marks")
HOMES, MARKS = "addresses", "vehicle marks and numbers"
SHOWN = {
    NAME: ("fn", "mids", "sn"),
    BORN: ("born", "born_year"),
    "sex": ("sex",),
    "place of birth": ("birth_place",),
    HOMES: ("places",),
    "postcodes": ("postcodes",),
    "telephones": ("phones",),
    "e-mail addresses": ("emails",),
    MARKS: ("marks",),
}
WIDE = 42  # of the column of the person


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the sum (`waterfall.steps_sql`): what it is in words, and its bits."""

    words: str
    bits: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """The steps add up to `weight`. `base`: without what is taken off, `capped`, where only a household agrees.
    `pair`: how it stands in the results, if it does.

    `person`, `record`: what was compared, by column. A pair of the second pass was weighed with what near-certain
    records lend to the person: `lent` says so, and the steps then show the first pass.
    """

    person_id: str
    source: str
    record_id: str
    steps: tuple[Step, ...]
    base: float
    capped: float
    weight: float
    pair: dict[str, Any] | None
    person: dict[str, Any]
    record: dict[str, Any]

    @property
    def lent(self) -> bool:
        return bool(self.pair and self.pair["pass"] == 2)


def explain(store: Store, model: Model, person_id: str, record_id: str, source: str = "") -> Explanation:
    """The best way in which the two agree, whether or not the wash kept the pair. Raises WashError"
    " for an unknown key."""
    people = store.rows("SELECT owner FROM person WHERE person_id = ?", [person_id])
    records = store.rows(
        "SELECT r.owner, s.id FROM record r JOIN source s ON s.src = r.src WHERE r.record_id = ? AND"
        " (? = '' OR s.id = ?)",
        [record_id, source, source],
    )
    if not people or not records:
        raise WashError(f"There is no {'record ' + record_id if people else 'person ' + person_id} in this store.")
    if len(records) > 1:
        raise WashError(f"Several sources hold {record_id}: {', '.join(row[1] for row in records)}. Say --source.")
    left, (right, named) = int(people[0][0]), records[0]
    store.db.execute(
        f"CREATE OR REPLACE TEMP TABLE one_pair AS SELECT l.form_no AS l_form, r.form_no AS r_form FROM person_form l,"
        f" record_form r WHERE l.owner = {left} AND r.owner = {int(right)}"
    )
    population = int(store.get("population"))
    sql = score_sql(model, population, pairs="one_pair", left="person_form", right="record_form")
    found = _dicts(store, f"SELECT *, {steps_sql(model, population)} AS steps FROM ({sql}) s")
    if not found:
        raise WashError(f"{person_id} has no name, so that nothing was compared.")
    row = found[0]
    pairs = (
        _dicts(store, "SELECT * FROM pair WHERE l_owner = ? AND r_owner = ?", [left, right]) if store.get("run") else []
    )
    return Explanation(
        person_id,
        named,
        record_id,
        tuple(Step(**step) for step in row["steps"]),
        row["base"],
        row["base"] - row["weight"],
        row["weight"],
        pairs[0] if pairs else None,
        _side(store, "person", row["l_form"], left),
        _side(store, "record", row["r_form"], int(right)),
    )


def _side(store: Store, side: str, form: int, owner: int) -> dict[str, Any]:
    """What was compared of one side, in words."""
    of_form = _dicts(store, f"SELECT {', '.join(OF_FORM)} FROM {side}_form WHERE form_no = ?", [form])[0]
    return of_form | _dicts(store, f"SELECT {', '.join(SAID)} FROM {side}_said WHERE owner = ?", [owner])[0]


def _dicts(store: Store, sql: str, values: list[Any] | None = None) -> list[dict[str, Any]]:
    cursor = store.db.execute(sql, values or [])
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def explanation_text(found: Explanation) -> str:
    """The explanation for people: the steps, the sum, and both sides beside each other, differences marked."""
    lines = [f"{found.person_id} and {found.record_id} of {found.source}", ""]
    lines += [f"{step.bits:+7.1f}  {step.words}" for step in found.steps]
    lines.append(f"{found.weight:+7.1f}  in all ({_odds(found.weight)})")
    if found.pair:
        lines += ["", f"Graded {found.pair['band']} at {found.pair['weight']:+.1f}; {found.pair['link']};"
                  f" for {found.pair['purpose']}."]  # fmt: skip
        if found.pair["unsure"]:
            lines.append(f"Unsure: {found.pair['unsure']}")
        if found.lent:
            lines.append(
                "Weighed again with what near-certain records know of the person; the sum above is without it."
            )
    else:
        lines += ["", "The wash did not keep this pair."]
    lines += ["", f"  {'':26} {'person':{WIDE}} record"]
    for what, names in SHOWN.items():
        left, right = (_values(what, names, side) for side in (found.person, found.record))
        known = {one.partition(" (until")[0] for one in left} & {one.partition(" (until")[0] for one in right}
        left, right = (sorted(side, key=lambda one: one.partition(" (until")[0] not in known) for side in (left, right))
        for number, (one, other) in enumerate(zip_longest(left, right, fillvalue="")):
            mark = "*" if left and right and left != right else " "
            lines.append(f"{' ' if number else mark} {'' if number else what:26} {one:{WIDE}} {other}".rstrip())
    return "\n".join(lines) + "\n"


def _values(what: str, names: tuple[str, ...], side: dict[str, Any]) -> list[str]:
    """What one side has of one thing, as people write it; of a home until when, where that is known."""
    stored = [one for name in names for one in _listed(side[name])]
    if what == NAME:
        return [said(NAME, " ".join(stored))] if stored else []
    if what == BORN:
        return [said(BORN, one) for one in stored[:1]]
    if what == MARKS:
        stored = [one[2:] for one in stored]  # `v:` or `i:` before each
    until = [str(one or "") for one in side["until"] or ()] if what == HOMES else []
    words = [said(what, one) for one in stored]
    return [
        one + (f" (until {day_said(day)})" if day else "")
        for one, day in zip_longest(words, until, fillvalue="")
        if one
    ]


def _listed(value: Any) -> list[str]:
    if isinstance(value, list):
        return [str(one) for one in value if one]
    return [str(value)] if value else []


def _odds(weight: float) -> str:
    odds = 2.0 ** min(abs(weight), 40)
    return f"about {odds:,.0f} to 1 {'for' if weight >= 0 else 'against'}"
