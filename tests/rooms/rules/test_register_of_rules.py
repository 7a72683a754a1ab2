"""Every rule names its provision, in an instrument the tables hold."""

import inspect
from types import ModuleType

import pytest

from peelian import statute
from peelian.rules import (
    contact,
    disclosure,
    duties,
    editions,
    limits,
    panels,
    registered,
    service,
    steps,
    vetting,
    working_days,
)
from peelian.statute.loading import forms_of

MODULES = (contact, disclosure, duties, editions, limits, panels, service, steps, vetting, working_days)
FORMS = forms_of(statute.product().instruments)
LAWFUL = {
    "conflicts.exclusions",
    "conflicts.needs_another_force",
    "contact.may_contact",
    "contact.referral_due",
    "disclosure.may_keep_back",
    "disclosure.review_on",
    "duties.duties",
    "editions.governing_edition",
    "limits.ends_at",
    "limits.ends_on",
    "limits.may_shorten",
    "panels.incomplete",
    "panels.may_sit",
    "service.served_on",
    "steps.indicated",
    "steps.not_independent",
    "steps.option_closed",
    "vetting.expires_on",
    "vetting.may_answer",
    "vetting.may_follow",
    "vetting.may_take",
    "vetting.window_ends",
    "working_days.is_working_day",
}


def public(module: ModuleType) -> set[str]:
    name = module.__name__.rpartition(".")[2]
    return {
        f"{name}.{function.__name__}"
        for _, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and "-> Answer" in str(inspect.getsource(function)[:600])
    }


def test_the_register_holds_the_rules_and_no_others() -> None:
    assert {rule.name for rule in registered()} == LAWFUL


@pytest.mark.parametrize("rule", registered(), ids=lambda rule: rule.name)
def test_a_rule_cites_a_provision_of_an_instrument_that_is_held(rule: object) -> None:
    assert FORMS.read(rule.law)  # type: ignore[attr-defined]  # a Rule; refuses an unknown instrument
    assert rule.says  # type: ignore[attr-defined]  # as above


def test_every_function_that_gives_an_answer_is_a_rule_in_the_register() -> None:
    answering = set().union(*(public(module) for module in MODULES))
    assert answering - LAWFUL - {"duties.edition_of"} == {
        name for name in answering if name.rpartition(".")[2].startswith("_")
    }
