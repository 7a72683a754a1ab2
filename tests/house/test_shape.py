"""The shape of the code: what the house promises its next developer. Each test lists every place that breaks it."""

import ast
import re

from tests.house.code import CASEWORK, EDGES, modules, rooms

MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 60
NOT_A_NOUN = {"utils", "util", "helpers", "helper", "common", "core", "lib", "misc"}
NOT_A_CLASS = ("Handler", "Processor", "Service", "Utils", "Helper")
CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today")}
CLOCKS |= {("timezone", "now"), ("timezone", "localdate"), ("timezone", "localtime"), ("time", "time")}
SIGNALS = ("django.dispatch", "django.db.models.signals", "django.core.signals")


def test_every_room_opens_with_what_comes_in_what_goes_out_and_what_it_must_never_know() -> None:
    wrong = []
    for module in modules():
        if module.path.name == "__init__.py" and module.path.parent.name in rooms() and module.path.parent.parent.name:
            if module.path.parent.parent.name != "peelian":
                continue
            said = ast.get_docstring(module.tree) or ""
            wrong += [f"{module.name}: {word}" for word in ("In:", "Out:", "Must never know:") if word not in said]
    assert wrong == []


def test_a_module_stays_small_enough_to_read() -> None:
    lines = {module.name: module.source.count("\n") for module in modules()}
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}


def test_a_function_stays_small_enough_to_read() -> None:
    wrong = [
        f"{module.name}:{function.lineno} {function.name} ({function.end_lineno - function.lineno + 1} lines)"
        for module in modules()
        for function in module.functions()
        if function.end_lineno is not None and function.end_lineno - function.lineno + 1 > MOST_LINES_OF_A_FUNCTION
    ]
    assert wrong == []


def test_no_import_hides_in_a_function_or_under_a_typing_guard() -> None:
    wrong = []
    for module in modules():
        top = {id(node) for node in module.tree.body}
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Import | ast.ImportFrom) and id(node) not in top:
                wrong.append(f"{module.name}:{node.lineno}")
    assert wrong == []


def test_only_the_edges_read_the_clock() -> None:
    wrong = []
    for module in modules():
        if module.room in EDGES:
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name | ast.Attribute):
                owner = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
                if (owner, node.attr) in CLOCKS:
                    wrong.append(f"{module.name}:{node.lineno} {owner}.{node.attr}")
            if isinstance(node, ast.keyword) and node.arg in ("auto_now", "auto_now_add"):
                wrong.append(f"{module.name}:{node.value.lineno} {node.arg}")
    assert wrong == []


def test_casework_sends_and_receives_no_signals() -> None:
    wrong = [
        f"{module.name}:{node.lineno}"
        for module in modules()
        if module.room in CASEWORK
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(SIGNALS)
    ]
    assert wrong == []


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    wrong = [module.name for module in modules() if {module.path.stem, module.path.parent.name} & NOT_A_NOUN]
    assert wrong == []


def test_a_day_is_put_into_words_in_one_place() -> None:
    spelled = re.compile(r"%-d|\.day\} (\{|[A-Z])")
    wrong = [module.name for module in modules() if spelled.search(module.source)]
    assert wrong == ["peelian/terms/known_dates.py"]


def test_no_class_is_named_for_being_busy() -> None:
    wrong = [
        f"{module.name}:{node.lineno} {node.name}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef) and node.name.endswith(NOT_A_CLASS)
    ]
    assert wrong == []


def test_every_public_action_and_query_says_what_it_does() -> None:
    wrong = []
    for module in modules():
        place = {module.path.stem, module.path.parent.name}
        if module.room not in CASEWORK or not place & {"actions", "queries"}:
            continue
        for node in module.tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node):
                if node.name.endswith(("_of", "_row")) or node.decorator_list:
                    continue
                wrong.append(f"{module.name}:{node.lineno} {node.name}")
    assert wrong == []


def test_an_exception_to_a_check_gives_its_reason() -> None:
    codes = r"noqa(?::[A-Z0-9, ]+)?|type:\s*ignore(?:\[[a-z, -]+\])?|pragma: no cover"
    bare = re.compile(rf"#\s*(?:{codes})\s*$", re.MULTILINE)
    wrong = [
        f"{module.name}:{module.source[: found.start()].count(chr(10)) + 1}"
        for module in modules()
        for found in bare.finditer(module.source)
    ]
    assert wrong == []


def test_no_model_saves_with_side_effects_or_orders_itself() -> None:
    wrong = []
    for module in modules():
        if not module.path.stem.endswith("models") and module.path.parent.name != "models":
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef) and node.name in ("save", "delete", "clean"):
                wrong.append(f"{module.name}:{node.lineno} {node.name}")
            if isinstance(node, ast.ClassDef) and node.name == "Meta":
                for line in node.body:
                    if isinstance(line, ast.Assign) and any(
                        isinstance(target, ast.Name) and target.id == "ordering" for target in line.targets
                    ):
                        wrong.append(f"{module.name}:{line.lineno} ordering")
    assert wrong == []
