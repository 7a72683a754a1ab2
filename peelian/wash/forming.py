"""Staged rows into forms: names, dates, addresses and telephones in one shape for people and for records."""

from datetime import date

from peelian.wash.normal import code, listed, roots, table
from peelian.wash.schema import COLUMNS, Side
from peelian.wash.store import Store


def put_cells(store: Store, source: str, side: Side, where: str, month_first: bool, on: date) -> None:
    """Make the table `cell`: a row for each row of `source` that meets `where`, its cells brought into one form.

    Names stay a list of (given, family) as written; homes become a list of (home, postcode, district, town, until).
    """
    read = "month_first" if month_first else "day_first"
    earliest = f"DATE '{table('normal')['earliest_year']}-01-01'"
    digest = ", ".join(column.name for column in COLUMNS[side])
    store.db.execute(f"CREATE OR REPLACE TEMP VIEW taken AS SELECT * FROM {source} WHERE {where}")
    store.db.execute(PLACES)
    store.db.execute(HOMES.replace("$every_street", "true" if side is Side.PEOPLE else "false"))
    store.db.execute(f"""
    CREATE OR REPLACE TEMP TABLE cell AS
    WITH own AS MATERIALIZED (
        SELECT *, CASE WHEN family_name IS NOT NULL OR given_names IS NOT NULL
                THEN [struct_pack(given := given_names, family := family_name)]
                ELSE list_transform(people_of(full_name), lambda p: struct_pack(given := given_of(p),
                    family := family_of(p)))
            END AS own, try_cast({read}(birth_on) AS DATE) AS written_day,
            CASE WHEN written_day > DATE '{on.isoformat()}' AND NOT regexp_matches(birth_on, '[0-9]{{4}}')
                THEN CAST(written_day - INTERVAL 100 YEAR AS DATE) ELSE written_day END AS read_day
        FROM taken
    ), others AS MATERIALIZED (
        SELECT *, CASE WHEN read_day BETWEEN {earliest} AND DATE '{on.isoformat()}' THEN read_day END AS day,
            CASE WHEN other_names IS NULL THEN own[:0] ELSE list_transform(filled(other_names), lambda o: struct_pack(
                given := coalesce(nullif(trim(CASE WHEN contains(o, ' ') OR contains(o, ',') THEN given_of(o) END),
                    ''), own[1].given),
                family := CASE WHEN contains(o, ' ') OR contains(o, ',') THEN family_of(o) ELSE o END)) END AS others
        FROM own
    )
    SELECT o.row_no, {side.key} AS key, hash({digest}) AS digest,
        CASE WHEN known_as IS NULL THEN list_concat(own, others) ELSE list_concat(own, others,
            list_transform(filled(known_as), lambda k: struct_pack(given := k, family := own[1].family)),
            list_transform(others, lambda o: struct_pack(given := filled(known_as)[1],
                family := o.family))) END AS names,
        strftime(day, '%Y-%m-%d') AS born,
        coalesce(year(day), year_of(birth_on), year_of(birth_year)) AS born_year,
        birth_on IS NOT NULL AND day IS NULL AND year_of(birth_on) IS NULL AS unreadable_day,
        sex_of(sex) AS sex, b.place AS birth_place, coalesce(h.homes, []) AS homes,
        CASE WHEN phone IS NULL THEN CAST([] AS VARCHAR[]) ELSE phones_of(phone) END AS phones,
        CASE WHEN email IS NULL THEN CAST([] AS VARCHAR[]) ELSE emails_of(email) END AS emails,
        CASE WHEN vehicle IS NULL AND identifier IS NULL THEN CAST([] AS VARCHAR[])
            ELSE marks_of(vehicle, identifier) END AS marks
    FROM others o LEFT JOIN home h ON h.row_no = o.row_no LEFT JOIN place b ON b.written = o.birth_place
    ORDER BY o.row_no
    """)


# Each distinct spelling of a place is folded once. Homes are sorted by their number `i` once they are a list: to
# aggregate them in order takes twice as long. A person's home stands in words too: a record may lack its postcode.
PLACES = """
CREATE OR REPLACE TEMP TABLE place AS
SELECT written, place_of(written) AS place FROM (
    SELECT birth_place AS written FROM taken WHERE birth_place IS NOT NULL
    UNION SELECT trim(t) FROM (SELECT unnest(string_split(town, ';')) AS t FROM taken WHERE town IS NOT NULL))
WHERE written <> ''
"""
HOMES = """
CREATE OR REPLACE TEMP TABLE home AS
WITH parted AS MATERIALIZED (
    SELECT row_no, cells(address) AS a, cells(postcode) AS p, cells(town) AS t, cells(address_to) AS u
    FROM taken WHERE address IS NOT NULL OR postcode IS NOT NULL OR town IS NOT NULL
), numbered AS MATERIALIZED (
    SELECT row_no, i, a[i] AS a, p[i] AS p, t[i] AS t, u[i] AS u
    FROM (SELECT *, unnest(range(1, greatest(len(a), len(p), len(t)) + 1)) AS i FROM parted)
), laid AS MATERIALIZED (
    SELECT row_no, i, a, p, w.place AS town, nullif(u, '') AS until,
        CASE WHEN p IS NULL OR p = '' THEN '' ELSE regexp_replace(upper(p), '[^A-Z0-9]', '', 'g') END AS bare
    FROM numbered n LEFT JOIN place w ON w.written = n.t
), british AS MATERIALIZED (
    SELECT *, CASE WHEN bare <> '' THEN CASE WHEN is_british(bare) THEN bare END ELSE british_postcode(a) END AS code
    FROM laid
), coded AS MATERIALIZED (
    SELECT *, CASE WHEN list_contains($no_postcodes, code) THEN NULL
        ELSE coalesce(code, nullif(bare, '')) END AS postcode,
        house_of(a) AS house
    FROM british
), streets AS MATERIALIZED (
    SELECT *, coalesce(length(postcode), 0) >= 5 AS whole, CASE WHEN house IS NOT NULL AND ($every_street
        OR coalesce(length(postcode), 0) < 5) THEN nullif(street_of(a), '') END AS street FROM coded
)
SELECT row_no, list_sort(list(struct_pack(i := i,
    home := CASE WHEN house IS NULL THEN NULL WHEN whole THEN postcode || '/' || house
        WHEN street IS NOT NULL THEN house || ' ' || street || coalesce('/' || postcode, '/' || town, '') END,
    in_words := CASE WHEN whole AND street IS NOT NULL AND town IS NOT NULL THEN house || ' ' || street || '/' || town
        END,
    postcode := postcode, district := CASE WHEN code IS NOT NULL THEN left(postcode,
        length(postcode) - 3) ELSE postcode END,
    town := town, until := until))) AS homes
FROM streets WHERE house IS NOT NULL OR postcode IS NOT NULL OR town IS NOT NULL GROUP BY row_no
""".replace("$no_postcodes", listed(table("normal")["no_postcodes"]))
# Each distinct spelling is folded once: names repeat far more than they differ.
NAMED = (
    """
CREATE OR REPLACE TEMP TABLE written AS
SELECT owner, n, name.given AS given, name.family AS family
FROM (SELECT owner, unnest(names) AS name, generate_subscripts(names, 1) AS n FROM profile)
""",
    """
CREATE OR REPLACE TEMP TABLE spelt AS
WITH folded AS MATERIALIZED (SELECT x, folded(x) AS y FROM (
    SELECT given AS x FROM written UNION SELECT family FROM written) WHERE x IS NOT NULL)
SELECT x, list_filter(string_split(y, ' '), lambda w: w <> '' AND NOT list_contains($titles, w)) AS words
FROM folded
WHERE y IS NOT NULL AND NOT list_contains($no_names, y)
""",
    """
CREATE OR REPLACE TEMP TABLE named AS
SELECT owner, n, g.words[1] AS fn, coalesce(g.words[2:], []) AS mids, nullif(array_to_string(f.words, ''), '') AS sn,
    CASE WHEN len(f.words) > 1 THEN list_filter(f.words, lambda w: length(w) > 1 AND NOT list_contains($particles, w))
        ELSE CAST([] AS VARCHAR[]) END AS sn_parts
FROM written w LEFT JOIN spelt g ON g.x = w.given LEFT JOIN spelt f ON f.x = w.family
""",
)
# A person is looked for under every name that stands for them: a middle name in daily use, each part of a double name.
EVERY_NAME = """
CREATE OR REPLACE TEMP TABLE shape AS
SELECT DISTINCT owner, fn, mids, sn, sn_parts FROM (
    SELECT owner, fn, mids, sn, sn_parts FROM named
    UNION ALL SELECT owner, mids[1], mids[2:], sn, sn_parts FROM named WHERE length(mids[1]) > 1
    UNION ALL SELECT owner, fn, mids, unnest(sn_parts), CAST([] AS VARCHAR[]) FROM named WHERE len(sn_parts) > 1
) WHERE fn IS NOT NULL OR sn IS NOT NULL
"""
EACH_NAME = """
CREATE OR REPLACE TEMP TABLE shape AS
SELECT owner, min(n) AS n, fn, mids, sn, sn_parts FROM named WHERE fn IS NOT NULL OR sn IS NOT NULL
GROUP BY owner, fn, mids, sn, sn_parts
"""
# What is known of each owner beside their names, in words.
DETAILED = """
CREATE OR REPLACE TEMP TABLE detailed AS SELECT owner, born, born_year, sex, birth_place, homes,
    list_filter(list_concat(list_transform(homes, lambda h: h.home), list_transform(homes, lambda h: h.in_words)),
        lambda x: x IS NOT NULL) AS places,
    list_transform(list_concat(list_filter(homes, lambda h: h.home IS NOT NULL),
        list_filter(homes, lambda h: h.in_words IS NOT NULL)), lambda h: coalesce(h.until, '')) AS until,
    list_distinct(list_filter(list_transform(homes, lambda h: h.postcode), lambda x: x IS NOT NULL)) AS postcodes,
    list_distinct(list_filter(list_transform(homes, lambda h: h.district), lambda x: x IS NOT NULL)) AS districts,
    phones, emails, marks
FROM profile
"""
SAID = "SELECT owner, places, until, postcodes, phones, emails, marks FROM detailed ORDER BY owner"
DETAILS = """
    tags(p.places), p.until, tags(p.postcodes), tags(p.districts), tags(p.phones), tags(p.emails), tags(p.marks)"""
NAME = """
    s.fn, coalesce(a.code, s.fn), coalesce(r.roots, CASE WHEN s.fn IS NOT NULL THEN [tag(s.fn)] END), s.mids,
    s.sn, coalesce(b.code, s.sn), s.sn_parts"""
SOUNDS = "LEFT JOIN sound a ON a.name = s.fn LEFT JOIN sound b ON b.name = s.sn LEFT JOIN root r ON r.name = s.fn"


def read_names(store: Store) -> None:
    """The names of `profile` parted into words, in the table `named`."""
    for statement in NAMED:
        for name in ("particles", "titles", "no_names"):
            statement = statement.replace(f"${name}", listed(table("normal")[name]))
        store.db.execute(statement)


def put_people(store: Store) -> None:
    """Forms of the people in `profile`: one for each name they ever had."""
    read_names(store)
    store.db.execute(EVERY_NAME)
    learn_sounds(store)
    store.db.execute(DETAILED)
    store.db.execute(f"INSERT INTO person_said {SAID}")
    store.db.execute(f"""
        INSERT INTO person_form
        SELECT nextval('number'), s.owner, NULL, {NAME}, p.born, p.born_year, p.sex, p.birth_place, {DETAILS},
            NULL, NULL, NULL, NULL, NULL, NULL
        FROM (SELECT * FROM shape ORDER BY owner, fn, sn) s JOIN detailed p ON p.owner = s.owner {SOUNDS}""")


def put_records(store: Store) -> None:
    """Forms of the records in `profile`: one for each name, and one for each further address or telephone.

    `named` must have been read (`read_names`).
    """
    store.db.execute(EACH_NAME)
    learn_sounds(store)
    store.db.execute(DETAILED)
    store.db.execute(f"INSERT INTO record_said {SAID}")
    store.db.execute(f"""
        INSERT INTO record_form
        WITH numbered AS (
            SELECT *, row_number() OVER (PARTITION BY owner ORDER BY n) AS i,
                count(*) OVER (PARTITION BY owner) AS names
            FROM shape
        ), several AS (
            SELECT p.owner, unnest(range(1, greatest(len(p.homes), len(p.phones), len(p.emails), len(p.marks),
                1) + 1)) AS k
            FROM profile p
        ), laid AS MATERIALIZED (
            SELECT s.*, k.k FROM numbered s JOIN several k ON k.owner = s.owner
            WHERE k.k = 1 OR s.i = 1
        )
        SELECT nextval('number'), s.owner, s.i = 1 AND s.k = 1, {NAME}, p.born, p.born_year, p.sex, p.birth_place,
            {DETAILS}, tag(p.homes[s.k].postcode), tag(p.homes[s.k].district),
            tag(CASE WHEN p.homes[s.k].postcode IS NULL THEN p.homes[s.k].home END),
            tag(p.phones[s.k]), tag(p.emails[s.k]), tag(p.marks[s.k])
        FROM laid s JOIN detailed p ON p.owner = s.owner {SOUNDS}
        ORDER BY s.owner, s.i, s.k""")


def learn_sounds(store: Store) -> None:
    """Add how the new names of `shape` sound; once for each distinct name."""
    fresh = store.rows(
        "SELECT DISTINCT name FROM (SELECT fn AS name FROM shape UNION ALL SELECT sn FROM shape) t"
        " WHERE name IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sound s WHERE s.name = t.name)"
    )
    names = sorted(str(row[0]) for row in fresh)
    if names:
        store.db.execute("INSERT INTO sound SELECT unnest(?), unnest(?)", [names, [code(name) for name in names]])


def learn_roots(store: Store) -> None:
    """Which full names each given name may stand for, as a table of this connection."""
    names = sorted(roots())  # given as values: so long a statement takes as long to read as a hundred records
    store.db.execute(
        "CREATE OR REPLACE TEMP TABLE root AS SELECT name, tags(roots) AS roots FROM (SELECT unnest(?) AS name,"
        " unnest(?) AS roots)",
        [names, [list(roots()[name]) for name in names]],
    )
