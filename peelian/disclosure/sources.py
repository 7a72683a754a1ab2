"""What lies behind an item: a file, an exhibit, a letter as issued; what of a matter is not scheduled; its content."""

import hashlib
from dataclasses import dataclass, field

from peelian.disclosure.models import Given, Redaction
from peelian.disclosure.rows import SourceRow
from peelian.disclosure.states import ItemKind
from peelian.evidence import queries as evidence
from peelian.evidence.rows import ExhibitLine, FileRow, Which
from peelian.evidence.states import ExhibitState
from peelian.publish import queries as letters
from peelian.terms.refusals import NotFound
from peelian.terms.viewer import Viewer

PDF = "application/pdf"
LOOKED_AT = {
    ExhibitState.HELD: "To be looked at where it is kept; ask for a day.",
    ExhibitState.OUTSIDE: "It is with somebody outside the force; ask where it can be looked at.",
    ExhibitState.RETURNED: "It was returned to whom it belongs.",
    ExhibitState.DESTROYED: "It was destroyed.",
}


@dataclass(frozen=True, slots=True)
class Original:
    """The content of a source as it was kept. `sha256`: of the untouched original."""

    content: bytes = field(repr=False)
    media: str
    sha256: str


def sources_of(viewer: Viewer, matter_ref: str) -> dict[str, SourceRow]:
    """Everything of a matter that can stand on its schedule, by reference; no worked copies, no packs. NotFound.

    An exhibit goes with the first file that was attached to it; its other files stand by themselves.
    """
    made = set(Redaction.objects.filter(item__matter__ref=matter_ref).values_list("file", flat=True))
    made |= set(Given.objects.filter(pack__matter__ref=matter_ref).values_list("file", flat=True))
    files = {one.ref: one for one in evidence.files_of(viewer, matter_ref) if not one.made_from and one.ref not in made}
    attached, exhibits, within = evidence.attached_to(viewer, matter_ref), [], {}
    for exhibit in evidence.exhibits_of(viewer, matter_ref):
        listed = (files[ref] for ref in attached.get(exhibit.ref, ()) if ref in files)
        shown = next((one for one in listed if not one.is_erased), None)
        exhibits.append(_of_exhibit(exhibit, shown))
        if shown:
            within[shown.ref] = exhibit.mark
    found = [_of_file(one, within.get(one.ref, "")) for one in files.values()] + exhibits
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
    held = evidence.content(viewer, _file(viewer, matter_ref, kind, source))
    return Original(held.whole(), held.file.kind.media, held.file.sha256)


def as_given(viewer: Viewer, matter_ref: str, kind: ItemKind, source: str) -> Original:
    """The content that is given where nothing is blacked out: the clean copy where there is one. Raises as above."""
    if kind is not ItemKind.LETTER:
        row = evidence.file(viewer, _file(viewer, matter_ref, kind, source))
        if row.has_clean:
            held = evidence.content(viewer, row.ref, Which.CLEAN)
            return Original(held.whole(), row.kind.media, row.clean_sha256)
    return original(viewer, matter_ref, kind, source)


def _file(viewer: Viewer, matter_ref: str, kind: ItemKind, source: str) -> str:
    """The file behind a source. Raises NotFound for an exhibit without one."""
    if kind is not ItemKind.EXHIBIT:
        return source
    held = sources_of(viewer, matter_ref).get(source)
    if held is None or not held.file_ref:
        raise NotFound(f"a file of exhibit {source}")
    return held.file_ref


def _of_file(one: FileRow, goes_with: str) -> SourceRow:
    return SourceRow(
        ref=one.ref,
        kind=ItemKind.FILE,
        name=one.shown_name,
        media=one.kind.media,
        media_words=one.kind.words,
        sha256=one.sha256,
        on=one.on,
        is_gone=one.is_erased,
        file_ref=one.ref,
        goes_with=goes_with,
    )


def _of_exhibit(one: ExhibitLine, shown: FileRow | None) -> SourceRow:
    return SourceRow(
        ref=one.ref,
        kind=ItemKind.EXHIBIT,
        name=f"Exhibit {one.mark}: {one.shown}",
        media=shown.kind.media if shown else "",
        media_words=shown.kind.words if shown else "",
        sha256=shown.sha256 if shown else "",
        on=one.found_on,
        is_gone=not one.description,
        file_ref=shown.ref if shown else "",
        where=LOOKED_AT[one.state],
    )
