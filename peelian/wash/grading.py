"""Weights into grades: traps of family and namesakes, other members of the workforce, and the words for and against."""

from collections.abc import Callable

from peelian.wash.levels import comparisons
from peelian.wash.model import Model
from peelian.wash.normal import listed, quoted, table
from peelian.wash.reading import associate_part, protected_part
from peelian.wash.scoring import bits
from peelian.wash.store import Store

GRADES = ("certain", "probable", "possible", "unsure")
SPEAKS = 0.5  # bits from which a level is worth a word
RARE = 2.0  # bits of rarity from which a value is called rare, or common


def _at(comparison: str, *levels: str) -> str:
    """The SQL that holds where a comparison stands at one of these levels."""
    found = next(one for one in comparisons() if one.id == comparison)
    return f"g_{comparison} IN ({', '.join(str(level.number) for level in found.levels if level.id in levels)})"


def _traps(model: Model) -> str:
    """The first reason to be unsure that holds, as SQL; NULL where none does."""
    words = table("grades")["words"]
    home = f"({_at('address', 'same')} OR {_at('phone', 'same')})"
    alike = _at("forename", "same", "short_form", "one_letter", "exchanged", "sounds", "two_letters")
    family = _at("surname", "same", "one_letter", "exchanged", "part", "sounds")
    other_name = _at("forename", "different", "begins", "same_initial")
    apart = f"abs(l_born_year - r_born_year) >= {int(table('grades')['generation'])}"
    against = contradicted()
    own = "(" + " OR ".join(_at(one, "same") for one in ("email", "mark", "middle", "birth_place")) + ")"
    rows = [
        ("twin", f"{other_name} AND {_at('born', 'same', 'swapped', 'one_digit')} AND ({family} OR {home})"),
        ("generation", f"{alike} AND {family} AND {apart} AND {home}"),
        ("household", f"{other_name} AND {home}"),
        ("competitor", f"rival >= weight - {float(table('grades')['competitor_within'])!r}"),
        ("namesake", f"{alike} AND {family} AND ({against})"),
        ("undated", f"{alike} AND {family} AND {_at('born', 'missing')} AND NOT {own}"),
        ("uncorroborated", f"weight >= {float(table('grades')['probable'])!r} AND NOT {_corroborated(model)}"),
    ]
    return "CASE " + " ".join(f"WHEN {sql} THEN {quoted(words[name])}" for name, sql in rows) + " END"


def contradicted() -> str:
    """Something beside the names speaks against one person, as SQL over a row of scores."""
    return " OR ".join(
        (
            _at("middle", "different"),
            _at("birth_place", "different"),
            _at("sex", "different"),
            _at("born", "different", "near_year", "year"),
        )
    )


def _corroborated(model: Model) -> str:
    """Something beyond names and date of birth agrees, and says enough: the bits of `corroborated_by` together."""
    parts = [
        f"greatest(0, {bits(one, model)}{f' + r_{one.id}' if any(level.common for level in one.levels) else ''})"
        for one in comparisons()
        if one.id in table("grades")["corroborating"]
    ]
    return f"({' + '.join(parts)} >= {float(table('grades')['corroborated_by'])!r})"


def _band() -> str:
    data = table("grades")
    return (
        f"CASE WHEN trap IS NOT NULL THEN 'unsure' WHEN weight >= {float(data['certain'])!r} THEN 'certain'"
        f" WHEN weight >= {float(data['probable'])!r} THEN 'probable' ELSE 'possible' END"
    )


def _same_day() -> str:
    """A hit that is raised the day it is found: the unresolved record of a sexual offence, about the person."""
    return (
        f"coalesce(purpose = 'integrity' AND link = 'person' AND resolved_on IS NULL AND {serious()}"
        f" AND list_contains({listed(table('grades')['same_day_grades'])}, band), false)"
    )


def serious() -> str:
    """Whether a record is about a sexual offence, by the words of its category, as SQL."""
    words = listed(table("grades")["same_day_categories"])
    return f"coalesce(len(list_filter({words}, lambda w: contains(lower(category), w))) > 0, false)"


def words_sql(model: Model, wanted: Callable[[float], bool]) -> str:
    """A list of the words of the levels whose bits are `wanted`, as SQL over a row of scores."""
    found = []
    for one in comparisons():
        rows = []
        for level in one.levels:
            if not level.words or level.is_missing or not wanted(model.bits(one, level)):
                continue
            said = quoted(level.words)
            if level.common:
                said = (
                    f"CASE WHEN r_{one.id} > {RARE} THEN {quoted(level.words.replace('same ', 'same rare '))}"
                    f" WHEN r_{one.id} < -{RARE} THEN"
                    f" {quoted(level.words.replace('same ', 'same common '))} ELSE {said} END"
                )
            if (one.id, level.id) == ("address", "same"):
                said = f"{said} || coalesce(' until ' || nullif(lived_until[:4], ''), '')"
            rows.append(f"WHEN {level.number} THEN {said}")
        if rows:
            found.append(f"CASE g_{one.id} {' '.join(rows)} END")
    return f"list_filter([{', '.join(found)}], lambda w: w IS NOT NULL)"


def together(records: str = "true") -> str:
    """Both passes as one query: who was lent something as the second weighs them, all others as the first did.

    `records`, over `s`, narrows which records.
    """
    return f"""SELECT *, 1 AS pass FROM score s WHERE ({records}) AND (l_owner NOT IN (SELECT owner FROM loan)
                OR EXISTS (SELECT 1 FROM loan n WHERE n.owner = s.l_owner AND n.record = s.r_owner))
            UNION ALL SELECT *, 2 AS pass FROM score_again s WHERE ({records})"""


def grade(store: Store, model: Model) -> None:
    """Make the table `pair`: every pair above `possible`, graded, with the words for and against."""
    store.db.execute(f"CREATE OR REPLACE TABLE pair AS {pair_sql(model)}")


def grade_again(store: Store, model: Model, records: str) -> None:
    """Grade anew the pairs of the records that the query `records` gives; what they were is in `pair_before`."""
    store.db.execute(f"INSERT INTO pair_before SELECT * FROM pair WHERE r_owner IN ({records})")
    store.db.execute(f"DELETE FROM pair WHERE r_owner IN ({records})")
    store.db.execute(f"INSERT INTO pair {pair_sql(model, f's.r_owner IN ({records})')}")


def pair_sql(model: Model, records: str = "true") -> str:
    """The graded pairs of all records, or of those that `records` (over `s`, a row of scores) lets pass, as a query."""
    possible = float(table("grades")["possible"])
    until = "f.until[list_position(f.places, list_intersect(f.places, r.places)[1])]"
    return f"""
        WITH together AS (
            {together(records)}
        ), rivals AS MATERIALIZED (
            SELECT *, max(weight) OVER (PARTITION BY r_owner ORDER BY weight DESC, l_owner
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS better,
                max(weight) OVER (PARTITION BY r_owner ORDER BY weight DESC, l_owner
                    ROWS BETWEEN 1 FOLLOWING AND 1 FOLLOWING) AS next
            FROM together
        ), seen AS MATERIALIZED (
            SELECT v.*, coalesce(better, next) AS rival, f.born_year AS l_born_year, r.born_year AS r_born_year,
                {until} AS lived_until
            FROM rivals v JOIN person_form f ON f.form_no = v.l_form JOIN near_form r ON r.form_no = v.r_form
            WHERE weight >= {possible!r}
        ), trapped AS MATERIALIZED (SELECT *, {_traps(model)} AS trap FROM seen
        ), graded AS (
        SELECT l_owner, r_owner, l_form, r_form, p.person_id, p.associate_of, p.relation, s.id AS source, c.record_id,
            c.part, c.category, c.recorded_on, c.resolved_on, round(weight, 6) AS weight, round(base, 6) AS base,
            {_band()} AS band,
            CASE WHEN p.associate_of IS NOT NULL OR {associate_part("c.part")}
                THEN 'association' ELSE 'person' END AS link,
            CASE WHEN {protected_part("c.part")} THEN 'welfare' ELSE 'integrity' END AS purpose,
            {words_sql(model, lambda bits: bits >= SPEAKS)} AS words_for,
            {words_sql(model, lambda bits: bits <= -SPEAKS)} AS words_against, coalesce(trap, '') AS unsure, pass
        FROM trapped t JOIN person p ON p.owner = t.l_owner JOIN record c ON c.owner = t.r_owner
        JOIN source s ON s.src = c.src)
        SELECT *, {_same_day()} AS same_day FROM graded
        ORDER BY weight DESC, person_id, source, record_id"""
