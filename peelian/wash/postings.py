"""The keys of the records, sorted, in files beside the store.

The few hundred thousand keys that people have by a rule are looked up there in a moment, where a join would read every
key of every record.

They are a copy of the table `record_key` up to the form `posted_to` of the state, made after a build and made anew when
much came since. What came later is in the table alone. A store that lacks its copy, or holds another, makes it again.
"""

import json
import shutil
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from peelian.wash.candidates import candidate_sql, few_candidates_sql, numbers_of, rules
from peelian.wash.listening import Listener
from peelian.wash.store import Store

LATER = 200_000  # forms that came later, from which the copy is made anew
AT_ONCE = 4_000_000  # forms whose keys are sorted in memory together
PAIRS_AT_ONCE = 1_000_000  # pairs that are laid by before they are put down
FOLDER = "postings-"

Numbers = NDArray[Any]


def post(store: Store, listener: Listener) -> None:
    """Write the copy anew, whole, in the place of any there is: killed, the store makes it the next time."""
    listener(0, None, "sorting keys")
    to, forms = store.rows("SELECT coalesce(max(form_no), 0), count(*) FROM record_key")[0]
    begun = store.folder / f"{FOLDER}begun"
    shutil.rmtree(begun, ignore_errors=True)
    begun.mkdir()
    kind = np.uint32 if int(to) < 2**32 else np.uint64
    counts = {rule.column: _write(store, begun, rule.column, int(forms), kind) for rule in rules()}
    folder = store.folder / f"{FOLDER}{to}-{forms}"
    for old in store.folder.glob(f"{FOLDER}*"):
        if old != begun:
            shutil.rmtree(old)
    begun.replace(folder)
    with store.all_or_nothing():
        store.put("posted_to", str(to))
        held = {"folder": folder.name, "forms": int(forms), "keys": counts, "bytes": np.dtype(kind).itemsize}
        store.put("posted", json.dumps(held))


def _write(store: Store, folder: Path, column: str, forms: int, kind: type[np.unsignedinteger[Any]]) -> int:
    """The keys of one rule, sorted, and the form of each; how many there are. Sorted by parts of their range."""
    parts = forms // AT_ONCE + 1
    bounds = [2**64 * part // parts for part in range(parts + 1)]
    count = 0
    with (folder / f"{column}.keys").open("wb") as keys, (folder / f"{column}.forms").open("wb") as numbers:
        for low, high in pairwise(bounds):
            found = store.db.execute(
                f"SELECT {column} AS key, form_no FROM record_key WHERE {column} BETWEEN {low} AND {high - 1}"
                " ORDER BY key, form_no"
            ).fetchnumpy()
            np.asarray(found["key"], dtype=np.uint64).tofile(keys)
            np.asarray(found["form_no"]).astype(kind).tofile(numbers)
            count += len(found["key"])
    return count


def pairs_of(store: Store, keys: str) -> str:
    """The pairs of forms (l_form, r_form) that some rule puts together, as a query: of the table `keys` (as
    `person_key`) and of all records.

    `make_whole` must have been called, and `list_few` for the records that came after the copy was made.
    """
    if store.elsewhere:
        return candidate_sql(keys, "true", numbers_of(store, keys))
    held = json.loads(store.get("posted"))
    store.db.execute("CREATE OR REPLACE TEMP TABLE found (l_form BIGINT, r_form BIGINT)")
    theirs = store.db.execute(f"SELECT rule, key, form_no FROM {keys}").fetchnumpy()
    rule_no, key, form_no = (np.asarray(theirs[name]) for name in ("rule", "key", "form_no"))
    several: list[tuple[Numbers, Numbers]] = []
    for number, rule in enumerate(rules()):
        of_rule = np.flatnonzero(rule_no == number)
        if held["keys"][rule.column] and len(of_rule):
            path = store.folder / held["folder"] / rule.column
            several.append(_looked_up(key[of_rule], form_no[of_rule], path, int(held["bytes"])))
            if sum(len(left) for left, _ in several) > PAIRS_AT_ONCE:
                _put(store, several)
                several = []
    _put(store, several)
    to = int(store.get("posted_to"))
    gone = int(store.one("SELECT count(*) FROM record_key WHERE form_no <= ?", [to])) < int(held["forms"])
    where = " WHERE r_form IN (SELECT form_no FROM record_key)" if gone else ""
    return f"FROM (SELECT l_form, r_form FROM found{where} UNION {few_candidates_sql(keys)})"


def _put(store: Store, several: list[tuple[Numbers, Numbers]]) -> None:
    """Add the pairs of several rules to `found`."""
    if several:
        left, right = (np.concatenate(side) for side in zip(*several, strict=True))
        store.db.register("looked_up", {"l_form": left, "r_form": right})
        store.db.execute("INSERT INTO found SELECT l_form, r_form FROM looked_up")
        store.db.unregister("looked_up")


def _looked_up(wanted: Numbers, left: Numbers, path: Path, size: int) -> tuple[Numbers, Numbers]:
    """The forms `left` of people who have the keys `wanted` by one rule, and beside each the forms of records (`size`
    bytes each, in the files at `path`) with the same key."""
    if np.any(wanted[1:] < wanted[:-1]):  # each is looked for near where the one before it was
        order = np.argsort(wanted)
        wanted, left = wanted[order], left[order]
    there = np.memmap(f"{path}.keys", dtype=np.uint64, mode="r")
    forms = np.memmap(f"{path}.forms", dtype=f"u{size}", mode="r")
    first = np.searchsorted(there, wanted)
    hit = np.flatnonzero(there[np.minimum(first, len(there) - 1)] == wanted)
    first = first[hit]
    count = np.searchsorted(there, wanted[hit], "right") - first
    place = np.repeat(first - np.cumsum(count) + count, count) + np.arange(count.sum())
    return np.repeat(left[hit], count), np.asarray(forms[place]).astype(np.int64)


def make_whole(store: Store, listener: Listener) -> None:
    """Make the copy where it is not there as the state says: before anything is looked up in it."""
    said = store.get("posted")
    if said:
        held = json.loads(said)
        folder = store.folder / held["folder"]
        sizes = {folder / f"{name}.keys": 8 * count for name, count in held["keys"].items()}
        sizes |= {folder / f"{name}.forms": held["bytes"] * count for name, count in held["keys"].items()}
        if all(path.exists() and path.stat().st_size == size for path, size in sizes.items()):
            return
    post(store, listener)


def post_again(store: Store, listener: Listener) -> None:
    """Write the copy anew where much came since it was written."""
    if int(store.one("SELECT count(*) FROM record_key WHERE form_no > ?", [int(store.get("posted_to") or 0)])) > LATER:
        post(store, listener)
