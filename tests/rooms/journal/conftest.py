"""What every test of the journal needs: somebody who acts, an auditor, and a short way to write entries."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.conf import settings

from peelian.journal import actions
from peelian.journal.actions import EntryDraft
from peelian.terms.acts import Act, RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.viewer import Viewer


@pytest.fixture(autouse=True)
def keys_of_its_own(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Key files in a folder of the test's own."""
    monkeypatch.setattr(settings, "PEELIAN_HOME", tmp_path)


@pytest.fixture
def handler(at: datetime) -> Viewer:
    return Viewer(actor="user:PU-HANDLER", at=at, user_id=1)


@pytest.fixture
def auditor(at: datetime) -> Viewer:
    return Viewer(actor="user:PU-AUDITOR", at=at, user_id=2, permissions=frozenset({Permission.READ_JOURNAL}))


@pytest.fixture
def eraser(at: datetime) -> Viewer:
    return Viewer(actor="user:PU-ERASER", at=at, user_id=3, permissions=frozenset({Permission.ERASE}))


@pytest.fixture
def wrote(handler: Viewer) -> Callable[..., range]:
    """`wrote(20)` writes twenty entries, the third of each batch with a text; returns their numbers."""

    def write(count: int, words: str = "recorded") -> range:
        drafts = [
            EntryDraft(
                Act.ALTERED,
                RecordKind.MATTER,
                f"PM-{number:05}",
                f"{words} {number}",
                texts=[("PP-SUBJECT", {"after": f"text {number}"})] if number == 3 else (),
            )
            for number in range(1, count + 1)
        ]
        return actions.record_many(by=handler, entries=drafts)

    return write
