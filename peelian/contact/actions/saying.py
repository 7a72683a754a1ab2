"""Writing down consent and wishes as they were said. Nothing here ends, closes or decides anything: LES-08."""

from datetime import date

from django.db import transaction

from peelian.contact.held import acting_on, enter, row_of, written
from peelian.contact.models import Said
from peelian.terms.contact import CHANNELS, Stance, Topic
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotValid
from peelian.terms.typed import sound
from peelian.terms.viewer import Viewer


@transaction.atomic
def record_said(
    *,
    by: Viewer,
    matter_ref: str,
    person_key: str,
    topic: Topic,
    stance: Stance,
    words: str,
    reasons: str,
    how: str,
    about: str = "",
    said_by: str = "",
    on: date,
) -> str:
    """Write down what somebody said they consent to or wish, in their words, with the reasons they gave; its reference.

    Needs RECORD_EVENT. `how`: by which of the channels. `about`: with whom something is shared. `said_by`: who spoke
    for them; empty for themselves. `reasons`: theirs, or that they gave none. A wish to withdraw is an outcome of
    nothing: it opens the step in which somebody else looks at the complaint afresh. SI 2020/2 reg 38; LES-08.
    Raises NotFound, NotValid.
    """
    matter, person = acting_on(by, matter_ref, person_key, on)
    if how not in CHANNELS:
        raise NotValid("how", f"Choose one of: {', '.join(CHANNELS)}.")
    needed = "Say with whom it would be shared." if topic.names_somebody else ""
    row = Said(**row_of(by, matter, person, on), ref=new_reference("PW"), topic=topic, stance=stance, how=how)
    given = {
        "about": sound("about", about, most=200, needed=needed),
        "words": sound("words", words, needed="Write down what they said, in their words."),
        "said_by": sound("said_by", said_by, most=200),
        "reasons": sound("reasons", reasons, needed="Write down the reasons they gave, or that they gave none."),
    }
    said = written(matter, row, **given)
    text = {"ref": said.ref, "stance": stance.value, "words": given["words"], "reasons": given["reasons"]}
    text["by"] = given["said_by"]
    enter(by, matter, person, f"wrote down what somebody said: {topic.value}", text, on=on)
    return str(said.ref)
