"""Writing to the register: who people are, how they serve, how to reach them; each needs EDIT_PEOPLE. Broken glass."""

from peelian.people.actions.contact import add_contact, add_need
from peelian.people.actions.ending import correct_birth, end_accreditation, end_contact, end_need
from peelian.people.actions.glass import break_glass
from peelian.people.actions.register import (
    add_alias,
    add_identifier,
    make_unit,
    register_person,
    rename,
)
from peelian.people.actions.service import (
    RESTRICTIONS,
    accredit,
    hold_rank,
    leave_service,
    lift,
    post_to,
    restrict,
)
from peelian.people.actions.vehicles import add_vehicle, end_vehicle
from peelian.terms.contact import CHANNELS

__all__ = [
    "CHANNELS",
    "RESTRICTIONS",
    "accredit",
    "add_alias",
    "add_contact",
    "add_identifier",
    "add_need",
    "add_vehicle",
    "break_glass",
    "correct_birth",
    "end_accreditation",
    "end_contact",
    "end_need",
    "end_vehicle",
    "hold_rank",
    "leave_service",
    "lift",
    "make_unit",
    "post_to",
    "register_person",
    "rename",
    "restrict",
]
