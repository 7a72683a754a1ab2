"""Coverage is computed: what rules and clocks cite, what rows cite, and what the instruments are known to have."""

from peelian import statute
from peelian.rules.coverage import Coverage, coverage

FOUND = {(one.instrument, one.provision): one for one in coverage(statute.product())}


def test_a_provision_is_implemented_held_as_data_or_not_modelled() -> None:
    assert FOUND["SI 2020/2", "reg 34"].state is Coverage.IMPLEMENTED
    assert set(FOUND["SI 2020/2", "reg 34"].by) >= {"rule duties.duties", "CMP-03", "CMP-04", "CMP-05"}
    assert FOUND["SI 2020/2", "reg 6"].state is Coverage.DATA_ONLY  # a test for a person to apply
    assert FOUND["SI 2020/2", "reg 40"].state is Coverage.NOT_MODELLED
    assert FOUND["SI 2020/4", "reg 28"].state is Coverage.IMPLEMENTED  # who may sit
    assert FOUND["SI 2020/4", "reg 27"].state is Coverage.DATA_ONLY  # the form of proceedings is a person's decision


def test_what_is_only_proposed_is_not_implemented() -> None:
    assert FOUND["Crime and Policing Bill 2025", "as a whole"].state is not Coverage.IMPLEMENTED


def test_what_is_not_modelled_is_cited_by_nothing_and_all_else_by_something() -> None:
    for one in FOUND.values():
        assert (not one.by) == (one.state is Coverage.NOT_MODELLED), one


def test_every_provision_that_a_live_clock_cites_is_implemented() -> None:
    for clock in statute.clocks():
        if clock.in_force_from is None:
            continue
        for citation in clock.citations:
            names = [key for key in FOUND if key[0] == citation.instrument and clock.id in FOUND[key].by]
            assert citation.instrument in ("practice", "local") or names, clock.id
            assert all(FOUND[name].state is Coverage.IMPLEMENTED for name in names)


def test_every_registered_rule_appears_in_the_coverage() -> None:
    named = {by for one in FOUND.values() for by in one.by}
    assert "rule limits.may_shorten" in named
    assert "rule editions.governing_edition" in named


def test_local_rules_are_not_listed_as_law() -> None:
    assert not {key[0] for key in FOUND} & {"local", "none", "practice"}
