"""Test data, made through the actions: what cannot be reached by them cannot be tested, and should not exist.

Functions are small and read like sentences. Every moment is given; nothing is random but references.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from peelian.clocks import actions as clocks
from peelian.intake import actions as intake
from peelian.intake.queries import channels as intake_channels
from peelian.matters.rows import AllegationDraft, InvolvedDraft, Recording
from peelian.people import actions as people
from peelian.people import queries as register
from peelian.terms.known_dates import KnownDate
from peelian.terms.matters import MatterKind
from peelian.terms.people import PersonKind
from peelian.terms.viewer import Viewer, system
from peelian.walls import actions as walls
from peelian.walls import queries as users

FROM_ON = date(2019, 1, 1)
JOINED = date(2011, 4, 4)  # users, years before the officers in their matters, who would else be one training intake


def peelian(at: datetime) -> Viewer:
    """The system, acting to make a world."""
    return system("worlds", at=at, because="to make a world for a test")


@dataclass(frozen=True)
class Someone:
    """A person in the register who may sign in too."""

    ref: str
    person_id: int
    viewer: Viewer
    user_ref: str


def unit(at: datetime, name: str = "Professional Standards", parent_ref: str = "") -> str:
    return people.make_unit(by=peelian(at), name=name, parent_ref=parent_ref, on=FROM_ON)


def officer(at: datetime, family: str, given: str = "Sam", **facts: Any) -> str:
    """A police officer in the register; returns their reference."""
    facts.setdefault("joined", KnownDate(FROM_ON))
    return people.register_person(
        by=peelian(at), kind=PersonKind.OFFICER, family=family, given=given, on=FROM_ON, **facts
    )


def member_of_the_public(at: datetime, family: str, given: str = "Robin") -> str:
    """Somebody known only through records; returns their reference."""
    return people.register_person(
        by=peelian(at), kind=PersonKind.PUBLIC, family=family, given=given, on=peelian(at).today
    )


def key(at: datetime, person_ref: str) -> int:
    return register.ids(peelian(at), [person_ref])[person_ref]


def user(at: datetime, name: str, *roles: str, unit_ref: str = "", person_ref: str = "", username: str = "") -> Someone:
    """A user with these roles, who is an officer in the register of the same name unless another is given."""
    system_viewer = peelian(at)
    given, _, family = name.partition(" ")
    ref = person_ref or officer(at, family or given, given, joined=KnownDate(JOINED))
    person_id = key(at, ref)
    user_ref = walls.make_user(
        by=system_viewer,
        username=username or name.lower().replace(" ", "."),
        name=name,
        roles=roles,
        password=None,
        person_id=person_id,
        unit_id=register.unit(system_viewer, unit_ref).id if unit_ref else None,
        on=FROM_ON,
    )
    return Someone(ref, person_id, viewer_of(at, user_ref), user_ref)


def viewer_of(at: datetime, user_ref: str) -> Viewer:
    """The viewer that a user is at another moment."""
    return users.viewer_for(users.user_by_ref(user_ref).id, at=at)


def later(someone: Someone, at: datetime) -> Viewer:
    return viewer_of(at, someone.user_ref)


def item(at: datetime, words: str = "An officer was rude to me.", **facts: Any) -> str:
    """Something that arrived; returns its reference."""
    facts.setdefault("heading", "Rude at the front counter")
    facts.setdefault("channel", intake_channels()[0][0])
    facts.setdefault("received_on", peelian(at).today)
    return intake.receive(by=facts.pop("by", peelian(at)), words=words, **facts)


def allegation(text: str = "He swore at me.", category: str = "H4", **facts: Any) -> AllegationDraft:
    return AllegationDraft(category=category, text=text, **facts)


def complaint(
    came: date | KnownDate,
    *,
    officers: Sequence[str | InvolvedDraft] = (),
    complainants: Sequence[str | InvolvedDraft] = (),
    **facts: Any,
) -> Recording:
    """A complaint recorded under Schedule 3, about these officers (an unknown one where none is given)."""
    plain = Recording(
        kind=MatterKind.COMPLAINT_UNDER_SCHEDULE_3,
        came_to_attention=came if isinstance(came, KnownDate) else KnownDate(came),
        heading="Rude at the front counter",
        narrative="The officer with the beard swore at me and walked away.",
        reasons="The complainant wants it recorded.",
        no_conflict=True,
        officers=_involved(officers) or (InvolvedDraft(description="the officer with the beard"),),
        complainants=_involved(complainants) or (InvolvedDraft(description="a caller"),),
        allegations=(allegation(against=(0,)),),
        tests=("REC-1",),
    )
    return replace(plain, **facts)


def _involved(given: Sequence[str | InvolvedDraft]) -> tuple[InvolvedDraft, ...]:
    return tuple(InvolvedDraft(one) if isinstance(one, str) else one for one in given)


def open_complaint(by: Viewer, came: date, on: date | None = None, **facts: Any) -> str:
    """A complaint recorded with the events that recording makes; returns the matter's reference."""
    return clocks.open_matter(by=by, recording=complaint(came, **facts), handling_started_on=came, on=on or by.today)
