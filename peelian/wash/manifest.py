"""The file that says what is washed: the people, the sources of records, and the lawful basis of each."""

import hashlib
import json
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from peelian.terms.known_dates import date_words
from peelian.wash.errors import WashError
from peelian.wash.schema import COLUMNS, Side

BASIS = {
    "purpose": "what it is washed for",
    "lawful_basis": "the provision or power relied on",
    "impact_assessment": "reference of the data protection impact assessment",
    "approved_by": "who approved it, by office",
    "expires_on": "the last day on which it may be washed",
}
TERMS = ("withheld", "welfare")  # what becomes of records of victims and witnesses
OF_FILE = ("path", "columns", "dates", *BASIS)
OF_SOURCE = ("id", "title", "as_of", "victims_and_witnesses", *OF_FILE)


@dataclass(frozen=True, slots=True)
class FileOfRows:
    """One file. `columns`: our column -> the file's, where they differ. `month_first`: how its dates are written."""

    path: Path
    columns: dict[str, str]
    month_first: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A source of records. `file`: None where a night brings nothing of it.

    `protected`: `withheld` leaves out records of victims and witnesses, `welfare` washes them for support only.
    """

    id: str
    title: str
    file: FileOfRows | None
    as_of: date | None
    basis: dict[str, str]
    protected: str

    def refusal(self, on: date) -> str:
        """Why it may not be washed on the day `on`; empty where it may."""
        return refusal(self.basis, on)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is washed. `basis`: the workforce's own lawful basis. `digest` changes when anything in the file does."""

    people: FileOfRows | None
    basis: dict[str, str]
    sources: tuple[Source, ...]
    digest: str

    def files(self) -> list[tuple[str, FileOfRows | None]]:
        """Each part by the words for it, with its file."""
        return [("people", self.people), *((source.title, source.file) for source in self.sources)]

    def allowed(self, on: date) -> list[tuple[Side, FileOfRows]]:
        """The files that are there and may be read on the day `on`, each with its side."""
        ours = [(Side.PEOPLE, self.people)] if self.people else []
        theirs = [(Side.RECORDS, one.file) for one in self.sources if one.file and not one.refusal(on)]
        return [(side, file) for side, file in (*ours, *theirs) if file.path.exists()]


def refusal(basis: dict[str, str], on: date) -> str:
    """Why what has this basis may not be washed on the day `on`; empty where it may."""
    if missing := [words for name, words in BASIS.items() if not basis.get(name)]:
        return f"not recorded: {'; '.join(missing)}"
    try:
        expires_on = date.fromisoformat(basis["expires_on"])
    except ValueError:
        return f"the last day is not a date: {basis['expires_on']}"
    return f"its approval ended on {date_words(expires_on)}" if expires_on < on else ""


def load_manifest(path: Path) -> Manifest:
    """Read the TOML at `path`; paths in it count from its folder. Raises WashError with what is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except OSError as fault:
        raise WashError(f"{path}: cannot be read: {fault.strerror}") from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise WashError(f"{path}: is not TOML: {fault}") from fault
    if unknown := set(data) - {"people", "source"}:
        raise WashError(f"{path}: there is no part called {', '.join(sorted(unknown))}")
    if "people" not in data or not data.get("source"):
        raise WashError(f"{path}: needs [people] and at least one [[source]]")
    people = data["people"]
    _only(path, people, OF_FILE, "[people]")
    sources = tuple(_source(path, one) for one in data["source"])
    ids = [source.id for source in sources]
    if len(set(ids)) < len(ids):
        raise WashError(f"{path}: two sources have the same id")
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Manifest(_file(path, people, Side.PEOPLE), _basis(people), sources, digest)


def basis_text(basis: dict[str, str]) -> str:
    """A basis as the store keeps it."""
    return json.dumps(basis, sort_keys=True)


def read_basis(text: str) -> dict[str, str]:
    """A basis as `basis_text` wrote it; what an older store says in one sentence is its purpose."""
    if text.startswith("{"):
        return {str(name): str(value) for name, value in json.loads(text).items()}
    return {"purpose": text} if text else {}


def _basis(data: dict[str, Any]) -> dict[str, str]:
    return {name: str(data.get(name, "")).strip() for name in BASIS}


def _source(path: Path, data: dict[str, Any]) -> Source:
    if not data.get("id"):
        raise WashError(f"{path}: a source has no id")
    _only(path, data, OF_SOURCE, f"the source {data['id']}")
    protected = str(data.get("victims_and_witnesses", "withheld"))
    if protected not in TERMS:
        raise WashError(f"{path}: victims_and_witnesses is {protected}; it may be {' or '.join(TERMS)}")
    as_of = data.get("as_of")
    if as_of is not None and not isinstance(as_of, date):
        raise WashError(f"{path}: as_of of {data['id']} is not a date (write as_of = 2026-11-01)")
    title = str(data.get("title", data["id"]))
    return Source(str(data["id"]), title, _file(path, data, Side.RECORDS), as_of, _basis(data), protected)


def _only(path: Path, data: dict[str, Any], known: tuple[str, ...], words: str) -> None:
    """A word that is not known would be passed over, and with it what it was to say."""
    if unknown := sorted(set(data) - set(known)):
        raise WashError(f"{path}: {words} says {', '.join(unknown)}, which is not known. Known: {', '.join(known)}")


def _file(path: Path, data: dict[str, Any], side: Side) -> FileOfRows | None:
    if not data.get("path"):
        return None
    columns = {str(ours): str(theirs) for ours, theirs in data.get("columns", {}).items()}
    known = {column.name for column in COLUMNS[side]}
    if unknown := set(columns) - known:
        raise WashError(f"{path}: no column of {side.value} is called {', '.join(sorted(unknown))}")
    order = data.get("dates", "day first")
    if order not in ("day first", "month first"):
        raise WashError(f"{path}: dates is “{order}”; it may be “day first” or “month first”")
    return FileOfRows((path.parent / str(data["path"])).resolve(), columns, order == "month first")
