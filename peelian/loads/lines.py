"""A row of an outside file as facts of people and matters: which field says what of whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from peelian import statute
from peelian.feeds.fields import FIELDS, Content, Shape
from peelian.feeds.rows import AcceptedRow, Value
from peelian.matters.loading import AllegationFacts, MatterFacts
from peelian.people.loading import PersonFacts, fit
from peelian.terms.known_dates import KnownDate, Precision
from peelian.terms.matters import MatterKind, MatterState, Part
from peelian.terms.people import IdentifierKind, PersonKind

Fields = Mapping[str, Any]  # values by field; `feeds` has seen to it that each is of its field's shape
Said = dict[str, Any]
MISSING = "?"  # before a field's name in the ledger: the word that stood where nothing was recorded

PERSON_FACTS = {
    "person_kind": "kind",
    "family_name": "name",
    "given_names": "name",
    "former_names": "former",
    "vehicle_marks": "vehicles",
    "warrant_number": "identifiers",
    "collar_number": "identifiers",
    "staff_number": "identifiers",
    "birth_on": "born",
    "birth_year": "born",
    "sex": "sex",
    "ethnicity": "ethnicity",
    "rank": "rank",
    "rank_from": "rank",
    "unit": "unit",
    "role": "unit",
    "posted_on": "unit",
    "appointed_on": "joined",
    "left_on": "left",
}
MATTER_FACTS = {
    "matter_kind": "kind",
    "state": "state",
    "force": "force",
    "complaint_on": "came",
    "recorded_on": "came",
    "reported_on": "came",
    "incident_on": "incident",
    "closed_on": "closed",
    "narrative": "narrative",
    "text": "narrative",
}
ALLEGATION_FACTS = {
    "category": "category",
    "category_code": "category",
    "allegation_text": "text",
    "finding_final": "finding",
    "finding_recommended": "finding",
    "outcome_final": "outcome",
    "outcome_recommended": "outcome",
    "outcome": "outcome",
}
IDENTIFIERS = {
    "warrant_number": IdentifierKind.WARRANT_NUMBER,
    "collar_number": IdentifierKind.COLLAR_NUMBER,
    "staff_number": IdentifierKind.STAFF_NUMBER,
}
# Words that outside incident files use for the part a person played. A word that is not here makes an interested
# person, never an officer concerned; the word itself stays in the ledger.
PARTS = {
    **dict.fromkeys(("suspect", "offender", "accused", "defendant", "subject", "perpetrator"), Part.OFFICER_CONCERNED),
    **dict.fromkeys(("officer concerned", "officer", "respondent", "alleged offender"), Part.OFFICER_CONCERNED),
    **dict.fromkeys(("complainant", "victim", "aggrieved", "reporter", "survivor"), Part.COMPLAINANT),
    **dict.fromkeys(("witness",), Part.WITNESS),
}
NOTHING = AllegationFacts()
COMPLAINANT = frozenset({"complainant_key", "complainant_family_name", "complainant_given_names"})


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person by key, or who has no key by description; `part`: what they are in the matter."""

    part: Part
    facts: PersonFacts | None
    description: str = ""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """What one row of a history says: of a matter, of the people in it, of one allegation where it states any."""

    matter: MatterFacts
    concerned: Somebody | None
    complainant: Somebody | None
    allegation: AllegationFacts | None


def history(content: Content, fields: Fields) -> HistoryLine:
    """A row of a complaint history or of cross-force incidents."""
    return _incident(fields) if content is Content.INCIDENTS else _complaint(fields)


def register(fields: Fields) -> PersonFacts:
    """A row of a staff register."""
    return PersonFacts(
        key=fields.get("person_key", ""),
        kind=PersonKind(fields.get("person_kind", "") or PersonKind.NOT_STATED),
        family=fields.get("family_name", ""),
        given=fields.get("given_names", ""),
        former=fields.get("former_names", ()),
        vehicles=fields.get("vehicle_marks", ()),
        identifiers=_identifiers(fields),
        born=_born(fields),
        sex=fields.get("sex", ""),
        ethnicity=fields.get("ethnicity", ""),
        joined=fields.get("appointed_on"),
        left=fields.get("left_on"),
        rank=fields.get("rank", ""),
        rank_from=fields.get("rank_from"),
        unit=fields.get("unit", ""),
        title=fields.get("role", ""),
        posted=fields.get("posted_on"),
    )


def said(row: AcceptedRow) -> Said:
    """The row as the ledger keeps it: plain values by field, and under `?field` a word that stood for nothing."""
    kept: Said = {name: value if type(value) is str else _plain(value) for name, value in row.fields.items()}
    for name, word in row.missing.items():
        kept[MISSING + name] = word
    return kept


def heard(content: Content, kept: Said) -> Fields:
    """The reverse of `said`: fields with their values."""
    known = FIELDS[content]
    fields: dict[str, Value] = {}
    for name, value in kept.items():
        if name in known:
            fields[name] = _value(known[name].shape, value)
    return fields


def changed(names: Iterable[str], facts: Mapping[str, str]) -> frozenset[str]:
    """The facts that changed fields speak of."""
    return frozenset(facts[name] for name in names if name in facts)


def only_identifiers(facts: PersonFacts, names: Iterable[str]) -> PersonFacts:
    """The same facts with only those identifiers whose fields are in `names`."""
    kinds = {IDENTIFIERS[name] for name in names if name in IDENTIFIERS}
    return replace(facts, identifiers=tuple(pair for pair in facts.identifiers if pair[0] in kinds))


def is_stated(facts: AllegationFacts) -> bool:
    return facts != NOTHING


def _complaint(fields: Fields) -> HistoryLine:
    matter = MatterFacts(
        key=fields.get("matter_reference", ""),
        kind=MatterKind(stated) if (stated := fields.get("matter_kind")) else MatterKind.HISTORY,
        state=MatterState(stated) if (stated := fields.get("state")) else MatterState.NOT_STATED,
        force=fields.get("force", ""),
        came=fields.get("complaint_on") or fields.get("recorded_on"),
        incident=fields.get("incident_on"),
        closed=fields.get("closed_on"),
        narrative=fields.get("narrative", ""),
    )
    category, category_words = _category(fields)
    allegation = AllegationFacts(
        category=category,
        category_words=category_words,
        text=fields.get("allegation_text", ""),
        finding_words=_final(fields, "finding"),
        outcome_words=_final(fields, "outcome"),
        factors=_factors(fields),
    )
    is_alleged = is_stated(allegation) or "allegation_reference" in fields
    return HistoryLine(matter, _concerned(fields), _complainant(fields), allegation if is_alleged else None)


def _incident(fields: Fields) -> HistoryLine:
    matter = MatterFacts(
        key=fields.get("incident_reference", ""),
        force=fields.get("force", ""),
        came=fields.get("reported_on"),
        incident=fields.get("incident_on"),
        closed=fields.get("closed_on"),
        narrative=fields.get("text", ""),
    )
    category, category_words = _category(fields)
    allegation = AllegationFacts(category, category_words, outcome_words=fields.get("outcome", ""))
    word = " ".join(fields.get("part", "").split()).casefold()
    part = PARTS.get(word, Part.INTERESTED_PERSON) if word else Part.OFFICER_CONCERNED
    return HistoryLine(matter, _concerned(fields, part), None, allegation if is_stated(allegation) else None)


def _concerned(fields: Fields, part: Part = Part.OFFICER_CONCERNED) -> Somebody | None:
    """Only an officer concerned belongs in the register by themselves; others are known through the matter."""
    facts = PersonFacts(
        key=fields.get("person_key", ""),
        family=fields.get("family_name", ""),
        given=fields.get("given_names", ""),
        identifiers=_identifiers(fields),
        born=_born(fields),
        is_registered=part is Part.OFFICER_CONCERNED,
    )
    if facts.key:
        return Somebody(part, facts)
    words = [facts.name, *(f"{kind.words.lower()} {value}" for kind, value in facts.identifiers)]
    words += [fields.get("rank", ""), fields.get("unit", "")]
    description = ", ".join(word for word in words if word)
    return Somebody(part, None, fit(f"{description} (no key in the source)", 300)) if description else None


def _complainant(fields: Fields) -> Somebody | None:
    if fields.keys().isdisjoint(COMPLAINANT):
        return None
    facts = PersonFacts(
        key=fields.get("complainant_key", ""),
        kind=PersonKind.PUBLIC,
        family=fields.get("complainant_family_name", ""),
        given=fields.get("complainant_given_names", ""),
        born=fields.get("complainant_birth_on"),
        sex=fields.get("complainant_sex", ""),
        ethnicity=fields.get("complainant_ethnicity", ""),
        contact=fields.get("complainant_contact", ""),
        is_registered=False,
    )
    if facts.key:
        return Somebody(Part.COMPLAINANT, facts)
    return Somebody(Part.COMPLAINANT, None, fit(f"{facts.name} (no key in the source)", 300)) if facts.name else None


def _category(fields: Fields) -> tuple[str, str]:
    """The national code where the source's is one, and the source's words."""
    code, words = fields.get("category_code", ""), fields.get("category", "")
    if code in _national_codes():
        return code, words
    return "", f"{code}: {words}" if code and words else code or words


def _factors(fields: Fields) -> tuple[str, ...]:
    stated = fields.get("factor", "")
    code = _national_factors().get(stated.casefold()) if stated else None
    return (code,) if code else ()


def _final(fields: Fields, what: str) -> str:
    final: str = fields.get(f"{what}_final", "")
    if final:
        return final
    recommended = fields.get(f"{what}_recommended", "")
    return f"{fit(recommended, 100)} (recommended)" if recommended else ""


def _identifiers(fields: Fields) -> tuple[tuple[IdentifierKind, str], ...]:
    if fields.keys().isdisjoint(IDENTIFIERS):
        return ()
    return tuple((kind, fields[name]) for name, kind in IDENTIFIERS.items() if name in fields)


def _born(fields: Fields) -> KnownDate | None:
    year = fields.get("birth_year")
    return fields.get("birth_on") or (KnownDate.of(year) if isinstance(year, int) else None)


_LENGTHS = {Precision.MONTH: 7, Precision.YEAR: 4}


def _plain(value: Value) -> Any:
    if isinstance(value, KnownDate):
        day = value.earliest.isoformat()
        return day if value.precision is Precision.DAY else day[: _LENGTHS[value.precision]]
    return list(value) if isinstance(value, tuple) else value


def _value(shape: Shape, plain: Any) -> Value:
    if shape is Shape.DATE:
        return KnownDate.of(*(int(part) for part in plain.split("-")))
    value: Value = tuple(plain) if isinstance(plain, list) else plain
    return value


@cache
def _national_codes() -> frozenset[str]:
    return frozenset(row.key for row in statute.categories())


@cache
def _national_factors() -> dict[str, str]:
    rows = statute.table("factor")
    return {word.casefold(): row.key for row in rows for word in (row.key, str(row["title"]))}
