"""Records of the public, as many as are asked for, made inside DuckDB from hashes: the same on every machine."""

import json
from collections.abc import Sequence
from pathlib import Path

import duckdb

from peelian.demo.chance import Ranked
from peelian.demo.naming import surnames_of
from peelian.demo.tables import table
from peelian.demo.washing.lives import RARE_NAME, rare_parts
from peelian.demo.washing.mentions import CATEGORIES, Mention
from peelian.wash.listening import Listener
from peelian.wash.normal import quoted
from peelian.wash.schema import COLUMNS, Side

PART = 1_000_000  # records made at a time
STEPS = 1_000  # a weighted list is laid out over so many places


def _laid_out(words: Sequence[str], level: float) -> list[str]:
    """`words` so often as their rank says, to be drawn from evenly."""
    ranked = Ranked(list(words), level=level)
    total, found, place = ranked.cumulative[-1], [], 0
    for step in range(STEPS):
        while ranked.cumulative[place] < (step + 0.5) / STEPS * total:
            place += 1
        found.append(words[place])
    return found


def _names(connection: duckdb.DuckDBPyConnection) -> None:
    names = table("names")
    heritages = list(names["heritage"])
    shares = [float(names["heritage"][one]["public"]) for one in heritages]
    places = [number for number, share in enumerate(shares, 1) for _ in range(round(share * 10))]
    families: list[list[str]] = []
    women: list[list[str]] = []
    men: list[list[str]] = []
    for heritage in heritages:
        families.append(_laid_out(surnames_of(heritage).things, 9))
        given = names["given"].get(heritage)
        decades = [names["given"]["british"][str(year)] for year in range(1940, 2010, 10)]
        sets = [given] if given else decades
        for sex, found in (("female", women), ("male", men)):
            words = [word for row in zip(*(one[sex].split() for one in sets), strict=False) for word in row]
            found.append(_laid_out(list(dict.fromkeys(words)), 9))
    beginnings, ends = rare_parts()
    forms = {name: words.split() for name, words in table("washing")["home_forms"].items()}
    for name, lists in (("family", families), ("woman", women), ("man", men)):
        connection.execute(
            f"CREATE TABLE {name} AS SELECT heritage, generate_subscripts(words, 1) AS place, unnest(words) AS word"
            " FROM (SELECT unnest(?) AS words, unnest(range(1, ?)) AS heritage)",
            [lists, len(lists) + 1],
        )
    connection.execute(
        "CREATE TABLE rare AS SELECT row_number() OVER () AS place, b || e AS word FROM (SELECT unnest(?) AS b),"
        " (SELECT unnest(?) AS e)",
        [beginnings, ends],
    )
    connection.execute(
        "CREATE TABLE heritage AS SELECT generate_subscripts(?, 1) AS place, unnest(?) AS heritage", [places, places]
    )
    connection.execute(
        "CREATE TABLE forms AS SELECT unnest(?) AS name, unnest(?) AS forms", [list(forms), list(forms.values())]
    )


def _draw(salt: str, size: str, who: str = "who") -> str:
    return f"CAST(hash({who}, {quoted(salt)}, seed) % ({size}) AS BIGINT)"


def _share(salt: str, who: str = "who") -> str:
    return f"(hash({who}, {quoted(salt)}, seed) % 1000000) / 1000000.0"


def _one(words: str, salt: str, who: str = "who") -> str:
    return f"{words}[1 + {_draw(salt, f'len({words})', who)}]"


def _typo(word: str, salt: str) -> str:
    at = f"(1 + {_draw(salt + 'at', f'greatest(length({word}) - 2, 1)', 'n')})"
    return (
        f"CASE {_draw(salt + 'how', '3', 'n')} WHEN 0 THEN {word}[:{at}] || {word}[{at} + 2:]"
        f" WHEN 1 THEN {word}[:{at}] || {word}[{at} + 2] || {word}[{at} + 1] || {word}[{at} + 3:]"
        f" ELSE {word}[:{at}] || 'aeiounrstl'[1 + {_draw(salt + 'to', '10', 'n')}] || {word}[{at} + 2:] END"
    )


def _lives_sql() -> str:
    """Who each record is about: sex, heritage, names, birth and homes, the same for every record of one person."""
    return f"""
    WITH numbered AS (SELECT n, seed, CAST(hash(n, 'who', seed) % {{persons}} AS BIGINT) AS who FROM numbers),
    lives AS (
        SELECT n, seed, who, {_share("sex")} < 0.38 AS is_woman, {_share("rare")} < {RARE_NAME} AS is_rare,
            1 + {_draw("heritage", "(SELECT count(*) FROM heritage)")} AS heritage_place,
            DATE '1945-01-01' + CAST({_draw("born", "23000")} AS INTEGER) AS born,
            1 + {_draw("family", str(STEPS))} AS family_place, 1 + {_draw("given", str(STEPS))} AS given_place,
            1 + {_draw("middle", str(STEPS))} AS middle_place,
            1 + {_draw("rare name", "(SELECT count(*) FROM rare)")} AS rare_place,
            {_draw("homes", "3")} AS homes
        FROM numbered
    ), named AS (
        SELECT l.*, CASE WHEN is_rare THEN rare.word ELSE family.word END AS family0,
            CASE WHEN is_woman THEN woman.word ELSE man.word END AS given0,
            CASE WHEN is_woman THEN woman2.word ELSE man2.word END AS middle0
        FROM lives l JOIN heritage h ON h.place = l.heritage_place
        JOIN rare ON rare.place = l.rare_place
        JOIN family ON family.heritage = h.heritage AND family.place = l.family_place
        JOIN woman ON woman.heritage = h.heritage AND woman.place = l.given_place
        JOIN man ON man.heritage = h.heritage AND man.place = l.given_place
        JOIN woman woman2 ON woman2.heritage = h.heritage AND woman2.place = l.middle_place
        JOIN man man2 ON man2.heritage = h.heritage AND man2.place = l.middle_place
    )"""


def background_sql(harder: bool) -> str:
    """A query that makes the record with the number `n` of the table `numbers` (n, seed)."""
    data = table("washing")
    worse = 2 if harder else 1
    streets, ways = repr(data["streets"].split()), repr(data["ways"].split())
    towns, areas, letters = repr(data["towns"].split()), repr(data["areas"].split()), repr(list(data["letters"]))
    return f"""
    {_lives_sql()}, said AS (
        SELECT named.*, CASE WHEN {_share("form", "n")} < 0.2 * {worse}
                THEN coalesce({_one("forms.forms", "which", "n")}, given0) ELSE given0 END AS given1, hash(who,
                    'home', {_draw("home", "homes + 1", "n")}, seed) AS home
        FROM named LEFT JOIN forms ON forms.name = named.given0
    )
    SELECT n,
        CASE WHEN {_share("typo f", "n")} < 0.04 * {worse} THEN {_typo("family0", "f")} ELSE family0 END AS family_name,
        CASE WHEN {_share("initial", "n")} < 0.02 * {worse} THEN left(given1, 1)
            WHEN {_share("typo g", "n")} < 0.04 * {worse} THEN {_typo("given1", "g")} ELSE given1 END
            || CASE WHEN {_share("has middle")} < 0.5 AND {_share("middle", "n")} < 0.35 THEN ' ' || middle0
                ELSE '' END AS given_names,
        CASE WHEN {_share("no birth", "n")} < 0.11 * {worse} THEN NULL
            WHEN {_share("year", "n")} < 0.02 THEN CAST(year(born) AS VARCHAR)
            WHEN {_share("new year", "n")} < 0.01 * {worse} THEN year(born) || '-01-01'
            WHEN {_share("swap", "n")} < 0.02 * {worse} AND day(born) <= 12 THEN strftime(born, '%Y-%d-%m')
            WHEN {_share("digit", "n")} < 0.02 * {worse} THEN strftime(born + INTERVAL 1 YEAR, '%Y-%m-%d')
            WHEN {_share("slashes", "n")} < 0.3 THEN strftime(born, '%d/%m/%Y')
            ELSE strftime(born, '%Y-%m-%d') END AS birth_on,
        CASE WHEN {_share("no sex", "n")} < 0.07 THEN NULL WHEN is_woman THEN 'F' ELSE 'M' END AS sex,
        CASE WHEN {_share("place", "n")} < 0.4 / {worse} THEN
            ({towns})[1 + CAST(len({towns}) * pow({_share("town of birth")}, 1.7) AS INTEGER) % len({towns})]
            END AS birth_place,
        CASE WHEN {_share("no address", "n")} < 0.7 THEN (1 + home % 180) || ' '
            || ({streets})[1 + CAST((home // 7) % 50 AS BIGINT) % len({streets})]
            || ' ' || ({ways})[1 + CAST((home // 977) % len({ways}) AS BIGINT)] END AS address,
        CASE WHEN {_share("no address", "n")} < 0.72
            THEN ({areas})[1 + CAST((home // 31) % len({areas}) AS BIGINT)] || (1 + (home // 53) % 20)
            || ' ' || (1 + (home // 101) % 9) || ({letters})[1 + CAST((home // 211) % 20 AS BIGINT)]
            || ({letters})[1 + CAST((home // 6007) % 20 AS BIGINT)] END AS postcode,
        CASE WHEN {_share("phone", "n")} < 0.3 THEN '070' || (10000000 + {_draw("number", "89999999")}) END AS phone,
        CASE WHEN {_share("part", "n")} < 0.55 THEN 'suspect' WHEN {_share("part", "n")} < 0.75 THEN 'victim'
            WHEN {_share("part", "n")} < 0.87 THEN 'witness' WHEN {_share("part", "n")} < 0.95 THEN 'associate'
            ELSE 'convicted' END AS part,
        strftime(DATE '2012-01-01' + CAST({_draw("recorded", "5000", "n")} AS INTEGER), '%Y-%m-%d') AS recorded_on,
        {_one(repr(list(CATEGORIES)), "category", "n")} AS category
    FROM said
    """


def write_records(
    path: Path,
    mentions: Sequence[Mention],
    *,
    records: int,
    seed: int,
    harder: bool,
    listener: Listener,
) -> list[tuple[str, str, str]]:
    """Write `records` records, those of `mentions` among them; returns the truth: person_id, record_id, kind."""
    scratch = path.with_suffix(".making")
    scratch.unlink(missing_ok=True)
    connection = duckdb.connect(str(scratch))
    connection.execute("SET threads=1; SET memory_limit='1100MB'; SET preserve_insertion_order=true")
    _names(connection)
    persons = max(1, int(records / 1.6))
    ours = [column.name for column in COLUMNS[Side.RECORDS]]
    step = max(1, records // max(1, len(mentions)))
    placed = {number * step: mention for number, mention in enumerate(mentions) if number * step < records}
    connection.execute("CREATE TABLE mention (n BIGINT, fields VARCHAR)")
    if placed:
        connection.execute(
            "INSERT INTO mention SELECT unnest(?), unnest(?)",
            [list(placed), [json.dumps(one.fields) for one in placed.values()]],
        )
    made = background_sql(harder).replace("{persons}", str(persons))
    columns = ", ".join(
        "'R' || lpad(CAST(b.n AS VARCHAR), 9, '0') AS record_id"
        if name == "record_id"
        else f"CASE WHEN m.n IS NULL THEN {_own(name)} ELSE m.fields->>'{name}' END AS {name}"
        for name in ours
    )
    said = f"SELECT {columns} FROM ({made}) b LEFT JOIN mention m ON m.n = b.n ORDER BY b.n"
    for start in range(0, records, PART):
        listener(start, records, "inventing records")
        end = min(start + PART, records)
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE numbers AS SELECT range AS n, {int(seed)} AS seed FROM range({start}, {end})"
        )
        connection.execute(f"{'INSERT INTO record' if start else 'CREATE TABLE record AS'} {said}")
    listener(records, records, "writing records")
    connection.execute(f"COPY record TO {quoted(str(path))} (FORMAT parquet)")
    connection.close()
    scratch.unlink()
    return [(mention.key, f"R{n:09d}", mention.kind) for n, mention in placed.items()]


MADE = {
    *("family_name", "given_names", "birth_on", "sex", "birth_place", "address", "postcode", "phone", "part"),
    *("recorded_on", "category"),
}


def _own(name: str) -> str:
    return f"b.{name}" if name in MADE else "CAST(NULL AS VARCHAR)"
