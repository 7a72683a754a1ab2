"""What is invented before anything is written: people, their service, the older history. No database."""

from collections import Counter
from datetime import date

import pytest

from peelian.demo import casting, extracts, history
from peelian.demo.chance import Chance
from peelian.demo.days import is_working
from peelian.demo.routes import route, routes
from peelian.demo.sizes import SIZES, size_named
from peelian.demo.stories import story
from peelian.demo.tables import table
from peelian.demo.workforce import Servant, Workforce, workforce
from peelian.matters.coding import factor_titles, leaves
from peelian.people.rows import RANKS
from peelian.terms.people import PersonKind
from peelian.terms.refusals import NotValid
from peelian.walls.roles import roles

DAY = date(2025, 9, 29)


@pytest.fixture(scope="module")
def small() -> Workforce:
    return workforce(SIZES["small"], 7, DAY)


def as_written(force: Workforce) -> list[tuple[str, ...]]:
    return list(extracts.register_rows(force.everyone, DAY))


def test_the_same_seed_invents_the_same_people(small: Workforce) -> None:
    assert as_written(workforce(SIZES["small"], 7, DAY)) == as_written(small)


def test_another_seed_invents_others(small: Workforce) -> None:
    other = {row[2:4] for row in as_written(workforce(SIZES["small"], 8, DAY))}
    same = {row[2:4] for row in as_written(small)} & other
    assert len(same) < 60, "only the commonest names may meet again"


@pytest.mark.parametrize("name", ["tiny", "small", "medium"])
def test_the_register_holds_as_many_people_as_the_size_says(name: str) -> None:
    force = workforce(SIZES[name], 3, DAY)
    assert len(force.everyone) == SIZES[name].people
    assert len({one.key for one in force.everyone}) == SIZES[name].people


def test_every_kind_of_servant_is_there_and_most_are_officers(small: Workforce) -> None:
    kinds = Counter(one.kind for one in small.everyone)
    assert set(kinds) >= {
        PersonKind.OFFICER,
        PersonKind.SPECIAL_CONSTABLE,
        PersonKind.STAFF,
        PersonKind.VOLUNTEER,
        PersonKind.CONTRACTOR,
    }
    assert 0.55 < kinds[PersonKind.OFFICER] / len(small.everyone) < 0.8
    assert sum(1 for one in small.everyone if one.left) >= 30


def test_ranks_rise_and_none_is_held_before_joining_or_after_leaving(small: Workforce) -> None:
    order = {rank: place for place, rank in enumerate(RANKS)}
    for one in small.everyone:
        days = [day for day, _ in one.ranks]
        assert days == sorted(days)
        assert all(one.joined <= day <= (one.left or DAY) for day in days), one
        if one.kind is PersonKind.OFFICER:
            steps = [order[rank] for _, rank in one.ranks]
            assert steps == sorted(set(steps)), one.ranks


def test_postings_follow_one_another_into_units_that_exist(small: Workforce) -> None:
    for one in small.everyone:
        days = [day for day, _, _ in one.posts]
        assert days == sorted(days)
        assert days[0] >= one.joined
        assert {unit for _, unit, _ in one.posts} <= set(small.structure.units)


def test_everybody_is_grown_up_when_they_join(small: Workforce) -> None:
    assert all((one.joined - one.born).days >= 18 * 365 for one in small.everyone)


def test_supervisors_make_no_circle_and_end_with_the_commissioner(small: Workforce) -> None:
    for one in small.everyone:
        seen: list[Servant] = []
        boss: Servant | None = one
        while boss is not None and one.slot is not None:
            assert boss not in seen
            seen.append(boss)
            boss = small.supervisor_of(boss)
    tops = [one for one in small.everyone if one.slot is not None and one.slot.boss is None]
    assert {one.slot.title for one in tops if one.slot} <= {
        "Commissioner",
        "Independent panel member",
        "Inspector from outside the force",
        "Internal auditor",
        "Systems administrator",
    }


def test_names_go_with_the_years_of_birth() -> None:
    force = workforce(SIZES["medium"], 5, DAY)
    born_1990s = Counter(one.given.split()[0] for one in force.everyone if one.born.year >= 1990)
    born_1970s = Counter(one.given.split()[0] for one in force.everyone if one.born.year < 1980)
    assert born_1990s["Joshua"] > 3 * max(1, born_1970s["Joshua"])
    assert born_1970s["Paul"] > born_1990s["Paul"]


def test_names_of_many_heritages_are_there_in_their_share() -> None:
    force = workforce(SIZES["medium"], 5, DAY)
    shares = Counter(one.heritage for one in force.everyone)
    assert set(shares) == set(table("names")["heritage"])
    assert 0.55 < shares["english"] / len(force.everyone) < 0.69
    assert 0.04 < (shares["indian"] + shares["pakistani"] + shares["bangladeshi"]) / len(force.everyone) < 0.13


@pytest.mark.parametrize(
    "real", ["Metropolitan Police Service", "Greater Manchester", "West Midlands", "Thames Valley", "Kent Police"]
)
def test_no_real_force_is_named(real: str) -> None:
    told = str(table("force")) + str(table("stories"))
    assert real not in told


def test_every_story_is_coded_to_the_national_scheme() -> None:
    for row in table("stories")["story"]:
        assert row["category"] in leaves()
        assert set(row["factors"]) <= set(factor_titles())


def test_every_role_can_be_signed_in_with() -> None:
    given = {key for kind in ("sign_in", "guest") for row in table("force")[kind] for key in row["roles"]}
    assert given == set(roles())


def test_service_delivery_leads_and_corruption_is_rare() -> None:
    chance = Chance(1, "test")
    drawn = Counter(
        story(chance, conduct=False, borough="Brackwater", on=DAY, allegations=1).alleged[0][0][0] for _ in range(3000)
    )
    assert 0.42 < drawn["A"] / 3000 < 0.6
    assert drawn["G"] < 0.03 * 3000


def test_handling_follows_the_published_shares_and_durations() -> None:
    chance = Chance(1, "test")
    ways = [route(chance) for _ in range(4000)]
    shares = Counter(way.key for way in ways)
    assert 0.36 < shares["outside"] / 4000 < 0.44
    outside = next(way for way in routes() if way.key == "outside")
    days = [chance.days(outside.days, outside.spread) for _ in range(4000)]
    assert 21 < sum(days) / len(days) < 27  # 16 working days are about 22 days


def test_the_history_adds_up_and_only_names_people_who_served(small: Workforce) -> None:
    begins = date(2024, 7, 1)
    found = list(history.matter_rows(7, SIZES["small"], small.everyone, begins, DAY, 130))
    assert len(found) == 130
    assert len({rows[0][0] for rows in found}) == 130
    by_key = {one.key: one for one in small.everyone}
    allegations = [len({row[2] for row in rows}) for rows in found]
    assert 1.6 < sum(allegations) / 130 < 2.5  # 2.05 published
    placeholders = 0
    for rows in found:
        assert all(len(row) == len(history.HISTORY) for row in rows)
        for row in rows:
            if row[3] in history.NOBODY:
                placeholders += 1
            else:
                assert by_key[row[3]].weight > 0
    assert placeholders > 10


def test_a_later_extract_of_the_history_says_the_same(small: Workforce) -> None:
    begins = date(2024, 7, 1)
    once = list(history.matter_rows(7, SIZES["small"], small.everyone, begins, DAY, 60))
    assert once == list(history.matter_rows(7, SIZES["small"], small.everyone, begins, DAY, 60))


def test_a_size_that_does_not_exist_is_refused() -> None:
    with pytest.raises(NotValid, match="small"):
        size_named("enormous")


def test_nobody_works_on_christmas_day_or_a_sunday() -> None:
    assert not is_working(date(2025, 12, 25))
    assert not is_working(date(2025, 9, 28))
    assert is_working(date(2025, 9, 29))


def test_writing_twenty_years_tells_how_far_it_is() -> None:
    heard: list[tuple[int, int | None, str]] = []
    written = list(casting._counted(range(1200), 1200, "complaints.csv", lambda *words: heard.append(words)))
    assert written == list(range(1200))
    assert heard == [(done, 1200, "writing complaints.csv") for done in (0, 500, 1000)]
