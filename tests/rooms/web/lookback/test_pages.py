"""A look-back as pages, from the criteria to the sign-off, for whoever leads it and for whoever reads."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from peelian.intake import queries as intake
from peelian.lookback import actions, queries
from peelian.rules.lookback import partition
from peelian.terms.lookback import Recontact
from peelian.terms.refusals import NotAllowed
from tests import worlds
from tests.lookbacks import NEW, NONE, RISK, LookBack, enquiry, look_back
from tests.statements import counted
from tests.worlds import Someone

pytestmark = pytest.mark.django_db
Enter = Callable[[Someone], Client]


def words_of(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()
    return re.sub(r"\s+", " ", answer.content.decode())


def post(client: Client, path: str, status: int = 302, **given: object) -> str:
    answer = client.post(path, given)
    assert answer.status_code == status, answer.content.decode()
    return answer.headers["Location"] if status == 302 else re.sub(r"\s+", " ", answer.content.decode())


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def case_of(made: LookBack, ref: str, page: str = "") -> str:
    return f"/look-backs/{made.ref}/cases/{ref}/{page}"


def review(category: str = "no_further_action", **more: object) -> dict[str, Any]:
    said = {"category": category, "reasons": "Two witnesses were never asked.", "do": "lock"}
    return {**said, "recontact": "not_planned", "consent": "not_asked", "enquiry_rows": "", **more}


def test_a_cohort_is_chosen_previewed_and_frozen(at: datetime, enter: Enter) -> None:
    made = look_back(at, 3, frozen=False)
    client = enter(made.leader)
    assert "There is no look-back yet" in words_of(client, "/look-backs/")
    assert "Came to attention from" in words_of(client, "/look-backs/new/")
    asked = "/look-backs/new/?look=yes&state=closed&from_on_day=5&from_on_month=3&from_on_year=2024&categories=H"
    page = words_of(client, asked)
    assert "<strong>2 matters</strong> that you may see meet them" in page
    assert "From 5 March 2024" in page
    assert "Past matter 2" in page
    assert "Past matter 1<" not in page
    given = {
        "title": "Rudeness in 2024",
        "purpose": "To find what was missed.",
        "reasons": "They closed fast.",
        **day("target_on", made.today + timedelta(days=30)),
        "owner": made.owner.user_ref,
        "follow_up_days": "28",
        "reading": "conduct",
    }
    assert "Look at them again first" in post(client, asked, 200, **given, expected="3")
    location = post(client, asked, **given, expected="2")
    page = words_of(client, location)
    assert "Rudeness in 2024" in page
    assert "2 = 0 + 0 + 0 + 2" in page
    assert "Rudeness in 2024" in words_of(client, "/look-backs/")


def test_whoever_sits_on_the_panel_is_not_offered_another_seat(at: datetime, enter: Enter) -> None:
    made = look_back(at, 1)
    page = words_of(enter(made.leader), f"/look-backs/{made.ref}/panel/")
    assert f'value="{made.reviewers[0].user_ref}"' in page
    assert f'value="{made.panel[0].user_ref}"' not in page


def test_criteria_that_nothing_meets_and_a_form_left_empty_say_so(at: datetime, enter: Enter) -> None:
    made = look_back(at, 1, frozen=False)
    client = enter(made.leader)
    assert "No matter that you may see meets these criteria" in words_of(
        client, "/look-backs/new/?look=yes&state=closed&outcome=dismissed"
    )
    page = post(client, "/look-backs/new/?look=yes&state=closed", 200, expected="1")
    assert "There is a problem" in page
    assert "Enter title" in page
    assert "Date must be a real date" in words_of(
        client, "/look-backs/new/?look=yes&state=closed&from_on_day=40&from_on_month=3&from_on_year=2024"
    )


def test_cases_are_shared_out_signed_for_and_read_blind(at: datetime, enter: Enter) -> None:
    made = look_back(at, 2)
    leader = enter(made.leader)
    page = words_of(leader, f"/look-backs/{made.ref}/share/")
    assert "4 reviews to give" in page
    two = [made.reviewers[0].user_ref, made.reviewers[1].user_ref]
    assert "Would get" in post(leader, f"/look-backs/{made.ref}/share/", 200, users=two, do="look")
    post(leader, f"/look-backs/{made.ref}/share/", users=two, do="give")
    assert "Every case that you may see has two reviewers" in words_of(leader, f"/look-backs/{made.ref}/share/")
    ref, ada = made.refs[0], enter(made.reviewers[0])
    assert "Sign that you have no conflict" in words_of(ada, "/my-reviews/")
    assert ada.get(case_of(made, ref)).headers["Location"] == case_of(made, ref, "sign/")
    post(ada, case_of(made, ref, "sign/"), conflict="no")
    assert "Write your review" in words_of(ada, case_of(made, ref))
    post(ada, case_of(made, ref, "review/"), **review("new_assessment", do="save"))
    assert "Go on with your draft" in words_of(ada, "/my-reviews/")
    assert "Two witnesses were never asked." in words_of(ada, case_of(made, ref, "review/"))
    post(ada, case_of(made, ref, "review/"), **review("new_assessment"))
    assert "Two witnesses were never asked." in words_of(ada, case_of(made, ref))
    ben = enter(made.reviewers[1])
    post(ben, case_of(made, ref, "sign/"), conflict="no")
    for other in (ben, leader):
        page = words_of(other, case_of(made, ref))
        assert "Two witnesses" not in page
        assert "New assessment" not in page
        assert "Nobody but the author reads it" in page
    post(ben, case_of(made, ref, "review/"), **review("risk_management"))
    for other in (ada, ben, leader):
        assert "Two witnesses" in words_of(other, case_of(made, ref))
    assert "Waits for a third reviewer" in words_of(leader, f"/look-backs/{made.ref}/")


def test_a_line_of_enquiry_left_empty_is_said_and_not_dropped(at: datetime, enter: Enter) -> None:
    made = look_back(at, 1)
    ref, (ada, ben, *_) = made.refs[0], made.reviewers
    made.allocate(ref, ada, ben)
    made.sign(ref, ada)
    reader, path = enter(ada), case_of(made, ref, "review/")
    line = {"enquiry-0-words": "Ask the second witness.", "enquiry-0-owner": ben.user_ref}
    due = {f"enquiry-0-due_on_{part}": value for part, value in (("day", "30"), ("month", "11"), ("year", "2026"))}
    page = post(reader, path, 200, **review("new_assessment", enquiry_rows="0,1", **line, **due))
    assert page.count("Say what is to be done, or remove this line of enquiry") == 2  # in the summary, and at the line
    assert "Ask the second witness." in page
    assert page.count("govuk-form-group--error") == 1
    assert "Write your review" in words_of(reader, case_of(made, ref))
    removed = post(
        reader, path, 200, **{**review("new_assessment", enquiry_rows="0,1", **line, **due), "do": "remove enquiry 1"}
    )
    assert "or remove this line" not in removed
    post(reader, path, **review("new_assessment", enquiry_rows="0", **line, **due))
    assert "Ask the second witness." in words_of(reader, case_of(made, ref))


def test_a_third_resolves_a_panel_decides_and_a_task_is_done(at: datetime, enter: Enter) -> None:
    made = look_back(at, 1)
    ref, (ada, ben, cyd, _) = made.refs[0], made.reviewers
    made.allocate(ref, ada, ben)
    made.sign(ref, ada, ben)
    due = made.today + timedelta(days=3)
    made.lock(ref, ada, RISK, enquiries=(enquiry(ben, due),))
    made.lock(ref, ben, NONE)
    leader, third = enter(made.leader), enter(cyd)
    page = words_of(leader, case_of(made, ref, "reviewer/3/"))
    assert "Ada Reader: holds another position on this case, or did" in page
    assert "Asa Assessor" not in page
    assert "Lena Leader: chose the cohort" in page
    post(leader, case_of(made, ref, "reviewer/3/"), user=cyd.user_ref)
    post(third, case_of(made, ref, "sign/"), conflict="no")
    assert "Ben Reader" in words_of(third, case_of(made, ref))
    post(third, case_of(made, ref, "review/"), **review("risk_management"))
    pia, quin = enter(made.panel[0]), enter(made.panel[1])
    assert "Before a panel on which you sit" in words_of(pia, "/my-reviews/")
    for one in (pia, quin):
        post(one, case_of(made, ref, "sign/"), conflict="no")
        assert "Proposed: <strong>Risk management</strong>" in words_of(one, case_of(made, ref, "note/"))
        post(one, case_of(made, ref, "note/"), agrees="yes", words="It was read with care.")
    page = words_of(leader, case_of(made, ref))
    assert "Decided" in page
    assert "Ask the second witness." in page
    assert "1 = 0 + 0 + 1 + 0" in words_of(leader, f"/look-backs/{made.ref}/")
    owner = enter(ben)
    assert "Line of enquiry" in words_of(owner, "/my-reviews/")
    task = case_of(made, ref, "tasks/1/")
    assert "Answer &#34;What was done" in post(owner, task, 200, words="", **day("on", made.today))
    post(owner, task, words="She was asked and knew nothing.", **day("on", made.today))
    assert "She was asked and knew nothing." in words_of(leader, case_of(made, ref))
    later = made.today + timedelta(days=9)
    change = case_of(made, ref, "tasks/2/change/")
    post(leader, change, owner=made.reviewers[3].user_ref, **day("due_on", later), reason="Asa is away.")
    assert "Dot Reader" in words_of(leader, case_of(made, ref))


def test_nobody_is_contacted_without_their_consent(at: datetime, enter: Enter) -> None:
    made = look_back(at, 1)
    ref, (ada, ben, *_) = made.refs[0], made.reviewers
    made.allocate(ref, ada, ben)
    made.sign(ref, ada, ben)
    client = enter(ada)
    plan = {
        "recontact": "planned",
        "recontact_how": "By letter to her sister.",
        "recontact_owner": ada.user_ref,
        **day("recontact_due_on", made.today),
    }
    refused = review(**plan | {"consent": "refused", **day("consent_on", made.today)})
    assert "They do not want to be contacted" in post(client, case_of(made, ref, "review/"), 200, **refused)
    post(client, case_of(made, ref, "review/"), **review(**plan))
    made.lock(ref, ben, NONE)
    task = case_of(made, ref, "tasks/1/")
    done = {"words": "A letter was sent.", "contacted": "yes", **day("on", made.today)}
    assert "Nobody is contacted about a past matter without their consent" in words_of(client, task)
    assert "Record their consent to be contacted first" in post(client, task, 200, **done)
    with pytest.raises(NotAllowed, match="No consent to be contacted is on the record"):
        actions.finish_task(
            by=ada.viewer,
            cohort_ref=made.ref,
            matter_ref=ref,
            number=1,
            words="A letter was sent.",
            on=made.today,
            contacted=True,
        )
    said = {"consent": "given", "words": "By telephone, to Ada.", **day("said_on", made.today)}
    post(client, f"{task}consent/", **said)
    assert "By telephone, to Ada." in words_of(client, task)
    post(client, task, **done)
    assert "They were contacted. A letter was sent." in words_of(enter(made.leader), case_of(made, ref))


def test_whoever_is_to_contact_them_finds_the_task_signs_and_records_consent(at: datetime, enter: Enter) -> None:
    made = look_back(at, 1)
    ref, (ada, ben, *_) = made.refs[0], made.reviewers
    ivy = worlds.user(at, "Ivy Investigator", "investigator")
    made.allocate(ref, ada, ben)
    made.sign(ref, ada, ben)
    told = {"recontact": Recontact.PLANNED, "recontact_how": "By letter.", "recontact_owner_ref": ivy.user_ref}
    made.lock(ref, ada, NONE, recontact_due_on=made.today + timedelta(days=9), **told)
    made.lock(ref, ben, NONE)
    client, task = enter(ivy), case_of(made, ref, "tasks/1/")
    assert "1 task that reviews asked of you" in words_of(client, "/work/")
    waits = words_of(client, "/my-reviews/")
    assert "Tasks of yours to sign for first" in waits
    assert "By letter." not in waits
    post(client, case_of(made, ref, "sign/"), conflict="no")
    assert "By letter." in words_of(client, "/my-reviews/")
    said = {"consent": "given", "words": "By telephone, to Ivy.", **day("said_on", made.today)}
    assert post(client, f"{task}consent/", **said).startswith(task)
    done = {"words": "Wrote to her.", "contacted": "yes", **day("on", made.today)}
    post(client, task, **done)
    assert "1 task" not in words_of(client, "/work/")


def test_a_conflict_declared_gives_the_case_back(at: datetime, enter: Enter) -> None:
    made = look_back(at, 1)
    ref, (ada, ben, *_) = made.refs[0], made.reviewers
    made.allocate(ref, ada, ben)
    post(enter(ada), case_of(made, ref, "sign/"), conflict="yes", reason="He is my neighbour.")
    assert "Nothing of a look-back waits for you" in words_of(enter(ada), "/my-reviews/")
    words_of(enter(ada), case_of(made, ref), 404)
    leader = enter(made.leader)
    assert "Waits for two reviewers" in words_of(leader, case_of(made, ref))
    assert "Ada Reader: holds another position" in words_of(leader, case_of(made, ref, "reviewer/1/"))
    post(leader, case_of(made, ref, "reviewer/2/"), reason="She is away.")
    assert "Nothing of a look-back waits for you" in words_of(enter(ben), "/my-reviews/")


def test_a_sum_that_fails_is_said_aloud_by_the_name_of_its_check(
    at: datetime, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = look_back(at, 1)
    client, plain = enter(made.leader), queries.board

    def wrong(*given: Any) -> Any:
        board = plain(*given)
        broken = partition(1131, [NONE] * 246 + [NEW] * 689 + [RISK] * 195, 0)
        return replace(board, figures=replace(board.figures, partition=broken))

    assert "it holds" in words_of(client, f"/look-backs/{made.ref}/")
    monkeypatch.setattr(queries, "board", wrong)
    page = words_of(client, f"/look-backs/{made.ref}/")
    assert "The results do not add up" in page
    assert "Check LB-1, every case is in exactly one part, fails: 1,131 is not 246 + 689 + 195 + 0" in page


def test_the_page_shows_1131_as_246_and_689_and_196(
    at: datetime, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LES-31."""
    made = look_back(at, 1)
    plain = queries.board

    def large(*given: Any) -> Any:
        board = plain(*given)
        whole = partition(1131, [NONE] * 246 + [NEW] * 689 + [RISK] * 196, 0)
        return replace(board, figures=replace(board.figures, partition=whole))

    monkeypatch.setattr(queries, "board", large)
    page = words_of(enter(made.leader), f"/look-backs/{made.ref}/")
    assert "1,131 = 246 + 689 + 196 + 0" in page
    assert all(f"{share}%" in page for share in ("21.8", "60.9", "17.3"))
    assert "it holds" in page


def test_the_list_of_cases_filters_sorts_and_exports(at: datetime, enter: Enter) -> None:
    made = look_back(at, 3)
    made.allocate(made.refs[1], *made.reviewers[:2])
    client, path = enter(made.leader), f"/look-backs/{made.ref}/"
    seen = words_of(client, f"{path}?stage=under_review")
    assert made.refs[1] in seen
    assert made.refs[0] not in seen
    page = words_of(client, f"{path}?sort=-came_to_attention")
    assert page.index("Past matter 3") < page.index("Past matter 1")
    assert "No case matches" in words_of(client, f"{path}?result=new_assessment")
    assert "No case matches" in words_of(client, f"{path}?late=late")
    assert made.refs[1] in words_of(client, f"{path}?reviewer={made.reviewers[0].user_ref}")
    text = client.get(f"{path}?as=csv").content.decode("utf-8-sig")
    assert all(ref in text for ref in made.refs)
    assert "Under review" in text


def test_who_has_no_part_sees_nothing_and_a_wall_hides_a_case(at: datetime, enter: Enter) -> None:
    made = look_back(at, 1)
    words_of(enter(made.reviewers[0]), f"/look-backs/{made.ref}/", 403)
    words_of(enter(made.reviewers[0]), case_of(made, made.refs[0]), 404)
    chief = worlds.user(at, "Cleo Chief", "chief_officer")
    assert made.ref in words_of(enter(chief), "/look-backs/")
    words_of(enter(made.panel[0]), case_of(made, made.refs[0]), 404)
    assert intake.items(made.owner.viewer).total == 0


def test_the_pages_ask_as_much_of_the_database_whatever_their_length(at: datetime, enter: Enter) -> None:
    made = look_back(at, 4)
    for ref in made.refs[:3]:
        made.allocate(ref, *made.reviewers[:2])
    client, counts = enter(made.leader), []
    for path in (f"/look-backs/{made.ref}/", case_of(made, made.refs[0]), "/look-backs/"):
        client.get(path)
        with counted() as asked:
            client.get(path)
        counts.append(len(asked))
    assert counts == [28, 27, 12]
