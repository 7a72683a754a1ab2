"""Roles and powers as a page of the documentation, printed by `make docs`."""

from peelian.terms.permissions import Permission
from peelian.walls.roles import Role, roles


def roles_text() -> str:
    """Every role in words, then the table of role by permission. A change of power is seen here in review."""
    lines = [
        "# Roles and powers",
        "",
        "Roles are data (`peelian/walls/roles.toml`); powers are `peelian/terms/permissions.py`. No power opens what a",
        "wall hides: being in a matter, being tied to someone who is, a declared conflict, a place not yet signed",
        "for and a sensitive matter come first, whatever the role.",
        "",
    ]
    for role in roles().values():
        alone = " Whoever holds it holds no other role." if role.alone else ""
        lines += [f"**{role.title}** (`{role.key}`): {role.description}{alone}", ""]
    lines += ["## Role by permission", "", *table(tuple(roles().values()))]
    return "\n".join(lines) + "\n"


def table(all_roles: tuple[Role, ...]) -> list[str]:
    """One row for each permission, one column for each role; `x` where the role holds it."""
    rows = ["| may | " + " | ".join(role.title for role in all_roles) + " |", "|---|" + "---|" * len(all_roles)]
    for permission in Permission:
        marks = ("x" if permission in role.may else " " for role in all_roles)
        rows.append(f"| {permission.words} (`{permission.value}`) | " + " | ".join(marks) + " |")
    return rows
