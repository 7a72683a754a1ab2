"""The exhibits of a matter, one exhibit with its chain of custody, and what waits for the viewer."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from peelian.evidence.files import rows_of
from peelian.evidence.models import Attached, Ending, Exhibit, HandOver, StoredFile
from peelian.evidence.queries.submissions import lines_of as submission_lines
from peelian.evidence.queries.submissions import open_keys
from peelian.evidence.rows import CustodyRow, EndingRow, ExhibitLine, ExhibitRow, LayRow, SealRow, ToAccept
from peelian.evidence.standing import Standing, answer_of, one_standing, standing_of, visible_exhibits
from peelian.evidence.states import EndingKind, ExhibitState
from peelian.evidence.taking import may_accept, may_be_taken_in
from peelian.matters import queries as matters
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer
from peelian.walls import queries as users

MOST = 200
OUTSIDE = "somebody outside the force"


def exhibits_of(viewer: Viewer, matter_ref: str) -> tuple[ExhibitLine, ...]:
    """Every exhibit of a matter, by mark. Raises NotFound. A fixed number of statements."""
    found = Exhibit.objects.filter(matter_id=matters.key_of(viewer, matter_ref)).order_by("mark", "ref")
    return lines_of(standing_of(found).values())


def attached_to(viewer: Viewer, matter_ref: str) -> dict[str, tuple[str, ...]]:
    """The files attached to each exhibit of a matter, by reference, in the order they were. Raises NotFound."""
    found: dict[str, tuple[str, ...]] = {}
    rows = Attached.objects.filter(exhibit__matter_id=matters.key_of(viewer, matter_ref))
    for exhibit_ref, file_ref in rows.order_by("recorded_at", "pk").values_list("exhibit__ref", "file__ref"):
        found[exhibit_ref] = (*found.get(exhibit_ref, ()), file_ref)
    return found


def exhibit(viewer: Viewer, exhibit_ref: str) -> ExhibitRow:
    """One exhibit whole. Raises NotFound, also behind the wall of its matter."""
    held = one_standing(viewer, exhibit_ref)
    names, people = _names(held), _people(held)
    files = {one.pk: one for one in StoredFile.objects.filter(pk__in=held.file_ids).select_related("made_from")}
    keeps = viewer.may(Permission.KEEP_EVIDENCE) and viewer.user_id is not None
    stands = held.ending is None and held.proposed is None
    return ExhibitRow(
        line=lines_of([held])[0],
        where=held.words(held.exhibit, "where"),
        found_by=held.words(held.exhibit, "found_by"),
        booked_on=held.exhibit.on,
        booked_by=names[held.exhibit.recorded_by],
        custody=tuple(_custody(viewer, held, one, names, people) for one in held.hand_overs),
        seals=tuple(
            SealRow(one.number, one.is_broken, held.words(one, "reasons"), one.on, names[one.recorded_by])
            for one in held.sealings
        ),
        lay=_lay(held, names),
        endings=tuple(_ending(viewer, held, one, names) for one in held.endings),
        files=rows_of(files[key] for key in held.file_ids),
        submissions=submission_lines(viewer, held.submissions),
        may_act=keeps and stands and held.pending is None and held.holder_id == viewer.user_id,
        may_take_in=keeps and stands and held.pending is None and may_be_taken_in(held),
    )


def to_accept(viewer: Viewer) -> tuple[ToAccept, ...]:
    """What waits for the viewer: exhibits handed to them, hand-overs with an outsider and endings that another of ours
    signs. Oldest first, at most 200. A fixed number of statements."""
    if not viewer.may(Permission.KEEP_EVIDENCE) or viewer.user_id is None:
        return ()
    others = Q(giver_id__isnull=True) | Q(receiver_id__isnull=True)
    mine = Q(giver_id__isnull=False, receiver_id=viewer.user_id) | (others & ~Q(recorded_by=viewer.actor))
    given = HandOver.objects.filter(mine, answer__isnull=True)
    ending = Ending.objects.filter(answer__isnull=True).exclude(recorded_by=viewer.actor)
    rows = [_to_accept(one) for one in _of_seen(viewer, given)]
    rows += [_to_sign(one) for one in _of_seen(viewer, ending)]
    return tuple(sorted(rows, key=lambda row: (row.on, row.exhibit_ref))[:MOST])


def _of_seen(viewer: Viewer, waiting: QuerySet[Any]) -> Iterable[Any]:
    """Those on exhibits that the viewer may see."""
    if not waiting.exists():
        return ()  # nearly always, and My work asks each time
    seen = waiting.filter(exhibit_id__in=visible_exhibits(viewer).values("pk"))
    return seen.select_related("exhibit").order_by("on", "ref")[:MOST]


def held_by_me(viewer: Viewer) -> tuple[ExhibitLine, ...]:
    """Exhibits that the viewer holds now, by matter and mark; at most 200."""
    if viewer.user_id is None:
        return ()
    ever = Q(holder_id=viewer.user_id) | Q(hand_overs__receiver_id=viewer.user_id)
    found = visible_exhibits(viewer).filter(ever).distinct().order_by("matter_ref", "mark")
    held = [one for one in standing_of(found).values() if one.holder_id == viewer.user_id and one.ending is None]
    return lines_of(held[:MOST])


def receivers(viewer: Viewer, exhibit_ref: str) -> tuple[tuple[str, str], ...]:
    """Everybody who keeps evidence, to hand an exhibit to: reference and name. Raises NotFound."""
    one_standing(viewer, exhibit_ref)
    found = users.users_holding(Permission.KEEP_EVIDENCE, viewer.today)
    return tuple((one.ref, one.name) for one in found if one.id != viewer.user_id)


def still_held(matter_id: int) -> tuple[str, ...]:
    """Marks of the exhibits of a matter that were neither returned nor destroyed; for a room that has shown it."""
    found = standing_of(Exhibit.objects.filter(matter_id=matter_id).order_by("mark")).values()
    return tuple(one.exhibit.mark for one in found if one.ending is None)


def lines_of(found: Iterable[Standing]) -> tuple[ExhibitLine, ...]:
    """Lines of exhibits, in their order. Two statements."""
    listed = list(found)
    keys = {one.holder_id for one in listed if one.holder_id is not None}
    names = {key: user.name for key, user in users.users_by_id(keys).items()}
    waiting = open_keys({sub.pk for one in listed for sub in one.submissions})
    return tuple(_line(one, names, waiting) for one in listed)


def _line(held: Standing, names: dict[int, str], waiting: set[int]) -> ExhibitLine:
    place = held.placement
    return ExhibitLine(
        id=held.exhibit.pk,
        ref=held.exhibit.ref,
        matter_ref=held.exhibit.matter_ref,
        mark=held.exhibit.mark,
        description=held.words(held.exhibit, "description"),
        found_on=held.exhibit.found_on,
        booked_at=held.exhibit.recorded_at,
        state=held.state,
        holder=holder_words(held, names),
        place=place.unit.name if place else "",
        unit_ref=place.unit.ref if place else "",
        shelf=place.shelf if place else "",
        seal=held.seal,
        waits="Hand-over waits" if held.pending else "Its end waits for a second person" if held.proposed else "",
        submissions_open=sum(one.pk in waiting for one in held.submissions),
    )


def holder_words(held: Standing, names: dict[int, str]) -> str:
    """Who holds it, in words; nobody once it was returned or destroyed."""
    if held.ending is not None:
        return ""
    if held.holder_id is None:
        return held.holder_outside or OUTSIDE
    return names.get(held.holder_id, "")


def _custody(viewer: Viewer, held: Standing, one: Any, names: dict[str, str], people: dict[int, str]) -> CustodyRow:
    answer = answer_of(one)
    return CustodyRow(
        ref=one.ref,
        giver=people.get(one.giver_id) or held.words(one, "giver") or OUTSIDE,
        receiver=people.get(one.receiver_id) or held.words(one, "receiver") or OUTSIDE,
        reasons=held.words(one, "reasons"),
        on=one.on,
        accepted=answer.accepted if answer else None,
        answered_on=answer.on if answer else None,
        answered_by=names[answer.recorded_by] if answer else "",
        answer_words=held.words(answer, "reasons") if answer else "",
        may_accept=answer is None and viewer.may(Permission.KEEP_EVIDENCE) and may_accept(viewer, one),
        is_mine=one.recorded_by == viewer.actor,
    )


def _ending(viewer: Viewer, held: Standing, one: Any, names: dict[str, str]) -> EndingRow:
    answer = answer_of(one)
    return EndingRow(
        ref=one.ref,
        kind=EndingKind(one.kind),
        how=held.words(one, "how"),
        reasons=held.words(one, "reasons"),
        on=one.on,
        by=names[one.recorded_by],
        agreed=answer.agreed if answer else None,
        answered_on=answer.on if answer else None,
        answered_by=names[answer.recorded_by] if answer else "",
        answer_words=held.words(answer, "reasons") if answer else "",
        is_mine=one.recorded_by == viewer.actor,
    )


def _lay(held: Standing, names: dict[str, str]) -> tuple[LayRow, ...]:
    rows = held.placements
    following = [rows[place + 1].on if place + 1 < len(rows) else None for place in range(len(rows))]
    return tuple(
        LayRow(
            one.unit.name if one.unit_id else "",
            one.unit.ref if one.unit_id else "",
            one.shelf,
            one.on,
            until,
            names[one.recorded_by],
        )
        for one, until in zip(rows, following, strict=True)
        if one.unit_id is not None
    )


def _people(held: Standing) -> dict[int, str]:
    """Names of those of ours who gave or received it."""
    keys = {key for one in held.hand_overs for key in (one.giver_id, one.receiver_id) if key is not None}
    return {key: user.name for key, user in users.users_by_id(keys).items()}


def _names(held: Standing) -> dict[str, str]:
    """Names of everybody who wrote something about an exhibit."""
    rows = [held.exhibit, *held.sealings, *held.placements, *held.hand_overs, *held.endings]
    rows += [answer for one in (*held.hand_overs, *held.endings) if (answer := answer_of(one)) is not None]
    return users.actor_names({one.recorded_by for one in rows})


def _to_accept(one: Any) -> ToAccept:
    ours = one.giver_id is not None and one.receiver_id is not None
    words = "is handed to you" if ours else "goes outside or comes back: another of ours signs"
    return ToAccept(one.exhibit.matter_ref, one.exhibit.ref, one.exhibit.mark, words, one.on)


def _to_sign(one: Any) -> ToAccept:
    done = ExhibitState(one.kind).words.lower()
    return ToAccept(one.exhibit.matter_ref, one.exhibit.ref, one.exhibit.mark, f"is to be {done}: sign it", one.on)
