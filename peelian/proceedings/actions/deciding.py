"""Taking a step of casework, with the panel that is recorded held against the law where the step rests on it."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from peelian.clocks.law import law
from peelian.decisions import actions as decisions
from peelian.decisions.rows import ByLetter
from peelian.proceedings.queries.standing import panel_refusal
from peelian.statute import Through
from peelian.terms.refusals import NotAllowed
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold


@transaction.atomic
def decide(
    *,
    by: Viewer,
    matter_ref: str,
    step: str,
    option: str,
    reasons: str,
    on: date,
    person_key: str = "",
    answers: Mapping[str, bool] | None = None,
    fixed_on: date | None = None,
    replaces: str = "",
    said: Mapping[str, str] | None = None,
    lines_read: str | None = None,
    letter: ByLetter | None = None,
) -> str:
    """As `decisions.actions.decide`, for every step: what the pages of casework and the service of a letter call.

    A step that rests on the panel (the officer is told who sits; the meeting or hearing is held, that of staff under
    their contract too) is refused, with each reason and its law, unless a panel is recorded that is whole and eligible
    today.
    """
    row = law().steps.get(step)
    through = row.through if row and row.through is Through.PANEL else Through.CASEWORK
    if row is not None and through is Through.PANEL:
        must_hold(by, row.owner)
        if refusal := panel_refusal(by, matter_ref, person_key, step=step):
            raise NotAllowed(refusal)
    return decisions.decide(
        by=by,
        matter_ref=matter_ref,
        step=step,
        option=option,
        reasons=reasons,
        on=on,
        person_key=person_key,
        answers=answers,
        fixed_on=fixed_on,
        replaces=replaces,
        said=said,
        lines_read=lines_read,
        through=through,
        letter=letter,
    )
