"""Black boxes with a short label, on a picture; and redacting a picture of its own."""

import io
from collections.abc import Iterable, Sequence

from PIL import Image, ImageDraw, ImageFont, ImageOps, UnidentifiedImageError

from peelian.disclosure.redacting.marks import HUNDRED, Box, CannotRedact, Mark, Place, Redacted

MOST_POINTS = 60_000_000
KINDS = {"image/jpeg": "JPEG", "image/png": "PNG"}
QUALITY = 90
TALLEST_LETTER, SMALLEST_LETTER = 34, 12
GRID = 10

Pixels = tuple[int, int, int, int]


def redact_picture(content: bytes, media: str, marks: Sequence[Mark]) -> Redacted:
    """The copy of a JPEG or PNG with black boxes and without anything a file says beside its picture.

    Raises CannotRedact for words, a picture that cannot be read, and one that is too large.
    """
    if any(mark.box is None for mark in marks):
        raise CannotRedact("Words are not looked for in a picture. Give rectangles.")
    picture = opened(content, media)
    places = []
    for number, mark in enumerate(marks):
        assert mark.box is not None
        cover(picture, [(pixels(mark.box, picture.width, picture.height), mark.label)])
        places.append(Place(number, 1, mark.box))
    out = io.BytesIO()
    picture.save(out, KINDS[media], **({"quality": QUALITY, "subsampling": 0} if media == "image/jpeg" else {}))
    made = out.getvalue()
    _prove(made, media, [mark.box for mark in marks if mark.box])
    return Redacted(made, media, tuple(places), dropped=("Everything the file said beside its picture",))


def opened(content: bytes, media: str) -> Image.Image:
    """A picture as it is seen, upright, without alpha. Raises CannotRedact."""
    if media not in KINDS:
        raise CannotRedact("Only JPEG and PNG pictures can be redacted here.")
    try:
        with Image.open(io.BytesIO(content), formats=[KINDS[media]]) as held:
            if held.width * held.height > MOST_POINTS:
                raise CannotRedact(f"The picture has more than {MOST_POINTS:,} points. Make a smaller one first.")
            upright = ImageOps.exif_transpose(held)
            assert upright is not None
            if upright.has_transparency_data:
                seen = upright.convert("RGBA")
                paper = Image.new("RGBA", seen.size, "white")
                paper.alpha_composite(seen)
                upright = paper
            plain = Image.new("RGB", upright.size)
            plain.paste(upright.convert("RGB"))
            return plain
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        raise CannotRedact("The picture cannot be read as what it says it is.") from None


def pixels(box: Box, width: int, height: int) -> Pixels:
    """The box in points of a picture, none of it left out."""
    left, top = int(box.left * width / HUNDRED), int(box.top * height / HUNDRED)
    right, bottom = -int(-box.right * width // HUNDRED), -int(-box.bottom * height // HUNDRED)
    return left, top, min(right, width) - 1, min(bottom, height) - 1


def cover(picture: Image.Image, boxes: Iterable[tuple[Pixels, str]]) -> None:
    """Paint each box black, then its label in white where it fits."""
    drawing = ImageDraw.Draw(picture)
    labelled = list(boxes)
    for box, _ in labelled:
        drawing.rectangle(box, fill="black")
    for (left, top, right, bottom), label in labelled:
        size = min(TALLEST_LETTER, int((bottom - top) * 0.7))
        while size >= SMALLEST_LETTER:
            font = ImageFont.load_default(size)
            if drawing.textlength(label, font=font) <= right - left - 4:
                middle = ((left + right) // 2, (top + bottom) // 2)
                drawing.text(middle, label, fill="white", font=font, anchor="mm")
                break
            size -= 2


def ruled(picture: Image.Image) -> Image.Image:
    """The picture under a grid of tenths, numbered, by which a rectangle can be typed."""
    seen = picture.convert("RGB")
    drawing, font = ImageDraw.Draw(seen), ImageFont.load_default(max(12, seen.width // 60))
    for tenth in range(0, 100, GRID):
        across, down = seen.width * tenth // 100, seen.height * tenth // 100
        drawing.line([(across, 0), (across, seen.height)], fill="#1d70b8", width=1)
        drawing.line([(0, down), (seen.width, down)], fill="#1d70b8", width=1)
        for at in ((across + 2, 2), (2, down + 2)):
            words = str(tenth)
            drawing.rectangle(drawing.textbbox(at, words, font=font), fill="white")
            drawing.text(at, words, fill="#1d70b8", font=font)
    return seen


def png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _prove(made: bytes, media: str, boxes: Sequence[Box]) -> None:
    """Read the copy again: the rim of every box is black, and the file says nothing beside its picture."""
    with Image.open(io.BytesIO(made), formats=[KINDS[media]]) as again:
        if set(again.info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density"} or again.getexif():
            raise CannotRedact("The copy still says something beside its picture. Nothing was kept.")
        seen = again.convert("L")
        for box in boxes:
            left, top, right, bottom = pixels(box, seen.width, seen.height)
            rim = [(left, top), (right, top), (left, bottom), (right, bottom)]
            if any(seen.getpixel(at) > 60 for at in rim):  # type: ignore[operator]  # one band gives a number
                raise CannotRedact("A box is not black in the copy. Nothing was kept.")
