"""A run of the wash in both worlds, and in one alone a pair about somebody known through the hidden matter only."""

from peelian.matches import actions
from peelian.matches.models import Member, Pair, Raised, Sample, Sighting, Source
from peelian.matches.rows import Found
from peelian.people import actions as people
from peelian.terms import references
from peelian.terms.matches import Stood
from tests.walls.made import World
from tests.washed import ACCOUNT, SIDES, written_judgement, written_sighting


def a_wash(made: World) -> None:
    """A pair about `concerned`, whom those tied to them do not see, and one of a serious kind that was judged."""
    given = {"person_id": "1234", "source": "pnd", "weight": 9.5, "band": "certain", "sides": SIDES}
    found = [Found(record_id="CR/1", category="Harassment", **given), Found(record_id="CR/2", serious=True, **given)]
    made.refs["run"] = actions.take_in(
        by=made.system, workforce="workforce", account=ACCOUNT, found=found, on=made.today
    )
    made.refs["pair"] = Pair.objects.get(record_key="CR/1").ref
    ended = {"title": "An old ledger", "expires_on": made.today.replace(year=made.today.year - 1)}
    Source.objects.create(workforce="workforce", source="grimoire", **ended)  # of which only hidden pairs are
    other = Pair.objects.get(record_key="CR/2").ref
    said = {"verdict": "no", "reasons": "Another Cedar.", "on": made.today}
    actions.judge(by=made.user("keeper"), pair_ref=other, **said)
    actions.draw_sample(by=made.user("keeper"), share=100, seed="the same in both", on=made.today)


def vehicles(made: World) -> None:
    """`concerned` and `colleague` have the same vehicle: whoever may see both sees that they do."""
    for name in ("concerned", "colleague"):
        _vehicle(made, name)


def _vehicle(made: World, name: str) -> None:
    given = {"mark": "AB12 CDE", "words": "A grey estate", "source": "A parking permit", "on": made.today}
    people.add_vehicle(by=made.system, person_ref=made.refs[name], **given)


def hidden_records(made: World) -> None:
    """About `concerned`, whom many see: a crime record and an association, each with an item behind the wall; and the
    hidden complainant has the same vehicle."""
    run = Sighting.objects.filter(pair__ref=made.refs["pair"]).get().run
    for link, category in (("person", "Domestic violence about a wyvern"), ("association", "Sale of a grimoire")):
        pair = Pair.objects.create(
            ref=references.new_reference("PW"),
            workforce="workforce",
            person_key="1234" if link == "person" else "Quixby-2",
            source="grimoire",
            record_key=f"wyvern {link}",
            person_id=made.id_of("concerned"),
            purpose="integrity",
            digest="",
            **{"state": "waiting", "stake": 0, "weight": 6.0, "band": "probable", "link": link},
        )
        sides = [["name", "zebedee quixby", "zebedee quixby"]]
        written_sighting(pair, run, sides=sides, part="suspect", category=category)
        by = {"on": made.today, "recorded_at": made.at, "recorded_by": made.system.actor}
        Raised.objects.create(pair=pair, item_ref=made.refs["hidden_item"], **by)
    _vehicle(made, "hidden_complainant")


def a_hidden_pair(made: World) -> None:
    """About the hidden complainant, who serves elsewhere; heavier than all others, and judged."""
    first = Sighting.objects.filter(pair__ref=made.refs["pair"]).get()
    _judged_yes(made)
    stands = {"state": "second", "stake": 2, "weight": 30.0, "band": "certain", "link": "person"}
    pair = Pair.objects.create(
        ref=references.new_reference("PW"),
        workforce="workforce",
        person_key="Quixby-1",
        source="grimoire",
        record_key="wyvern",
        person_id=made.id_of("hidden_complainant"),
        purpose="integrity",
        digest="",
        **stands,
    )
    sides = [["name", "zebedee quixby", "zebedee quixby"]]
    sighting = written_sighting(pair, first.run, sides=sides, category="About a wyvern")
    by = {"on": made.today, "recorded_at": made.at, "recorded_by": made.user("keeper").actor}
    written_judgement(sighting, "No wyvern.", verdict="no", needs_second=True, **by)
    Member.objects.create(sample=Sample.objects.get(), pair=pair, stood=Stood.DRAWN)
    made.refs["hidden_pair"] = pair.ref


def _judged_yes(made: World) -> None:
    """Another about the same person, judged to be them."""
    run = Sighting.objects.filter(pair__ref=made.refs["pair"]).get().run
    pair = Pair.objects.create(
        ref=references.new_reference("PW"),
        workforce="workforce",
        person_key="Quixby-2",
        source="grimoire",
        record_key="basilisk",
        person_id=made.id_of("hidden_complainant"),
        purpose="integrity",
        digest="",
        state="yes",
        stake=1,
        weight=20.0,
        band="certain",
        link="person",
    )
    sighting = written_sighting(pair, run, category="About a wyvern")
    by = {"on": made.today, "recorded_at": made.at, "recorded_by": made.user("keeper").actor}
    written_judgement(sighting, "Quixby.", verdict="yes", needs_second=False, **by)
