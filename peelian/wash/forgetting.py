"""What a night brings again: left out where it stands as it did, put in the place of what it was where it does not."""

from peelian.wash.schema import Side
from peelian.wash.store import Store

HELD = {Side.PEOPLE: "person", Side.RECORDS: "record"}
OWNED = {  # the tables in which somebody of each side stands: what is theirs, and what is of them as a pair
    Side.PEOPLE: {
        "owner": ("person", "person_form", "person_said", "person_key", "loan", "lent_form", "lent_key"),
        "l_owner": ("score", "score_again", "pair"),
    },
    Side.RECORDS: {
        "owner": ("record", "record_form", "record_said", "record_key", "near_form"),
        "r_owner": ("score", "score_again", "pair"),
        "record": ("loan",),
    },
}


def begin(store: Store) -> None:
    """Make ready for a night, as tables of this connection.

    `replaced` (side, src, key): what it puts in the place of something held. `pair_before`: the pairs that it may
    change, as they stood. `loan_before`: who lent to whom. `touched` (owner): the records that may be explained
    otherwise after it.
    """
    store.db.execute("CREATE OR REPLACE TEMP TABLE replaced (side VARCHAR, src SMALLINT, key VARCHAR)")
    store.db.execute("CREATE OR REPLACE TEMP TABLE pair_before AS SELECT * FROM pair LIMIT 0")
    store.db.execute("CREATE OR REPLACE TEMP TABLE loan_before AS SELECT * FROM loan")
    store.db.execute("CREATE OR REPLACE TEMP TABLE touched (owner BIGINT)")


def leave_held(store: Store, side: Side, file_no: int, src: int) -> None:
    """Take out of `profile` what the store holds as it stands, counted; forget what it holds otherwise.

    Does nothing while a store is built: a key stands once there.
    """
    if not store.get("built"):
        return
    same_source = f" AND h.src = {src}" if side is Side.RECORDS else ""
    store.db.execute(  # by the hash of the key first, which is read faster than the keys of ten million records
        f"CREATE OR REPLACE TEMP TABLE perhaps AS SELECT owner FROM {HELD[side]} WHERE key_hash IN"
        " (SELECT hash(key) FROM profile)"
    )
    store.db.execute(
        f"CREATE OR REPLACE TEMP TABLE held AS SELECT h.owner, p.key, h.digest = p.digest AS same FROM profile p"
        f" JOIN {HELD[side]} h ON h.{side.key} = p.key{same_source} WHERE h.owner IN (SELECT owner FROM perhaps)"
    )
    if not store.one("SELECT count(*) FROM held"):
        return
    rows = "cell" if side is Side.PEOPLE else "profile"
    store.db.execute(
        f"INSERT INTO account SELECT {file_no}, {src}, 'already held', '', count(*) FROM {rows}"
        " WHERE key IN (SELECT key FROM held WHERE same) HAVING count(*) > 0"
    )
    store.db.execute("DELETE FROM profile WHERE key IN (SELECT key FROM held WHERE same)")
    forget(store, side, "SELECT owner FROM held WHERE NOT same", file_no, src)


def forget(store: Store, side: Side, owners: str, file_no: int, src: int) -> None:
    """Delete whoever the query `owners` gives, with their forms, keys and scores, and note that they are replaced."""
    store.db.execute(f"CREATE OR REPLACE TEMP TABLE leaving AS {owners}")
    if not store.one("SELECT count(*) FROM leaving"):
        return
    column = "l_owner" if side is Side.PEOPLE else "r_owner"
    store.db.execute(f"INSERT INTO pair_before SELECT * FROM pair WHERE {column} IN (SELECT owner FROM leaving)")
    if side is Side.PEOPLE:
        for scores in ("score", "score_again"):
            store.db.execute(f"INSERT INTO touched SELECT r_owner FROM {scores} WHERE l_owner IN (FROM leaving)")
    held = f"FROM {HELD[side]} WHERE owner IN (SELECT owner FROM leaving)"
    store.db.execute(f"INSERT INTO replaced SELECT '{side.value}', {src}, {side.key} {held}")
    store.db.execute(f"INSERT INTO account SELECT {file_no}, {src}, 'gone', '', count(*) {held} HAVING count(*) > 0")
    for column, tables in OWNED[side].items():
        for table in tables:
            store.db.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT owner FROM leaving)")
