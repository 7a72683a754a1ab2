"""How an item stands towards an audience, by what was decided of it and the grounds of the law."""

from peelian.disclosure.rows import ItemRow
from peelian.disclosure.states import Decision, How
from peelian.rules.disclosure import Audience, may_keep_back
from peelian.statute import Register
from peelian.terms.viewer import Viewer

NOT_DECIDED = "Nobody has decided on it yet."
NOT_READ = "It is withheld, and a second person has not confirmed that."
WITHHELD = "It is withheld from this recipient: {}."
NO_COPY = "It goes redacted, and there is no redacted copy for this audience yet."
OTHERS = " There is one for others: make one for this audience, or choose that one again with reasons."
ERASED = "Its content was erased."


def ways(law: Register, to: Audience, item: ItemRow, viewer: Viewer) -> tuple[tuple[How, ...], str]:
    """How an item may go to an audience; none, and why not, where it may not.

    A decision binds towards those against whom one of its grounds stands: what the harm test keeps from the officer
    concerned goes to the IOPC whole. A redacted copy may always go where the whole may; never one that was made for
    others alone.
    """
    now, copy = item.now, item.copy_for(to.key)
    if item.source.is_gone:
        return (), ERASED
    if now.decision is Decision.UNDECIDED:
        return (), NOT_DECIDED
    either = (How.WHOLE, How.REDACTED) if copy else (How.WHOLE,)
    if now.decision is Decision.DISCLOSE:
        return either, ""
    answer = may_keep_back(law, to.key, [one.key for one in now.grounds], viewer.today)
    if not answer.value:
        return either, ""
    if now.decision is Decision.WITHHOLD:
        against = ", ".join(one.label.lower() for one in now.grounds if to.key in one.audiences)
        return (), NOT_READ if now.is_unread else WITHHELD.format(against)
    return ((How.REDACTED,), "") if copy else ((), f"{NO_COPY}{OTHERS if item.redactions else ''}")


def rests_on_unread(law: Register, to: Audience, item: ItemRow, viewer: Viewer) -> bool:
    """Whether leaving it out rests on a decision that a second person has not confirmed."""
    return item.now.is_unread and not ways(law, to, item, viewer)[0]
