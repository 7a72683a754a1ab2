"""The returns of the force: what is owed, late, met; one whole; what is the viewer's own. Nothing here writes."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from peelian.clocks.law import law
from peelian.matters import queries as matters
from peelian.recommendations import queries as recommendations
from peelian.recommendations.rows import RecommendationLine
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
    bulletin_key,
    data_key,
    kind_of,
    live,
    owed_quarters,
    quarter_in,
    standing,
    verdict,
)
from peelian.returns.models import Charge, Fact
from peelian.returns.rows import AnswerRow, FactRow, Logged, Report, ReturnLine, ReturnRow, Show
from peelian.rules.returns import Quarter, ReturnKind, quarters_ended, return_duty
from peelian.terms.known_dates import date_words
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold
from peelian.walls.queries import actor_names, users_holding
from peelian.walls.rows import UserRow

KEEP = Permission.KEEP_RETURNS
ANSWERS_FOR = ("head_of_professional_standards", "appropriate_authority")  # roles asked in turn where nobody was named
NOBODY = "nobody yet"
BULLETINS_BACK = 2  # years in which a bulletin may still come; a choice of ours, no law


def returns(viewer: Viewer, show: Show | None = None) -> tuple[ReturnLine, ...]:
    """Every return, what is owed first and by due day, then what is done with the latest first. Needs KEEP_RETURNS.

    A quarter that ended is there by itself. A fixed number of statements.
    """
    must_hold(viewer, KEEP)
    found = [one for one in _lines(viewer, standing()) if show is None or _shows(one, show)]
    owed = sorted((one for one in found if one.is_open), key=lambda one: (_due(one), one.key))
    done = sorted((one for one in found if not one.is_open), key=lambda one: (_due(one), one.key), reverse=True)
    return (*owed, *done)


def mine(viewer: Viewer) -> tuple[ReturnLine, ...]:
    """What the viewer owns and is open, and answers that wait for their approval, by due day; for My work."""
    if viewer.user_id is None or not viewer.may(KEEP):
        return ()
    found = (one for one in _lines(viewer, standing()) if one.is_open and (one.is_mine or one.asks_viewer))
    return tuple(sorted(found, key=lambda one: (_due(one), one.key)))


def one_return(viewer: Viewer, return_key: str) -> ReturnRow:
    """One whole: its duty, its facts with what was corrected, what may be done now.

    Needs KEEP_RETURNS. Raises NotFound.
    """
    must_hold(viewer, KEEP)
    found = standing([return_key])
    line = next((one for one in _lines(viewer, found) if one.key == return_key), None)
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


def logged(viewer: Viewer, quarter_code: str) -> Logged:
    """What was logged here in a quarter, of the matters that the viewer may see. Raises NotFound."""
    quarter = Quarter.coded(quarter_code)
    if quarter is None:
        raise NotFound(f"quarter {quarter_code}")
    return Logged(*matters.complaints_logged(viewer, quarter.from_on, quarter.next.from_on))


def quarters(viewer: Viewer) -> tuple[Quarter, ...]:
    """The quarters of which a bulletin may have come and none is recorded, the latest first. Needs KEEP_RETURNS."""
    must_hold(viewer, KEEP)
    since = viewer.today.replace(year=viewer.today.year - BULLETINS_BACK, day=1)
    held = standing()
    ended = (one for one in quarters_ended(since, viewer.today) if RECEIVED not in held.get(bulletin_key(one), {}))
    return tuple(sorted(ended, reverse=True))


def keepers(viewer: Viewer) -> tuple[tuple[str, str], ...]:
    """Who may own returns, by reference and name. Needs KEEP_RETURNS."""
    must_hold(viewer, KEEP)
    return tuple((user.ref, user.name) for user in users_holding(KEEP, viewer.today))


def to_tie(viewer: Viewer) -> tuple[RecommendationLine, ...]:
    """Recommendations kept here that a super-complaint may have made; none for whoever may not read them."""
    must_hold(viewer, KEEP)
    may_read = any(viewer.may(power) for power in recommendations.READERS)
    return recommendations.recommendations(viewer) if may_read else ()


def _due(one: ReturnLine) -> date:
    return one.due_on or date.max


def _shows(one: ReturnLine, show: Show) -> bool:
    return {Show.OWED: one.is_open, Show.LATE: one.is_overdue, Show.DONE: not one.is_open}[show]


def _lines(viewer: Viewer, found: dict[str, dict[str, Any]]) -> Iterator[ReturnLine]:
    """Lines of the quarters that ended, and of what was started among the facts given."""
    owners = _owners(viewer)
    tied = _tied(viewer, found)
    for quarter in owed_quarters(viewer):
        key = data_key(quarter)
        yield _line(viewer, key, quarter, "", quarter.until_on, found.get(key, {}), owners)
    for key, held in found.items():
        kind = kind_of(key)
        start = held.get(STARTS.get(kind, ""))
        if start is None:
            continue
        of = quarter_in(key) if kind is ReturnKind.BULLETIN else None
        yield _line(viewer, key, of, _named(start, tied) if of is None else "", start.on, held, owners)


def _line(
    viewer: Viewer,
    key: str,
    quarter: Quarter | None,
    about: str,
    started_on: date,
    held: Standing,
    owners: dict[ReturnKind, UserRow | None],
) -> ReturnLine:
    kind = kind_of(key)
    met, start = live(held, MEETS[kind]), held.get(STARTS.get(kind, ""))
    asked = start.said.get("asked_by") if start is not None else None
    duty = return_duty(
        kind,
        started_on,
        met.on if met is not None else None,
        viewer.today,
        law=law(),
        asked_by=date.fromisoformat(asked) if asked else None,
        withdrawn=start.reasons if start is not None and start.withdrawn else "",
    )
    owner = owners[kind]
    is_open = duty.state.is_live
    waits = is_open and kind is ReturnKind.SUPER_COMPLAINT and live(held, WRITTEN) is not None and verdict(held) is None
    return ReturnLine(
        key=key,
        kind=kind,
        about=quarter.words if quarter else about,
        duty=duty,
        owner=owner.name if owner else NOBODY,
        owner_ref=owner.ref if owner else "",
        is_mine=owner is not None and owner.id == viewer.user_id,
        next_words=_next(kind, held) if is_open else "",
        asks_viewer=waits and viewer.may(Permission.DETERMINE) and live(held, WRITTEN).recorded_by != viewer.actor,
        quarter=quarter,
    )


def _next(kind: ReturnKind, held: Standing) -> str:
    if kind is ReturnKind.DATA:
        return "Send the data"
    if kind is ReturnKind.BULLETIN:
        return "See that the local policing body publishes it"
    if live(held, WRITTEN) is None:
        return "Write the answer"
    said = verdict(held)
    if said is None:
        return "Approve the answer"
    return "Send the answer" if approved(held) is not None else "Write the answer again"


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


def _owners(viewer: Viewer) -> dict[ReturnKind, UserRow | None]:
    """Who owns each kind: whoever it was given to while they keep returns, else the head, else the authority."""
    able = {user.id: user for user in users_holding(KEEP, viewer.today)}
    given = dict(Charge.objects.order_by("number").values_list("kind", "owner_id"))
    first = next((user for role in ANSWERS_FOR for user in users_holding(role, viewer.today) if user.id in able), None)
    return {kind: able.get(given.get(kind.value, 0), first) for kind in ReturnKind}


def _tied(viewer: Viewer, found: dict[str, dict[str, Any]]) -> dict[str, RecommendationLine]:
    refs = {held[REPORTED].said.get("recommendation_ref") for held in found.values() if REPORTED in held} - {None}
    return {one.ref: one for one in to_tie(viewer) if one.ref in refs} if refs else {}


def _named(start: Any, tied: dict[str, RecommendationLine]) -> str:
    kept = tied.get(start.said.get("recommendation_ref", ""))
    number = kept.number if kept else start.said.get("number", "")
    return f"{start.said['title']}{f', {number}' if number else ''}"


def _report(viewer: Viewer, start: Any) -> Report:
    said = start.said
    kept = _tied(viewer, {"": {REPORTED: start}}).get(said.get("recommendation_ref", ""))
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
