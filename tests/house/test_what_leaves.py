"""Every place from which something could reach a person: each asks their contact plan, or says why it need not.

A new place that records a disclosure, or that could reach outside the machine, fails here until it does one or the
other.
"""

import ast

from tests.house.code import Module, modules

CHECK = "must_be_safe"
OUTWARD = {"smtplib", "requests", "httpx", "aiohttp", "twilio", "ftplib", "telnetlib"}
REACHES = {"http.client", "urllib.request", "django.core.mail", "socket", "subprocess"}

# Where something is recorded as given to somebody, or a letter is issued: the module's functions that do so.
ASKS = {
    "peelian/publish/actions/serving.py": "serve",  # every letter and notice, by every way, at its hour
    "peelian/publish/actions/reviewing.py": "approve",  # before any letter may leave
    "peelian/disclosure/actions/releasing.py": "_must_be_safe",  # a pack for somebody on the matter
}
# Modules that disclose or could reach outside, and why no contact plan is asked.
NEED_NOT = {
    "peelian/journal/export.py": "the journal goes to whoever verifies it, and to nobody on a matter",
    "peelian/web/exports.py": "a list goes to the user who asks for it, and to nobody on a matter",
    "peelian/web/loads/views.py": "the report of a load goes to the user who asks for it",
    "peelian/decisions/actions/reading.py": "an independent reader shares with a colleague, through the intake",
    "peelian/vetting/actions/reading.py": "an independent reader shares with a colleague, through the intake",
    "peelian/cli/serve.py": "starts the processes of this machine",
    "peelian/evidence/apart.py": "reads a file in a process of this machine",
    "peelian/evidence/actions/submissions.py": "asks a laboratory or digital unit, and nobody on a matter",
    "peelian/evidence/scanning.py": "hands a file to the virus scanner of this force",
}


def discloses(module: Module) -> bool:
    """It writes `Act.DISCLOSED`, makes what was issued of a letter, or makes what was served."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr == "DISCLOSED":
            return True
        made = node.func if isinstance(node, ast.Call) else None
        if isinstance(made, ast.Attribute) and made.attr == "create" and isinstance(made.value, ast.Attribute):
            owner = made.value.value
            if isinstance(owner, ast.Name) and owner.id in ("Issued", "Served"):
                return True
    return False


def reaches_out(module: Module) -> bool:
    names: set[str] = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            names |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
    return bool(names & REACHES or {name.partition(".")[0] for name in names} & OUTWARD)


def calls(module: Module, function: str) -> set[str]:
    """The names that a function of the module calls."""
    for node in module.tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == function:
            found = {one.func for one in ast.walk(node) if isinstance(one, ast.Call)}
            return {one.attr if isinstance(one, ast.Attribute) else getattr(one, "id", "") for one in found}
    return set()


def test_every_place_from_which_something_leaves_is_known() -> None:
    found = {module.name for module in modules() if discloses(module) or reaches_out(module)}
    assert found - set(ASKS) - set(NEED_NOT) == set(), "ask contact.actions.must_be_safe there, or say why it need not"
    assert set(ASKS) <= found


def test_each_of_them_asks_the_contact_plan() -> None:
    held = {module.name: module for module in modules()}
    assert {name for name, function in ASKS.items() if CHECK not in calls(held[name], function)} == set()


def test_nothing_is_sent_by_the_product_itself() -> None:
    """Whoever sends is a person, who records it; should the product ever send, it asks first and stands in ASKS."""
    wrong = [
        module.name
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Name | ast.Attribute)
        and (node.id if isinstance(node, ast.Name) else node.attr) in ("send_mail", "EmailMessage", "SMTP")
    ]
    assert wrong == []
