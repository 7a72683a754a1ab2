"""One return whole: its facts with what was corrected, and what may be done now."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from peelian.returns.acts import (
    ANSWERED,
    DOINGS,
    JUDGED,
    MEETS,
    PUBLISHED,
    RECEIVED,
    REPORTED,
    SENT,
    STARTS,
    UNDOABLE,
    WRITTEN,
)
from peelian.returns.facts import (
    Standing,
    approved,
    live,
    quarter_in,
    standing,
    verdict,
)
from peelian.returns.models import Fact
from peelian.returns.queries.lines import KEEP, lines_of, tied_to
from peelian.returns.queries.lists import logged
from peelian.returns.rows import AnswerRow, FactRow, Report, ReturnLine, ReturnRow
from peelian.rules.returns import ReturnKind
from peelian.terms.known_dates import date_words
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold
from peelian.walls.queries import actor_names


def one_return(viewer: Viewer, return_key: str) -> ReturnRow:
    """One whole: its duty, its facts with what was corrected, what may be done now.

    Needs KEEP_RETURNS. Raises NotFound.
    """
    must_hold(viewer, KEEP)
    found = standing([return_key])
    line = next((one for one in lines_of(viewer, found) if one.key == return_key), None)
    if line is None:
        raise NotFound(f"return {return_key}")
    held = found.get(return_key, {})
    rows = list(Fact.objects.filter(return_key=return_key).order_by("-recorded_at", "-pk"))
    names = actor_names({row.recorded_by for row in rows})
    replaced = {row.corrects_id for row in rows}
    reported = held.get(REPORTED)
    return ReturnRow(
        line=line,
        facts=tuple(_fact(row, names, row.pk not in replaced, held) for row in rows),
        acts=tuple(_acts(viewer, line, held)),
        again=tuple(_again(held)),
        logged=logged(viewer, quarter_in(return_key).code) if line.kind is ReturnKind.DATA else None,
        report=_report(viewer, reported) if reported is not None else None,
        answer=_answer(held, names),
        before={what: _before(held[what]) for what in _again(held)},
    )


def _acts(viewer: Viewer, line: ReturnLine, held: Standing) -> Iterator[str]:
    """What may be done now, by the viewer."""
    if not line.is_open:
        return
    if line.kind is ReturnKind.DATA:
        yield SENT
    elif line.kind is ReturnKind.BULLETIN:
        yield PUBLISHED
    else:
        said = verdict(held)
        if live(held, WRITTEN) is None or (said is not None and approved(held) is None):
            yield WRITTEN
        elif line.asks_viewer:
            yield JUDGED
        elif approved(held) is not None:
            yield ANSWERED


def _again(held: Standing) -> Iterator[str]:
    """What was recorded, and may be recorded again with reasons."""
    for what in (RECEIVED, REPORTED):
        if what in held:
            yield what
    for what in (SENT, PUBLISHED, ANSWERED):
        if live(held, what) is not None:
            yield what
    if live(held, WRITTEN) is not None and live(held, ANSWERED) is None:
        yield WRITTEN


def _report(viewer: Viewer, start: Any) -> Report:
    said = start.said
    kept = tied_to(viewer, {"": {REPORTED: start}}).get(said.get("recommendation_ref", ""))
    return Report(
        title=said["title"],
        number=kept.number if kept else said.get("number", ""),
        words=kept.words if kept else said.get("words", ""),
        bodies=said["bodies"],
        published_on=start.on,
        asked_by=date.fromisoformat(said["asked_by"]) if "asked_by" in said else None,
        tied_ref=kept.ref if kept else "",
    )


def _answer(held: Standing, names: dict[str, str]) -> AnswerRow | None:
    written, said = live(held, WRITTEN), verdict(held)
    if written is None:
        return None
    return AnswerRow(
        ref=written.ref,
        accepted=written.said["accepted"] == "Accepted",
        why=written.said["why"],
        words=written.said["words"],
        on=written.on,
        by=names[written.recorded_by],
        agreed=None if said is None else said.said["agreed"] == "Approved",
        agreed_why="" if said is None else said.said["why"],
        agreed_by="" if said is None else names[said.recorded_by],
        agreed_on=None if said is None else said.on,
    )


def _fact(row: Any, names: dict[str, str], stands: bool, held: Standing) -> FactRow:
    doing = DOINGS[row.what]
    blocks = row.what == STARTS.get(doing.kind) and live(held, MEETS[doing.kind]) is not None
    return FactRow(
        ref=row.ref,
        words=doing.words,
        on=row.on,
        by=names[row.recorded_by],
        recorded_at=row.recorded_at,
        said=tuple(_said(doing.details, row.said)),
        reasons=row.reasons,
        stands=stands,
        withdrawn=row.withdrawn,
        may_undo=stands and not row.withdrawn and row.what in UNDOABLE and not blocks,
    )


def _before(row: Any) -> dict[str, Any]:
    """What was recorded, as it would be told again."""
    said: dict[str, Any] = {"on": row.on, **row.said}
    if "asked_by" in said:
        said["asked_by"] = date.fromisoformat(said["asked_by"])
    if row.what == WRITTEN:
        said["accepted"] = "yes" if said["accepted"] == "Accepted" else "no"
    if row.what == PUBLISHED:
        said["with_narrative"] = "yes"
    return said


def _said(details: Iterable[tuple[str, str]], said: dict[str, str]) -> Iterator[tuple[str, str]]:
    for key, label in details:
        value = said.get(key, "")
        if value:
            yield label, date_words(date.fromisoformat(value)) if key == "asked_by" else value
