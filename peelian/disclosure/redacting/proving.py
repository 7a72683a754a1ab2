"""Reading a redacted PDF again, as somebody would who wants to know what stood there."""

import io
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf
import pypdfium2 as pdfium
from pikepdf.exceptions import PdfParsingError

from peelian.disclosure.redacting.marks import CannotRedact
from peelian.disclosure.redacting.words import holds

STILL = "Words that were to be blacked out can still be found in the copy ({}). Nothing was kept. {}"
ADVICE = "Turn every page into a picture, and try again."
LONG = 5  # letters and digits: shorter words are looked for in strings alone, since instructions are as short
NAMES = """/Type /Page /Pages /Catalog /Kids /Count /Parent /Resources /MediaBox /CropBox /Rotate /Contents /XObject
/Image /Subtype /Width /Height /BitsPerComponent /ColorSpace /DeviceRGB /DeviceGray /Filter /DCTDecode /FlateDecode
/Length /Font /Root /Size /DecodeParms /Predictor /Columns /Encoding /BaseFont /FontDescriptor /ToUnicode /Group /Flags
/Transparency /ExtGState /Pattern /Shading /Properties /ProcSet /FontFile /FontFile2 /FontFile3 /FontName /FontBBox
/Ascent /Descent /CapHeight /ItalicAngle /StemV /Widths /FirstChar /LastChar /CIDSystemInfo /Registry /Ordering
/Supplement /DescendantFonts /CIDToGIDMap /Matrix /Interpolate /SMask"""
OF_EVERY_PDF = frozenset(NAMES.split())
BOOKS = ("/ObjStm", "/XRef")  # where a file keeps its objects, each of which is looked at by itself
NEVER = ("/AcroForm", "/Names", "/Outlines", "/Metadata", "/OpenAction", "/AA", "/StructTreeRoot", "/OCProperties")


def prove(made: bytes, banned: Sequence[str], *, pictured: Sequence[int], pages: int) -> None:
    """Raises CannotRedact where the copy still holds one of the words, in its text or its bytes, or what it never may.

    `banned`: words that may stand nowhere. `pictured`: the pages that may hold no text at all.
    """
    document = pdfium.PdfDocument(made)
    try:
        if len(document) != pages:
            raise CannotRedact("The copy has not as many pages as the original. Nothing was kept.")
        texts = [_text(document[number]) for number in range(pages)]
    finally:
        document.close()
    if any(texts[number - 1].strip() for number in pictured):
        raise CannotRedact("A page that was to be a picture still holds text. Nothing was kept.")
    whole = "\n".join(texts)
    if any(holds(whole, words) for words in banned):
        raise CannotRedact(STILL.format("in its text", ADVICE))
    with pikepdf.open(io.BytesIO(made)) as held:
        if any(key in held.Root for key in NEVER) or "/Info" in held.trailer:
            raise CannotRedact("The copy still holds more than its pages. Nothing was kept.")
        long = [words for words in banned if sum(map(str.isalnum, words)) >= LONG]
        for text, is_said in _everything(held):
            if any(holds(text, words) for words in (banned if is_said else long)):
                raise CannotRedact(STILL.format("in its bytes", ADVICE))


def _text(page: Any) -> str:
    held = page.get_textpage()
    try:
        return str(held.get_text_range())
    finally:
        held.close()
        page.close()


def _everything(held: Any) -> Iterator[tuple[str, bool]]:
    """Every string of the file, its names, and the plain bytes of every stream that is no picture and no font.

    With each whether it is a string: something said, and not the working of the file.
    """
    for one in held.objects:
        yield from _strings(one, depth=0)
        if isinstance(one, pikepdf.Stream) and not _is_no_text(one):
            try:
                plain = one.read_bytes()
            except pikepdf.PdfError:
                raise CannotRedact("A part of the copy cannot be read again. Nothing was kept. " + ADVICE) from None
            yield plain.decode("latin-1"), False
            if one.get("/Subtype") == "/Form":
                yield from _operands(one)
    for page in held.pages:
        yield from _operands(page)


def _operands(drawn: Any) -> Iterator[tuple[str, bool]]:
    """The strings in the instructions by which a page, or a part of one, is drawn."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # instructions that end oddly are read as far as they go
        try:
            instructions = pikepdf.parse_content_stream(drawn)
        except (pikepdf.PdfError, PdfParsingError, ValueError, TypeError):
            raise CannotRedact("A page of the copy cannot be read again. Nothing was kept. " + ADVICE) from None
    for instruction in instructions:
        for operand in instruction.operands:
            yield from _strings(operand, depth=0)


def _is_no_text(stream: Any) -> bool:
    """Whether it is a picture, a font, or the file's own books."""
    if stream.get("/Subtype") == "/Image" or stream.get("/Type") in BOOKS:
        return True
    return any(key in stream for key in ("/Length1", "/Length2")) or stream.get("/Subtype") in (
        "/Type1C",
        "/CIDFontType0C",
        "/OpenType",
    )


def _strings(one: Any, *, depth: int) -> Iterator[tuple[str, bool]]:
    """The strings in an object and in what lies within it, read as text and as bytes."""
    if depth > 30:
        return
    if isinstance(one, pikepdf.String):
        yield str(one), True
        yield bytes(one).decode("latin-1"), True
    elif isinstance(one, pikepdf.Name):
        if str(one) not in OF_EVERY_PDF:
            yield str(one), False
    elif isinstance(one, pikepdf.Array):
        pieces = [str(part) for part in one if isinstance(part, pikepdf.String)]
        if pieces:
            yield "".join(pieces), True  # letters that are set apart from one another
        for part in one:
            yield from _inner(part, depth)
    elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        for key in one.keys():  # noqa: SIM118 - a stream of pikepdf is no mapping
            if key not in OF_EVERY_PDF:
                yield key, False
            yield from _inner(one[key], depth)


def _inner(part: Any, depth: int) -> Iterator[tuple[str, bool]]:
    if isinstance(part, pikepdf.Object) and not part.is_indirect:  # what is indirect is an object of its own
        yield from _strings(part, depth=depth + 1)
