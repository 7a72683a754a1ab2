"""The forms of the few records that were put together with somebody, apart from the millions that never were."""

from peelian.wash.levels import columns
from peelian.wash.store import Store

COMPARED = ", ".join(("form_no", "owner", *columns()))


def gather(store: Store, forms: str) -> None:
    """Add to `near_form` every form of the records of whom the query `forms` (r_form) gives one.

    What weighs, lends and grades reads them there: a row here and there of ten million is slow to find, and laid beside
    people in as many small heaps as there were rows between.
    """
    store.db.execute(
        "CREATE OR REPLACE TEMP TABLE far AS SELECT DISTINCT owner FROM record_form WHERE form_no IN"
        f" (SELECT r_form FROM ({forms}) WHERE r_form NOT IN (SELECT form_no FROM near_form))"
    )
    first, last = store.rows("SELECT min(owner), max(owner) FROM far")[0]
    if first is not None:  # the bounds in numbers: what lies beyond them is not read
        store.db.execute(
            f"INSERT INTO near_form BY NAME SELECT {COMPARED} FROM record_form"
            f" WHERE owner BETWEEN {first} AND {last} AND owner IN (FROM far)"
        )
