"""What lies behind an item: a file, an exhibit, a letter as issued; what of a matter is not scheduled; its content."""

import hashlib
from dataclasses import dataclass, field

from peelian.disclosure.models import Given, Redaction
from peelian.disclosure.rows import SourceRow
from peelian.disclosure.states import ItemKind
from peelian.evidence import queries as evidence
from peelian.evidence.rows import FileRow, Which
from peelian.publish import queries as letters
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Original:
    """The content of a source as it was kept. `sha256`: of the untouched original."""

    content: bytes = field(repr=False)
    media: str
    sha256: str


def sources_of(viewer: Viewer, matter_ref: str) -> dict[str, SourceRow]:
    """Everything of a matter that can stand on its schedule, by reference; no worked copies, no packs. NotFound."""
    made = set(Redaction.objects.filter(item__matter__ref=matter_ref).values_list("file", flat=True))
    made |= set(Given.objects.filter(pack__matter__ref=matter_ref).values_list("file", flat=True))
    found = [
        _of_file(one) for one in evidence.files_of(viewer, matter_ref) if not one.made_from and one.ref not in made
    ]
    for line in letters.letters_of(viewer, matter_ref):
        if line.issued_on is not None:
            name = f"{line.title}, to {line.to}"
            found.append(SourceRow(line.ref, ItemKind.LETTER, name, PDF, "PDF", "", line.issued_on))
    return {one.ref: one for one in found}


def original(viewer: Viewer, matter_ref: str, kind: ItemKind, source: str) -> Original:
    """The content of a source. Raises NotFound, also for what is no file or was erased; Damaged."""
    if kind is ItemKind.LETTER:
        content = letters.issued_pdf(viewer, matter_ref, source)
        return Original(content, PDF, hashlib.sha256(content).hexdigest())
    if kind is ItemKind.EXHIBIT:
        raise NotFound(f"a file of exhibit {source}")
    held = evidence.content(viewer, source)
    return Original(held.whole(), held.file.kind.media, held.file.sha256)


def as_given(viewer: Viewer, matter_ref: str, kind: ItemKind, source: str) -> Original:
    """The content that is given where nothing is blacked out: the clean copy where there is one. Raises as above."""
    if kind in (ItemKind.FILE, ItemKind.PASSAGE):
        row = evidence.file(viewer, source)
        if row.has_clean:
            held = evidence.content(viewer, source, Which.CLEAN)
            return Original(held.whole(), row.kind.media, row.clean_sha256)
    return original(viewer, matter_ref, kind, source)


def _of_file(one: FileRow) -> SourceRow:
    kind = one.kind
    return SourceRow(one.ref, ItemKind.FILE, one.shown_name, kind.media, kind.words, one.sha256, one.on, one.is_erased)
