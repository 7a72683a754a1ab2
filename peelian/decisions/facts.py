"""From stored decisions to the frozen facts that the rules take, and to what stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from peelian import rules
from peelian.clocks.facts import matter_facts, standing_events
from peelian.clocks.law import law
from peelian.contact.queries import wishing_to_withdraw
from peelian.decisions.models import Decision, JointView
from peelian.matters.queries import MatterParts
from peelian.people import queries as people
from peelian.people.rows import PersonLine
from peelian.rules.answers import Answer
from peelian.rules.steps import CaseFacts, Concerned, Taken
from peelian.statute import Per, SchemeEdition
from peelian.statute.step_rows import SAID
from peelian.terms.contact import Topic
from peelian.terms.matters import MatterState, Part
from peelian.terms.people import PersonKind
from peelian.terms.viewer import Viewer

AT_ONCE = 500
BY_LETTER = "by_letter"  # under this key `Decision.said` holds the letter by whose service a step was taken


def held_decisions(matter_ids: Iterable[int]) -> dict[int, list[Any]]:
    """Every decision of each matter with its signature, oldest first."""
    wanted = sorted(set(matter_ids))
    found: dict[int, list[Any]] = {}
    for start in range(0, len(wanted), AT_ONCE):
        rows = Decision.objects.filter(matter_id__in=wanted[start : start + AT_ONCE])
        for decision in rows.select_related("signature", "joint_view").order_by("recorded_at", "pk"):
            found.setdefault(decision.matter_id, []).append(decision)
    return found


def signature_of(decision: Any) -> Any | None:
    return getattr(decision, "signature", None)


def waits(decision: Any) -> bool:
    """It needs a signature and nobody has signed or refused."""
    return bool(decision.needs_signature and signature_of(decision) is None)


def takes_effect(decision: Any) -> bool:
    signed = signature_of(decision)
    return not decision.needs_signature or (signed is not None and signed.agreed)


def standing(decisions: Sequence[Any]) -> dict[tuple[str, int | None], Any]:
    """The decision in effect for each step and involvement: the last of those that took effect."""
    return {(one.step, one.involvement_id): one for one in decisions if takes_effect(one)}


def edition_of(matter: MatterParts) -> Answer[SchemeEdition | None]:
    """Which edition of the scheme governs this matter, by what happened on it too. One statement."""
    return rules.edition_of(matter_facts(matter, standing_events([matter.id]).get(matter.id, [])), law())


def case_facts(viewer: Viewer, matter: MatterParts, decisions: Sequence[Any]) -> CaseFacts:
    """The facts of one matter for the rules of steps. Four statements: kinds of worker of its people, their wishes."""
    return cases(viewer, [matter], {matter.id: decisions}, standing_events([matter.id]))[matter.id]


def cases(
    viewer: Viewer,
    matters: Sequence[MatterParts],
    decisions: Mapping[int, Sequence[Any]],
    events: Mapping[int, Sequence[Any]],
) -> dict[int, CaseFacts]:
    """`case_facts` of several matters, by key, in as many statements as of one. `decisions`: as `held_decisions`;
    `events`: as `clocks.facts.standing_events`."""
    kinds = {key: line.kind for key, line in lines_of(viewer, *matters).items()}
    wishing, held = wishing_to_withdraw([one.id for one in matters]), law()
    editions = {one.id: rules.edition_of(matter_facts(one, events.get(one.id, [])), held).value for one in matters}
    return {
        one.id: _case(viewer, one, decisions.get(one.id, ()), kinds, editions[one.id], wishing.get(one.id, {}))
        for one in matters
    }


def _case(
    viewer: Viewer,
    matter: MatterParts,
    decisions: Sequence[Any],
    kinds: Mapping[int, PersonKind],
    edition: SchemeEdition | None,
    wishing: Mapping[int, str],
) -> CaseFacts:
    keys = {one.id: one.key for one in matter.people}
    concerned = tuple(
        Concerned(
            one.key,
            per,
            kinds.get(one.person_id) if one.person_id else None,
            one.left is not None and one.left <= viewer.today,
        )
        for one in matter.people
        for per in (Per.OFFICER, Per.COMPLAINANT, Per.INTERESTED)
        if one.part in per.parts
    )
    return CaseFacts(
        kind=matter.kind,
        edition=edition.key if edition else "",
        is_open=matter.state is not MatterState.CLOSED,
        people=tuple(dict.fromkeys(_worker(one) for one in concerned)),
        taken=(
            *(
                Taken(step, one.option, keys.get(involved, "") if involved else "", one.recorded_by)
                for (step, involved), one in standing(decisions).items()
            ),
            *(
                Taken(f"{SAID}{Topic.WITHDRAW}", "", keys[involved], by)
                for involved, by in wishing.items()
                if involved in keys
            ),
        ),
        waiting=frozenset(
            (one.step, keys.get(one.involvement_id, "") if one.involvement_id else "")
            for one in decisions
            if waits(one)
        ),
    )


def _worker(one: Concerned) -> Concerned:
    """A kind that an outside file did not state rules nothing out."""
    unstated = one.kind in (PersonKind.NOT_STATED, PersonKind.PLACEHOLDER)
    return replace(one, kind=None) if unstated else one


def lines_of(viewer: Viewer, *matters: MatterParts) -> dict[int, PersonLine]:
    found = {one.person_id for matter in matters for one in matter.people if one.person_id}
    return people.lines_on_record(viewer, found)


def officers_of(matter: MatterParts) -> dict[str, int]:
    """The known people concerned: key on the matter -> person key."""
    return {one.key: one.person_id for one in matter.people if one.part is Part.OFFICER_CONCERNED and one.person_id}


def joint_views(matter_id: int) -> list[Any]:
    """Every joint view of a matter, oldest first."""
    return list(JointView.objects.filter(matter_id=matter_id).order_by("recorded_at", "pk"))
