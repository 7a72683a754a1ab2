"""Writing one part of a run: pairs as they stand by it, how it saw each, what a rule that stands puts away."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from peelian.matches.actions.differing import Brought
from peelian.matches.actions.ruling import marks_of, standing
from peelian.matches.compared import Compared
from peelian.matches.models import Pair, Run, Sighting, Source
from peelian.matches.read import day_of
from peelian.matches.rows import Found
from peelian.matches.words import seal
from peelian.terms.matches import PairState
from peelian.terms.references import new_reference

CHUNK = 500
OPEN = (PairState.WAITING, PairState.UNSURE)
STANDS = ["person_id", "stake", "weight", "band", "link", "purpose", "is_gone", "digest"]


def put(run: Run, part: Sequence[Brought], known: Mapping[str, int]) -> None:
    """Write a part of a run; what only goes to intake is written already. `known`: the workforce in the register."""
    brought = [one for one in part if not one.is_as_held]
    _put_new(run, [(one.found, one) for one in brought if one.found and one.held is None], known)
    _put_changed(run, [(one.held, one.found, one.digest) for one in brought if one.found and one.held], known)
    _put_gone(run, [one.held for one in brought if one.found is None and one.held])
    _rule_out(run.workforce, [one.found for one in brought if one.found])


def name_sources(run: Run) -> None:
    """What the run's proof of coverage says of each source, so that a list can name it and its basis can end."""
    for one in run.account["sources"]:
        if not one.get("id"):
            continue  # a proof from before sources stood in it by their key
        basis = one["basis"] if isinstance(one["basis"], dict) else {}
        said = {"title": one["title"], "expires_on": day_of(str(basis.get("expires_on") or ""))}
        Source.objects.update_or_create(workforce=run.workforce, source=one["id"], defaults=said)


def _stands(found: Found, digest: str, known: Mapping[str, int]) -> dict[str, Any]:
    """How a pair stands by what a run found."""
    return {
        "person_id": known.get(found.of_workforce),
        "stake": found.stake,
        "weight": found.weight,
        "band": found.band,
        "link": found.link,
        "purpose": found.purpose,
        "is_gone": False,
        "digest": digest,
    }


def _see(run: Run, seen: Iterable[tuple[Pair, Found | None]]) -> None:
    """How the run saw pairs; None: it found one no more."""
    rows = []
    for pair, one in seen:
        sighting = Sighting(pair=pair, run=run, is_gone=one is None, weight=pair.weight, band=pair.band)
        rows.append((pair.ref, sighting, Compared.of(asdict(one)).words if one else {}))
    seal(rows)
    Sighting.objects.bulk_create((row for _, row, _ in rows), batch_size=CHUNK)


def _put_new(run: Run, part: Sequence[tuple[Found, Brought]], known: Mapping[str, int]) -> None:
    pairs = Pair.objects.bulk_create(
        (
            Pair(
                ref=new_reference("PW"),
                workforce=run.workforce,
                person_key=found.person_id,
                source=found.source,
                record_key=found.record_id,
                again_of=one.was,
                **_stands(found, one.digest, known),
            )
            for found, one in part
        ),
        batch_size=CHUNK,
    )
    _see(run, ((pair, found) for pair, (found, _) in zip(pairs, part, strict=True)))


def _put_changed(run: Run, part: Sequence[tuple[Pair, Found, str]], known: Mapping[str, int]) -> None:
    rows = [row for row, _, _ in part]
    judged = Pair.objects.select_for_update().filter(pk__in=[row.pk for row in rows]).values_list("pk", "state")
    now = dict(judged)  # somebody may have judged one since the run was compared with what is held
    for row, found, digest in part:
        row.state = now[row.pk]
        for field, value in _stands(found, digest, known).items():
            setattr(row, field, value)
    Pair.objects.bulk_update(rows, STANDS, batch_size=CHUNK)
    _see(run, ((row, found) for row, found, _ in part))
    again = [row for row in rows if _is_open_again(row)]
    for row in again:
        row.state = PairState.WAITING
    Pair.objects.bulk_update(again, ["state"], batch_size=CHUNK)


def _is_open_again(row: Pair) -> bool:
    """A record that turns out to be of a serious kind, when a rule or one person alone had put it away."""
    if not row.stake or row.state not in (PairState.RULED_OUT, PairState.NO):
        return False
    last = row.judgements.order_by("pk").last()
    return row.state == PairState.RULED_OUT or not (last and last.needs_second)


def _put_gone(run: Run, rows: Sequence[Pair]) -> None:
    _see(run, ((row, None) for row in rows))
    for row in rows:
        row.is_gone = True
    Pair.objects.bulk_update(rows, ["is_gone"], batch_size=CHUNK)


def _rule_out(workforce: str, found: Sequence[Found]) -> None:
    """Pairs that a standing rule says are never the same, unless the record is of a serious kind."""
    bear = [one for one in found if one.marks and not one.stake]
    if not bear:
        return
    rules = standing().filter(pair__workforce=workforce, pair__person_key__in={one.person_id for one in bear})
    never = {(rule.pair.person_key, mark) for rule, mark in marks_of(rules).items()}
    for one in bear:
        if any((one.person_id, mark) in never for mark in one.marks):
            Pair.objects.filter(
                **{"workforce": workforce, "person_key": one.person_id, "source": one.source},
                **{"record_key": one.record_id, "state__in": OPEN},
            ).update(state=PairState.RULED_OUT)
