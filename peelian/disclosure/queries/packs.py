"""One pack with everything that stands for and against it, to whom one may go, and what was given."""

from typing import Any

from peelian.clocks.law import law as law_in_force
from peelian.disclosure.concerns import concerns_of, reach_of
from peelian.disclosure.contents import against, choices_of, chosen_of, digest_of, pack_in
from peelian.disclosure.models import PackStep
from peelian.disclosure.queries.lines import line_of
from peelian.disclosure.queries.schedule import schedule
from peelian.disclosure.rows import GivenRow, PackRow, RecipientRow, StepRow
from peelian.disclosure.sources import Original
from peelian.disclosure.states import MAKING, PackMove, PackState
from peelian.evidence import queries as evidence
from peelian.matters import queries as matters
from peelian.people.rows import HIDDEN_NAME
from peelian.rules.disclosure import Audience, UnknownAudience, audience
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer
from peelian.walls import queries as users

ZIP = "application/zip"


def recipients(viewer: Viewer, matter_ref: str, audience_key: str) -> tuple[RecipientRow, ...]:
    """Those on a matter to whom a pack of this audience may go; none for a body. Raises NotFound."""
    matter = matters.parts(viewer, matter_ref)
    return tuple(
        RecipientRow(one.key, f"{one.name} ({one.part.words.lower()})")
        for one in matter.people
        if one.part in audience_of(viewer, audience_key).parts and one.name != HIDDEN_NAME
    )


def pack(viewer: Viewer, matter_ref: str, pack_ref: str) -> PackRow:
    """One pack, whole. Raises NotFound."""
    matter = matters.parts(viewer, matter_ref)
    held = pack_in(matter.id, pack_ref)
    if held is None:
        raise NotFound(f"pack {pack_ref}")
    to, listed = audience_of(viewer, held.audience, held.on), schedule(viewer, matter_ref)
    choices = choices_of(viewer, to, listed.items, chosen_of(held))
    steps = list(PackStep.objects.filter(pack=held).order_by("at", "pk"))
    names = users.actor_names({held.made_by} | {row.by for row in steps})
    state = PackState(held.state)
    is_open = state in (PackState.DRAFT, PackState.SUBMITTED, PackState.APPROVED)
    return PackRow(
        line=line_of(held, matter, names[held.made_by], sum(1 for one in choices if one.chosen)),
        version=held.version,
        audience=to,
        basis=held.basis,
        purpose=held.purpose,
        digest=held.digest,
        choices=choices,
        against=against(viewer, matter, held, to, choices) if is_open else (),
        changed=state in (PackState.SUBMITTED, PackState.APPROVED) and digest_of(held, choices) != held.digest,
        unscheduled=len(listed.unscheduled),
        undecided=listed.undecided,
        reach=reach_of(viewer, matter, held),
        concerns=concerns_of(viewer, matter, held),
        steps=tuple(StepRow(PackMove(row.move), row.at, names[row.by], row.reasons) for row in steps),
        given=_given(held),
        may_disclose=viewer.may(Permission.DISCLOSE),
        may_approve=viewer.may(Permission.APPROVE_DISCLOSURE),
        made_it=any(row.by == viewer.actor and row.move in MAKING for row in steps),
    )


def given_file(viewer: Viewer, matter_ref: str, pack_ref: str) -> Original:
    """The pack as it was given, to the byte. Raises NotFound, Damaged."""
    held = pack_in(matters.key_of(viewer, matter_ref), pack_ref)
    given = getattr(held, "given", None)
    if given is None:
        raise NotFound(f"pack {pack_ref}, given")
    return Original(evidence.content(viewer, given.file).whole(), ZIP, given.sha256)


def audience_of(viewer: Viewer, key: str, on: Any = None) -> Audience:
    """An audience on a day, today where none is given. Raises NotFound."""
    try:
        return audience(law_in_force(), key, on or viewer.today)
    except UnknownAudience:
        raise NotFound(f"audience {key}") from None


def _given(held: Any) -> GivenRow | None:
    given = getattr(held, "given", None)
    if given is None:
        return None
    name = users.actor_names([given.by])[given.by]
    return GivenRow(given.sha256, given.size, given.index, given.way, given.on, given.at, name)
