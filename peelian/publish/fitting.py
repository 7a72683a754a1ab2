"""Whom a letter can be to or about, on a matter and a day; and why it can be to nobody, with what to write instead.

In: a matter as its reader sees it. Out: its people, or sentences.
"""

from dataclasses import replace
from datetime import date

from peelian.clocks import queries as clocks
from peelian.matters import queries as matters
from peelian.matters.queries.parts import MatterParts, PersonPart
from peelian.people.rows import HIDDEN_NAME
from peelian.publish.rows import Unfit
from peelian.publish.templates import Template, templates
from peelian.statute import Register
from peelian.terms.matters import MatterKind, Part
from peelian.terms.viewer import Viewer


def parts_of(viewer: Viewer, matter_ref: str) -> MatterParts:
    """A matter whose people have left where the register or the matter itself says so, from the earlier of the days.

    Raises NotFound.
    """
    matter = matters.parts(viewer, matter_ref)
    left = clocks.leavers(viewer, matter)
    return replace(
        matter,
        people=tuple(
            replace(one, left=min(left[one.key], one.left or left[one.key])) if one.key in left else one
            for one in matter.people
        ),
    )


def fitting(matter: MatterParts, template: Template, on: date) -> tuple[PersonPart, ...]:
    """Those whom a letter of this template can be to, or about where it is to nobody on the matter."""
    if not template.fits(matter.kind) or not _reaches_someone(matter, template):
        return ()
    return tuple(one for one in _in_part(matter, template) if not why_not(template, one, on))


def why_not(template: Template, person: PersonPart, on: date) -> str:
    """Why a letter cannot be to or about somebody, in a sentence; empty where it can be."""
    return template.why_not(person.kind, person.left, on) if person.part is Part.OFFICER_CONCERNED else ""


def stage_of(template: Template, law: Register) -> str:
    """The stage of casework that a letter belongs to: of the step that its service takes, else the one it names, else
    that of the letter whose place it takes. Empty where none says so."""
    before = templates().get(template.instead_of)
    for one in (template, before) if before else (template,):
        for step in law.steps.values():
            if any(set(one.records) & set(option.events) for option in step.options):
                return step.stage
        if one.stage:
            return one.stage
    return ""


def unfit(matter: MatterParts, template: Template, on: date) -> Unfit:
    """Why a letter can be to nobody on this matter, and which letters stand in its place there."""
    people = _in_part(matter, template)
    whom = " or ".join(part.words.lower() for part in _parts(template))
    if not template.fits(matter.kind):
        kinds = " or ".join(_kind_words(template))
        reasons = [f"It is for a {kinds}, and this is a {matter.kind.words.lower()}."]
    elif not people:
        reasons = [f"It is to or about an {whom}, and you see nobody with that part here."]
    elif not _reaches_someone(matter, template):
        reasons = [f"Nobody concerned here is somebody whom {template.law} reaches."]
    else:
        reasons = [f"{one.name}: {why_not(template, one, on)}" for one in people]
    every = templates().values()
    near = [one for one in every if template.key in (one.instead_of, one.key) or one.key == template.instead_of]
    return Unfit(
        template=template,
        reasons=tuple(reasons),
        instead=tuple(one for one in near if one is not template and fitting(matter, one, on)),
        lacks_person=template.fits(matter.kind) and not people,
    )


def _parts(template: Template) -> tuple[Part, ...]:
    return template.parts or (Part.OFFICER_CONCERNED,)


def _kind_words(template: Template) -> tuple[str, ...]:
    return tuple(MatterKind(one).words.lower() for one in template.kinds)


def _in_part(matter: MatterParts, template: Template) -> tuple[PersonPart, ...]:
    return tuple(one for one in matter.people if one.part in _parts(template) and one.name != HIDDEN_NAME)


def _reaches_someone(matter: MatterParts, template: Template) -> bool:
    """Whether the law of a letter reaches somebody concerned, where it is to somebody else because of them."""
    if Part.OFFICER_CONCERNED in _parts(template):
        return True
    concerned = [one for one in matter.people if one.part is Part.OFFICER_CONCERNED]
    return not concerned or any(template.reaches(one.kind) for one in concerned)
