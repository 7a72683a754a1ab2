"""The store: what is put in comes out the same, and nothing else comes out."""

import hashlib
import os
from pathlib import Path

import pytest

from peelian.evidence import store

MOST = 10**9


def put(content: bytes, key: bytes, label: str = "PF one", step: int = 7919) -> store.Sealed:
    pieces = [content[start : start + step] for start in range(0, len(content), step)]
    return store.seal(pieces, key=key, label=label, most=MOST)


def got(sealed: store.Sealed, key: bytes, label: str = "PF one") -> bytes:
    return b"".join(store.unseal(sealed.name, key=key, label=label))


def on_disk(home: Path, sealed: store.Sealed) -> Path:
    return home / sealed.name[:2] / sealed.name


@pytest.mark.parametrize("size", [0, 1, store.PIECE - 1, store.PIECE, store.PIECE + 1, 3 * store.PIECE, 200_003])
def test_what_is_put_in_comes_out_the_same(size: int) -> None:
    key, content = store.new_key(), os.urandom(size)
    sealed = put(content, key)
    assert (sealed.size, sealed.sha256) == (size, hashlib.sha256(content).hexdigest())
    assert got(sealed, key) == content


def test_the_disk_shows_neither_content_nor_name(a_store_of_its_own: Path) -> None:
    content = b"the words of a witness " * 400
    sealed = put(content, store.new_key(), label="PF statement")
    raw = on_disk(a_store_of_its_own, sealed).read_bytes()
    assert b"witness" not in raw
    assert b"statement" not in raw
    assert store.NAME.fullmatch(sealed.name)
    assert on_disk(a_store_of_its_own, sealed).stat().st_mode & 0o077 == 0


def test_another_key_or_another_label_opens_nothing() -> None:
    key = store.new_key()
    sealed = put(b"content", key)
    with pytest.raises(store.Damaged):
        got(sealed, store.new_key())
    with pytest.raises(store.Damaged):
        got(sealed, key, label="PF another")


@pytest.mark.parametrize(
    "harm",
    [
        lambda raw: raw[:-1],
        lambda raw: raw[: len(store.HEAD) + store.PREFIX + store.PIECE + store.TAG],  # cut at a piece
        lambda raw: raw[:200] + bytes([raw[200] ^ 1]) + raw[201:],
        lambda raw: raw + b"more",
        lambda raw: b"",
        lambda raw: (
            raw[: len(store.HEAD) + store.PREFIX]
            + raw[len(store.HEAD) + store.PREFIX + store.PIECE + store.TAG :]  # the first piece left out
        ),
    ],
)
def test_whatever_is_done_to_a_file_is_found(a_store_of_its_own: Path, harm: object) -> None:
    key = store.new_key()
    sealed = put(os.urandom(3 * store.PIECE), key)
    path = on_disk(a_store_of_its_own, sealed)
    path.write_bytes(harm(path.read_bytes()))  # type: ignore[operator]  # a function of bytes
    with pytest.raises(store.Damaged):
        got(sealed, key)


def test_a_file_that_is_gone_says_so(a_store_of_its_own: Path) -> None:
    key = store.new_key()
    sealed = put(b"content", key)
    assert store.remove(sealed.name)
    assert not store.remove(sealed.name)
    with pytest.raises(store.Damaged, match="missing"):
        got(sealed, key)


def test_more_than_was_agreed_leaves_nothing_behind() -> None:
    with pytest.raises(store.TooLarge):
        store.seal([b"x" * 900, b"y" * 200], key=store.new_key(), label="PF", most=1000)
    assert list(store.names()) == []


def test_a_stream_that_breaks_leaves_nothing_behind() -> None:
    def broken() -> object:
        yield b"x" * 100_000
        raise OSError("the line broke")

    with pytest.raises(OSError, match="the line broke"):
        store.seal(broken(), key=store.new_key(), label="PF", most=MOST)  # type: ignore[arg-type]  # a generator
    assert list(store.names()) == []


def test_what_lies_half_written_is_told_from_what_is_whole(a_store_of_its_own: Path) -> None:
    sealed = put(b"content", store.new_key())
    half = f"{'a' * 40}.part"
    (a_store_of_its_own / "aa").mkdir(exist_ok=True)
    (a_store_of_its_own / "aa" / half).write_bytes(b"")
    (a_store_of_its_own / "stray.txt").write_bytes(b"")
    assert set(store.names()) == {sealed.name, half, "stray.txt"}


def test_a_name_never_leads_out_of_the_store() -> None:
    for name in ("../../etc/passwd", "", "A" * 40, "0" * 39):
        with pytest.raises(store.Damaged):
            b"".join(store.unseal(name, key=store.new_key(), label="PF"))
