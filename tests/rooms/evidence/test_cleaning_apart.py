"""Cleaning in a process of its own: what breaks it, or never ends, breaks nothing else, and the original stays."""

import os
import struct
import sys
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from peelian.evidence import actions, apart, cleaning, kinds, queries
from peelian.evidence.rows import Which
from peelian.terms.refusals import NotFound
from tests.rooms.evidence.conftest import TODAY, photograph
from tests.worlds import Someone

KEPT = "The original is kept as it came."


def png(width: int, height: int, packed: bytes) -> bytes:
    """A picture of three bytes a point, whose points are these packed bytes."""

    def part(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", packed) + part(b"IEND", b"")


def bomb() -> bytes:
    """180 kB that are a black picture of 178 MB."""
    packer = zlib.compressobj(9)
    piece = bytes(16 << 20)
    return png(7700, 7700, b"".join([*(packer.compress(piece) for _ in range(11)), packer.flush()]))


def packed_pdf(size: int) -> bytes:
    """A small PDF, one stream of objects of which unpacks to `size` bytes."""
    packer = zlib.compressobj(9)
    blank = bytes([32]) * (16 << 20)
    pieces = [packer.compress(b"1 0\n".ljust(10) + b"<< >>"), *(packer.compress(blank) for _ in range(size >> 24))]
    body = b"".join([*pieces, packer.flush()])
    made, at = b"%PDF-1.5\n", {}
    for number, said in (
        (2, b"<< /Type /Catalog /Pages 3 0 R /X 1 0 R >>"),
        (3, b"<< /Type /Pages /Kids [] /Count 0 >>"),
        (
            4,
            b"<< /Type /ObjStm /N 1 /First 10 /Filter /FlateDecode /Length %d >>\nstream\n" % len(body)
            + body
            + b"\nendstream",
        ),
    ):
        at[number] = len(made)
        made += b"%d 0 obj\n" % number + said + b"\nendobj\n"
    rows = b"\x00" + struct.pack(">IH", 0, 65535) + b"\x02" + struct.pack(">IH", 4, 0)
    rows += b"".join(b"\x01" + struct.pack(">IH", where, 0) for where in (at[2], at[3], at[4], len(made)))
    head = b"5 0 obj\n<< /Type /XRef /Size 6 /W [1 4 2] /Root 2 0 R /Length %d >>\nstream\n" % len(rows)
    return made + head + rows + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % len(made)


def test_what_the_process_makes_is_what_is_made_here() -> None:
    given = photograph()
    assert cleaning.cleaned_apart(given, kinds.JPEG) == cleaning.cleaned(given, kinds.JPEG)


def test_a_picture_of_huge_measure_is_not_opened() -> None:
    made = cleaning.cleaned_apart(png(60_000, 60_000, zlib.compress(bytes(1000))), kinds.PNG)
    assert made == cleaning.Clean(None, "No clean copy: the file cannot be read as what it says it is.")


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"seconds": 1}, "it took too long to read"),
        ({"wall": 1}, "it took too long to read"),
        ({"memory": 300 << 20}, "more memory than is given"),
        ({"memory": 40 << 20}, "its reader broke on it"),  # it dies before it can say why
        ({"most": 1000}, "what was made of it is too large"),
    ],
)
def test_a_picture_that_unpacks_without_end_is_stopped_and_the_answer_says_why(
    limits: dict[str, int], words: str
) -> None:
    made = cleaning.cleaned_apart(bomb(), kinds.PNG, limits=replace(cleaning.LIMITS, **limits))
    assert made.content is None
    assert words in made.words
    assert KEPT in made.words


def test_a_pdf_that_unpacks_beyond_its_memory_harms_nobody() -> None:
    made = cleaning.cleaned_apart(packed_pdf(1 << 28), kinds.PDF, limits=replace(cleaning.LIMITS, memory=250 << 20))
    assert made.content is None or len(made.content) < 10_000


@pytest.mark.django_db
def test_the_original_of_a_file_that_broke_its_reader_is_kept_untouched(
    handler: Someone, matter: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broke(*_: object) -> bytes:
        raise apart.Stopped("its reader broke on it.")

    monkeypatch.setattr(apart, "run", broke)
    given = photograph()
    ref = actions.keep(by=handler.viewer, matter_ref=matter, name="IMG.jpg", content=given, on=TODAY)
    row = queries.file(handler.viewer, ref)
    assert (row.has_clean, row.clean_words) == (False, f"No clean copy: its reader broke on it. {KEPT}")
    assert queries.content(handler.viewer, ref).whole() == given
    with pytest.raises(NotFound):
        queries.content(handler.viewer, ref, Which.CLEAN)


LOOKS = """
import os, resource, sys
try:
    os.write(os.open(os.path.dirname(__file__) + "/tried", os.O_WRONLY | os.O_CREAT), b"x")
    wrote = "wrote"
except OSError:
    wrote = "wrote nothing"
print(sorted(os.environ), wrote, resource.getrlimit(resource.RLIMIT_CORE))
"""


def test_the_process_has_no_environment_of_ours_and_writes_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PEELIAN_SECRET_KEY", "a secret")
    (tmp_path / "looks.py").write_text(LOOKS)
    monkeypatch.setattr(apart, "HOUSE", f"{apart.HOUSE}{os.pathsep}{tmp_path}")
    said = apart.run("looks", b"", cleaning.LIMITS).decode()
    assert "SECRET" not in said
    assert "HOME" not in said
    assert "wrote nothing" in said
    assert "(0, 0)" in said
    assert "PEELIAN_SECRET_KEY" in os.environ
    assert sys.modules.get("looks") is None
