"""Redacted copies: the list of what was blacked out, the copy itself, and a page of the original to choose from."""

from peelian.disclosure.models import Item
from peelian.disclosure.queries.schedule import items_of
from peelian.disclosure.redacting import CannotRedact, picture_apart
from peelian.disclosure.rows import ItemRow, RedactionRow
from peelian.disclosure.sources import Original, original, sources_of
from peelian.disclosure.states import ItemKind
from peelian.evidence import queries as evidence
from peelian.matters import queries as matters
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer


def redaction(viewer: Viewer, matter_ref: str, redaction_ref: str) -> tuple[ItemRow, RedactionRow]:
    """An item and one redacted copy of it. Raises NotFound."""
    matter_id = matters.key_of(viewer, matter_ref)
    held = Item.objects.filter(matter_id=matter_id, redactions__ref=redaction_ref).values_list("ref", flat=True).first()
    if held is None:
        raise NotFound(f"redaction {redaction_ref}")
    row = items_of(viewer, matter_id, sources_of(viewer, matter_ref), ref=held)[0]
    return row, next(one for one in row.redactions if one.ref == redaction_ref)


def redacted_file(viewer: Viewer, matter_ref: str, redaction_ref: str) -> Original:
    """The redacted copy as it is kept. Raises NotFound, Damaged."""
    _, row = redaction(viewer, matter_ref, redaction_ref)
    held = evidence.content(viewer, row.file_ref)
    return Original(held.whole(), held.file.kind.media, row.copy_sha256)


def page_picture(viewer: Viewer, matter_ref: str, item_ref: str, number: int) -> bytes:
    """A page of an item's original, or the picture that it is, as a PNG under a numbered grid.

    Raises NotFound, also for a page that is not there and for what has no pages.
    """
    found = Item.objects.filter(matter_id=matters.key_of(viewer, matter_ref), ref=item_ref).first()
    if found is None:
        raise NotFound(f"item {item_ref}")
    held = original(viewer, matter_ref, ItemKind(found.kind), found.source)
    if held.media == "text/plain":
        raise NotFound(f"a page of item {item_ref}")
    try:
        return picture_apart(held.content, held.media, number)
    except CannotRedact as cannot:
        raise NotFound(f"page {number} of item {item_ref}: {cannot}") from cannot


def item_text(viewer: Viewer, matter_ref: str, item_ref: str) -> str:
    """The words of an item that is plain text, for choosing what to black out. Raises NotFound for anything else."""
    found = Item.objects.filter(matter_id=matters.key_of(viewer, matter_ref), ref=item_ref).first()
    if found is None:
        raise NotFound(f"item {item_ref}")
    held = original(viewer, matter_ref, ItemKind(found.kind), found.source)
    if held.media != "text/plain":
        raise NotFound(f"the text of item {item_ref}")
    return held.content.decode("utf-8-sig", "replace")
