"""`run`: every person against every record, in parts that are resumed where they stopped; then what records lend."""

from peelian.wash.accounts import reconcile
from peelian.wash.candidates import candidate_sql, list_few, person_keys
from peelian.wash.errors import WashError
from peelian.wash.grading import contradicted, grade
from peelian.wash.listening import Listener, silent
from peelian.wash.model import Model, model_text
from peelian.wash.normal import table
from peelian.wash.postings import make_whole, pairs_of
from peelian.wash.reading import protected_part
from peelian.wash.scoring import add_scores, make_scores
from peelian.wash.store import Store

PART = 10_000_000  # numbers of records and their forms looked at in one transaction


def run(store: Store, model: Model, *, listener: Listener = silent, part: int = PART) -> bool:
    """Wash everybody in the store against every record in it. False if that was done already with this model.

    Raises WashError where the store is not built or was begun with another model, DoesNotReconcile where a person or a
    record is not accounted for.
    """
    if not store.get("built"):
        raise WashError("The store is not built yet. Say: peelian wash build")
    if store.get("run"):
        if store.get("model_version") != model.version:
            raise WashError("This store was washed with another model. Build it again to wash with this one.")
        return False
    with store.all_or_nothing():
        if store.get("model_version") not in ("", model.version):
            raise WashError("A run with another model was begun here. Build the store again to wash with this one.")
        store.put("model_version", model.version)
        store.put("model", model_text(model))
        if not store.get("scored_to"):
            make_scores(store, "score", model)
            make_scores(store, "score_again", model)
    last = int(store.one("SELECT coalesce(max(form_no), 0) FROM record_key"))
    done = int(store.get("scored_to") or store.one("SELECT coalesce(min(form_no), 1) - 1 FROM record_key"))
    make_whole(store, listener)
    list_few(store, int(store.get("posted_to")))
    pairs = "" if store.elsewhere else pairs_of(store, "person_key")
    while done < last:
        listener(done, last, "comparing")
        with store.all_or_nothing():
            those = f"BETWEEN {done + 1} AND {done + part}"
            ours = (
                candidate_sql("person_key", f"k.form_no {those}")
                if store.elsewhere
                else f"{pairs} WHERE r_form {those}"
            )
            looked = add_scores(store, "score", model, ours, left="person_form")
            done = min(done + part, last)
            store.put("scored_to", str(done))
            store.put("looked_at", str(int(store.get("looked_at") or 0) + looked))
    finish(store, model, listener=listener)
    return True


def finish(store: Store, model: Model, *, listener: Listener = silent) -> None:
    """The second pass, the grades and the account, in one transaction."""
    listener(0, None, "looking again with what records lend")
    with store.all_or_nothing():
        store.db.execute("CREATE OR REPLACE TABLE loan (owner BIGINT, record BIGINT)")
        store.like("lent_form", "FROM person_form")
        store.like("lent_key", "FROM person_key")
        store.db.execute("DELETE FROM score_again")
        lend(store)
        take_up(store)
        list_few(store, int(store.get("posted_to")))
        look_again(store, model, [pairs_of(store, "lent_key")])
        listener(0, None, "grading")
        grade(store, model)
        reconcile(store)
        store.put("run", "yes")


def lend(store: Store, records: str = "true") -> None:
    """What near-certain records know of a person, as the table `loan` (owner, record).

    Only where no other person comes near and nothing speaks against; and never what a victim or witness said of
    themselves, which is for their support alone. `records` (over `score`) narrows whose lending is decided anew.
    """
    data = table("grades")
    store.db.execute(f"""
        INSERT INTO loan
        WITH best AS MATERIALIZED (
            SELECT l_owner, r_owner FROM (
                SELECT score.*,
                    max(weight) OVER (PARTITION BY r_owner ORDER BY weight DESC, l_owner
                        ROWS BETWEEN 1 FOLLOWING AND 1 FOLLOWING) AS next,
                    row_number() OVER (PARTITION BY r_owner ORDER BY weight DESC, l_owner) AS place
                FROM score WHERE {records})
            WHERE place = 1 AND weight >= {float(data["lend_from"])!r}
                AND (next IS NULL OR weight - next >= {float(data["lend_ahead"])!r})
                AND NOT ({contradicted()}) AND g_forename > 0
        ), theirs AS MATERIALIZED (
            SELECT b.*, c.part FROM best b JOIN record c ON c.owner = b.r_owner
        )
        SELECT l_owner, r_owner FROM theirs WHERE NOT {protected_part("part")}
        ORDER BY 1, 2""")


def take_up(store: Store, borrowers: str = "true") -> None:
    """The forms of those to whom records lend, with what was lent, in `lent_form`; keys they had not, in `lent_key`.

    `borrowers` (over `n`, a row of `loan`) narrows who.
    """
    lists = ("places", "postcodes", "districts", "phones", "emails", "marks")
    lent = ", ".join(f"list_distinct(flatten(list(r.{name} ORDER BY r.form_no))) AS {name}" for name in lists)
    store.db.execute(f"""
        CREATE OR REPLACE TEMP TABLE lent AS
        SELECT n.owner, {lent}, list_distinct(flatten(list(r.mids ORDER BY r.form_no))) AS mids,
            min(r.birth_place) AS birth_place, min(r.sex) AS sex, min(r.born) AS born, min(r.born_year) AS born_year
        FROM loan n JOIN near_form r ON r.owner = n.record WHERE {borrowers}
        GROUP BY n.owner""")
    joined = ", ".join(
        f"list_distinct(list_concat(f.{name}, n.{name})) AS {name}" for name in lists if name != "places"
    )
    store.db.execute(f"""
        CREATE OR REPLACE TEMP TABLE taken_up AS SELECT f.* REPLACE (
            {joined}, list_concat(f.places, list_filter(n.places, lambda p: NOT list_contains(f.places, p))) AS places,
            CASE WHEN len(f.mids) = 0 THEN n.mids ELSE f.mids END AS mids,
            coalesce(f.birth_place, n.birth_place) AS birth_place, coalesce(f.sex, n.sex) AS sex,
            CASE WHEN f.born_year IS NULL THEN n.born ELSE f.born END AS born,
            coalesce(f.born_year, n.born_year) AS born_year)
        FROM person_form f JOIN lent n ON n.owner = f.owner""")
    store.db.execute("INSERT INTO lent_form SELECT * FROM taken_up")
    keys = person_keys("taken_up", int(store.get("population")))
    had = "SELECT * FROM person_key WHERE owner IN (SELECT owner FROM lent)"
    store.db.execute(f"INSERT INTO lent_key ({keys}) EXCEPT {had}")


def look_again(store: Store, model: Model, candidates: list[str], *, where: str = "true") -> None:
    """Weigh with what was lent: the pairs that the first pass kept, and those that the queries `candidates` add.

    `where`, over the first pass's scores, narrows whose. The lenders are left out: they keep their first weight.
    """
    kept = f"SELECT l_form, r_form FROM score WHERE l_owner IN (SELECT owner FROM loan) AND ({where})"
    not_lender = "NOT EXISTS (SELECT 1 FROM loan n WHERE n.owner = l_owner AND n.record = r_owner)"
    pairs = " UNION ".join(query for query in (kept, *candidates) if query)
    add_scores(store, "score_again", model, pairs, left="lent_form", where=not_lender)
