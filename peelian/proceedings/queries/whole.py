"""One meeting or hearing, whole."""

from collections.abc import Iterable, Mapping
from typing import Any

from peelian.clocks.law import law
from peelian.matters import queries as matters
from peelian.proceedings import facts
from peelian.proceedings.models import Arrangement, PanelMember, Paper, Reply, Witness
from peelian.proceedings.queries.lists import first_day
from peelian.proceedings.queries.standing import direction_row, directions_of
from peelian.proceedings.rows import (
    AllegationLine,
    AnswerRow,
    ArrangementRow,
    MemberRow,
    ObjectionRow,
    PaperRow,
    PleadedRow,
    ProceedingRow,
    ReplyRow,
    SeatRow,
    WitnessRow,
)
from peelian.terms.proceedings import Attendance, Attending, Named, Pleaded, Role
from peelian.terms.refusals import Refusal
from peelian.terms.viewer import Viewer
from peelian.walls.queries import actor_names

NO_EDITION = "No edition of the scheme held in the tables governs this matter, as far as its dates are known."


def proceeding(viewer: Viewer, matter_ref: str, proceeding_ref: str) -> ProceedingRow:
    """Raises NotFound, also behind the wall of the matter. A fixed number of statements, whatever it holds."""
    one = facts.held(viewer, matter_ref, proceeding_ref)
    panel = facts.panel(viewer, one, viewer.today)
    named = _members(one.row.pk, panel.refusals)
    directions = directions_of(one.row.pk)
    sits = [row for row in named if row.sits]
    edition = panel.edition.value
    alleged = allegations(viewer, one)
    return ProceedingRow(
        ref=one.row.ref,
        matter_ref=one.matter.ref,
        heading=one.matter.heading or one.matter.kind.words,
        forum=one.forum,
        person=one.person.name,
        person_key=one.person.key,
        on=one.row.on,
        edition=edition.title if edition else NO_EDITION,
        edition_law=panel.edition.law,
        edition_unverified=panel.edition.unverified,
        seats=tuple(
            SeatRow(
                row=seat,
                role=Role(seat.get("role")),
                qualifications=tuple(law().row("panel_qualification", key) for key in seat.get("by", ())),
                members=tuple(row for row in sits if row.seat == seat.key),
            )
            for seat in panel.seats
        ),
        stray=tuple(row for row in sits if row.seat not in {seat.key for seat in panel.seats}),
        left=tuple(row for row in named if not row.sits),
        against=panel.against,
        allegations=alleged,
        papers=tuple(PaperRow(row.number, row.title, row.on) for row in _of(Paper, one).order_by("number")),
        replies=_replies(one, alleged),
        witnesses=_witnesses(one),
        direction=direction_row(directions[-1]) if directions else None,
        earlier=tuple(direction_row(row) for row in reversed(directions[:-1])),
        arrangements=_arrangements(one),
        first_day=first_day(viewer, one),
    )


def allegations(viewer: Viewer, one: facts.Held) -> tuple[AllegationLine, ...]:
    """The allegations against the person concerned; all of the matter where none says against whom it is."""
    rows = matters.matter(viewer, one.matter.ref).allegations
    theirs = [row for row in rows if any(part.id == one.person.id for part in row.against)]
    return tuple(
        AllegationLine(row.number, row.category_title or row.category_words, row.text) for row in theirs or rows
    )


def _of(model: Any, one: facts.Held) -> Any:
    return model.objects.filter(proceeding_id=one.row.pk)


def _members(proceeding_id: int, refusals: Mapping[int, Refusal | None]) -> tuple[MemberRow, ...]:
    rows = PanelMember.objects.filter(proceeding_id=proceeding_id).select_related("departure")
    members = list(rows.prefetch_related("objections__answer").order_by("recorded_at", "pk"))
    names = actor_names(_actors(members))
    found = []
    for member in members:
        left = getattr(member, "departure", None)
        objections = sorted(member.objections.all(), key=lambda row: (row.recorded_at, row.pk))
        found.append(
            MemberRow(
                ref=member.ref,
                seat=member.seat,
                role=facts.role_of(member.seat),
                name=member.name,
                rank=member.rank,
                qualification=law().row("panel_qualification", member.qualification),
                known_by=member.known_by,
                on=member.on,
                by=names[member.recorded_by],
                refusal=refusals.get(member.pk),
                objections=tuple(_objection(row, names) for row in objections),
                left_on=left.on if left else None,
                left_reasons=left.reasons if left else "",
                user_id=member.user_id,
            )
        )
    return tuple(found)


def _actors(members: Iterable[Any]) -> set[str]:
    found = set()
    for member in members:
        found.add(member.recorded_by)
        for objection in member.objections.all():
            found.add(objection.recorded_by)
            if answer := getattr(objection, "answer", None):
                found.add(answer.recorded_by)
    return found


def _objection(row: Any, names: Mapping[str, str]) -> ObjectionRow:
    answer = getattr(row, "answer", None)
    return ObjectionRow(
        ref=row.ref,
        grounds=row.grounds,
        on=row.on,
        by=names[row.recorded_by],
        answer=AnswerRow(answer.upheld, answer.reasons, answer.on, names[answer.recorded_by]) if answer else None,
    )


def _replies(one: facts.Held, alleged: tuple[AllegationLine, ...]) -> tuple[ReplyRow, ...]:
    rows = list(_of(Reply, one).prefetch_related("answers").order_by("recorded_at", "pk"))
    names = actor_names({row.recorded_by for row in rows})
    by_number = {line.number: line for line in alleged}
    return tuple(
        ReplyRow(
            answers=tuple(
                PleadedRow(
                    by_number.get(answer.allegation, AllegationLine(answer.allegation, "", "")),
                    Pleaded(answer.pleaded),
                    answer.words,
                )
                for answer in sorted(row.answers.all(), key=lambda answer: answer.allegation)
            ),
            mitigation=row.mitigation,
            points_of_law=row.points_of_law,
            documents=row.documents,
            on=row.on,
            by=names[row.recorded_by],
        )
        for row in rows
    )


def _witnesses(one: facts.Held) -> tuple[WitnessRow, ...]:
    found = []
    for row in _of(Witness, one).prefetch_related("directions").order_by("recorded_at", "pk"):
        said = sorted(row.directions.all(), key=lambda direction: (direction.recorded_at, direction.pk))
        found.append(
            WitnessRow(
                ref=row.ref,
                name=row.name,
                about=row.about,
                listed_by=Named(row.listed_by),
                on=row.on,
                attends=said[-1].attends if said else None,
                reasons=said[-1].reasons if said else "",
            )
        )
    return tuple(found)


def _arrangements(one: facts.Held) -> tuple[ArrangementRow, ...]:
    """The last one for each of those who attend, in the order of the words."""
    last = {row.who: row for row in _of(Arrangement, one).select_related("chair").order_by("recorded_at", "pk")}
    return tuple(
        ArrangementRow(who, Attendance(last[who].how), last[who].reasons, last[who].chair.name, last[who].on)
        for who in Attending
        if who in last
    )
