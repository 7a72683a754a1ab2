"""Freezing a cohort: from that moment its list is what it is, and every matter on it must end in a result."""

from datetime import date

from django.db import transaction

from peelian.journal import actions as journal
from peelian.lookback.criteria import in_words, stored
from peelian.lookback.models import Case, Cohort
from peelian.lookback.queries.choosing import MOST, preview
from peelian.lookback.rows import CohortDraft
from peelian.matters.rows import PastMatter
from peelian.terms.acts import Act, RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotFound, NotValid
from peelian.terms.typed import sound
from peelian.terms.viewer import Viewer
from peelian.walls import queries as users
from peelian.walls.powers import must_hold

BATCH = 500


@transaction.atomic
def freeze(*, by: Viewer, draft: CohortDraft, on: date) -> str:
    """Freeze the matters that meet the criteria as a cohort; returns its reference. LES-31.

    Needs LOOK_BACK. What a wall hides from whoever chooses is not chosen. Raises NotValid (title, purpose, reasons,
    target_on, owner, follow_up_days), for criteria that nothing meets or too much, and where another number of matters
    meets them than `draft.expected`, so that nobody freezes a list they did not see.
    """
    must_hold(by, Permission.LOOK_BACK)
    title = sound("title", draft.title, needed="Give the look-back a title.", most=200)
    purpose = sound("purpose", draft.purpose, needed="Say what the look-back is for.")
    reasons = sound("reasons", draft.reasons, needed="Say why these criteria.")
    if draft.target_on <= on:
        raise NotValid("target_on", "The day by which every case is decided must be ahead.")
    if not 0 < draft.follow_up_days <= 365:
        raise NotValid("follow_up_days", "Give a number of days from 1 to 365.")
    owner_id = _owner(by, draft.owner_ref)
    chosen = preview(by, draft.criteria)
    if chosen.too_many:
        raise NotValid("criteria", f"More than {MOST:,} matters meet the criteria. Narrow them.")
    if not chosen.count:
        raise NotValid("criteria", "No matter that you may see meets the criteria.")
    if chosen.count != draft.expected:
        raise NotValid("criteria", f"{chosen.count:,} matters meet the criteria now. Look at them again first.")
    cohort = Cohort.objects.create(
        ref=new_reference("PC"),
        title=title,
        purpose=purpose,
        reasons=reasons,
        reading=draft.reading,
        criteria=stored(draft.criteria),
        target_on=draft.target_on,
        follow_up_days=draft.follow_up_days,
        owner_id=owner_id,
        frozen_on=on,
        frozen_at=by.at,
        frozen_by=by.actor,
        leader_id=by.user_id,
    )
    cases = Case.objects.bulk_create([_case(cohort, one) for one in chosen.chosen], batch_size=BATCH)
    words = "; ".join(f"{name}: {value}" for name, value in in_words(draft.criteria))
    words = f"{draft.reading.words}. {words}"
    entry = journal.EntryDraft(
        Act.COLLECTED,
        RecordKind.COHORT,
        cohort.ref,
        f"froze a cohort of {len(cases):,} past matters for a look-back",
        reason=purpose,
        decision=words,
        on=on,
        shown=[case.matter_ref for case in cases],
    )
    journal.record_many(by=by, entries=[entry])
    return cohort.ref


def _case(cohort: Cohort, one: PastMatter) -> Case:
    """The matter with what it is on this day."""
    came = one.came_to_attention
    return Case(
        cohort=cohort,
        matter_id=one.id,
        matter_ref=one.ref,
        kind=one.kind,
        state=one.state,
        came_on=came.earliest if came else None,
        came_precision=came.precision if came else "",
    )


def _owner(by: Viewer, user_ref: str) -> int:
    """Whoever answers for what comes of the cohort: somebody who assesses what arrives."""
    try:
        user = users.user_by_ref(user_ref)
        able = users.viewer_for(user.id, at=by.at)
    except NotFound as error:
        raise NotValid("owner", "Choose who answers for what comes of it.") from error
    if not (able.may(Permission.ASSESS) and able.may(Permission.READ_INTAKE)):
        raise NotValid("owner", f"{user.name} holds no role that assesses what arrives.")
    return user.id
