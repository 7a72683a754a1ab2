"""Keeping files on a matter: for whom, what is refused, what is kept, and what an erasure takes."""

import io
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.db import transaction
from PIL import Image

from peelian.evidence import actions, queries, store
from peelian.evidence.models import StoredFile
from peelian.evidence.rows import Which
from peelian.journal.models import Entry, SubjectKey
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from tests import worlds
from tests.rooms.evidence.conftest import EICAR, TODAY, photograph
from tests.worlds import Someone

pytestmark = pytest.mark.django_db


def kept(by: Someone, matter: str, content: bytes = b"What I saw.\n", **said: Any) -> str:
    said = {"name": "statement of R Willow.txt", "on": TODAY} | said
    return actions.keep(by=by.viewer, matter_ref=matter, content=content, **said)


def test_a_file_comes_back_as_it_was_kept_and_both_are_journalled(handler: Someone, matter: str) -> None:
    ref = kept(handler, matter, about="her own words")
    row = queries.file(handler.viewer, ref)
    assert (row.name, row.about, row.kind.words, row.size, row.kept_by) == (
        "statement of R Willow.txt",
        "her own words",
        "Plain text",
        12,
        "Hanna Orchard",
    )
    opened = actions.open_file(by=handler.viewer, file_ref=ref)
    assert (opened.whole(), opened.name) == (b"What I saw.\n", f"{ref}.txt")
    acts = [(one.act, one.key) for one in Entry.objects.order_by("-seq")[:2]]
    assert acts == [("consulted", matter), ("collected", matter)]
    assert [one.ref for one in queries.files_of(handler.viewer, matter)] == [ref]


def test_the_database_holds_neither_its_name_nor_its_hash(handler: Someone, matter: str) -> None:
    ref = kept(handler, matter)
    held = queries.file(handler.viewer, ref)
    stored = StoredFile.objects.filter(ref=ref).values().get()
    said = b"".join(bytes(one) if isinstance(one, bytes | memoryview) else str(one).encode() for one in stored.values())
    assert b"Willow" not in said
    assert held.sha256.encode() not in said
    assert len(held.sha256) == 64


def test_a_picture_gets_a_copy_that_does_not_say_where_it_was_taken(handler: Someone, matter: str) -> None:
    original = photograph()
    ref = kept(handler, matter, original, name="IMG_2041.JPG")
    clean = queries.content(handler.viewer, ref, Which.CLEAN).whole()
    assert queries.content(handler.viewer, ref).whole() == original
    assert b"MakerOfCameras" in original
    assert b"secret comment" in original
    assert b"MakerOfCameras" not in clean
    assert b"secret comment" not in clean
    with Image.open(io.BytesIO(original)) as before, Image.open(io.BytesIO(clean)) as after:
        assert dict(after.getexif()) == {0x0112: 6}  # it would lie on its side without this
        assert (after.size, after.quantization) == (before.size, before.quantization)  # type: ignore[attr-defined]


def test_a_pdf_gets_a_copy_without_what_runs_and_what_hides(handler: Someone, matter: str) -> None:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        pdf.docinfo["/Author"] = "R Willow"
        with pdf.open_metadata() as said:
            said["dc:creator"] = ["R Willow"]
        pdf.attachments["hidden.txt"] = b"hidden"
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('run')")
        picture = pdf.make_stream(photograph(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image)
        picture.Filter = pikepdf.Name.DCTDecode
        page.add_resource(picture, pikepdf.Name.XObject)
        out = io.BytesIO()
        pdf.save(out)
    ref = kept(handler, matter, out.getvalue(), name="letter.pdf")
    clean = queries.content(handler.viewer, ref, Which.CLEAN).whole()
    with pikepdf.open(io.BytesIO(clean)) as after:
        assert (len(after.pages), len(after.docinfo), len(after.attachments)) == (1, 0, 0)
        assert not {"/OpenAction", "/Metadata"} & set(after.Root.keys())
        inside = [one.read_raw_bytes() for one in after.objects if isinstance(one, pikepdf.Stream)]
    assert not any(b"MakerOfCameras" in one for one in [*inside, clean])
    assert "attachments" in queries.file(handler.viewer, ref).clean_words


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (b"PK\x03\x04 an archive", "Archive (ZIP)", "No clean copy is made of this kind of file: Archive (ZIP)."),
        (b"%PDF-1.7 nonsense", "PDF", "No clean copy: the file cannot be read as what it says it is."),
        (b"\xff\xd8\xff nonsense", "JPEG picture", "No clean copy: the file cannot be read as what it says it is."),
        (b"\x00\x01\x02", "Not recognised", "No clean copy is made of this kind of file: Not recognised."),
    ],
)
def test_a_file_says_why_it_has_no_clean_copy_whatever_it_is_called(
    handler: Someone, matter: str, content: bytes, kind: str, words: str
) -> None:
    ref = kept(handler, matter, content, name="holiday.txt")
    row = queries.file(handler.viewer, ref)
    assert (row.kind.words, row.clean_words, row.has_clean) == (kind, words, False)
    with pytest.raises(NotFound):
        queries.content(handler.viewer, ref, Which.CLEAN)


def test_an_empty_or_too_large_file_is_not_kept(handler: Someone, matter: str, settings: Any) -> None:
    settings.PEELIAN_FILE_MOST_MB = 1
    for content, words in ((b"", "empty"), (b"x" * 1_000_001, "larger than 1 MB")):
        with pytest.raises(NotValid, match=words):
            kept(handler, matter, content)
    assert (list(store.names()), StoredFile.objects.count()) == ([], 0)


def test_whoever_does_not_keep_evidence_keeps_no_file(at: datetime, matter: str) -> None:
    reader = worlds.user(at, "Ida Brook", "inspector")
    with pytest.raises(NotAllowed, match="book in, hand over and look after exhibits and files"):
        kept(reader, matter)


def test_a_file_lies_behind_the_wall_of_its_matter(at: datetime, handler: Someone, matter: str) -> None:
    ref = kept(handler, matter)
    placed_only = worlds.user(at, "Ivan Marsh", "investigator")
    for ask in (queries.file, queries.content):
        with pytest.raises(NotFound):
            ask(placed_only.viewer, ref)
    with pytest.raises(NotFound):
        queries.files_of(placed_only.viewer, matter)
    with pytest.raises(NotFound):
        actions.open_file(by=placed_only.viewer, file_ref=ref)
    with pytest.raises(NotFound):
        kept(placed_only, matter)
    assert len(list(store.names())) == 2


def test_what_the_scanner_passes_is_kept_and_says_so(handler: Someone, matter: str, clamd: Any) -> None:
    content = b"What I saw. " * 200_000
    ref = kept(handler, matter, content)
    assert queries.file(handler.viewer, ref).scanned == "clamd"
    assert clamd.seen == content


def test_what_the_scanner_finds_is_refused_and_nothing_stays(handler: Someone, matter: str, clamd: Any) -> None:
    with pytest.raises(NotAllowed, match="found Eicar-Test-Signature in this file") as refused:
        kept(handler, matter, b"before " + EICAR + b" after")
    assert refused.value.refusal.law.startswith("Local rule")
    assert (list(store.names()), StoredFile.objects.count()) == ([], 0)


@pytest.mark.parametrize("answer", [b"", b"stream: strange\0"])
def test_a_scanner_that_does_not_say_that_it_is_clean_keeps_the_file_out(
    handler: Someone, matter: str, clamd: Any, answer: bytes
) -> None:
    clamd.answer = lambda content: answer
    with pytest.raises(NotAllowed, match="could not be asked"):
        kept(handler, matter)
    assert (list(store.names()), StoredFile.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    "answer", [b"INSTREAM size limit exceeded. ERROR\0", b"stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0"]
)
def test_what_the_scanner_did_not_read_to_its_end_is_refused_and_says_what_to_do(
    handler: Someone, matter: str, clamd: Any, answer: bytes
) -> None:
    clamd.answer = lambda content: answer
    with pytest.raises(NotAllowed, match="raise the limits of the scanner"):
        kept(handler, matter)
    assert (list(store.names()), StoredFile.objects.count()) == ([], 0)


def test_no_file_is_kept_that_is_larger_than_the_scanner_reads(
    handler: Someone, matter: str, clamd: Any, settings: Any
) -> None:
    settings.PEELIAN_CLAMD_MOST_MB = 1
    with pytest.raises(NotValid, match="larger than 1 MB"):
        kept(handler, matter, b"x" * 1_000_001)
    assert (list(store.names()), StoredFile.objects.count()) == ([], 0)


@pytest.mark.parametrize("address", ["unix:/nowhere/clamd.ctl", "tcp:127.0.0.1:1", "nonsense"])
def test_a_scanner_that_is_set_and_not_there_keeps_every_file_out(
    handler: Someone, matter: str, settings: Any, address: str
) -> None:
    settings.PEELIAN_CLAMD = address
    with pytest.raises(NotAllowed, match="could not be asked"):
        kept(handler, matter)
    assert (list(store.names()), StoredFile.objects.count()) == ([], 0)


def test_an_erased_file_opens_for_nobody_and_still_stands_in_the_list(
    handler: Someone, head: Someone, matter: str, django_capture_on_commit_callbacks: Any
) -> None:
    ref, other = kept(handler, matter, photograph()), kept(handler, matter)
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase_file(by=head.viewer, file_ref=ref, reason="Upheld request.", on=TODAY)
    row = queries.file(handler.viewer, ref)
    assert (row.is_erased, row.name, row.sha256, row.shown_name, row.has_clean) == (True, "", "", "Erased", False)
    for which in Which:
        with pytest.raises(NotFound):
            queries.content(handler.viewer, ref, which)
    assert not SubjectKey.objects.filter(subject=ref).exists()
    assert len(list(store.names())) == 2  # the other file with its copy
    assert queries.content(handler.viewer, other).whole() == b"What I saw.\n"
    assert queries.strays(worlds.peelian(head.viewer.at)) == ()


def test_erasing_needs_its_power_a_reason_and_something_to_erase(handler: Someone, head: Someone, matter: str) -> None:
    ref = kept(handler, matter)
    with pytest.raises(NotAllowed, match="erase a person's text"):
        actions.erase_file(by=handler.viewer, file_ref=ref, reason="x", on=TODAY)
    with pytest.raises(NotValid, match="Say why this file is erased"):
        actions.erase_file(by=head.viewer, file_ref=ref, reason=" ", on=TODAY)
    actions.erase_file(by=head.viewer, file_ref=ref, reason="Upheld request.", on=TODAY)
    with pytest.raises(NotValid, match="erased before"):
        actions.erase_file(by=head.viewer, file_ref=ref, reason="Upheld request.", on=TODAY)


def test_a_worked_copy_names_what_it_was_made_from_on_the_same_matter(
    at: datetime, handler: Someone, matter: str
) -> None:
    ref = kept(handler, matter)
    copy = kept(handler, matter, b"What [redacted] saw.\n", made_from=ref)
    assert queries.file(handler.viewer, copy).made_from == ref
    other = worlds.open_complaint(worlds.peelian(at), TODAY - timedelta(days=9))
    with pytest.raises(NotValid, match="belongs to the matter"):
        kept(handler, other, made_from=ref)


def test_a_check_names_what_is_missing_changed_and_astray(
    at: datetime, handler: Someone, matter: str, a_store_of_its_own: Path
) -> None:
    whole, gone, changed = (kept(handler, matter, f"file {number}".encode()) for number in range(3))
    system = worlds.peelian(at)
    assert {one.fault for one in queries.checked_files(system)} == {""}
    disk = {one.ref: a_store_of_its_own / one.on_disk[:2] / one.on_disk for one in StoredFile.objects.all()}
    disk[gone].unlink()
    disk[changed].write_bytes(disk[changed].read_bytes()[:-1] + b"?")
    (a_store_of_its_own / "stray").write_bytes(b"")
    faults = {(one.ref, one.which): one.fault for one in queries.checked_files(system)}
    assert faults[whole, Which.ORIGINAL] == ""
    assert "missing" in faults[gone, Which.ORIGINAL]
    assert "changed or cut" in faults[changed, Which.ORIGINAL]
    assert faults[changed, Which.CLEAN] == ""
    assert queries.strays(system) == ("stray",)
    with pytest.raises(NotAllowed):
        list(queries.checked_files(handler.viewer))


def test_a_day_ahead_is_refused(handler: Someone, matter: str) -> None:
    with pytest.raises(NotValid, match="has not come yet"):
        kept(handler, matter, on=TODAY + timedelta(days=1))


def test_nobody_changes_a_stored_file(handler: Someone, matter: str) -> None:
    ref = kept(handler, matter)
    with pytest.raises(Exception, match="A stored file is insert-only"):
        StoredFile.objects.filter(ref=ref).update(size=1)


def test_where_the_transaction_around_it_fails_nothing_stays_in_the_store(handler: Someone, matter: str) -> None:
    class Fails(Exception):
        pass

    @store.whole_or_nothing()
    @transaction.atomic
    def both() -> None:
        kept(handler, matter, photograph(), name="IMG.jpg")
        assert len(list(store.names())) == before + 2
        raise Fails

    stays = kept(handler, matter)
    before = len(list(store.names()))
    with pytest.raises(Fails):
        both()
    assert len(list(store.names())) == before
    assert StoredFile.objects.get().ref == stays
    assert queries.strays(worlds.peelian(handler.viewer.at)) == ()


def test_what_is_sealed_within_one_that_holds_stays_only_if_what_lies_around_it_holds(
    handler: Someone, matter: str
) -> None:
    @store.whole_or_nothing()
    def around() -> None:
        with store.whole_or_nothing():
            kept(handler, matter)
        assert list(store.names())
        raise RuntimeError

    with pytest.raises(RuntimeError):
        around()
    assert not list(store.names())
