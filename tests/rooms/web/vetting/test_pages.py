"""Vetting as pages: from an application to a decision, who is in post without clearance, what waits in My work."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from peelian.people import actions as people
from peelian.vetting import actions, queries
from peelian.vetting.loading import ElsewhereFacts, grant_elsewhere
from tests import worlds
from tests.rooms.web.matters.test_pages import day, post, words_of
from tests.second_looks import seed_for
from tests.vettings import Vetted, vetted
from tests.worlds import Someone

pytestmark = pytest.mark.usefixtures("optional_second_factor", "still")
Enter = Callable[[Someone], Client]


@pytest.fixture
def made(db: None, at: datetime) -> Vetted:
    return vetted(at)


def test_an_application_goes_from_its_sources_to_a_decision(enter: Enter, made: Vetted) -> None:
    client, on = enter(made.officer), day("on", made.on)
    assert "No application" in words_of(client, f"/people/{made.person}/vetting/")
    given = {"purpose": "new", "level": "RV", "areas": "Northbeck\nSouthby", **on}
    address = post(client, f"/people/{made.person}/vetting/new/", **given)
    made.ref = address.split("/")[-2]
    assert "No decision can be taken yet" in words_of(client, address)
    assert post(client, f"{address}ask/") == address
    assert "Asked; no answer" in words_of(client, address)
    source = f"{address}do/source/?check=psd&area=Southby"
    assert post(client, source, said="answered", found="no", **on) == address
    wrong = client.post(source, {"said": "explained", **on}).content.decode()
    assert "Say why it is not checked." in wrong
    informed = {"kind": "allegation", "words": "She hid her debts.", "said_by": "A lender", **on}
    assert post(client, f"{address}do/information/", **informed) == address
    refused = client.post(f"{address}recommend/", weights(on)).content.decode()
    assert "This cannot be recommended yet" in refused
    assert "LES-13" in refused
    made.answered()
    lone = client.post(f"{address}recommend/", weights(on) | {"weight-0": "none", "reasons-0": ["one_off"]})
    assert "alone is no reason" in lone.content.decode()
    assert post(client, f"{address}recommend/", **weights(on)) == address
    boss = enter(made.manager)
    assert "/vetting/?stage=decide" in words_of(boss, "/work/")
    page = words_of(boss, f"{address}decide/")
    for words in ("She hid her debts.", "Grant clearance, with controls", "Recent debts."):
        assert words in page
    against = boss.post(f"{address}decide/", {"outcome": "refuse", "reasons": "No.", **on}).content.decode()
    assert "a chief officer decides" in against
    assert post(boss, f"{address}decide/", outcome="grant_controls", reasons="As recommended.", **on) == address
    page = words_of(boss, f"/people/{made.person}/")
    assert "Held, with controls" in page
    assert client.get(f"{address}recommend/").status_code == 403
    dossier = client.get(f"{address}dossier.pdf")
    assert dossier.headers["Content-Type"] == "application/pdf"
    assert dossier.content == client.get(f"{address}dossier.pdf").content


def weights(on: dict[str, str]) -> dict[str, object]:
    review = {"review_on_day": "1", "review_on_month": "6", "review_on_year": "2027"}
    item = {"weight-0": "some", "reasons-0": ["recent"], "words-0": "Recent debts."}
    model = {
        "heads": ["finance"],
        "withhold": "no",
        "outcome": "grant_controls",
        "controls": "No cash.",
        "reasons": "So.",
    }
    return {**item, **model, **review, **on}


def test_who_is_in_post_without_clearance_stands_one_link_from_vetting(enter: Enter, made: Vetted) -> None:
    client = enter(made.officer)
    assert "/vetting/in-post/" in words_of(client, "/vetting/")
    page = words_of(client, "/vetting/in-post/")
    assert "No clearance on record" in page
    whole = queries.whole_in_post(made.officer.viewer)
    assert whole >= 1
    assert f"of the {whole} people in post whom you may see" in page
    assert "When a chief officer decides" in words_of(client, "/vetting/overrides/")


def test_the_list_of_who_is_in_post_without_clearance_is_taken_away_whole(enter: Enter, made: Vetted) -> None:
    assert "as=csv" not in words_of(enter(made.officer), "/vetting/in-post/")
    head = enter(worlds.user(made.at, "Hugh Head", "head_of_professional_standards"))
    assert "as=csv" in words_of(head, "/vetting/in-post/")
    lines = head.get("/vetting/in-post/?as=csv").content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Reference,Name,Rank or kind,Work,Unit,Sensitive work,Clearance,Since,Days,Application")
    [row] = [line for line in lines if line.startswith(made.person)]
    assert "No clearance on record" in row
    loaded = ElsewhereFacts(worlds.key(made.at, made.person), "RV", date(2015, 11, 23), None, "Southby", False)
    grant_elsewhere(by=worlds.peelian(made.at), facts=[loaded], load_ref="PL-00001-00001")
    [row] = [
        line
        for line in head.get("/vetting/in-post/?as=csv").content.decode("utf-8-sig").splitlines()
        if line.startswith(made.person)
    ]
    assert row.endswith("RV: expired,2025-11-22,366,")


def test_a_refusal_is_told_and_its_appeal_is_heard(enter: Enter, made: Vetted) -> None:
    made.asks()
    made.answered()
    made.informs()
    made.recommends("refuse")
    made.decides("refuse")
    officer, chief, on = enter(made.officer), enter(made.chief), day("on", made.on)
    page = f"/vetting/applications/{made.ref}/"
    assert "They have not been told yet." in words_of(officer, page)
    assert "Tell of a refusal" in words_of(officer, "/vetting/")
    assert post(officer, f"{page}refused/told/", words="By letter, with the reasons.", **on) == page
    assert post(officer, f"{page}refused/appeal/", words="It was twenty years ago.", **on) == page
    assert officer.get(f"{page}refused/told/").status_code == 404
    assert "Hear an appeal against a refusal" in words_of(chief, "/work/")
    assert post(chief, f"{page}refused/allowed/", words="It is old.", **on) == page
    for words in ("By letter, with the reasons.", "It is old.", "It is decided afresh in"):
        assert words in words_of(officer, page)


def test_a_clearance_shows_how_long_it_lasts_and_takes_its_annual_review(enter: Enter, made: Vetted) -> None:
    ref = made.cleared(outcome="grant_controls")
    client = enter(made.officer)
    address = f"/vetting/clearances/{ref}/"
    assert "Recruitment vetting" in words_of(client, address)
    given = {"words": "All is well.", "raises": "no", **day("on", made.on)}
    assert post(client, f"{address}year/", **given) == address
    assert "All is well." in words_of(client, address)
    control = f"/vetting/applications/{made.ref}/do/control/?number=1"
    again = {"next_on_day": "1", "next_on_month": "6", "next_on_year": "2027"}
    assert post(client, control, words="Kept.", **again, **day("on", made.on)).endswith(f"{made.ref}/")
    assert client.get(f"/vetting/applications/{made.ref}/do/control/?number=9").status_code == 404


def test_a_manager_signs_the_review_of_their_own_and_is_refused_anybody_else(enter: Enter, made: Vetted) -> None:
    ref = made.cleared()
    boss = worlds.user(made.at, "Bea Boss", "line_manager")
    given = {"unit_ref": worlds.unit(made.at, "Gaol"), "supervisor_ref": boss.ref, "on": made.on}
    people.post_to(by=worlds.peelian(made.at), person_ref=made.person, title="Gaoler", **given)
    client, address = enter(boss), f"/mine/staff/{made.person}/year/"
    assert address in words_of(client, "/mine/staff/")
    said = {"words": "Talked over.", "raises": "no", **day("on", made.on)}
    assert "Sign the review, or come back" in client.post(address, said).content.decode()
    assert client.get(f"/mine/staff/{boss.ref}/year/").status_code == 403
    assert post(client, address, **said, signed="on") == "/mine/staff/"
    assert "Bea Boss, as their line manager: Talked over." in words_of(
        enter(made.officer), f"/vetting/clearances/{ref}/"
    )
    assert enter(made.officer).get(address).status_code == 403


def test_an_act_that_supplies_material_offers_the_grounds_of_the_harm_test(enter: Enter, made: Vetted) -> None:
    clearance, on = made.cleared(), day("on", made.on)
    client, boss = enter(made.officer), enter(made.manager)
    address = post(client, f"/vetting/clearances/{clearance}/withdraw/", words="A caution was found.", **on)
    for step in ("assessment", "appointed"):
        assert "welfare_safety" not in words_of(boss, f"{address}do/{step}/")
        post(boss, f"{address}do/{step}/", words="Recorded.", **on)
    assert "whose text was not read" in words_of(client, f"{address}do/notice/")
    given = {"words": "The order was supplied.", "withheld": "An address.", **on}
    assert "Choose the grounds" in client.post(f"{address}do/notice/", given).content.decode()
    assert post(client, f"{address}do/notice/", grounds=["welfare_safety"], **given) == address
    page = words_of(client, address)
    assert "Welfare and safety" in page
    assert "unverified" in page


def test_a_line_manager_reads_what_they_were_told_and_opens_no_page_of_vetting(enter: Enter, made: Vetted) -> None:
    boss = worlds.user(made.at, "Bea Boss", "line_manager")
    client = enter(boss)
    assert "Nobody works under you" in words_of(client, "/mine/staff/")
    given = {"unit_ref": worlds.unit(made.at, "Custody"), "title": "Gaoler", "on": made.on}
    people.post_to(by=worlds.peelian(made.at), person_ref=made.person, supervisor_ref=boss.ref, **given)
    assert "1 of 1 not cleared" in words_of(client, "/mine/staff/")
    made.cleared(outcome="grant_controls")
    address = f"/vetting/applications/{made.ref}/"
    manager, on = enter(made.manager), day("on", made.on)
    assert "do/tell/?number=1" in words_of(manager, address)
    assert "do/tell/" not in words_of(enter(made.officer), address)
    assert post(manager, f"{address}do/tell/?number=1", words="Never alone with children.", **on) == address
    assert "Managers are told: Never alone with children." in words_of(manager, address)
    page = words_of(client, "/mine/staff/")
    assert "Never alone with children." in page
    assert f"/people/{made.person}" not in page
    assert client.get(f"/people/{made.person}/").status_code == 403
    assert client.get(address).status_code == 403


def test_vetting_is_closed_to_others_and_an_assessor_sees_clearance_alone(enter: Enter, made: Vetted) -> None:
    made.cleared()
    assessor = enter(worlds.user(made.at, "Asa Assessor", "assessor"))
    page = words_of(assessor, f"/people/{made.person}/")
    assert "Clearance" in page
    assert f"/people/{made.person}/vetting/" not in page
    for address in ("/vetting/", f"/people/{made.person}/vetting/", f"/vetting/applications/{made.ref}/"):
        assert assessor.get(address).status_code == 403
    handler = enter(worlds.user(made.at, "Hal Handler", "complaint_handler"))
    assert "Clearance" not in words_of(handler, f"/people/{made.person}/")


def test_a_withdrawal_is_opened_and_taken_step_by_step(enter: Enter, made: Vetted) -> None:
    clearance = made.cleared()
    client, boss, on = enter(made.officer), enter(made.manager), day("on", made.on)
    assert "is opened from the page of a clearance" in words_of(client, "/vetting/withdrawals/")
    address = post(client, f"/vetting/clearances/{clearance}/withdraw/", words="A caution was found.", **on)
    page = words_of(client, address)
    for words in ("A caution was found.", "There must be an assessment".lower(), "Your role does not let you"):
        assert words in page
    assert post(boss, f"{address}do/suspended/", words="He has a key.", **on) == address
    assert "Suspended" in words_of(client, f"/vetting/clearances/{clearance}/")
    refused = client.post(f"{address}do/assessment/", {"words": "Yes.", **on}).content.decode()
    assert "This cannot be recorded" in refused
    assert client.get(f"{address}do/withdrawn/").status_code == 404
    assert address in words_of(client, "/vetting/withdrawals/")


def test_a_declaration_and_a_conviction_are_recorded_and_a_rule_is_tried(enter: Enter, made: Vetted) -> None:
    client, on = enter(made.officer), day("on", made.on)
    person = f"/people/{made.person}/vetting/"
    given = {"kind": "association_criminal", "about": "A cousin", "words": "Deals.", "by_self": "no"}
    address = post(client, f"{person}declare/", **given, **day("arose_on", made.on), **on)
    assert "Found, and not declared" in words_of(client, address)
    boss = enter(made.manager)
    assert "1 declaration to decide on" in words_of(boss, "/work/")
    assert address in words_of(boss, "/vetting/declarations/")
    missing = boss.post(address, {"outcome": "controlled", "words": "No contact at work.", **on}).content.decode()
    assert "Say on which day to come" in missing
    later = {"review_on_day": "1", "review_on_month": "6", "review_on_year": "2027"}
    assert post(boss, address, outcome="controlled", words="No contact at work.", **later, **on) == address
    assert "Risk, with controls" in words_of(client, person)
    convicted = {"category": "dishonesty", "disposal": "caution", "while_serving": "yes", "words": "File 7."}
    assert post(client, f"{person}conviction/", **convicted, **on) == person
    assert "committed while serving" in words_of(client, person)
    page = words_of(client, "/vetting/convictions/?rule=while_serving")
    assert "Nothing is changed" in page
    assert "Dishonesty" in page
    assert client.get("/vetting/convictions/?rule=nothing").status_code == 404


def test_a_manager_draws_the_month_by_lot(enter: Enter, made: Vetted) -> None:
    made.cleared()
    boss = enter(made.manager)
    assert "Nothing was drawn yet" in words_of(boss, "/vetting/lots/")
    assert post(boss, "/vetting/lots/", seed="a seed", **day("on", made.on)) == "/vetting/lots/"
    assert "a seed; 1 in a hundred" in words_of(boss, "/vetting/lots/")
    again = boss.post("/vetting/lots/", {"seed": "a seed", **day("on", made.on)}).content.decode()
    assert "was drawn already" in again
    assert "Draw this month" not in words_of(enter(made.officer), "/vetting/lots/")


def test_a_reader_reads_behind_the_wall_and_the_manager_never_learns_of_it(enter: Enter, made: Vetted) -> None:
    handler = worlds.user(made.at, "Hans Handler", "assessor").viewer
    made.asks()
    worlds.open_complaint(handler, date(2024, 1, 1), officers=[made.person], complainants=[made.manager.ref])
    actions.ask_all(by=made.officer.viewer, application_ref=made.ref, on=made.on)
    chief, boss = enter(made.chief), enter(made.manager)
    assert "1 independent reading" in words_of(chief, "/work/")
    [address] = [one for one in words_of(chief, "/to-sign/").split('"') if one.startswith("/vetting/readings/")]
    page = words_of(chief, address)
    assert "They have not been told that it exists" in page
    assert boss.get(address).status_code == 403
    assert "Say why" not in page
    assert post(chief, address, shares="She was violent.", reasons="They must know.") == "/to-sign/"
    assert "shared, and taken in at intake" in words_of(chief, address)
    assert "She was violent." in words_of(boss, f"/vetting/applications/{made.ref}/")


def test_a_decision_is_taken_again_by_somebody_who_has_not_seen_it(
    enter: Enter, made: Vetted, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.cleared()
    again = worlds.user(made.at, "Nina Newly", "vetting_manager")
    later = worlds.later(made.manager, made.at + timedelta(days=40))
    actions.draw_decisions(by=later, month=made.on, seed=seed_for(made.ref, 10), on=later.today)
    [task] = queries.to_decide_again(again.viewer)
    client, on = enter(again), day("on", made.on)
    address = f"/vetting/seconds/{task.ref}/"
    assert address in words_of(client, "/work/")
    assert address in words_of(client, "/vetting/seconds/")
    page = words_of(client, address)
    assert "As recommended." not in page
    assert "Sources, as they stood" in page
    wrong = client.post(address, {"outcome": "refuse", "reasons": "No.", **on}).content.decode()
    assert "it can only be" in wrong
    given = {"heads": ["public"], "withhold": "no", "outcome": "grant_controls", "reasons": "Not alone.", **on}
    beside = post(client, address, **given)
    assert "They differ" in words_of(client, beside)
    assert client.get(address).status_code == 403
    chief = enter(made.chief)
    assert post(chief, beside, words="Both read it rightly.", **on) == beside
    assert "Both read it rightly." in words_of(chief, beside)
    assert "0 of 1 (0%)" in words_of(chief, "/vetting/seconds/")


def test_a_member_of_staff_declares_on_a_page_of_their_own_and_sees_no_other(enter: Enter, made: Vetted) -> None:
    client = enter(worlds.user(made.at, "Ada Shaw", "member_of_staff", person_ref=made.person))
    page = words_of(client, "/mine/declarations/")
    assert "SI 2025/502 reg 5 (VET-01)" in page
    assert client.get("/").headers["Location"] == "/mine/declarations/"
    new, since = "/mine/declarations/new/", day("arose_on", made.on)
    wrong = client.post(new, {"kind": "business", "about": "A bakery", "words": " ", **since}).content.decode()
    assert "Error" in wrong
    given = {"kind": "business", "about": "A bakery", "words": "At weekends.", **since}
    assert post(client, new, **given) == "/mine/declarations/"
    answers = dict.fromkeys(("circumstances", "finances", "court", "associations", "business", "other"), "no")
    assert post(client, "/mine/declarations/year/", **answers) == "/mine/declarations/"
    page = words_of(client, "/mine/declarations/")
    for words in ("A bakery", "0 yes, 6 no"):
        assert words in page
    for address in ("/vetting/", "/people/", f"/people/{made.person}/vetting/", "/work/"):
        assert client.get(address).status_code == 403
    assert "0 answered yes, 6 no" in words_of(enter(made.officer), f"/people/{made.person}/vetting/")


def test_duties_of_vetting_stand_in_the_calendar_of_those_who_vet(enter: Enter, made: Vetted) -> None:
    made.cleared(outcome="grant_controls")
    again = made.on + timedelta(days=10)
    about = {"application_ref": made.ref, "number": 1, "words": "Kept.", "on": made.on}
    actions.review_control(by=made.officer.viewer, next_on=again, **about)
    page = enter(made.officer).post("/work/calendar/new/").content.decode()
    address = page.split("http://testserver")[1].split(".ics")[0] + ".ics"
    feed = Client().get(address).content.decode()
    assert f"SUMMARY:{made.ref}: Look at a control again" in feed
    assert "Shaw" not in feed
