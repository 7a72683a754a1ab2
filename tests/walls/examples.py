"""Something to ask of every page and query, found from what they say of themselves, so that a new one is asked too.

Where a page's address or a query has a part that is not known here, the test says so: give it examples below.
"""

import inspect
import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from datetime import timedelta
from typing import Any, get_type_hints

from peelian.intake.models import Item
from peelian.lookback.criteria import Criteria
from peelian.matters.models import Matter
from peelian.matters.rows import PastCriteria
from peelian.people.models import Person
from peelian.rules.returns import Quarter
from peelian.terms.acts import RecordKind
from peelian.terms.matters import Capacity
from peelian.web.pages import Page
from tests.walls.made import KEPT_FROM, World

JOURNAL_PAGES = ("/journal/",)
WORDS = ("Ash", "letter", "Quixby", "Quixbee", "wyvern")
NOT_THERE = 10**9  # a key that stands for a hidden record in the world without it
ANY_MATTER = PastCriteria(closed=False)
PART = re.compile(r"<(?:\w+:)?(\w+)>")

RECORDS = {
    RecordKind.MATTER: ("first", "second", "hidden_matter"),
    RecordKind.INTAKE_ITEM: ("item", "first_item", "hidden_item"),
    RecordKind.PERSON: ("officer", "concerned", "manager", "witness", "complainant", "hidden_complainant"),
    RecordKind.UNIT: ("unit",),
    RecordKind.USER: ("user_assessor", "user_investigator", "user_keeper"),
    RecordKind.COHORT: ("cohort",),
    RecordKind.STORE: ("store",),
    RecordKind.PAIR: ("pair", "hidden_pair"),
}
MODELS: dict[RecordKind, Any] = {RecordKind.MATTER: Matter, RecordKind.INTAKE_ITEM: Item, RecordKind.PERSON: Person}

OF_ROOM = {
    "walls": RecordKind.USER,
    "intake": RecordKind.INTAKE_ITEM,
    "people": RecordKind.PERSON,
    "matters": RecordKind.MATTER,
    "lookback": RecordKind.COHORT,
    "retention": RecordKind.MATTER,
    "proceedings": RecordKind.MATTER,
    "vetting": RecordKind.PERSON,
    "matches": RecordKind.PAIR,
}

# Parts of an address other than a reference, by name.
ADDRESS_PARTS: dict[str, Callable[[World], Sequence[str]]] = {
    "clock_id": lambda made: ("CMP-03",),
    "act": lambda made: ("hold", "propose"),
    "lesson_id": lambda made: ("LES-19",),
    "section": lambda made: ("received_via",),
    "role": lambda made: ("assessor",),
    "number": lambda made: ("1", "2"),
    "seq": lambda made: ("1",),
    "size": lambda made: ("1",),
    "key": lambda made: (made.refs["first"], made.refs["hidden_matter"]),
    "token": lambda made: ("not-a-token", *(f"calendar-of-{name}" for name in KEPT_FROM[made.how])),
    "event_ref": lambda made: (made.refs["first_event"], made.refs["hidden_event"]),
    "step": lambda made: ("severity",),
    "decision_ref": lambda made: (made.refs["first_decision"], made.refs["hidden_decision"]),
    "user": lambda made: (made.refs["user_investigator"],),
    "name": lambda made: ("set-aside.csv",),
    "capacity": lambda made: ("investigator",),
    "request_ref": lambda made: ("PO-22222-22222",),
    "alert_ref": lambda made: ("PA-22222-22222",),
    "letter_ref": lambda made: (made.refs["first_letter"], made.refs["hidden_letter"]),
    "template": lambda made: ("update-complainant",),
    "item_ref": lambda made: (made.refs["first_scheduled"], made.refs["hidden_scheduled"]),
    "pack_ref": lambda made: (made.refs["first_pack"], made.refs["hidden_pack"]),
    "redaction_ref": lambda made: (made.refs["first_redaction"], made.refs["hidden_redaction"]),
    "audience_key": lambda made: ("complainant",),
    "who": lambda made: (made.refs["complainant"], made.refs["hidden_complainant"]),
    "referral_ref": lambda made: (made.refs["first_referral"], made.refs["hidden_referral"]),
    "exhibit_ref": lambda made: of_evidence(made, "exhibit"),
    "hand_over_ref": lambda made: of_evidence(made, "hand_over"),
    "ending_ref": lambda made: ("PQ-22222-22222",),
    "file_ref": lambda made: of_evidence(made, "file"),
    "which": lambda made: ("original", "clean"),
    "submission_ref": lambda made: of_evidence(made, "submission"),
    "submission_step": lambda made: ("results",),
    "failure_ref": lambda made: (made.refs["failure"],),
    "cohort_ref": lambda made: (made.refs["cohort"],),
    "position": lambda made: ("1", "3"),
    "round_ref": lambda made: (made.refs["round"],),
    "drawn_ref": lambda made: of_draws(made),
    "evidence_ref": lambda made: (made.refs["evidence"],),
    "recommendation_ref": lambda made: (made.refs["recommendation"],),
    "proceeding_ref": lambda made: (made.refs["first_proceeding"], made.refs["hidden_proceeding"]),
    "review_ref": lambda made: (made.refs["first"],),
    "run_ref": lambda made: (made.refs["run"],),
    "doing": lambda made: ("member", "reply", "directions"),
    "application_ref": lambda made: vetted(made, "vetted"),
    "clearance_ref": lambda made: vetted(made, "clearance"),
    "vetting_act": lambda made: ("information", "close"),
    "withdrawal_ref": lambda made: vetted(made, "withdrawal"),
    "withdrawal_step": lambda made: ("suspended",),
    "refusal_step": lambda made: ("told",),
    "declaration_ref": lambda made: vetted(made, "declaration"),
    "reading_ref": lambda made: (made.refs["hidden_reading"],),
    "return_key": lambda made: (made.refs["bulletin"], made.refs["super_complaint"]),
    "return_act": lambda made: ("received", "published", "reported", "write", "approve"),
    "fact_ref": lambda made: ("PE-22222-22222",),
}
# Words of a query other than the viewer, by name.
QUERY_WORDS: dict[str, Callable[[World], Sequence[Any]]] = {
    "kind": lambda made: (RecordKind.MATTER, RecordKind.INTAKE_ITEM, RecordKind.PERSON),
    "record_id": lambda made: keys(made, RecordKind.MATTER) + keys(made, RecordKind.INTAKE_ITEM),
    "person_id": lambda made: keys(made, RecordKind.PERSON),
    "person_ids": lambda made: (keys(made, RecordKind.PERSON),),
    "matter_id": lambda made: keys(made, RecordKind.MATTER),
    "matter_ids": lambda made: (keys(made, RecordKind.MATTER),),
    "item_ids": lambda made: (keys(made, RecordKind.INTAKE_ITEM),),
    "unit_ids": lambda made: ((made.unit_id,),),
    "unit_id": lambda made: (made.unit_id,),
    "refs": lambda made: (tuple(made.refs.values()),),
    "matter_ref": lambda made: refs(made, RecordKind.MATTER),
    "decision_ref": lambda made: (made.refs["first_decision"], made.refs["hidden_decision"]),
    "person_ref": lambda made: refs(made, RecordKind.PERSON),
    "item_ref": lambda made: (
        *refs(made, RecordKind.INTAKE_ITEM),
        *(made.refs[f"{name}_scheduled"] for name in ("first", "hidden")),
    ),
    "pack_ref": lambda made: (made.refs["first_pack"], made.refs["hidden_pack"]),
    "redaction_ref": lambda made: (made.refs["first_redaction"], made.refs["hidden_redaction"]),
    "audience_key": lambda made: ("complainant", "court"),
    "person_key": lambda made: (made.refs["complainant"], made.refs["hidden_complainant"], made.refs["officer"]),
    "user_ref": lambda made: refs(made, RecordKind.USER),
    "unit_ref": lambda made: refs(made, RecordKind.UNIT) + refs(made, RecordKind.STORE),
    "exhibit_ref": lambda made: of_evidence(made, "exhibit"),
    "file_ref": lambda made: of_evidence(made, "file"),
    "submission_ref": lambda made: of_evidence(made, "submission"),
    "failure_ref": lambda made: (made.refs["failure"],),
    "day": lambda made: (made.today,),
    "words": lambda made: WORDS,
    "typed": lambda made: WORDS,
    "steps": lambda made: (("referral",),),
    "events": lambda made: (("update_given", "notice_of_investigation_given", "referred_to_iopc"),),
    "from_on": lambda made: (made.today,),
    "to_on": lambda made: (made.today + timedelta(days=1),),
    "round_ref": lambda made: (made.refs["round"],),
    "drawn_ref": lambda made: of_draws(made),
    "recommendation_ref": lambda made: (made.refs["recommendation"],),
    "by": lambda made: ("ethnicity", "sex"),
    "step_key": lambda made: ("severity", "referral"),
    "answers": lambda made: ({}, {"SPB01": True}),
    "reading_ref": lambda made: (made.refs["first"], made.refs["hidden_reading"]),
    "letter_ref": lambda made: tuple(made.refs[f"{name}_letter"] for name in ("first", "second", "hidden")),
    "on": lambda made: (made.today,),
    "cohort_ref": lambda made: (made.refs["cohort"],),
    "criteria": lambda made: (ANY_MATTER,),
    "asked": lambda made: (Criteria(ANY_MATTER), Criteria(ANY_MATTER, fresh=True)),
    "number": lambda made: (1, 2),
    "capacity": lambda made: (Capacity.INVESTIGATOR, Capacity.APPROPRIATE_AUTHORITY, Capacity.HANDLER),
    "request_ref": lambda made: ("PO-22222-22222",),
    "alert_ref": lambda made: ("PA-22222-22222",),
    "proceeding_ref": lambda made: (made.refs["first_proceeding"], made.refs["hidden_proceeding"]),
    "withdrawal_ref": lambda made: vetted(made, "withdrawal"),
    "declaration_ref": lambda made: vetted(made, "declaration"),
    "application_ref": lambda made: vetted(made, "vetted"),
    "clearance_ref": lambda made: vetted(made, "clearance"),
    "run_ref": lambda made: (made.refs["run"],),
    "pair_ref": lambda made: refs(made, RecordKind.PAIR),
    "workforce": lambda made: ("workforce",),
    "source": lambda made: ("pnd", "grimoire"),
    "numbers": lambda made: (("1234", "4321"),),
    "item_refs": lambda made: (refs(made, RecordKind.INTAKE_ITEM),),
    "marks": lambda made: (("AB12 CDE",),),
    "template": lambda made: ("update-complainant",),
    "return_key": lambda made: (made.refs["bulletin"], made.refs["super_complaint"]),
    "quarter_code": lambda made: (Quarter.of(made.today).code,),
}


def of_draws(made: World) -> tuple[str, ...]:
    return tuple(made.refs[f"{name}_drawn"] for name in ("second", "hidden", "first_vetting", "hidden_vetting"))


def vetted(made: World, what: str) -> tuple[str, ...]:
    return tuple(made.refs[name] for name in (f"first_{what}", f"hidden_{what}") if name in made.refs)


def of_evidence(made: World, kind: str) -> tuple[str, ...]:
    return tuple(made.refs[f"{name}_{kind}"] for name in ("first", "hidden"))


def refs(made: World, kind: RecordKind) -> tuple[str, ...]:
    return tuple(made.refs[name] for name in RECORDS[kind])


def every_ref(made: World) -> tuple[str, ...]:
    return tuple(itertools.chain.from_iterable(refs(made, kind) for kind in RECORDS))


def keys(made: World, kind: RecordKind) -> tuple[int, ...]:
    found = MODELS[kind].objects.as_system(because="the test asks by key")
    held = dict(found.filter(ref__in=refs(made, kind)).values_list("ref", "pk"))
    return tuple(held.get(ref, NOT_THERE) for ref in refs(made, kind))


def addresses_of(page: Page, made: World) -> list[str]:
    """The page's addresses: one for each record of the kind it opens, hidden ones too. KeyError for a new part."""
    names = PART.findall(page.route)
    several = len(names) > 1
    choices = [refs_for(page, made, several) if name == "ref" else ADDRESS_PARTS[name](made) for name in names]
    found = []
    for chosen in itertools.product(*choices):
        given = iter(chosen)
        found.append("/" + PART.sub(lambda _: next(given), page.route))  # noqa: B023 - used at once
    return found


def refs_for(page: Page, made: World, several: bool) -> tuple[str, ...]:
    """Every record of the kind; for a form, or beside another part (`several`), one that is seen and one that is hidden
    where there is one."""
    if page.opens in (RecordKind.JOB, RecordKind.LOAD):
        return (made.refs["first"],)
    if page.opens not in RECORDS:
        return every_ref(made) if "POST" not in page.methods else (made.refs["first"], made.refs["hidden_matter"])
    found = refs(made, page.opens)
    return (found[0], found[-1]) if several or "POST" in page.methods else found


def calls_of(function: Callable[..., Any], made: World) -> list[dict[str, Any]]:
    """Named words to call a query with, besides the viewer. Raises KeyError for a word not known above."""
    needed, calls, room = {}, [], function.__module__.split(".")[1]
    hints = get_type_hints(function)
    for name, parameter in list(inspect.signature(function).parameters.items())[1:]:
        if parameter.default is inspect.Parameter.empty:
            needed[name] = refs(made, OF_ROOM[room]) if name == "ref" else QUERY_WORDS[name](made)
    for chosen in itertools.product(*needed.values()):
        calls.append(dict(zip(needed, chosen, strict=True)))
    if {"kind", "record_id"} <= set(needed):  # a key means something for its own kind of record alone
        rest = {**calls[0]}
        calls = [rest | {"kind": kind, "record_id": key} for kind in needed["kind"] for key in keys(made, kind)]
    filters = hints.get("filters")
    if is_dataclass(filters) and any(one.name == "words" for one in fields(filters)):
        calls += [{**calls[0], "filters": filters(words=word)} for word in WORDS]
    if "size" in hints:
        calls += [{**calls[0], "size": 1, "number": number} for number in (1, 2, 3)]
    return calls
