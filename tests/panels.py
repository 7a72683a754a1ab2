"""Panels for tests: proceedings opened about somebody, with everybody named whom the law asks for."""

from datetime import date, datetime
from typing import Any

from peelian.clocks.law import law
from peelian.people import actions as people
from peelian.proceedings import actions, queries
from peelian.proceedings.rows import ProceedingRow
from peelian.statute import Row, Through
from peelian.terms.people import PersonKind
from peelian.terms.proceedings import Named, Pleaded
from peelian.terms.viewer import Viewer
from tests import worlds

NAMES = ("Corin Vale", "Maud Ferris", "Ines Okafor", "Tobias Wray", "Petra Lunn")
ALL = dict.fromkeys(("name", "date", "place", "content"), (True, ""))


def opened(by: Viewer, matter_ref: str, person_key: str) -> str:
    """Proceedings about this person in the forum that was decided on; the reference."""
    reached = [one for one in queries.openable(by, matter_ref) if one.key == person_key]
    forum = reached[-1].forum.key
    return actions.open_proceeding(by=by, matter_ref=matter_ref, person_key=person_key, forum=forum, on=by.today)


def whole(by: Viewer, matter_ref: str, person_key: str) -> str:
    """Proceedings with a whole and eligible panel; the reference."""
    ref = opened(by, matter_ref, person_key)
    names = iter(NAMES)
    for seat in queries.proceeding(by, matter_ref, ref).seats:
        for _ in range(int(seat.row.get("least", 0))):
            sits(by, matter_ref, ref, seat.row.key, seat.qualifications[0], next(names))
    assert not queries.proceeding(by, matter_ref, ref).against
    return ref


def sits(by: Viewer, matter_ref: str, ref: str, seat: str, qualification: Row, name: str) -> str:
    """Somebody of this name, who qualifies, named to a seat."""
    who: dict[str, Any] = {"name": name}
    if kinds := qualification.get("kinds", ()):
        rank = qualification.get("rank_at_least", "") or ("Chief Inspector" if "officer" in kinds else "")
        who = {"person_ref": servant(by.at, name, PersonKind(kinds[0]), rank)}
    return actions.name_member(
        by=by,
        matter_ref=matter_ref,
        proceeding_ref=ref,
        seat=seat,
        qualification=qualification.key,
        known_by="A letter of appointment; asked, and has no interest in the case.",
        on=by.today,
        **who,
    )


def servant(at: datetime, name: str, kind: PersonKind = PersonKind.OFFICER, rank: str = "") -> str:
    """Somebody in the register who never worked with anybody else there."""
    given, _, family = name.partition(" ")
    system, on = worlds.peelian(at), date(2019, 1, 1)
    ref = people.register_person(by=system, kind=kind, family=family, given=given, joined=None, on=on)
    if rank:
        people.hold_rank(by=system, person_ref=ref, rank=rank, on=on)
    return ref


def record(deciding: Viewer, sitting: Viewer, matter_ref: str, person_key: str, step: str, option: str) -> bool:
    """Take a step that the record of proceedings takes; whether it is one. The panel is named first where none is."""
    if law().steps[step].through is Through.CASEWORK:
        return False
    mine = [one for one in queries.of_matter(deciding, matter_ref) if one.person_key == person_key]
    ref = mine[-1].ref if mine else whole(deciding, matter_ref, person_key)
    given: dict[str, Any] = {"matter_ref": matter_ref, "proceeding_ref": ref, "on": deciding.today}
    if step == "officer_reply":
        replied(deciding, matter_ref, ref, Pleaded.ACCEPTED if option == "accepts" else Pleaded.DENIED)
    elif step == "directions":
        fields = ALL if option == "all" else ALL | {"name": (False, "To protect the complainant.")}
        actions.direct_publication(by=sitting, fields=fields, **given)
    return step in ("officer_reply", "directions")


def replied(by: Viewer, matter_ref: str, ref: str, pleaded: Pleaded = Pleaded.DENIED) -> None:
    """The officer's reply, alike to each allegation."""
    row = about(by, matter_ref, ref)
    answers = {line.number: (pleaded, "I was not there.") for line in row.allegations}
    actions.record_reply(by=by, matter_ref=matter_ref, proceeding_ref=ref, answers=answers, on=by.today)


def about(by: Viewer, matter_ref: str, ref: str) -> ProceedingRow:
    return queries.proceeding(by, matter_ref, ref)


def seats_of(row: ProceedingRow) -> dict[str, int]:
    return {seat.row.key: len(seat.members) for seat in row.seats}


def qualification(key: str) -> Row:
    return law().row("panel_qualification", key)


def witness(by: Viewer, matter_ref: str, ref: str, name: str) -> str:
    given: dict[str, Any] = {"about": "What they saw.", "listed_by": Named.OFFICER, "on": by.today}
    return actions.list_witness(by=by, matter_ref=matter_ref, proceeding_ref=ref, name=name, **given)
