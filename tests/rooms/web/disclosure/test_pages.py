"""Disclosure as pages: scheduled, decided, confirmed, redacted, packed, approved by another, given, taken away."""

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from peelian.disclosure import queries
from peelian.disclosure.states import Decision
from peelian.journal.models import Entry
from peelian.terms.acts import Act
from tests import worlds
from tests.rooms.disclosure.conftest import Desk
from tests.rooms.disclosure.documents import everything_in
from tests.worlds import Someone

Enter = Callable[[Someone], Client]


def read(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()
    return re.sub(r"\s+", " ", answer.content.decode())


def post(client: Client, path: str, status: int = 302, **given: object) -> str:
    answer = client.post(path, given)
    assert answer.status_code == status, answer.content.decode()
    return answer.headers["Location"] if status == 302 else re.sub(r"\s+", " ", answer.content.decode())


def decision(desk: Desk, name: str, decided: Decision, **said: object) -> dict[str, object]:
    now = desk.item(name).now
    plain = {"version": now.number, "title": now.title, "use": "used", "sensitive": "no", "reasons": "Her safety."}
    return plain | {"decision": decided.value} | said


def test_material_goes_from_the_schedule_to_a_pack_that_was_given(desk: Desk, enter: Enter) -> None:
    decides, approves = enter(desk.decider), enter(desk.approver)
    home = f"/matters/{desk.matter}/disclosure/"
    assert home in read(decides, f"/matters/{desk.matter}/")
    desk.keep("Late", b"It came late.")
    assert "Not yet scheduled: 1" in read(decides, home)
    assert "Late" in read(decides, f"{home}add/")
    assert post(decides, f"{home}add/", sources=[desk.files["Late"]]) == home
    items = {row.now.title: f"{home}items/{row.ref}/" for row in queries.schedule(desk.decides, desk.matter).items}
    desk.items["Late"] = items["Late"].split("/")[-2]

    post(decides, f"{items['Late']}decide/", **decision(desk, "Late", Decision.DISCLOSE))
    said = decision(desk, "Source", Decision.WITHHOLD, grounds=["welfare_safety"])
    post(decides, f"{items['Source']}decide/", **said)
    assert "Second person needed" in read(decides, home)
    assert "Her safety." in read(approves, f"{items['Source']}second/")
    post(approves, f"{items['Source']}second/", version=2, agrees="yes", reasons="I agree.")
    assert "Confirmed by Anna Approver" in read(decides, items["Source"])

    copy = post(
        decides,
        f"{items['Statement']}redact/",
        words="Willow\nCarla",
        ground="protected_identity",
        reason="PB-1",
        audience="officer_concerned",
    )
    listed = read(decides, copy)
    assert "Protected identity" in listed
    assert "Willow" not in listed
    assert "Willow" not in everything_in(decides.get(f"{copy}copy").content)
    post(
        decides, f"{items['Statement']}decide/", **decision(desk, "Statement", Decision.REDACT, grounds=["third_party"])
    )

    assert "Officer concerned" in read(decides, home)
    begun = post(
        decides, f"{home}packs/new/officer_concerned/", person=desk.officer, basis="SI 2020/4 reg 30", purpose="Papers."
    )
    assert "Nobody has decided on it yet" in read(decides, begun)
    pack = begun.removesuffix("choose/")
    ref = pack.split("/")[-2]
    assert "Redacted copy" in read(decides, pack)
    post(decides, f"{pack}submit/", version=desk.read(ref).version)
    row = desk.read(ref)
    assert "Approve" in read(approves, pack)
    post(approves, f"{pack}approve/", version=row.version, digest=row.digest)
    assert "It cannot be called back" in read(decides, f"{pack}give/")
    post(decides, f"{pack}give/", version=desk.read(ref).version, way="By hand", understood="on")
    assert "SHA-256 of what was given" in read(decides, pack)
    with zipfile.ZipFile(io.BytesIO(decides.get(f"{pack}pack.zip").content)) as parts:
        assert len(parts.namelist()) == 3
    taken = Entry.objects.filter(summary__startswith="took away").latest("seq")
    assert (taken.act, taken.key) == (Act.CONSULTED, desk.matter)


def test_the_page_asks_where_words_stand_elsewhere_too(desk: Desk, enter: Enter) -> None:
    decides = enter(desk.decider)
    page = f"/matters/{desk.matter}/disclosure/items/{desk.items['Statement']}/redact/"
    said = {"words": "Willow", "pages": "1", "ground": "third_party", "reason": "Not hers.", "audience": "court"}
    asked = post(decides, page, 200, **said)
    assert "“Willow” on page 3" in asked
    assert "Nothing was kept" in asked
    assert "/redactions/" in post(decides, page, **said, leave="Willow", left_reason="A tree.")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"words": "Fine"}, "Answer &#34;On which ground?&#34;"),
        ({"ground": "crime", "reason": "x", "audience": ""}, "Answer &#34;For whom is the copy made?&#34;"),
        ({"ground": "immunity", "reason": "x", "words": "Fine"}, "is no ground against this audience: Complainant"),
        ({"ground": "crime", "reason": "x"}, "Say what is to be blacked out"),
        ({"ground": "crime", "reason": "x", "words": "Elephant"}, "This stands nowhere in it"),
        ({"ground": "crime", "reason": "x", "boxes": "1 2 3"}, "Use five whole numbers a line"),
        ({"ground": "crime", "reason": "x", "boxes": "1 50 50 40 60"}, "A rectangle is left, top, right and bottom"),
        ({"ground": "crime", "reason": "x", "words": "Fine", "pages": "one"}, "Use whole numbers"),
    ],
)
def test_what_is_typed_wrong_is_said_at_its_field(
    desk: Desk, enter: Enter, said: dict[str, object], words: str
) -> None:
    page = f"/matters/{desk.matter}/disclosure/items/{desk.items['Statement']}/redact/"
    shown = post(enter(desk.decider), page, 200, **{"audience": "complainant", **said})
    assert words in shown
    assert "There is a problem" in shown


def test_a_page_of_the_original_is_a_picture_and_a_look(desk: Desk, enter: Enter) -> None:
    decides = enter(desk.decider)
    item = f"/matters/{desk.matter}/disclosure/items/{desk.items['Statement']}/"
    assert f"{item}pages/2/page.png" in read(decides, f"{item}redact/?page=2")
    answer = decides.get(f"{item}pages/2/page.png")
    assert answer.headers["Content-Type"] == "image/png"
    assert "no-store" in answer.headers["Cache-Control"]
    assert "looked at page 2" in Entry.objects.latest("seq").summary
    read(decides, f"{item}pages/9/page.png", 404)


def test_a_text_is_redacted_with_its_words_in_view(desk: Desk, enter: Enter) -> None:
    page = f"/matters/{desk.matter}/disclosure/items/{desk.items['Note']}/redact/"
    decides = enter(desk.decider)
    assert "A note of a call" in read(decides, page)
    assert "/redactions/" in post(decides, page, span="1 6", ground="third_party", reason="Not hers.", audience="court")


def test_a_copy_is_chosen_for_another_audience_with_reasons_that_the_pages_show(desk: Desk, enter: Enter) -> None:
    ref, decides = desk.redact("Statement", "Willow"), enter(desk.decider)
    home = f"/matters/{desk.matter}/disclosure/"
    page = f"{home}redactions/{ref}/again/"
    shown = read(decides, page)
    assert "Protected identity" in shown
    assert 'value="officer_concerned"' not in shown
    assert "Answer &#34;Why does it fit them too?&#34;" in post(decides, page, 200, audience="complainant")
    post(decides, page, audience="complainant", reasons="The same harm.")
    for path in (f"{home}redactions/{ref}/", f"{home}items/{desk.items['Statement']}/"):
        assert "Chosen again by Dora Decider" in (text := read(decides, path))
        assert "The same harm." in text


def test_a_kind_that_cannot_be_redacted_says_what_to_do(desk: Desk, enter: Enter) -> None:
    desk.keep("Sound", b"ID3 not really a sound")
    desk.schedule("Sound")
    item = f"/matters/{desk.matter}/disclosure/items/{desk.items['Sound']}/"
    assert "Make one of these of it" in read(enter(desk.decider), f"{item}redact/")


def test_the_second_writer_sees_both_and_chooses(desk: Desk, enter: Enter) -> None:
    decides = enter(desk.decider)
    page = f"/matters/{desk.matter}/disclosure/items/{desk.items['Note']}/decide/"
    mine = decision(desk, "Note", Decision.DISCLOSE, title="As I call it")
    desk.decide("Note", Decision.WITHHOLD, ["crime"], title="As another calls it")
    shown = post(decides, page, 200, **mine)
    assert "As another calls it" in shown
    assert "As I call it" in shown
    now = desk.item("Note").now.number
    assert f'name="version" value="{now}"' in shown
    post(decides, page, **mine | {"version": now})
    assert desk.item("Note").now.title == "As I call it"


def test_a_pack_that_gives_somebody_away_is_refused_with_the_law(desk: Desk, enter: Enter) -> None:
    desk.decide("Statement", Decision.DISCLOSE)
    pack = desk.pack("officer_concerned")
    shown = post(
        enter(desk.decider),
        f"/matters/{desk.matter}/disclosure/packs/{pack}/submit/",
        403,
        version=desk.read(pack).version,
    )
    assert "Item 1, page 1: PB-1" in shown
    assert "Sexual Offences (Amendment) Act 1992" in shown


def test_an_empty_matter_says_what_to_do_first(desk: Desk, enter: Enter) -> None:
    matter = worlds.open_complaint(desk.decides, desk.today)
    home = f"/matters/{matter}/disclosure/"
    decides = enter(desk.decider)
    assert "Nothing is scheduled" in read(decides, home)
    assert "Everything is scheduled" in read(decides, f"{home}add/")
    assert post(decides, f"{home}passage/", title="A call", text="She rang.", use="unused").startswith(f"{home}items/")


@pytest.mark.parametrize(
    "page",
    ["add/", "passage/", "packs/new/iopc/", "items/{item}/decide/", "items/{item}/redact/", "redactions/{copy}/again/"],
)
def test_a_reader_reads_and_decides_nothing(desk: Desk, enter: Enter, page: str) -> None:
    reader = enter(worlds.user(desk.at, "Ina Inspector", "inspector"))
    home = f"/matters/{desk.matter}/disclosure/"
    assert "Statement" in read(reader, home)
    copy = desk.redact("Statement", "Willow")
    assert "decide what is given" in read(reader, home + page.format(item=desk.items["Note"], copy=copy), 403)


@pytest.mark.parametrize(("path", "most"), [("", 60), ("items/{item}/", 60), ("packs/{pack}/", 80)])
def test_a_page_asks_as_few_questions_for_many_items_as_for_few(desk: Desk, enter: Enter, path: str, most: int) -> None:
    client, pack = enter(desk.decider), desk.pack("iopc")
    address = f"/matters/{desk.matter}/disclosure/{path.format(item=desk.items['Note'], pack=pack)}"

    def statements() -> int:
        with CaptureQueriesContext(connection) as made:
            read(client, address)
        return len(made)

    read(client, address)
    few = statements()
    for number in range(6):
        desk.keep(f"More {number}", f"{number}".encode())
        desk.schedule(f"More {number}")
    assert statements() == few
    assert few <= most
