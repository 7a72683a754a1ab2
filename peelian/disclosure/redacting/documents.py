"""Redacting a PDF: pages that carry a mark become pictures with black boxes, the others are carried over bare.

Notes, form fields and stamps are first pressed into their pages, so that what is seen is what is searched. Nothing of
the document beside its pages comes over: no attachments, scripts, bookmarks, layers, earlier versions or metadata.
"""

import io
from collections.abc import Sequence
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image

from peelian.disclosure.redacting.leaves import Leaf, hits, leaf_of, lines_of
from peelian.disclosure.redacting.marks import Box, CannotRedact, Mark, Place, Redacted, StandsElsewhere
from peelian.disclosure.redacting.pictures import cover, pixels
from peelian.disclosure.redacting.proving import prove

MEDIA = "application/pdf"
DOTS = 200  # an inch
INCH = 72
LONGEST_SIDE = 5000
MOST_PAGES = 300
KEPT_OF_A_PAGE = ("/Type", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents", "/Group")
BESIDE = ("/Metadata", "/PieceInfo", "/LastModified", "/Alternates", "/OPI", "/StructParent", "/StructParents")
DROPPED = {
    "/Names": "Attachments, scripts and named places",
    "/AcroForm": "The form behind its fields (what stood in them is kept as seen)",
    "/Outlines": "Bookmarks",
    "/Metadata": "Metadata",
    "/OpenAction": "What runs when it is opened",
    "/StructTreeRoot": "Its hidden outline for screen readers, which repeats the words",
    "/OCProperties": "Layers: every page is a picture of what was seen",
}
QUALITY = 88
FEWEST_TO_ASK = 3


def redact_pdf(content: bytes, marks: Sequence[Mark], *, leave: Sequence[str] = (), whole: bool = False) -> Redacted:
    """The copy of a PDF. `leave`: words that may stand on although they are blacked out in some place.

    `whole`: turn every page into a picture. Raises CannotRedact; StandsElsewhere for words under a rectangle, or on
    chosen pages, that stand in other places and of which nothing was said.
    """
    pressed, dropped, layered = _pressed(content)
    document = _opened(pressed)
    try:
        leaves = [leaf_of(document, number) for number in range(len(document))]
        places = _places(leaves, marks)
        banned = _nowhere_else(leaves, marks, places, leave)
        covered: dict[int, list[tuple[Box, str]]] = {}
        for place in places:
            assert place.box is not None
            covered.setdefault(place.page, []).append((place.box, marks[place.mark].label))
        pictured = tuple(leaf.number for leaf in leaves if whole or layered or leaf.number in covered)
        made = _made(pressed, document, pictured, covered)
    finally:
        document.close()
    prove(made, banned, pictured=pictured, pages=len(leaves))
    unread = tuple(leaf.number for leaf in leaves if leaf.has_pictures and leaf.number not in covered)
    return Redacted(made, MEDIA, tuple(places), len(leaves), pictured, unread, dropped)


def picture_of(content: bytes, number: int, *, dots: int = 90) -> Image.Image:
    """A page as it is seen, for choosing what to black out. Raises CannotRedact for a page that is not there."""
    document = _opened(content)
    try:
        if not 1 <= number <= len(document):
            raise CannotRedact(f"The document has {len(document)} pages.")
        document.init_forms()
        return _drawn(document[number - 1], dots)
    finally:
        document.close()


def words_of(content: bytes) -> tuple[str, ...]:
    """The words of each page, those of notes and form fields with them. Raises CannotRedact."""
    pressed, _, _ = _pressed(content)
    document = _opened(pressed)
    try:
        return tuple(leaf_of(document, number).text for number in range(len(document)))
    finally:
        document.close()


def _opened(content: bytes) -> Any:
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError:
        raise CannotRedact("The file cannot be read as a PDF, or asks for a password.") from None
    if not 1 <= len(document) <= MOST_PAGES:
        count = len(document)
        document.close()
        raise CannotRedact(f"The document has {count} pages; from 1 to {MOST_PAGES} can be redacted at once. Split it.")
    return document


def _pressed(content: bytes) -> tuple[bytes, tuple[str, ...], bool]:
    """The document with notes and fields pressed into its pages, what will be left out, and whether it has layers."""
    document = _opened(content)
    try:
        document.init_forms()
        for number in range(len(document)):
            page = document[number]
            if raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_FAIL:
                raise CannotRedact(f"Page {number + 1} cannot be taken apart.")
            page.close()
        out = io.BytesIO()
        document.save(out)
    except pdfium.PdfiumError as broken:
        raise CannotRedact(f"The document cannot be taken apart: {broken}") from None
    finally:
        document.close()
    try:
        with pikepdf.open(io.BytesIO(content)) as source:
            dropped = [words for key, words in DROPPED.items() if key in source.Root]
            if "/Info" in source.trailer:
                dropped.append("What it says of its author and the program it was made with")
            return out.getvalue(), tuple(dropped), "/OCProperties" in source.Root
    except (pikepdf.PdfError, ValueError):
        raise CannotRedact("The file cannot be read as a PDF, or asks for a password.") from None


def _places(leaves: Sequence[Leaf], marks: Sequence[Mark]) -> list[Place]:
    """Everything that is blacked out.

    Words that are seen nowhere (hidden, off the page) mark their page by a sliver, so that it becomes a picture too.
    """
    found = []
    for number, mark in enumerate(marks):
        if mark.box is not None:
            if len(mark.pages) != 1 or not 1 <= mark.pages[0] <= len(leaves):
                raise CannotRedact(f"A rectangle stands on one page, from 1 to {len(leaves)}.")
            found.append(Place(number, mark.pages[0], mark.box))
            continue
        for leaf, start, end in hits(leaves, mark.words):
            if mark.pages and leaf.number not in mark.pages:
                continue
            lines = list(lines_of(leaf.boxes[start:end])) or [Box(0, 0, 0.5, 0.1)]
            found += [Place(number, leaf.number, box, -1, end - start) for box in lines]
    return found


def _nowhere_else(
    leaves: Sequence[Leaf], marks: Sequence[Mark], places: Sequence[Place], leave: Sequence[str]
) -> list[str]:
    """The words that may stand nowhere in the copy: all that is blacked out but for what may be left.

    Raises StandsElsewhere where words of a chosen place can be read in another too, and nothing was said of them.
    """
    gone = {leaf.number: _under(leaf, [place.box for place in places if place.page == leaf.number]) for leaf in leaves}
    everywhere = [mark.words for mark in marks if mark.words and not mark.pages]
    wanted = [mark.words for mark in marks if mark.words and mark.pages]
    for mark in marks:
        if mark.box is not None:
            leaf = leaves[mark.pages[0] - 1]
            wanted += _telling("".join(leaf.text[at] for at in _under(leaf, [mark.box])))
    where: dict[str, tuple[int, ...]] = {}
    said = {words.casefold() for words in leave}
    asked = [words for words in dict.fromkeys(wanted) if words.casefold() not in said]
    for words in asked:
        pages = [leaf.number for leaf, a, b in hits(leaves, words) if not set(range(a, b)) <= set(gone[leaf.number])]
        if pages:
            where[words] = tuple(sorted(set(pages)))
    if where:
        raise StandsElsewhere(where)
    return list(dict.fromkeys(everywhere + asked))


def _under(leaf: Leaf, boxes: Sequence[Box | None]) -> list[int]:
    """The letters of a page whose middle lies under one of the boxes, with the blanks between them."""
    found: list[int] = []
    for at, box in enumerate(leaf.boxes):
        if box is None or leaf.text[at].isspace():
            if found and found[-1] == at - 1:
                found.append(at)
            continue
        across, down = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        if any(one and one.left <= across <= one.right and one.top <= down <= one.bottom for one in boxes):
            found.append(at)
    return found


def _telling(text: str) -> list[str]:
    """Of the words under a rectangle, those that could give somebody away: with a capital letter or a digit."""
    words = [word.strip(".,;:!?()[]'\"“”‘’") for word in text.split()]
    return [
        word
        for word in words
        if len(word) >= FEWEST_TO_ASK and (word[0].isupper() or any(letter.isdigit() for letter in word))
    ]


def _made(pressed: bytes, document: Any, pictured: Sequence[int], covered: dict[int, list[tuple[Box, str]]]) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pressed)) as source, pikepdf.new() as made:
        for number, page in enumerate(source.pages, start=1):
            if number in pictured:
                _put_picture(made, document[number - 1], covered.get(number, []))
                continue
            made.pages.append(page)
            bare = made.pages[-1].obj
            for key in list(bare.keys()):
                if key not in KEPT_OF_A_PAGE and key != "/Parent":
                    del bare[key]
        for one in made.objects:
            if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
                for key in BESIDE:
                    if key in one:
                        del one[key]
        made.remove_unreferenced_resources()
        made.save(out, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _put_picture(made: Any, page: Any, boxes: Sequence[tuple[Box, str]]) -> None:
    width, height = page.get_size()
    picture = _drawn(page, DOTS)
    cover(picture, [(pixels(box, picture.width, picture.height), label) for box, label in boxes])
    seen = io.BytesIO()
    picture.save(seen, "JPEG", quality=QUALITY)
    image = made.make_stream(seen.getvalue())
    image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    image.Width, image.Height, image.BitsPerComponent = picture.width, picture.height, 8
    image.ColorSpace, image.Filter = pikepdf.Name.DeviceRGB, pikepdf.Name.DCTDecode
    made.add_blank_page(page_size=(width, height))
    leaf = made.pages[-1].obj
    leaf.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Page=image))
    leaf.Contents = made.make_stream(f"q {width} 0 0 {height} 0 0 cm /Page Do Q".encode())


def _drawn(page: Any, dots: int) -> Image.Image:
    """The page as a picture, none of its sides longer than 5,000 points."""
    scale = min(dots / INCH, LONGEST_SIDE / max(*page.get_size(), 1))
    drawn: Image.Image = page.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")
    page.close()
    return drawn
