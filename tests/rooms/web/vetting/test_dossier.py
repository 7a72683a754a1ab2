"""The dossier of an application: every part, every act with its provision, what was kept back, and a hash to check."""

import hashlib
from datetime import datetime

import pytest

from peelian.publish.wording import BlockKind
from peelian.vetting import actions, queries
from peelian.web.vetting.dossier import sheet_of
from tests.vettings import Vetted, vetted

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(at: datetime) -> Vetted:
    """Somebody whose clearance was granted, and is being withdrawn: a notice was supplied, part of it kept back."""
    made = vetted(at)
    clearance = made.cleared()
    about = {"clearance_ref": clearance, "words": "A caution was found.", "on": made.on}
    opened = actions.open_withdrawal(by=made.officer.viewer, **about)
    for by, step in ((made.manager, "assessment"), (made.manager, "appointed"), (made.officer, "notice")):
        kept = "The name of a source: it would put them at risk." if step == "notice" else ""
        given = {"withdrawal_ref": opened, "step": step, "words": f"Done: {step}.", "on": made.on, "withheld": kept}
        actions.take(by=by.viewer, grounds=["welfare_safety"] if kept else [], **given)
    return made


def test_a_dossier_has_contents_every_act_with_its_law_and_what_was_kept_back(made: Vetted) -> None:
    viewer = made.officer.viewer
    held = queries.withdrawals_of(viewer, made.ref)
    sheet = sheet_of(viewer, queries.application(viewer, made.ref), held)
    texts = [block.text for block in sheet.blocks]
    headings = [block.text for block in sheet.blocks if block.kind is BlockKind.HEADING]
    assert headings[0] == "Contents"
    assert headings[1:-1] == texts[1 : len(headings) - 1], "the contents name each part in order"
    assert headings[-1] == "Proof"
    body = texts[len(headings) - 1 :]
    acts = body[body.index(headings[6]) + 1 : body.index(headings[7])]
    assert len(acts) == 1 + len(queries.application(viewer, made.ref).sources) + 2 + 4
    assert any("Decided: Grant clearance. By Mona Manager. " in one for one in acts)
    order = [next(at for at, one in enumerate(acts) if words in one) for words in ("opened", "Recommended", "Decided")]
    assert order == [0, *sorted(order[1:])], "acts of one day stand in the order in which they follow from each other"
    assert any("SI 2025/502 reg 16" in one for one in acts)
    assert any(one.startswith("Disclosed, ") and "Done: notice." in one for one in texts)
    assert any("The name of a source" in one and "harm test, SI 2025/502 reg 8" in one for one in texts)
    assert any(one.startswith("Ground: Welfare and safety") and "SI 2020/4 reg 6; unverified" in one for one in texts)


def test_whoever_has_the_words_can_recompute_the_hash(made: Vetted) -> None:
    viewer = made.officer.viewer
    sheet = sheet_of(viewer, queries.application(viewer, made.ref), queries.withdrawals_of(viewer, made.ref))
    *words, _, proof = [block.text for block in sheet.blocks]
    assert hashlib.sha256("\n".join(words).encode()).hexdigest() in proof


def test_a_dossier_says_what_is_held_until_when_and_which_law_nobody_has_read(made: Vetted) -> None:
    """Promise 4: VET-03 and the lengths of the levels stand from knowledge, and a court must see that."""
    viewer = made.officer.viewer
    sheet = sheet_of(viewer, queries.application(viewer, made.ref), queries.withdrawals_of(viewer, made.ref))
    texts = [block.text for block in sheet.blocks]
    assert any(one.startswith("Clearance on record: Recruitment vetting") and "unverified" in one for one in texts)
    assert any(
        one.startswith("Reply to the notice: until ") and "(SI 2025/502 Part 3, VET-03; unverified)" in one
        for one in texts
    )
    at = texts.index("9. Provisions that nobody has checked against their text", 10)
    assert "Notice and material supplied: SI 2025/502 Part 3" in texts[at:]
    assert any(one.startswith("Social media and open source: ") for one in texts[at:])
