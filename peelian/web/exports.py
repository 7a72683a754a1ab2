"""A list as a file to take away: checked, written down as a disclosure, safe to open."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.http import HttpResponse

from peelian.journal import actions as journal
from peelian.publish.tables import CSV_TYPE, ODS_TYPE, Cell, csv_lines, ods_bytes
from peelian.terms.acts import Act, RecordKind
from peelian.terms.permissions import Permission
from peelian.walls.powers import must_hold
from peelian.web.pages import Looked, PageRequest, told


def exported(
    request: PageRequest,
    kind: str,
    key: str,
    columns: Sequence[str],
    rows: Iterable[tuple[str, Sequence[Cell]]],
) -> Looked:
    """The whole list `key` as a file. `kind`: "csv" or "ods". `rows`: each record's reference with its cells.

    Raises NotAllowed for a viewer who may read the list but not take it away. The disclosure is journalled here, and
    which records left is written with the look.
    """
    must_hold(request.viewer, Permission.EXPORT)
    gathered = list(rows)
    cells = [row for _, row in gathered]
    body = b"".join(csv_lines(columns, cells)) if kind == "csv" else ods_bytes(key.capitalize(), columns, cells)
    summary = f"exported {len(cells)} rows of the list of {key} as {kind.upper()}"
    with transaction.atomic():
        journal.record(by=request.viewer, act=Act.DISCLOSED, kind=RecordKind.LIST, key=key, summary=summary)
    response = HttpResponse(body, content_type=CSV_TYPE if kind == "csv" else ODS_TYPE)
    name = f"peelian-{key.replace(' ', '-')}-{request.viewer.today.isoformat()}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return told(response, listed=[ref for ref, _ in gathered], summary=summary)
