"""Who may import whom: the contracts of `.importlinter` hold and leave no room out."""

import configparser
import subprocess
import sys
from pathlib import Path

from tests.house.code import PRODUCT, ROOT, rooms


def contracts() -> configparser.ConfigParser:
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter")
    return parser


def test_the_import_contracts_hold() -> None:
    program = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_list_of_rooms_is_complete_and_counts_guarded_imports() -> None:
    parser = contracts()
    house = parser["importlinter:contract:house"]
    assert house["exhaustive"] == "True"
    assert parser["importlinter"]["exclude_type_checking_imports"] == "False"
    listed = house["layers"].replace("|", " ").replace("(", " ").replace(")", " ").split()
    assert [room for room in rooms() if room not in listed] == []


def test_every_room_with_models_keeps_its_door() -> None:
    guarded = {
        contract["protected_modules"].strip()
        for name, contract in contracts().items()
        if name.startswith("importlinter:contract:doors-")
    }
    with_models = [path.parent.name for path in PRODUCT.glob("*/models.py")]
    assert [room for room in with_models if f"peelian.{room}.models" not in guarded] == []
