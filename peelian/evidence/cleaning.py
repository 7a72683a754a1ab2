"""A copy without what a file says beside its content: who wrote it, where a picture was taken, what would run.

The original is never touched. A kind that cannot be cleaned has no clean copy, and the answer says why. Files are read
in a process of their own; run as a module, this is that process.
"""

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf.sanitize import Sanitizer
from PIL import Image, JpegImagePlugin, UnidentifiedImageError

from peelian.evidence import apart, kinds
from peelian.evidence.kinds import Kind

MOST_BYTES = 64 << 20  # what is cleaned is held in memory whole
MOST_PIXELS = 60_000_000
MOST_FRAMES = 200
LIMITS = apart.Limits(seconds=60, wall=120, memory=3 << 30, most=4 * MOST_BYTES)
MADE, NOT_MADE = b"made", b"not made"  # the first line of what the process answers
ORIENTATION = 0x0112
START_OF_SCAN = 0xDA
SAYS_MORE = (0xE1, 0xED, 0xFE)  # EXIF and XMP, IPTC, comment
SEEN = ("icc_profile", "transparency", "duration", "loop", "disposal", "background")  # what a picture looks like by
FROM_A_PDF = (
    "Without document information, metadata, JavaScript, attachments, actions that run or reach out, films and sounds,"
    " thumbnails and data of other programs."
)
FROM_A_PICTURE = "Without EXIF, place, comments and other metadata."


@dataclass(frozen=True, slots=True)
class Clean:
    """`content`: None where there is no clean copy. `words`: what was taken out, or why there is none."""

    content: bytes | None
    words: str


class _Uncleanable(Exception):
    """Why, in a sentence."""


def may_be_cleaned(kind: Kind) -> bool:
    """Whether files of this kind get a clean copy."""
    return kind in CLEANED


def cleaned_apart(content: bytes, kind: Kind, *, limits: apart.Limits = LIMITS) -> Clean:
    """The clean copy of a whole content of a kind, made in a process of its own. Never raises for what is in the file.

    A process that ends without an answer makes no copy, and the words say why.
    """
    if kind is kinds.TEXT or not may_be_cleaned(kind):
        return cleaned(content, kind)
    try:
        answer = apart.run(__name__, kind.media.encode() + b"\n" + content, limits)
    except apart.Stopped as why:
        return Clean(None, f"No clean copy: {why} The original is kept as it came.")
    mark, _, rest = answer.partition(b"\n")
    words, _, made = rest.partition(b"\n")
    return Clean(made if mark == MADE else None, words.decode())


def cleaned(content: bytes, kind: Kind) -> Clean:
    """The clean copy of a whole content of a kind, made here. Never raises for what is in the file."""
    if not may_be_cleaned(kind):
        return Clean(None, f"No clean copy is made of this kind of file: {kind.words}.")
    clean, words = CLEANED[kind]
    try:
        return Clean(clean(content), words)
    except pikepdf.PasswordError:
        return Clean(None, "No clean copy: the file asks for a password.")
    except _Uncleanable as why:
        return Clean(None, f"No clean copy: {why}")
    except MemoryError:
        return Clean(
            None, "No clean copy: reading it takes more memory than is given. The original is kept as it came."
        )
    except (pikepdf.PdfError, UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        return Clean(None, "No clean copy: the file cannot be read as what it says it is.")


def too_large() -> Clean:
    """The answer for a file that is not cleaned because of its size."""
    return Clean(None, f"No clean copy is made of a file larger than {MOST_BYTES >> 20} MB.")


def _pdf(content: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        scrubber = Sanitizer().remove_javascript().remove_external_access().remove_multimedia().remove_attachments()
        scrubber = scrubber.remove_private_app_data().remove_search_index().remove_web_capture().remove_collection()
        scrubber.remove_thumbnails().apply(pdf)
        for key in ("/OpenAction", "/AA", "/Metadata"):
            if key in pdf.Root:
                del pdf.Root[key]
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        for page in pdf.pages:
            _page(page)
        for one in pdf.objects:
            _object(one)
        pdf.remove_unreferenced_resources()
        pdf.save(out, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _object(one: Any) -> None:
    """Metadata hangs on pictures and pages too, and a JPEG inside a PDF has an EXIF of its own."""
    if isinstance(one, pikepdf.Dictionary | pikepdf.Stream) and "/Metadata" in one:
        del one["/Metadata"]
    if isinstance(one, pikepdf.Stream) and one.get("/Filter") == pikepdf.Name.DCTDecode:
        inside = one.read_raw_bytes()
        if (bare := _without_exif(inside)) != inside:
            parms: Any = one.get("/DecodeParms")
            one.write(bare, filter=pikepdf.Name.DCTDecode, decode_parms=parms)


def _page(page: Any) -> None:
    for key in ("/AA", "/LastModified"):
        if key in page:
            del page[key]
    if "/Annots" in page:
        kept = [one for one in page.Annots if one.get("/Subtype") != "/FileAttachment"]
        page.Annots = pikepdf.Array(kept)


def _without_exif(jpeg: bytes) -> bytes:
    """The same picture without the segments that say where and by what it was taken; its points are not touched."""
    kept, at = [jpeg[:2]], 2
    while jpeg[at : at + 1] == b"\xff" and at + 4 <= len(jpeg) and jpeg[at + 1] != START_OF_SCAN:
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if jpeg[at + 1] not in SAYS_MORE:
            kept.append(jpeg[at:end])
        at = end
    return b"".join([*kept, jpeg[at:]])


def _picture(save_as: str, **how: Any) -> Callable[[bytes], bytes]:
    def clean(content: bytes) -> bytes:
        with Image.open(io.BytesIO(content)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise _Uncleanable(f"the picture has more than {MOST_PIXELS:,} points.")
            count = getattr(picture, "n_frames", 1) if save_as in ("GIF", "PNG", "TIFF", "WEBP") else 1
            if count > MOST_FRAMES:
                raise _Uncleanable(f"it holds more than {MOST_FRAMES} pictures.")
            if count > 1 and picture.width * picture.height * count > 4 * MOST_PIXELS:
                raise _Uncleanable("its pictures are too many and too large.")
            given = dict(how)
            if orientation := picture.getexif().get(ORIENTATION):
                exif = Image.Exif()
                exif[ORIENTATION] = orientation  # else it would lie on its side
                given["exif"] = exif.tobytes()
            if isinstance(picture, JpegImagePlugin.JpegImageFile):
                given |= {"qtables": picture.quantization, "subsampling": JpegImagePlugin.get_sampling(picture)}
            frames = [_frame(picture, number) for number in range(count)]
        if icc := frames[0].info.get("icc_profile"):
            given["icc_profile"] = icc
        if count > 1:
            given |= {"save_all": True, "append_images": frames[1:]}
        out = io.BytesIO()
        frames[0].save(out, save_as, **given)
        return out.getvalue()

    return clean


def _frame(picture: Image.Image, number: int) -> Image.Image:
    if number:
        picture.seek(number)
    copy = picture.copy()
    copy.info = {key: value for key, value in picture.info.items() if key in SEEN}
    return copy


CLEANED: dict[Kind, tuple[Callable[[bytes], bytes], str]] = {
    kinds.PDF: (_pdf, FROM_A_PDF),
    kinds.JPEG: (_picture("JPEG"), FROM_A_PICTURE),
    kinds.PNG: (_picture("PNG", optimize=False), FROM_A_PICTURE),
    kinds.WEBP: (_picture("WEBP", lossless=True, exact=True), FROM_A_PICTURE),
    kinds.TIFF: (_picture("TIFF", compression="tiff_adobe_deflate"), FROM_A_PICTURE),
    kinds.GIF: (_picture("GIF"), FROM_A_PICTURE),
    kinds.BMP: (_picture("BMP"), FROM_A_PICTURE),
    kinds.TEXT: (bytes, "Plain text holds nothing beside its words: the copy is the same."),
}


def main() -> None:
    """In the process: in comes a line with the media type, then the file; back go whether, what words, and the copy."""
    media, _, content = sys.stdin.buffer.read().partition(b"\n")
    made = cleaned(content, kinds.KINDS[media.decode()])
    mark = NOT_MADE if made.content is None else MADE
    sys.stdout.buffer.write(b"\n".join([mark, made.words.encode(), made.content or b""]))


if __name__ == "__main__":
    main()
