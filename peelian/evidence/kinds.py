"""What a file is, told from its content and never from its name."""

from dataclasses import dataclass

FIRST = 8192  # bytes from the beginning that are enough to tell


@dataclass(frozen=True, slots=True)
class Kind:
    """`media`: the media type. `ending`: of the neutral name under which it is taken away. `words`: for a page."""

    media: str
    ending: str
    words: str


PDF = Kind("application/pdf", "pdf", "PDF")
JPEG = Kind("image/jpeg", "jpg", "JPEG picture")
PNG = Kind("image/png", "png", "PNG picture")
WEBP = Kind("image/webp", "webp", "WebP picture")
TIFF = Kind("image/tiff", "tif", "TIFF picture")
GIF = Kind("image/gif", "gif", "GIF picture")
BMP = Kind("image/bmp", "bmp", "BMP picture")
HEIC = Kind("image/heic", "heic", "HEIC picture")
TEXT = Kind("text/plain", "txt", "Plain text")
ZIP = Kind("application/zip", "zip", "Archive (ZIP)")
WORD = Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx", "Word document")
EXCEL = Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", "Excel workbook")
POWERPOINT = Kind(
    "application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx", "PowerPoint presentation"
)
ODT = Kind("application/vnd.oasis.opendocument.text", "odt", "OpenDocument text")
ODS = Kind("application/vnd.oasis.opendocument.spreadsheet", "ods", "OpenDocument spreadsheet")
OLE = Kind("application/x-ole-storage", "ole", "Older Office document or Outlook message")
MP4 = Kind("video/mp4", "mp4", "MP4 film or sound")
MOV = Kind("video/quicktime", "mov", "QuickTime film")
MKV = Kind("video/x-matroska", "mkv", "Matroska or WebM film")
AVI = Kind("video/x-msvideo", "avi", "AVI film")
WAV = Kind("audio/wav", "wav", "WAV sound")
MP3 = Kind("audio/mpeg", "mp3", "MP3 sound")
OGG = Kind("application/ogg", "ogg", "Ogg sound or film")
OTHER = Kind("application/octet-stream", "bin", "Not recognised")

BEGINNINGS: tuple[tuple[bytes, Kind], ...] = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"\x1a\x45\xdf\xa3", MKV),
    (b"OggS", OGG),
    (b"ID3", MP3),
    (b"\xff\xfb", MP3),
)
RIFF = {b"WEBP": WEBP, b"WAVE": WAV, b"AVI ": AVI}
IN_A_ZIP: tuple[tuple[bytes, Kind], ...] = (
    (b"word/", WORD),
    (b"xl/", EXCEL),
    (b"ppt/", POWERPOINT),
    (b"application/vnd.oasis.opendocument.text", ODT),
    (b"application/vnd.oasis.opendocument.spreadsheet", ODS),
)
KINDS = {one.media: one for one in vars().values() if isinstance(one, Kind)}


def recognised(first: bytes) -> Kind:
    """The kind of a content that begins with `first` (its first 8,192 bytes, or all of it where it is shorter)."""
    for beginning, kind in BEGINNINGS:
        if first.startswith(beginning):
            return kind
    if first[:2] == b"BM" and first[6:10] == bytes(4):
        return BMP
    if first[:4] == b"RIFF":
        return RIFF.get(first[8:12], OTHER)
    if first[4:8] == b"ftyp":
        return {b"heic": HEIC, b"heix": HEIC, b"mif1": HEIC, b"qt  ": MOV}.get(first[8:12], MP4)
    if b"%PDF-" in first[:1024]:
        return PDF
    if first[:4] == b"PK\x03\x04":
        return next((kind for words, kind in IN_A_ZIP if words in first), ZIP)
    return TEXT if _is_text(first) else OTHER


def kind_of(media: str) -> Kind:
    """The kind with this media type; `OTHER` for one that is not known any more."""
    return KINDS.get(media, OTHER)


def _is_text(first: bytes) -> bool:
    if not first:
        return False
    try:
        text = first.decode("utf-8")
    except UnicodeDecodeError as cut:
        if cut.start < len(first) - 3:  # the piece may end within a letter
            return False
        text = first[: cut.start].decode("utf-8")
    return all(letter >= " " or letter in "\t\n\r\f" for letter in text)
