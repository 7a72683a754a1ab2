"""Writing to the walls: users and roles, places and signatures, ties and tethers, broken glass, delegates."""

from peelian.walls.actions.belonging import move_user, say_where_user_comes_from, say_who_user_is
from peelian.walls.actions.delegates import appoint_delegate, end_delegate
from peelian.walls.actions.glass import HOURS, break_glass
from peelian.walls.actions.heads import stand_in_for_head
from peelian.walls.actions.places import (
    declare_conflict,
    end_place,
    give_place,
    require_new_signatures,
    sign_no_conflict,
)
from peelian.walls.actions.ties import tether, tether_many, tie, tie_many, untether, untie
from peelian.walls.actions.users import (
    Hashed,
    end_calendar,
    fresh_calendar_token,
    grant_role,
    hashed,
    make_user,
    set_active,
    set_password,
    withdraw_role,
)

__all__ = [
    "HOURS",
    "Hashed",
    "appoint_delegate",
    "break_glass",
    "declare_conflict",
    "end_calendar",
    "end_delegate",
    "end_place",
    "fresh_calendar_token",
    "give_place",
    "grant_role",
    "hashed",
    "make_user",
    "move_user",
    "require_new_signatures",
    "say_where_user_comes_from",
    "say_who_user_is",
    "set_active",
    "set_password",
    "sign_no_conflict",
    "stand_in_for_head",
    "tether",
    "tether_many",
    "tie",
    "tie_many",
    "untether",
    "untie",
    "withdraw_role",
]
