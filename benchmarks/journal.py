"""What the journal costs: writing entries beside the same inserts without chain, verifying beside bare hashing.

`python -m benchmarks.journal [--entries N]`: N (1,000,000 unless given) entries are written and verified. SQLite in a
temporary folder, under the settings of a real installation (write-ahead log, synchronous=FULL).
"""

import hashlib
import resource
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice

from django.core.management import call_command
from django.db import connection, models, transaction

from benchmarks.apart import HOME
from benchmarks.figures import Figure, Section, report
from peelian.journal import actions, verification
from peelian.journal.actions import EntryDraft
from peelian.journal.models import Entry
from peelian.journal.stream import stored
from peelian.journal.verifier import canonical
from peelian.terms.acts import Act, RecordKind
from peelian.terms.viewer import system

ROUNDS = 7
BATCH = 500
BATCHES = 6
SINGLES = 200
SAMPLE = 10_000
BY = system("bench", at=datetime(2026, 11, 23, 9, 0, tzinfo=UTC), because="a benchmark")


def plain_table() -> type[models.Model]:
    """The same table with the same indexes, and neither chain nor triggers."""
    indexes = [models.Index(fields=index.fields, name=f"plain_{index.fields[0]}") for index in Entry._meta.indexes]
    meta = type("Meta", (), {"app_label": "journal", "db_table": "plain_entry", "indexes": indexes})
    fields = {field.name: field.clone() for field in Entry._meta.concrete_fields}
    plain = type("Plain", (models.Model,), {**fields, "Meta": meta, "__module__": __name__})
    with connection.schema_editor() as editor:
        editor.create_model(plain)
    return plain


def drafts(count: int) -> list[EntryDraft]:
    return [
        EntryDraft(
            Act.ALTERED,
            RecordKind.MATTER,
            f"PM-{number:05}-AAAAA",
            "recorded a complaint with two allegations",
            reason="received by letter from the complainant",
            decision="open to this viewer",
        )
        for number in range(count)
    ]


def chained(entries: list[EntryDraft]) -> None:
    with transaction.atomic():
        actions.record_many(by=BY, entries=entries)


def unchained(plain: type[models.Model], start: int, entries: list[EntryDraft]) -> None:
    """The same columns filled with the same words; the next number is given, the hashes are constants."""
    at, nothing = actions.moment(BY.at), "0" * 64
    with transaction.atomic():
        rows = [
            plain(
                seq=number,
                at=at,
                actor=BY.actor,
                act=str(draft.act),
                kind=str(draft.kind),
                key=draft.key,
                on="",
                summary=draft.summary,
                reason=draft.reason,
                decision=draft.decision,
                shown="[]",
                payload="[]",
                previous=nothing,
                hash=nothing,
            )
            for number, draft in enumerate(entries, start=start)
        ]
        plain._default_manager.bulk_create(rows, batch_size=actions.BATCH)


def seconds(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def side_by_side(plain: type[models.Model], batch: int, times: int) -> tuple[float, float]:
    """Median entries a second with the chain, and median ratio of time to without; the two by turns."""
    rates, ratios, number = [], [], plain._default_manager.count() + 1
    for _ in range(ROUNDS):
        entries = drafts(batch)

        def without(start: int = number, entries: list[EntryDraft] = entries) -> None:
            for turn in range(times):
                unchained(plain, start + turn * batch, entries)

        def with_chain(entries: list[EntryDraft] = entries) -> None:
            for _ in range(times):
                chained(entries)

        bare = seconds(without)
        whole = seconds(with_chain)
        number += batch * times
        rates.append(batch * times / whole)
        ratios.append(whole / bare)
    return statistics.median(rates), statistics.median(ratios)


def filled_to(count: int) -> None:
    held = Entry.objects.count()
    while held < count:
        more = min(5000, count - held)
        chained(drafts(more))
        held += more


def bare_hashing(count: int) -> float:
    """Processor seconds to hash as many bytes in as many pieces: the canonical entries, with nothing around them."""
    sample: list[bytes] = [b"\x00" + canonical(entry) for entry, _ in islice(stored(), SAMPLE)]
    rounds, rest = divmod(count, len(sample))

    def pieces() -> Iterator[list[bytes]]:
        for _ in range(rounds):
            yield sample
        yield sample[:rest]

    started = time.process_time()
    for part in pieces():
        for piece in part:
            hashlib.sha256(piece).digest()
    return time.process_time() - started


def measure(words: Sequence[str]) -> Section:
    count = int(words[words.index("--entries") + 1]) if "--entries" in words else 1_000_000
    call_command("migrate", "journal", verbosity=0)
    plain = plain_table()
    many_rate, many_ratio = side_by_side(plain, BATCH, BATCHES)
    one_rate, one_ratio = side_by_side(plain, 1, SINGLES)
    filled_to(count)
    bare = bare_hashing(count)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    verdict = verification.verify()
    taken = time.process_time() - started
    assert verdict.is_whole, verdict.findings
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory) / 1024
    note = (
        "SQLite, write-ahead log, synchronous=FULL. Without chain: the same rows into the same table with the same"
        f" indexes, by the same bulk insert, with no hash, lock or trigger. Medians of {ROUNDS} turns, by turns."
    )
    return Section(
        "Journal",
        note,
        (
            Figure(f"entries a second, {BATCH} in a transaction", f"{many_rate:,.0f}"),
            Figure(f"the same as a ratio to no chain, {BATCH} in a transaction", f"{many_ratio:.2f}", "at most 1.5"),
            Figure("entries a second, each in a transaction of its own", f"{one_rate:,.0f}"),
            Figure("the same as a ratio to no chain, one in a transaction", f"{one_ratio:.2f}", "at most 1.5"),
            Figure(f"verification of {verdict.entries:,} entries", f"{taken:.1f} processor seconds"),
            Figure("hashing the same bytes in as many pieces", f"{bare:.2f} processor seconds"),
            Figure("verification as a ratio to hashing", f"{taken / bare:.1f}"),
            Figure("memory that verification adds", f"{grown:.0f} MiB", "does not grow with the entries"),
        ),
    )


if __name__ == "__main__":
    try:
        report(measure)
    finally:
        connection.close()
        shutil.rmtree(HOME, ignore_errors=True)
        sys.stdout.flush()
