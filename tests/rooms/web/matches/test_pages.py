"""The wash as pages: a queue, a pair judged with one button, the second person, what follows, a run in figures."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from peelian.intake import queries as intake
from peelian.matches import queries
from peelian.matches.compared import steps_of
from peelian.matches.models import Judgement
from peelian.web.matches.drawing import WIDTH, bars_of
from tests import worlds
from tests.rooms.web.matters.test_pages import post, words_of
from tests.washed import RAPE, Washed, found, washed
from tests.worlds import Someone

pytestmark = pytest.mark.usefixtures("optional_second_factor")
Enter = Callable[[Someone], Client]


@pytest.fixture
def made(db: None, at: datetime) -> Washed:
    return washed(at, [found(), found("CR/2", weight=5.0, marks=("PNC71",)), found("CR/3", weight=1.0, **RAPE)])


def test_a_pair_shows_how_its_weight_adds_up_where_its_run_said_so(enter: Enter, at: datetime, db: None) -> None:
    made = washed(at, [found(lent=True), found("CR/2", steps=())])
    client = enter(made.judge)
    page = words_of(client, f"/wash/pairs/{made.ref('CR/1')}/")
    assert "How +9.5 bits add up" in page
    assert [page.index(sum_) for sum_ in (">-10.5<", ">-2.2<", ">+9.5<")] == sorted(
        page.index(sum_) for sum_ in (">-10.5<", ">-2.2<", ">+9.5<")
    )
    assert "What records that are nearly certain say of them too" in page
    assert page.count("<rect") == 3
    assert "bits add up" not in words_of(client, f"/wash/pairs/{made.ref('CR/2')}/")


def test_the_bars_of_a_weight_follow_one_another_on_one_scale() -> None:
    bars = bars_of(steps_of([("begin", -10.0), ("alike", 25.0), ("apart", -5.0)]))
    assert [bar.step.comes_to for bar in bars] == [-10.0, 15.0, 10.0]
    assert {bar.zero for bar in bars} == {WIDTH * 10 / 25}
    assert [(bar.x, bar.width) for bar in bars] == [(0.0, 96.0), (0.0, 240.0), (192.0, 48.0)]
    assert [bar.side for bar in bars] == ["against", "for", "against"]
    assert bars_of(()) == ()


def test_the_queue_leads_to_a_pair_which_one_button_judges_and_the_next_opens(enter: Enter, made: Washed) -> None:
    client = enter(made.judge)
    page = words_of(client, "/wash/")
    assert page.index("CR/3") < page.index("CR/1") < page.index("CR/2")
    first = f"/wash/pairs/{made.ref('CR/1')}/"
    page = words_of(client, first)
    for words in (
        "Ada Shaw",
        "Differs",
        "Differs in part",
        "Same",
        "In common",
        "Not compared",
        "day and month of birth swapped",
        'accesskey="y"',
        'accesskey="r"',
    ):
        assert words in page
    given = {"reasons": "Born elsewhere.", "last": "0"}
    assert "Choose yes, no or unsure" in client.post(first, given).content.decode()
    assert "Say why" in client.post(first, {"verdict": "no", "last": "0"}).content.decode()
    assert post(client, first, verdict="no", **given) == f"/wash/pairs/{made.ref('CR/2')}/"
    assert "Born elsewhere." in words_of(client, first)
    assert "Somebody judged this pair meanwhile" in client.post(first, given | {"verdict": "yes"}).content.decode()
    assert "CR/1" not in words_of(client, "/wash/")
    assert "CR/1" in words_of(client, "/wash/?state=no")


def test_the_queue_costs_the_same_statements_for_three_pairs_as_for_thirty(
    enter: Enter, made: Washed, django_assert_num_queries: Callable[..., object]
) -> None:
    client = enter(made.judge)
    made.judged("no", "CR/3", by=made.other)
    client.get("/wash/")
    with django_assert_num_queries(27):
        client.get("/wash/")
    made.take_in(*(found(f"CR/{number}") for number in range(30)))
    client.get("/wash/")
    with django_assert_num_queries(27):
        client.get("/wash/")


def test_after_a_yes_no_key_takes_it_back_and_one_says_what_follows(enter: Enter, made: Washed) -> None:
    client, address = enter(made.judge), f"/wash/pairs/{made.ref('CR/1')}/"
    assert 'accesskey="n"' in words_of(client, address)
    assert post(client, address, verdict="yes", reasons="It is her.", last="0") == address
    page = words_of(client, address)
    assert "Judge it again" in page
    for letter in "ynu":
        assert f'accesskey="{letter}"' not in page
    for letter in "ws":
        assert f'accesskey="{letter}"' in page


def test_a_serious_one_is_cleared_on_the_page_of_the_second_person(enter: Enter, made: Washed) -> None:
    client, address = enter(made.judge), f"/wash/pairs/{made.ref('CR/3')}/"
    post(client, address, verdict="no", reasons="Her sister.", last="0")
    assert "You judged it. Whoever else judges pairs answers" in words_of(client, f"{address}second/")
    assert "It is not cleared until somebody other than who judged it agrees." in words_of(client, address)
    assert client.post(f"{address}second/", {"agreed": "yes", "reasons": "Yes."}).status_code == 403
    other = enter(made.other)
    waits = words_of(other, "/wash/")
    assert f"{address}second/" in waits
    left = queries.left(made.other.viewer)
    assert left.seconds == 1
    assert left.waiting + left.seconds + left.judged == left.total, "the figures on the page add up"
    assert "wait for a second person" in waits
    assert post(other, f"{address}second/", agreed="yes", reasons="I read both.") == "/wash/"
    page = words_of(other, address)
    assert "I read both." in page
    assert "Judged: somebody else" in page


def test_what_follows_goes_to_intake(enter: Enter, made: Washed) -> None:
    client, address = enter(made.judge), f"/wash/pairs/{made.ref('CR/1')}/"
    assert post(client, address, verdict="yes", reasons="It is her.", last="0") == address
    assert f"{address}result/" in words_of(client, address)
    assert post(client, f"{address}result/", result="vetting_review", reasons="Not declared.") == address
    item = intake.items(made.head.viewer).rows[0]
    assert item.heading == "Wash: Vetting review"
    assert item.ref in words_of(client, address)
    assert f'href="/intake/{item.ref}/"' in words_of(enter(made.head), address)
    assert "recorded already" in words_of(client, f"{address}result/")


def test_a_number_of_somebody_else_is_ruled_out(enter: Enter, made: Washed) -> None:
    client, address = enter(made.judge), f"/wash/pairs/{made.ref('CR/2')}/"
    assert "A rule needs a record that was judged" in words_of(client, f"{address}never/")
    post(client, address, verdict="no", reasons="Her brother.", last="0")
    assert "No rule was made" in words_of(client, "/wash/rules/")
    assert post(client, f"{address}never/", mark="PNC71", reasons="He bears it.") == address
    assert f"{address}lift/" in words_of(client, "/wash/rules/")
    given = {"mark": "PNC71", "reasons": "He never had it."}
    assert post(client, f"{address}lift/", **given) == "/wash/rules/"
    assert "it waits for somebody else" in words_of(client, f"{address}lift/")
    other = enter(made.other)
    asked = "1 rule of never the same that somebody asks to lift"
    assert asked in words_of(other, "/wash/")
    assert asked not in words_of(client, "/wash/")
    page = words_of(other, f"{address}lift/")
    assert "He never had it." in page
    assert page.index('name="agreed"') < page.index('name="reasons"'), "as it is asked: whether, then why"
    assert post(other, f"{address}lift/", agreed="yes", **given) == "/wash/rules/"
    assert "Lifted" in words_of(client, "/wash/rules/")
    assert asked not in words_of(other, "/wash/")


def test_a_run_says_first_what_was_not_washed_and_that_all_are_accounted_for(enter: Enter, made: Washed) -> None:
    client = enter(made.judge)
    address = next(part for part in words_of(client, "/wash/").split('"') if part.startswith("/wash/runs/"))
    page = words_of(client, address)
    assert "Another force: refused: its approval ended" in page
    assert "To wash them: mend the manifest or bring the file" in page
    basis = page[page.index("On what basis") : page.index("Everybody is accounted for")]
    assert basis.index("Another force") < basis.index("The workforce") < basis.index("National records")
    for words in ("Integrity screening", "a power", "DPIA-1", "Deputy Chief Constable", "31 March 2027", "Ended"):
        assert words in basis
    assert basis.count("Not recorded") == 1, "nobody approved the source that was refused"
    assert "4 rows of the workforce in = 3 accepted + 1 set aside." in page
    assert "Whoever they are was not washed." in page
    assert "3 people in = 2 with pairs + 1 no trace" in page


def test_a_sample_is_drawn_and_judged_one_after_the_other(enter: Enter, made: Washed) -> None:
    client = enter(made.judge)
    assert "no sample was drawn yet" in words_of(client, "/wash/")
    assert "/wash/reach/draw/" in words_of(client, "/wash/reach/")
    assert "100 in a hundred: about 3 of 3" in words_of(client, "/wash/reach/draw/")
    assert "govuk-error-summary" in client.post("/wash/reach/draw/", {}).content.decode()
    assert post(client, "/wash/reach/draw/", share="100") == "/wash/reach/"
    page = words_of(client, "/wash/reach/")
    assert "3 of the sample are not decided" in page
    assert "Nothing can be said from it yet: 3 pairs were left when it was drawn" in page
    assert "not known (95%)" not in page
    first = f"/wash/pairs/{made.ref('CR/3')}/?sample=1"
    assert first in page
    then = post(client, first, verdict="yes", reasons="It is her.", last="0")
    assert then == first, "what follows is said first, and the sample goes on after it"
    page = words_of(client, first)
    result = first.replace("?", "result/?")
    assert result in page
    assert f"{made.ref('CR/1')}/?sample=1" in page
    assert post(client, result, result="vetting_review", reasons="Not declared.") == first
    given = {"verdict": "no", "reasons": "Not her.", "last": "0"}
    assert post(client, f"/wash/pairs/{made.ref('CR/1')}/?sample=1", **given) == (
        f"/wash/pairs/{made.ref('CR/2')}/?sample=1"
    )
    assert post(client, f"/wash/pairs/{made.ref('CR/2')}/?sample=1", **given) == "/wash/reach/"
    assert "has reached about 100.0%, between 100.0% and 100.0% (95%): 1 found" in words_of(client, "/wash/")
    reader = enter(worlds.user(made.at, "Ann Lyst", "analyst"))
    assert "Draw a new sample" not in words_of(reader, "/wash/reach/")
    assert reader.get("/wash/reach/draw/").status_code == 403


def test_the_figures_have_intervals_and_a_projection_says_its_two_warnings(enter: Enter, made: Washed) -> None:
    client = enter(made.judge)
    made.judged("yes")
    page = words_of(client, "/wash/figures/")
    assert "33.33%" in page
    assert "6.149% to 79.234%" in page, "one of the three that were washed, by Wilson"
    assert "may not be a random part" not in page
    assert "/wash/published/" in page
    projected = words_of(client, "/wash/figures/?whole=300")
    assert "About 100 of 300: 18 to 238" in projected
    assert "may not be a random part" in projected
    assert "their sum is not a number of people" in projected
    assert "The whole is less than its part" in words_of(client, "/wash/figures/?whole=2")


def test_the_figures_of_one_workforce_count_no_pair_of_another(made: Washed) -> None:
    made.take_in(found("OTHER/1"), workforce="volunteers", on=made.on - timedelta(days=1))
    assert queries.left(made.judge.viewer).waiting == 4
    figures = queries.figures(made.judge.viewer)
    assert figures is not None
    assert (figures.workforce, figures.waiting) == ("workforce", 3)


def test_published_counts_are_added_or_refused(enter: Enter, made: Washed) -> None:
    client = enter(made.judge)
    page = words_of(client, "/wash/published/")
    assert "About 190 of 50,000: 138 to 261" in page
    assert "may not be a random part" in page
    page = words_of(client, "/wash/published/?counts=convictions_traffic&counts=convictions_dishonesty")
    assert "76 + 49 = 125 people" in page
    refused = words_of(client, "/wash/published/?counts=wash_referred&counts=convictions")
    assert "Not added" in refused
    assert "somebody may be in both" in refused
    assert "govuk-error-summary" in words_of(client, "/wash/published/?counts=no-such-count")


def test_who_only_reads_is_offered_no_button_and_others_are_refused(enter: Enter, made: Washed, at: datetime) -> None:
    reader = enter(worlds.user(at, "Ann Lyst", "analyst"))
    address = f"/wash/pairs/{made.ref()}/"
    assert 'name="verdict"' not in words_of(reader, address)
    assert reader.post(address, {"verdict": "no", "reasons": "No.", "last": "0"}).status_code == 403
    assert not Judgement.objects.exists()
    assert enter(worlds.user(at, "Cam Handler", "complaint_handler")).get("/wash/").status_code == 403


def test_before_the_first_run_the_page_says_who_begins_a_wash_and_leads_them_to_it(
    enter: Enter, db: None, at: datetime
) -> None:
    assert "Whoever loads files here" in words_of(enter(worlds.user(at, "Vera Vale", "vetting_officer")), "/wash/")
    assert 'href="/wash/washing/"' in words_of(enter(worlds.user(at, "Otto Oak", "supervisor")), "/wash/")


def test_nobody_found_and_nothing_left_each_say_what_there_is_to_read(enter: Enter, db: None, at: datetime) -> None:
    made = washed(at)
    made.take_in()
    client = enter(made.judge)
    page = words_of(client, "/wash/")
    assert "The wash put nobody beside a record" in page
    assert f'href="/wash/runs/{queries.runs(made.judge.viewer)[0].ref}/"' in page
    made.take_in(found())
    made.judged("no")
    page = words_of(client, "/wash/")
    assert "Nothing is left to be judged" in page
    assert "Judge the first" not in page
    assert "No pair stands so" in words_of(client, "/wash/?state=unsure")
