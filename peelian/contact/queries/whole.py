"""Everybody of a matter with whom contact is planned, and one person's contact, whole."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from peelian.clocks.law import law
from peelian.contact.held import OWED_PARTS, PARTS, somebody
from peelian.contact.keys import BECAUSE, LOCKED_AFTER
from peelian.contact.models import Message, Plan, Referral, RightMark, Said, ViewKey, ViewKeyTry
from peelian.contact.queries.safety import plan_row, safe_for
from peelian.contact.queries.wishes import said_rows
from peelian.contact.rows import (
    AdviserRow,
    KeyRow,
    MarkRow,
    MessageRow,
    ReferralRow,
    RightRow,
    SomebodyLine,
    SomebodyRow,
    rights_count,
)
from peelian.contact.words import GONE, NONE, Words, opened
from peelian.intake import queries as intake
from peelian.matters.queries import parts
from peelian.matters.queries.parts import PersonPart
from peelian.people.rows import HIDDEN_NAME
from peelian.rules.contact import referral_due
from peelian.terms.contact import ReferralState, RightState
from peelian.terms.matters import Part
from peelian.terms.viewer import Viewer, system
from peelian.walls.queries import actor_names


def everybody(viewer: Viewer, matter_ref: str) -> tuple[SomebodyLine, ...]:
    """Everybody on a matter with whom contact is planned, in the order of the parts. Raises NotFound.

    A fixed number of statements, however many they are.
    """
    matter = parts(viewer, matter_ref)
    concerned = {one.person_id for one in matter.people if one.part is Part.OFFICER_CONCERNED and one.person_id}
    fitting = [
        one for one in matter.people if one.part in PARTS and one.name != HIDDEN_NAME and one.person_id not in concerned
    ]
    keys = [one.id for one in fitting]
    plans = _by_person(Plan.objects.filter(involvement_id__in=keys).order_by("version"))
    marks = _by_person(RightMark.objects.filter(involvement_id__in=keys).order_by("recorded_at", "pk"))
    said = _by_person(Said.objects.filter(involvement_id__in=keys).order_by("recorded_at", "pk"))
    told = _by_person(Message.objects.filter(involvement_id__in=keys).order_by("recorded_at", "pk"))
    offered = Referral.objects.filter(involvement_id__in=keys).select_related("made", "answer")
    referrals = _by_person(offered.order_by("on", "ref"))
    words = opened(matter.ref, [row for rows_of in said.values() for row in rows_of])
    held = set(
        ViewKey.objects.filter(involvement_id__in=keys, end__isnull=True).values_list("involvement_id", flat=True)
    )
    rows = []
    for one in sorted(fitting, key=lambda one: (PARTS.index(one.part), one.name, one.key)):
        plan = plans[one.id][-1] if one.id in plans else None
        unsafe = [row for row in told.get(one.id, []) if row.is_unsafe]
        is_unsafe = bool(unsafe) and (plan is None or plan.recorded_at <= unsafe[-1].recorded_at)
        due = [_due(row) for row in referrals.get(one.id, [])]
        history = said_rows(said.get(one.id, []), words, _unnamed(said.get(one.id, [])))
        rights = _rights(marks.get(one.id, []), {}, {}, viewer.today)
        rows.append(
            SomebodyLine(
                key=one.key,
                name=one.name,
                part=one.part,
                plan_on=plan.on if plan else None,
                wants_contact=plan.wants_contact if plan else True,
                unsafe_since=unsafe[-1].on if is_unsafe else None,
                rights=rights_count(rights) if one.part in OWED_PARTS else None,
                referrals_overdue=sum(day is not None and day < viewer.today for day, _, _ in due),
                wants_to_withdraw=any(
                    row.topic == "withdraw" and row.stance == "yes" and row.stands for row in history
                ),
                has_key=one.id in held,
                messages=len(told.get(one.id, [])),
            )
        )
    return tuple(rows)


def somebody_on(viewer: Viewer, matter_ref: str, person_key: str) -> SomebodyRow:
    """One person's contact on one matter, whole. Raises NotFound, also behind the wall and for an officer concerned."""
    matter, person = somebody(viewer, matter_ref, person_key)
    plans = list(Plan.objects.filter(involvement_id=person.id).order_by("-version"))
    said = list(Said.objects.filter(involvement_id=person.id).order_by("recorded_at", "pk"))
    marks = list(RightMark.objects.filter(involvement_id=person.id).order_by("recorded_at", "pk"))
    offered = Referral.objects.filter(involvement_id=person.id).select_related("made", "answer")
    referrals = list(offered.order_by("on", "ref"))
    keys = list(ViewKey.objects.filter(involvement_id=person.id).select_related("end").order_by("-recorded_at", "-pk"))
    names = actor_names({row.recorded_by for row in (*plans, *said, *marks, *referrals, *keys)})
    is_owed = person.part in OWED_PARTS
    words = opened(matter.ref, [*plans, *said, *marks, *referrals, *keys, *_following(referrals, keys)])
    return SomebodyRow(
        key=person.key,
        name=person.name,
        part=person.part,
        person_ref=person.key if person.person_id else "",
        safe=safe_for(viewer, matter, person),
        plans=tuple(plan_row(row, words[row], names) for row in plans),
        said=said_rows(said, words, names),
        rights=_rights(marks, words, names, viewer.today) if is_owed else (),
        referrals=tuple(_referral(row, words, names, viewer.today) for row in referrals),
        keys=_keys(keys, words, names),
        messages=_messages(viewer, person),
        may_open=is_owed and bool(person.person_id),
    )


def advisers(viewer: Viewer) -> tuple[AdviserRow, ...]:
    """The kinds of independent adviser that can be offered on the viewer's day, in the order of the table."""
    return tuple(
        AdviserRow(row.key, row.title, str(row["plain"]), row.law, row.unverified)
        for row in law().table("adviser", on=viewer.today)
    )


def _by_person(rows: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.involvement_id, []).append(row)
    return found


def _unnamed(rows: Sequence[Any]) -> dict[str, str]:
    return {row.recorded_by: "" for row in rows}


def _following(referrals: Sequence[Any], keys: Sequence[Any]) -> Iterator[Any]:
    """What came after: referrals made and answered, keys ended."""
    for rows, names in ((referrals, ("made", "answer")), (keys, ("end",))):
        yield from (getattr(row, name) for row in rows for name in names if hasattr(row, name))


def _rights(
    marks: Sequence[Any], words: Mapping[Any, Words], names: Mapping[str, str], on: date
) -> tuple[RightRow, ...]:
    of_right: dict[str, list[MarkRow]] = {}
    for mark in reversed(marks):
        reasons = words.get(mark, NONE).get("reasons", GONE)
        row = MarkRow(RightState(mark.state), reasons, mark.on, names.get(mark.recorded_by, ""))
        of_right.setdefault(mark.right, []).append(row)
    return tuple(
        RightRow(
            id=row.key,
            text=str(row["text"]),
            plain=str(row["plain"]),
            offer=str(row["offer"]),
            law=row.law,
            unverified=row.unverified,
            marks=tuple(of_right.get(row.key, ())),
        )
        for row in law().table("victims_right", on=on)
    )


def _due(row: Any) -> tuple[date | None, str, bool]:
    """What is due of a referral: its day, its law, and whether nobody read that law; None where nothing is."""
    if not row.consented or hasattr(row, "answer"):
        return None, "", False
    made = getattr(row, "made", None)
    answer = referral_due(law(), "to_follow", made.on) if made else referral_due(law(), "to_refer", row.on)
    return answer.value, answer.law, answer.unverified


def _referral(row: Any, words: Mapping[Any, Words], names: Mapping[str, str], today: date) -> ReferralRow:
    made, answer = getattr(row, "made", None), getattr(row, "answer", None)
    due_on, due_law, unverified = _due(row)
    if not row.consented:
        state = ReferralState.DECLINED
    else:
        state = ReferralState.ANSWERED if answer else ReferralState.REFERRED if made else ReferralState.TO_REFER
    return ReferralRow(
        ref=row.ref,
        adviser=law().row("adviser", row.adviser).title,
        state=state,
        words=words[row].get("words", GONE),
        on=row.on,
        recorded_by=names[row.recorded_by],
        service=words[made].get("service", GONE) if made else "",
        made_on=made.on if made else None,
        answer=words[answer].get("words", GONE) if answer else "",
        answered_on=answer.on if answer else None,
        due_on=due_on,
        due_law=due_law,
        unverified=unverified,
        is_overdue=due_on is not None and due_on < today,
    )


def _keys(keys: Sequence[Any], words: Mapping[Any, Words], names: Mapping[str, str]) -> tuple[KeyRow, ...]:
    tries: dict[int, list[Any]] = {}
    for one in ViewKeyTry.objects.filter(key_id__in=[key.pk for key in keys]).order_by("-at", "-pk"):
        tries.setdefault(one.key_id, []).append(one)
    found = []
    for key in keys:
        end, of_key = getattr(key, "end", None), tries.get(key.pk, [])
        right = [one.at for one in of_key if one.was_right]
        last = of_key[:LOCKED_AFTER]
        found.append(
            KeyRow(
                reference=key.reference,
                on=key.on,
                reasons=words[key].get("reasons", GONE),
                recorded_by=names[key.recorded_by],
                is_locked=len(last) == LOCKED_AFTER and not any(one.was_right for one in last),
                ended_on=end.on if end else None,
                ended_reasons=words[end].get("reasons", GONE) if end else "",
                last_opened_at=right[0] if right else None,
                openings=len(right),
                words_are_theirs=key.words_are_theirs,
            )
        )
    return tuple(found)


def _messages(viewer: Viewer, person: PersonPart) -> tuple[MessageRow, ...]:
    """What they told us, latest first; their words belong to the matter, so whoever may see it may read them."""
    reader = system("own-view", at=viewer.at, because=BECAUSE)
    told = list(Message.objects.filter(involvement_id=person.id).order_by("-recorded_at", "-pk"))
    words = intake.words_by_ref(reader, [row.item_ref for row in told]) if told else {}
    return tuple(
        MessageRow(row.item_ref, row.is_unsafe, words.get(row.item_ref, ""), row.on, row.recorded_at) for row in told
    )
