"""Records that name nobody and give a registration mark: set aside by the wash, handed over to be put beside vehicles.

Victims' and witnesses' records are left out, whatever the terms of their source say.
"""

from typing import Any

from peelian.wash.reading import protected_part
from peelian.wash.store import Store

REASON = "no name that can be compared"
CELLS = ("vehicle", "part", "category", "recorded_on", "resolved_on")


def nameless(store: Store) -> list[dict[str, Any]]:
    """Each such record with `source`, `record_id`, `marks`, `part`, `category`, `recorded_on`, `resolved_on` and
    `keepers`: the `person_id` of whoever of the workforce the file says has a vehicle of these marks.

    As it was last told; not one that came again with a name.
    """
    cells = ", ".join(f"coalesce(json_extract_string(text, '$.{name}'), '') AS {name}" for name in CELLS)
    rows = store.rows(f"""
        WITH told AS (
            SELECT src, key AS record_id, {cells} FROM set_aside WHERE reason = '{REASON}' AND key IS NOT NULL
            QUALIFY row_number() OVER (PARTITION BY src, key ORDER BY file_no DESC, row_no DESC) = 1
        ), marked AS MATERIALIZED (
            SELECT t.*, marks_of(t.vehicle, NULL) AS marks FROM told t WHERE t.vehicle <> ''
                AND NOT EXISTS (SELECT 1 FROM record r WHERE r.src = t.src AND r.record_id = t.record_id)
        )
        SELECT s.id, m.record_id, list_transform(m.marks, lambda x: x[3:]), m.part, m.category, m.recorded_on,
            m.resolved_on, (SELECT coalesce(list(DISTINCT p.person_id ORDER BY p.person_id), [])
                FROM person_said f JOIN person p ON p.owner = f.owner
                WHERE p.associate_of IS NULL AND len(list_intersect(f.marks, m.marks)) > 0)
        FROM marked m JOIN source s ON s.src = m.src
        WHERE len(m.marks) > 0 AND NOT ({protected_part("m.part")})
        ORDER BY s.id, m.record_id""")
    names = ("source", "record_id", "marks", "part", "category", "recorded_on", "resolved_on", "keepers")
    return [dict(zip(names, row, strict=True)) for row in rows]
