"""Proceedings as they are worked on their pages: opened, a panel named, a reply and directions recorded."""

import re

from peelian.clocks.law import law
from peelian.proceedings.rows import FIELD_WORDS
from tests.journeys.casework import Case, Desk

KNOWN = "A letter of appointment; asked, and has no interest in the case."


def opened(case: Case, forum: str, *, seat: str = "") -> None:
    """By whoever decides for the appropriate authority, once the form of the proceedings was decided.

    `seat`: the one that is wanted, the chair's unless said.
    """
    authority = case.desk("authority")
    authority.casework().follows("Proceedings").checks("proceedings of a matter").follows("Open proceedings")
    authority.ticks(authority.page.get_by_role("radio", name=f"{_forum(forum)}: {case.officer}", exact=True))
    authority.checks("open proceedings").presses("Open them").succeeds("The proceedings are open.")
    authority.sees(
        "Cannot sit yet", "until this is put right", f"{_seat(seat or f'{forum}-chair')}: one is wanted, none named."
    )


def named(case: Case, seat: str, qualification: str, who: str, *, user: bool = False) -> Desk:
    """Somebody to a seat of the proceedings that are open, by the keys of both. `user`: who signs in here."""
    desk = case.desk("authority").follows("Name somebody who sits or advises").checks("name a member")
    words = f"{_seat(seat)}: {law().row('panel_qualification', qualification).title}"
    desk.ticks(desk.page.get_by_role("radio", name=words, exact=True))
    if user:
        desk.page.get_by_label("A user of Peelian who may sit").select_option(label=who)
    else:
        desk.types("The name of somebody from outside the force (optional)", who)
    desk.types("How is it known that they qualify, and that they have no interest in the case?", KNOWN)
    return desk.presses("Name somebody who sits or advises").succeeds("Named.").sees(who)


def takes_the_chair(case: Case, seat: str) -> Desk:
    """Cora Chair, who is given a place by it, and signs before she opens the matter."""
    authority = named(case, seat, "chief_officer", case.desk("chair").name, user=True)
    case.desk("chair").signs_for_no_conflict()
    return authority


def replied(case: Case, pleaded: str, words: str) -> Desk:
    """What the officer says of the one allegation, from the step of the casework that leads there."""
    handler = case.desk("handler").opens("officer_reply").follows(case.officer).follows("Record the officer’s reply")
    one = handler.page.get_by_role("group", name=re.compile("^Allegation 1:"))
    handler.ticks(one.get_by_role("radio", name=pleaded, exact=True))
    handler.types("What the reply says of allegation 1", words).checks("officer's reply")
    handler.presses("Record the officer’s reply").succeeds("The reply was recorded.")
    return handler.sees(pleaded, words)


def directed(case: Case, **withheld: str) -> Desk:
    """What the chair lets be published: all but what is named here with its reason."""
    chair = case.desk("chair").opens("directions").follows(case.officer).follows("Record what may be published")
    for key, words in FIELD_WORDS.items():
        asked = chair.page.get_by_role("group", name=f"{words}: may it be published?", exact=True)
        chair.ticks(asked.get_by_role("radio", name="No" if key in withheld else "Yes", exact=True))
        chair.page.locator(f"input[name='{key}_reason']").fill(withheld.get(key, ""))
    chair.checks("directions").presses("Record what may be published").succeeds("The directions were recorded.")
    chair.checks("proceedings")
    return chair.sees(f"Directed by {chair.name}", *(f"Withheld: {why}" for why in withheld.values()))


def _forum(key: str) -> str:
    return law().row("panel_forum", key).title


def _seat(key: str) -> str:
    return law().row("panel_seat", key).title
