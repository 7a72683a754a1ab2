"""What stands on a matter of a world, a function for each kind of record; those of the hidden one say hidden words."""

from datetime import date, timedelta
from typing import Any

from peelian.clocks import actions as clocks
from peelian.clocks import queries as duties
from peelian.contact import actions as contact
from peelian.contact.rows import PlanDraft
from peelian.decisions import actions as decisions
from peelian.decisions import queries as cases
from peelian.disclosure import actions as disclosure
from peelian.disclosure.actions.redacting import MarkDraft
from peelian.disclosure.states import Decision
from peelian.investigations import actions as investigations
from peelian.investigations.rows import LineDraft
from peelian.matters import queries as known
from peelian.proceedings.models import Direction, PanelMember, Proceeding, Witness
from peelian.publish import actions as letters
from peelian.publish import queries as written
from peelian.rules.contact import SafeWay
from peelian.sampling.models import Draw, Drawn, Redecision
from peelian.terms import references
from peelian.terms.contact import RightState, Stance, Topic
from peelian.terms.known_dates import KnownDate
from peelian.terms.viewer import Viewer
from tests.walls.made import World


def in_touch(made: World, name: str, by: Viewer, matter: str, person: str) -> None:
    """A contact plan, a wish, a right, a referral and a key, each in words that stand nowhere else."""
    of: dict[str, Any] = {"by": by, "matter_ref": made.refs[matter], "person_key": made.refs[person], "on": made.today}
    words = f"The grimoire of {name}."
    draft = PlanDraft(wants_contact=True, ways=(SafeWay("post"),), agreed_with=words, reasons=words)
    contact.agree_plan(**of, draft=draft, replaces=0)
    said = {"words": words, "reasons": words, "how": "post"}
    contact.record_said(**of, topic=Topic.WITHDRAW, stance=Stance.YES, **said)
    contact.mark_rights(**of, rights=["VC-01"], state=RightState.OFFERED, reasons=words)
    made.refs[f"{name}_referral"] = contact.offer_adviser(**of, adviser="isva", consented=True, words=words)
    contact.give_key(**of, reasons=words)


def proceedings_of(made: World, matter: str, officer: str, name: str) -> None:
    """A hearing with an adviser, a witness and a direction, past the actions: walking there takes a whole case."""
    held_matter = known.parts(made.system, made.refs[matter])
    person = next(one for one in held_matter.people if one.key == made.refs[officer])
    stamp = {"on": made.today, "recorded_at": made.at, "recorded_by": made.user("assessor").actor}
    held = Proceeding.objects.create(
        ref=references.new_reference("PQ"), matter_id=held_matter.id, involvement_id=person.id, forum="hearing", **stamp
    )
    seat = {"seat": "hearing-adviser", "qualification": "legally_qualified_adviser", "known_by": "The wyvern knows."}
    member = PanelMember.objects.create(ref=references.new_reference("PB"), proceeding=held, name=name, **seat, **stamp)
    Witness.objects.create(
        ref=references.new_reference("PW"), proceeding=held, name=name, about="The grimoire.", listed_by="both", **stamp
    )
    Direction.objects.create(
        proceeding=held,
        chair=member,
        name=True,
        date=True,
        place=True,
        content=False,
        content_reason="A wyvern.",
        **stamp,
    )
    made.refs[f"{matter.removesuffix('_matter')}_proceeding"] = held.ref


def an_event(made: World, by: Viewer, matter_ref: str, on: date) -> str:
    """The first event that may be recorded and is not for one person alone; it starts or meets a limit."""
    chosen = next(one for one in duties.may_record(by, matter_ref) if not one.each_person)
    return clocks.record_event(by=by, matter_ref=matter_ref, key=chosen.key, on=KnownDate(on + timedelta(days=2)))


def decided(made: World, name: str, by: Viewer, matter: str) -> None:
    """A joint view, then a decision on referral that differs from what the rule indicates: it awaits a signature."""
    ref = made.refs[matter]
    shown = [line.ref for one in cases.joint(by, ref).people for line in one.matters]
    decisions.record_joint_view(by=by, matter_ref=ref, shown=shown, together=False, reasons="Not alike.", on=made.today)
    made.refs[f"{name}_decision"] = decisions.decide(
        by=by,
        matter_ref=ref,
        step="referral",
        option="refer_may",
        answers={question.key: False for question in cases.asking(by, ref, "referral").questions},
        reasons=f"About {matter}.",
        on=made.today,
    )


def drawn(made: World, name: str) -> None:
    """A decision on the matter drawn by lot, which `keeper` took again and found otherwise."""
    draw, _ = Draw.objects.get_or_create(
        sample="referral",
        month=made.today.replace(day=1),
        defaults={
            **{"ref": "PX-DRAW", "seed": "1", "share": 10, "law": "local", "of": 1, "drawn": 1, "on": made.today},
            **{"recorded_at": made.at, "recorded_by": made.system.actor},
        },
    )
    matter_id = known.key_of(made.system, made.refs["hidden_matter" if name == "hidden" else name])
    ref = made.refs[f"{name}_drawn"] = references.new_reference("PX")
    drawn = Drawn.objects.create(
        ref=ref,
        draw=draw,
        matter_id=matter_id,
        decision_ref=made.refs[f"{name}_decision"],
        owner_id=made.user("keeper").user_id,
        due_on=made.today,
    )
    if name == "hidden":
        said = {"option": "no", "answers": {}, "reasons": "No wyvern.", "agrees": False, "was_blind": True}
        by = {"on": made.today, "recorded_at": made.at, "recorded_by": made.user("keeper").actor}
        Redecision.objects.create(drawn=drawn, **said, **by)


def a_line(made: World, matter: str, what: str) -> None:
    """A line of enquiry of whoever knows the matter."""
    draft = LineDraft(what=what, why="Nobody looked.", owner_ref=made.refs["user_keeper"], due_on=made.today)
    investigations.add_line(by=made.system, matter_ref=made.refs[matter], draft=draft, on=made.today)


def a_disclosure(made: World, matter: str, text: str) -> None:
    """A passage on the schedule with a redacted copy, and a pack that holds it."""
    about: dict[str, Any] = {"by": made.system, "matter_ref": made.refs[matter], "on": made.today}
    name = matter.removesuffix("_matter")
    item = disclosure.schedule_passage(**about, title=text, text=text)
    made.refs[f"{name}_scheduled"] = item
    marks = [MarkDraft("third_party", text, words=text.split()[-1])]
    made.refs[f"{name}_redaction"] = disclosure.redact(**about, item_ref=item, audience_key="court", marks=marks)
    given: dict[str, Any] = {"title": text, "is_used": True, "is_sensitive": False, "reasons": text}
    decided = Decision.REDACT
    disclosure.decide(**about, item_ref=item, version=1, decision=decided, grounds=["third_party"], **given)
    pack = disclosure.make_pack(**about, audience_key="court", who=f"About {text}", basis=text, purpose=text)
    made.refs[f"{name}_pack"] = pack


def a_letter(made: World, name: str, by: Viewer, to: str, approver: Viewer | None = None) -> None:
    """An update to the complainant that waits for approval; issued where somebody approves it."""
    given: dict[str, Any] = {"by": by, "matter_ref": made.refs[name], "on": made.today}
    ref = letters.draft(**given, template="update-complainant", person_key=made.refs[to])
    given["letter_ref"] = ref
    words = f"We asked about {name.replace('_', ' ')}."
    letters.write(**given, version=1, paragraphs={"done": words, "next": "More.", "end": ""})
    sha256 = letters.submit(**given, version=2)
    if approver is not None:
        letters.approve(**given | {"by": approver}, version=3, text_sha256=sha256)
    assert written.letters_of(by, made.refs[name])
    made.refs[f"{name.removesuffix('_matter')}_letter"] = ref
