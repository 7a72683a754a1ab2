"""A batch of rows sorted against the ledger: new, changed, held already, set aside. Reads only."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from peelian.feeds.maps import ColumnMap
from peelian.feeds.rows import AcceptedRow, Batch
from peelian.intake import ledger
from peelian.intake.ledger import Held
from peelian.intake.loading import Aside, Loading, OpenLoad

HASH_LENGTH = 32  # letters of hex: the first 128 bits
REPEATED = "the key was given by an earlier row of this file that says something else"


@dataclass(slots=True)
class Work:
    """What a load has at hand while it runs. `people_id`: the register whose keys the source uses.

    `occurrences`: for a map whose rows may share a key, how many rows of the file gave each key so far.
    """

    load: OpenLoad
    map: ColumnMap
    loading: Loading
    people_id: int = field(repr=False)
    complainants_id: int = field(repr=False)
    occurrences: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeyedRow:
    """`key`: in words. `hash` and `digest`: as the ledger keeps them."""

    key: str
    hash: str
    digest: str
    row: AcceptedRow


@dataclass(slots=True)
class Sorted:
    """`touched`: ledger rows that this file has too. `already`: rows that say nothing new."""

    new: list[KeyedRow] = field(default_factory=list)
    changed: list[tuple[KeyedRow, Held]] = field(default_factory=list)
    touched: list[int] = field(default_factory=list)
    already: int = 0
    aside: list[Aside] = field(default_factory=list)


def keyed(work: Work, rows: Sequence[AcceptedRow]) -> list[KeyedRow]:
    """The rows with their keys. Where rows may share a key, the second with it is `key #2`: told apart by order."""
    found = []
    for row in rows:
        key = row.key
        if work.map.repeats:
            number = work.occurrences[key] = work.occurrences.get(key, 0) + 1
            if number > 1:
                key = f"{key} #{number}"
        found.append(KeyedRow(key, key_hash(key), row.digest[:HASH_LENGTH], row))
    return found


def key_hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:HASH_LENGTH]


def sort(work: Work, batch: Batch) -> Sorted:
    """Every row of the batch goes into exactly one of new, changed, already held, set aside."""
    rows = keyed(work, batch.accepted)
    held = ledger.held(work.load.source_id, list({row.hash for row in rows}), load_id=work.load.id)
    seen = [one.id for one in held.values() if one.seen]
    waiting = ledger.pending_digests(work.load.id, seen) if seen else {}
    found = Sorted(aside=[Aside(row.row_number, row.column, row.reason, row.raw) for row in batch.refused])
    here: dict[str, str] = {}  # keys of this batch with what their first row said
    for row in rows:
        before = held.get(row.hash)
        if before is not None and before.seen and row.hash not in here:
            here[row.hash] = waiting.get(before.id, before.digest)
        if (said := here.get(row.hash)) is not None:
            if said == row.digest:
                found.already += 1
            else:
                found.aside.append(Aside(row.row.row_number, "", REPEATED, row.row.raw))
            continue
        here[row.hash] = row.digest
        if before is None:
            found.new.append(row)
            continue
        found.touched.append(before.id)
        if before.digest == row.digest:
            found.already += 1
        else:
            found.changed.append((row, before))
    return found


def batch_digest(batch: Batch) -> str:
    """SHA-256 in hex over the digests of the rows and the numbers of those refused, in order; for the journal."""
    whole = hashlib.sha256()
    for row in batch.accepted:
        whole.update(row.digest.encode())
    for refused in batch.refused:
        whole.update(f"#{refused.row_number}".encode())
    return whole.hexdigest()
