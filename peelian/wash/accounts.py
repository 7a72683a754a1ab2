"""The proof of coverage: every person in and every record in stands somewhere, or the wash fails."""

from dataclasses import dataclass

from peelian.wash.building import reconcile_reading
from peelian.wash.candidates import rules
from peelian.wash.errors import DoesNotReconcile
from peelian.wash.grading import GRADES
from peelian.wash.manifest import read_basis
from peelian.wash.store import Store


@dataclass(frozen=True, slots=True)
class PeopleAccount:
    """People in = `without_a_name` + `too_little_known` + `no_trace` + `with_pairs`.

    `associates`: those of them who are not workforce. `too_little_known`: a name that many bear and nothing beside it.
    """

    people: int
    associates: int
    without_a_name: int
    too_little_known: int
    no_trace: int
    with_pairs: int


@dataclass(frozen=True, slots=True)
class SourceAccount:
    """Rows in = `accepted` + `already_held` + `set_aside` + `withheld`.

    `id`: its key in the manifest. `basis`: purpose, lawful basis, impact assessment, approver and last day, as the
    manifest has them.
    Records held = `accepted` - `gone` (replaced by a later row) = `in_pairs` + `in_none` + `too_little_known`.
    """

    id: str
    title: str
    state: str
    reason: str
    as_of: str
    basis: dict[str, str]
    protected: str
    rows: int
    accepted: int
    already_held: int
    gone: int
    set_aside: int
    withheld: int
    in_pairs: int
    in_none: int
    too_little_known: int


def people_account(store: Store) -> PeopleAccount:
    # Nearly everybody has a key by the first rule: all keys are read for the rest alone.
    people, associates, nameless, little, no_trace = store.rows("""
        WITH rest AS MATERIALIZED (
            SELECT owner FROM person WHERE owner NOT IN (SELECT owner FROM person_key WHERE rule = 0)
        ), unkeyed AS MATERIALIZED (
            SELECT owner FROM rest ANTI JOIN person_key USING (owner)
        )
        SELECT count(*), count(associate_of), count(*) FILTER (NOT formed),
            count(*) FILTER (formed AND NOT keyed AND NOT found), count(*) FILTER (keyed AND NOT found)
        FROM (SELECT associate_of, owner IN (SELECT owner FROM person_form) AS formed,
                owner NOT IN (FROM unkeyed) AS keyed,
                owner IN (SELECT l_owner FROM pair) AS found FROM person)""")[0]
    with_pairs = store.one("SELECT count(DISTINCT person_id) FROM pair")
    return PeopleAccount(int(people), int(associates), int(nameless), int(little), int(no_trace), int(with_pairs))


def source_accounts(store: Store) -> list[SourceAccount]:
    """Each source of the manifest, refused and missing ones first."""
    found = []
    no_key = " AND ".join(f"{rule.column} IS NULL" for rule in rules())
    for src, key, title, state, reason, as_of, basis, protected in store.rows(
        "SELECT src, id, title, state, reason, as_of, basis, protected FROM source ORDER BY state = 'washed', src"
    ):
        counted = {
            kind: int(rows)
            for kind, rows in store.rows("SELECT kind, sum(rows) FROM account WHERE src = ? GROUP BY kind", [src])
        }
        rows = store.one("SELECT coalesce(sum(rows), 0) FROM staged WHERE src = ?", [src])
        held = store.one("SELECT count(*) FROM record WHERE src = ?", [src])
        in_pairs = store.one(
            "SELECT count(DISTINCT p.r_owner) FROM pair p JOIN record r ON r.owner = p.r_owner WHERE r.src = ?", [src]
        )
        little = store.one(
            f"SELECT count(*) FROM record r WHERE src = ? AND owner NOT IN (SELECT r_owner FROM pair) AND owner NOT IN"
            f" (SELECT owner FROM record_key WHERE NOT ({no_key}))",
            [src],
        )
        found.append(
            SourceAccount(
                key,
                title,
                state,
                reason,
                as_of.isoformat() if as_of else "",
                read_basis(basis),
                protected,
                int(rows),
                counted.get("accepted", 0),
                counted.get("already held", 0),
                counted.get("gone", 0),
                counted.get("set aside", 0),
                counted.get("withheld", 0),
                int(in_pairs),
                int(held) - int(in_pairs) - int(little),
                int(little),
            )
        )
    return found


def grade_account(store: Store) -> dict[str, int]:
    """How many pairs stand at each grade."""
    counted = dict(store.rows("SELECT band, count(*) FROM pair GROUP BY band"))
    return {grade: int(counted.get(grade, 0)) for grade in GRADES}


def reconcile(store: Store, *, since: int = 0) -> None:
    """Raise DoesNotReconcile where a person, a record or a pair is not accounted for.

    `since`: what was numbered up to here was accounted for before, row by row; of it, only the numbers must agree.
    """
    reconcile_reading(store)
    people = people_account(store)
    accounted = people.without_a_name + people.too_little_known + people.no_trace + people.with_pairs
    if people.people != accounted:
        raise DoesNotReconcile(f"{people.people:,} people in, and the account comes to another number: {people}")
    new = f"> {since}"
    sums = "count(*), coalesce(sum({0}), 0), coalesce(bit_xor(hash({0})), 0)"  # which a single row that is lost changes
    for these, those, words in (
        (
            f"{sums.format('owner')} FROM record WHERE owner {new}",
            f"{sums.format('owner')} FROM record_form WHERE is_first AND owner {new}",
            "records have no form, so that nobody was compared with them",
        ),
        (
            f"{sums.format('form_no')} FROM record_form WHERE owner {new}",
            f"{sums.format('form_no')} FROM record_key WHERE owner {new}",
            "forms of records were never keyed",
        ),
        ("count(*) FROM record_form", "count(*) FROM record_key", "forms of records are keyed otherwise than once"),
    ):
        here, there = store.rows(f"SELECT {these}")[0], store.rows(f"SELECT {those}")[0]
        if here != there:
            raise DoesNotReconcile(f"{max(1, abs(here[0] - there[0])):,} {words}")
    scored_to = int(store.get("scored_to") or 0)
    beyond = store.one("SELECT count(*) FROM record WHERE owner > ?", [scored_to])
    if beyond:
        raise DoesNotReconcile(f"{beyond:,} records were never compared with anybody")
    unread = store.one("SELECT count(*) FROM score WHERE r_form NOT IN (SELECT form_no FROM near_form)")
    if unread:
        raise DoesNotReconcile(f"{unread:,} weighed pairs are of a record whose form is not at hand to be graded")
    pairs = int(store.one("SELECT count(*) FROM pair"))
    if pairs != sum(grade_account(store).values()):
        raise DoesNotReconcile(f"{pairs:,} pairs, and their grades come to another number")
    twice = store.one("SELECT count(*) FROM (SELECT l_owner, r_owner FROM pair GROUP BY ALL HAVING count(*) > 1)")
    if twice:
        raise DoesNotReconcile(f"{twice:,} pairs stand twice")
