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

Fields = Mapping[str, Value]
Said = dict[str, Any]
MISSING = "?"  # before a field's name in the ledger: the word that stood where nothing was recorded

PERSON_FACTS = {
    "person_kind": "kind",
    "family_name": "name",
    "given_names": "name",
    "former_names": "former",
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
        key=_text(fields, "person_key"),
        kind=PersonKind(_text(fields, "person_kind") or PersonKind.NOT_STATED),
        family=_text(fields, "family_name"),
        given=_text(fields, "given_names"),
        former=_names(fields, "former_names"),
        identifiers=_identifiers(fields),
        born=_born(fields),
        sex=_text(fields, "sex"),
        ethnicity=_text(fields, "ethnicity"),
        joined=_date(fields, "appointed_on"),
        left=_date(fields, "left_on"),
        rank=_text(fields, "rank"),
        rank_from=_date(fields, "rank_from"),
        unit=_text(fields, "unit"),
        title=_text(fields, "role"),
        posted=_date(fields, "posted_on"),
    )


def said(row: AcceptedRow) -> Said:
    """The row as the ledger keeps it: plain values by field, and under `?field` a word that stood for nothing."""
    kept: Said = {name: _plain(value) for name, value in row.fields.items()}
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
    return facts != AllegationFacts()


def _complaint(fields: Fields) -> HistoryLine:
    matter = MatterFacts(
        key=_text(fields, "matter_reference"),
        kind=MatterKind(_text(fields, "matter_kind") or MatterKind.HISTORY),
        state=MatterState(_text(fields, "state") or MatterState.NOT_STATED),
        force=_text(fields, "force"),
        came=_date(fields, "complaint_on") or _date(fields, "recorded_on"),
        incident=_date(fields, "incident_on"),
        closed=_date(fields, "closed_on"),
        narrative=_text(fields, "narrative"),
    )
    category, category_words = _category(fields)
    allegation = AllegationFacts(
        category=category,
        category_words=category_words,
        text=_text(fields, "allegation_text"),
        finding_words=_final(fields, "finding"),
        outcome_words=_final(fields, "outcome"),
        factors=_factors(fields),
    )
    is_alleged = is_stated(allegation) or "allegation_reference" in fields
    return HistoryLine(matter, _concerned(fields), _complainant(fields), allegation if is_alleged else None)


def _incident(fields: Fields) -> HistoryLine:
    matter = MatterFacts(
        key=_text(fields, "incident_reference"),
        force=_text(fields, "force"),
        came=_date(fields, "reported_on"),
        incident=_date(fields, "incident_on"),
        closed=_date(fields, "closed_on"),
        narrative=_text(fields, "text"),
    )
    category, category_words = _category(fields)
    allegation = AllegationFacts(category, category_words, outcome_words=_text(fields, "outcome"))
    word = " ".join(_text(fields, "part").split()).casefold()
    part = PARTS.get(word, Part.INTERESTED_PERSON) if word else Part.OFFICER_CONCERNED
    return HistoryLine(matter, _concerned(fields, part), None, allegation if is_stated(allegation) else None)


def _concerned(fields: Fields, part: Part = Part.OFFICER_CONCERNED) -> Somebody | None:
    """Only an officer concerned belongs in the register by themselves; others are known through the matter."""
    facts = PersonFacts(
        key=_text(fields, "person_key"),
        family=_text(fields, "family_name"),
        given=_text(fields, "given_names"),
        identifiers=_identifiers(fields),
        born=_born(fields),
        is_registered=part is Part.OFFICER_CONCERNED,
    )
    if facts.key:
        return Somebody(part, facts)
    words = [facts.name, *(f"{kind.words.lower()} {value}" for kind, value in facts.identifiers)]
    words += [_text(fields, "rank"), _text(fields, "unit")]
    description = ", ".join(word for word in words if word)
    return Somebody(part, None, fit(f"{description} (no key in the source)", 300)) if description else None


def _complainant(fields: Fields) -> Somebody | None:
    facts = PersonFacts(
        key=_text(fields, "complainant_key"),
        kind=PersonKind.PUBLIC,
        family=_text(fields, "complainant_family_name"),
        given=_text(fields, "complainant_given_names"),
        born=_date(fields, "complainant_birth_on"),
        sex=_text(fields, "complainant_sex"),
        ethnicity=_text(fields, "complainant_ethnicity"),
        contact=_text(fields, "complainant_contact"),
        is_registered=False,
    )
    if facts.key:
        return Somebody(Part.COMPLAINANT, facts)
    return Somebody(Part.COMPLAINANT, None, fit(f"{facts.name} (no key in the source)", 300)) if facts.name else None


def _category(fields: Fields) -> tuple[str, str]:
    """The national code where the source's is one, and the source's words."""
    code, words = _text(fields, "category_code"), _text(fields, "category")
    if code in _national_codes():
        return code, words
    return "", f"{code}: {words}" if code and words else code or words


def _factors(fields: Fields) -> tuple[str, ...]:
    code = _national_factors().get(_text(fields, "factor").casefold())
    return (code,) if code else ()


def _final(fields: Fields, what: str) -> str:
    if final := _text(fields, f"{what}_final"):
        return final
    recommended = _text(fields, f"{what}_recommended")
    return f"{fit(recommended, 100)} (recommended)" if recommended else ""


def _identifiers(fields: Fields) -> tuple[tuple[IdentifierKind, str], ...]:
    return tuple((kind, _text(fields, name)) for name, kind in IDENTIFIERS.items() if name in fields)


def _born(fields: Fields) -> KnownDate | None:
    year = fields.get("birth_year")
    return _date(fields, "birth_on") or (KnownDate.of(year) if isinstance(year, int) else None)


def _text(fields: Fields, name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def _names(fields: Fields, name: str) -> tuple[str, ...]:
    value = fields.get(name)
    return value if isinstance(value, tuple) else ()


def _date(fields: Fields, name: str) -> KnownDate | None:
    value = fields.get(name)
    return value if isinstance(value, KnownDate) else None


_LENGTHS = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}


def _plain(value: Value) -> Any:
    if isinstance(value, KnownDate):
        return value.earliest.isoformat()[: _LENGTHS[value.precision]]
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
