"""The requirements: few, each with its reason, all pinned by hash, naming no address."""

import re

from tests.house.code import ROOT, tracked

PIN = re.compile(r"^([a-z0-9_.-]+)(?:\[[a-z,]+\])?==([^ ;\\]+)", re.MULTILINE)


def pins(name: str) -> dict[str, str]:
    return dict(PIN.findall((ROOT / "requirements" / name).read_text()))


def test_every_requirement_of_the_product_says_why() -> None:
    lines = (ROOT / "requirements" / "core.in").read_text().splitlines()
    wanted = [line for line in lines if line and not line.startswith("#")]
    assert [line for line in wanted if "#" not in line and line != "tzdata"] == []


def test_every_pin_carries_a_hash_and_no_lock_names_an_address() -> None:
    for name in ("boot.txt", "core.txt", "wash.txt", "spark.txt", "dev.txt"):
        text = (ROOT / "requirements" / name).read_text()
        assert "://" not in text
        blocks = re.split(r"\n(?=[a-z0-9])", text)
        assert [block.split()[0] for block in blocks if "==" in block and "--hash=sha256:" not in block] == []


def test_what_the_tests_run_is_what_the_product_runs() -> None:
    dev = pins("dev.txt")
    for smaller in ("core.txt", "wash.txt", "spark.txt"):
        assert {name: pin for name, pin in pins(smaller).items() if dev.get(name) != pin} == {}


def test_every_requirement_is_in_its_lock() -> None:
    for name in ("boot", "core", "wash", "spark", "dev"):
        lines = (ROOT / "requirements" / f"{name}.in").read_text().splitlines()
        wanted = [re.split(r"[\[<>=~! #]", line)[0].lower() for line in lines if line and line[0] not in "#-"]
        assert [package for package in wanted if package and package not in pins(f"{name}.txt")] == []


def test_nothing_under_version_control_names_a_workplace() -> None:
    # spelt so that this file does not find itself
    names = ("/wor" + "k/(main|shared|\\.)", "file://" + "/opt", "pypi\\." + "org", "pythonhoste" + "d")
    places = re.compile("|".join(names))
    wrong = []
    for path in tracked("*.py", "*.md", "*.toml", "*.txt", "*.in", "Makefile", ".ci/*"):
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
            if places.search(line):
                wrong.append(f"{path.relative_to(ROOT)}:{number}")
    assert wrong == []
