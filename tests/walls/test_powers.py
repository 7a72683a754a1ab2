"""Which role holds which power: the sentences that a change of the table must not break unnoticed."""

import pytest

from peelian.terms.permissions import Permission
from peelian.walls.roles import permissions_of, roles
from tests.house.printed import text_of

READS = {permission for permission in Permission if permission.value.startswith("read_")}
OF_RECORDS = {
    Permission.READ_MATTERS,
    Permission.READ_PLACED_MATTERS,
    Permission.READ_PEOPLE,
    Permission.READ_INTAKE,
    Permission.READ_LOADS,
    Permission.READ_UNIT_WORK,
    Permission.SEARCH,
    Permission.EXPORT,
}
ROLES = [
    "complaint_handler",
    "assessor",
    "investigator",
    "supervisor",
    "appropriate_authority",
    "head_of_professional_standards",
    "vetting_officer",
    "vetting_manager",
    "member_of_staff",
    "line_manager",
    "analyst",
    "panel_member",
    "outside_reviewer",
    "chief_officer",
    "inspector",
    "auditor",
    "administrator",
]


def holders(permission: Permission) -> set[str]:
    return {role.key for role in roles().values() if permission in role.may}


def test_the_roles_are_those_of_the_field() -> None:
    assert list(roles()) == ROLES


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("auditor", {Permission.READ_LAW, Permission.READ_JOURNAL, Permission.READ_BREAK_GLASS}),
        ("administrator", {Permission.READ_LAW, Permission.MANAGE_USERS, Permission.MANAGE_JOBS}),
        ("member_of_staff", {Permission.READ_LAW, Permission.DECLARE_OWN}),
        (
            "line_manager",
            {Permission.READ_LAW, Permission.DECLARE_OWN, Permission.READ_OWN_STAFF, Permission.SIGN_OWN_STAFF},
        ),
        ("panel_member", {Permission.READ_LAW, Permission.READ_PLACED_MATTERS, Permission.SIT}),
        ("outside_reviewer", {Permission.READ_LAW, Permission.READ_PLACED_MATTERS, Permission.REVIEW_PAST}),
    ],
)
def test_a_narrow_role_holds_exactly_this(role: str, expected: set[Permission]) -> None:
    assert roles()[role].may == expected


def test_auditor_and_administrator_read_no_record_and_stand_alone() -> None:
    for key in ("auditor", "administrator"):
        assert not roles()[key].may & OF_RECORDS
        assert roles()[key].alone
    assert {role.key for role in roles().values() if role.alone} == {"auditor", "administrator"}


def test_the_inspector_changes_nothing() -> None:
    assert roles()["inspector"].may <= READS | {Permission.SEARCH, Permission.EXPORT}


@pytest.mark.parametrize(
    ("permission", "expected"),
    [
        (Permission.READ_JOURNAL, {"auditor"}),
        (Permission.MANAGE_USERS, {"administrator"}),
        (Permission.BREAK_GLASS, {"head_of_professional_standards", "chief_officer"}),
        (Permission.READ_BREAK_GLASS, {"head_of_professional_standards", "auditor"}),
        (Permission.DELEGATE, {"chief_officer"}),
        (Permission.ERASE, {"head_of_professional_standards"}),
        (Permission.DETERMINE, {"appropriate_authority", "head_of_professional_standards", "chief_officer"}),
        (Permission.SIT, {"panel_member", "chief_officer"}),
        (Permission.VET, {"vetting_officer", "vetting_manager"}),
        (Permission.DECIDE_VETTING, {"vetting_manager"}),
        (Permission.OVERRIDE_VETTING, {"chief_officer"}),
        (Permission.SIGN_OWN_STAFF, {"line_manager"}),
        (Permission.RESTRICT, {"supervisor", "appropriate_authority", "head_of_professional_standards"}),
    ],
)
def test_a_strong_power_is_held_by_few(permission: Permission, expected: set[str]) -> None:
    assert holders(permission) == expected


def test_every_power_is_held_by_somebody_and_everybody_may_read_the_law() -> None:
    assert {permission for permission in Permission if not holders(permission)} == set()
    assert holders(Permission.READ_LAW) == set(ROLES)


def test_roles_add_up_and_one_that_left_the_file_gives_nothing() -> None:
    both = permissions_of(frozenset({"investigator", "panel_member", "once_a_role"}))
    assert both == roles()["investigator"].may | roles()["panel_member"].may
    assert permissions_of(frozenset()) == frozenset()


@pytest.mark.parametrize("permission", list(Permission))
def test_the_printed_table_says_who_holds_each_power(permission: Permission) -> None:
    lines = text_of("roles.md").splitlines()
    titles = next(line for line in lines if line.startswith("| may |")).split("|")[2:-1]
    row = next(line for line in lines if f"(`{permission.value}`)" in line)
    marks = row.split("|")[2:-1]
    printed = {title.strip() for title, mark in zip(titles, marks, strict=True) if mark.strip() == "x"}
    assert printed == {roles()[key].title for key in holders(permission)}
