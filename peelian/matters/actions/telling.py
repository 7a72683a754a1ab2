"""The narrative of a matter: changed with a reason, and erased together with what the search holds of it."""

from datetime import date

from django.db import transaction

from peelian.intake.erasing import erase_said
from peelian.journal import actions as journal
from peelian.matters.actions.held import NARRATIVE, enter, held_matter, index, raised
from peelian.matters.holding import must_not_be_held
from peelian.matters.models import Allegation, Narrative
from peelian.search import actions as search
from peelian.terms.acts import Act, RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotValid
from peelian.terms.typed import sound
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold, must_say


@transaction.atomic
def change_narrative(*, by: Viewer, matter_ref: str, version: int, text: str, reason: str, on: date) -> None:
    """Say anew what happened; what was said before stays in the journal. Needs RECORD_MATTER.

    Raises NotAllowed for a stale version, NotFound, NotValid without a text or a reason.
    """
    must_hold(by, Permission.RECORD_MATTER)
    matter = held_matter(by, matter_ref, version)
    text = sound("text", text, most=NARRATIVE, needed="Say what happened, in their words.")
    reason = must_say(reason, why="Say why the narrative changes.")
    held, _ = Narrative.objects.get_or_create(matter=matter, defaults={"text": ""})
    if held.text == text:
        raise NotValid("text", "This is what it says now.")
    before, held.text = held.text, text
    held.save(update_fields=["text"])
    raised(matter)
    index(matter)
    texts = [(matter.ref, {"before": before, "after": text, "reason": reason})]
    enter(by, matter, Act.ALTERED, "changed the narrative", on=on, texts=texts)


@transaction.atomic
def erase_narrative(*, by: Viewer, matter_ref: str, version: int, reason: str, on: date) -> tuple[str, ...]:
    """Erase heading, narrative and the text of the allegations, their index rows, the journal's and the loads' copies.

    Needs ERASE. UK GDPR art 17; DPA 2018 s47. The matter, its people and its dates stay. Returns the references of
    loads of which a row set aside was erased (`loads.actions.erase_words_of_matter` writes their files anew and is what
    a page calls). Raises as `change_narrative`; NotAllowed while a legal hold stands.
    """
    must_hold(by, Permission.ERASE)
    matter = held_matter(by, matter_ref, version)
    reason = must_say(reason, why="Say why this text is erased.")
    must_not_be_held(matter.pk)
    told, alleged = Narrative.objects.filter(matter=matter), Allegation.objects.filter(matter=matter)
    words = [*told.values_list("text", flat=True), *alleged.values_list("text", flat=True)]
    loads = erase_said(RecordKind.MATTER, matter.pk, source_key=matter.source_key, words=words)
    told.update(text="")  # the empty row stays, so that no later extract fills it again
    alleged.update(text="")
    matter.heading = ""
    raised(matter, "heading")
    search.forget(RecordKind.MATTER, matter.pk)
    journal.erase_subject(
        by=by, kind=RecordKind.MATTER, subject_key=matter.ref, reason=reason, on=on, text_is_elsewhere=True
    )
    return loads
