"""A wash killed at random, as a process is killed: the same words go on, and the proof of coverage comes out."""

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb

from peelian.wash.building import build
from peelian.wash.manifest import load_manifest
from peelian.wash.model import load_model
from peelian.wash.nightly import nightly
from peelian.wash.reporting import report, write_pairs
from peelian.wash.running import run
from peelian.wash.store import opened
from tests.rooms.wash.files import BASIS, ON, csv_file, manifest

DEATHS = 2
DOES = """
import sys, time
from datetime import date
from pathlib import Path
from peelian.wash import building, nightly, reporting, running, store
from peelian.wash.manifest import load_manifest
from peelian.wash.model import load_model

class Slow(store.Store):
    def rows(self, sql, values=None):
        time.sleep(0.004)  # so that the moment of death falls anywhere between two statements
        return super().rows(sql, values)

what, folder, on = sys.argv[1], Path(sys.argv[2]), date.fromisoformat(sys.argv[3])
print("ready", flush=True)
held = Slow(folder / "store", make=what == "build")
if what == "build":
    building.build(held, load_manifest(folder / "wash.toml"), on=on, batch=40)
elif what == "run":
    running.run(held, load_model(), part=40)
else:
    nightly.nightly(held, load_manifest(folder / "night.toml"), on=on)
reporting.write_pairs(held) if what != "build" else None
held.close()
"""
NAMES = ("Quillfeather", "Vexworthy", "Ashdown", "Okonjo", "Lark", "Shaw", "Holt", "Marsh", "Finch", "Pellow")
GIVEN = ("Ada", "Bram", "Celia", "Dara", "Ivo", "Nell", "Otto", "Rosa")


def people(count: int) -> list[dict[str, str]]:
    return [
        {
            **{"person_id": f"E{n}", "family_name": NAMES[n % 10], "given_names": GIVEN[n % 8]},
            **{
                "birth_on": f"19{60 + n % 30}-0{1 + n % 9}-1{n % 9}",
                "address": f"{n} Mill Lane",
                "postcode": "QA1 4AB",
            },
        }
        for n in range(count)
    ]


def records(first: int, count: int) -> list[dict[str, str]]:
    return [
        {
            **{"record_id": f"R{n}", "full_name": f"{NAMES[n % 10]}, {GIVEN[n % 8]}", "part": "suspect"},
            **{"birth_on": f"19{60 + n % 30}-0{1 + n % 9}-1{n % 9}", "address": f"{n % 90} Mill Lane"},
        }
        for n in range(first, first + count)
    ]


def files(folder: Path) -> Path:
    folder.mkdir()
    csv_file(folder / "people.csv", people(60))
    csv_file(folder / "records.csv", [*records(0, 240), {"record_id": "R0", "full_name": "Twice, Ann"}])
    csv_file(folder / "night.csv", [*records(200, 40), *records(360, 20)])  # the last are about people of the first
    told = (folder / "night.toml", f'[people]\n{BASIS}\n[[source]]\nid = "pnd"\npath = "night.csv"\n{BASIS}')
    told[0].write_text(told[1], encoding="utf-8")
    return manifest(folder)


def killed_and_done(what: str, folder: Path, draw: random.Random) -> list[float]:
    """Do one step, kill the process at a random moment, and again; then let it end. After how long it died."""
    typed = [sys.executable, "-c", DOES, what, str(folder), ON.isoformat()]
    deaths = []
    for _ in range(DEATHS):
        process = subprocess.Popen(typed, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert process.stdout is not None
        process.stdout.readline()  # until then nothing of the wash has begun
        deaths.append(draw.uniform(0, 0.6))
        time.sleep(deaths[-1])  # the moment of death is to be any moment
        process.send_signal(signal.SIGKILL)
        process.communicate()
    done = subprocess.run(typed, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, f"killed after {deaths}: {done.stderr}"
    return deaths


def test_build_run_and_night_killed_at_random_come_to_the_same_and_reconcile(tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    told = files(whole)
    with opened(whole / "store", make=True) as store:
        build(store, load_manifest(told), on=ON)
        run(store, load_model())
        nightly(store, load_manifest(whole / "night.toml"), on=ON)
        write_pairs(store)
        expected = json.loads(json.dumps(report(store), default=str))
    broken, draw = tmp_path / "broken", random.Random()
    files(broken)
    deaths = [killed_and_done("build", broken, draw), killed_and_done("run", broken, draw)]
    before = pairs(broken)
    deaths.append(killed_and_done("night", broken, draw))
    with opened(broken / "store") as store:
        assert json.loads(json.dumps(report(store), default=str)) == expected, f"killed after {deaths}"
    assert pairs(broken) == pairs(whole), f"killed after {deaths}"
    assert pairs(broken) != before, "the night brought something"


def pairs(folder: Path) -> list[tuple[object, ...]]:
    path = folder / "store" / "pairs.parquet"
    return duckdb.sql(f"SELECT person_id, record_id, weight, band FROM read_parquet('{path}') ORDER BY ALL").fetchall()


def test_control_and_c_stops_without_harm_and_says_what_to_do_next(tmp_path: Path) -> None:
    told = files(tmp_path / "wash")
    csv_file(tmp_path / "wash" / "records.csv", records(0, 20_000))  # as many as take longer than until the key falls
    typed = [
        sys.executable,
        "-m",
        "peelian.cli.main",
        "wash",
        "build",
        str(told),
        "--store",
        str(tmp_path / "store"),
        "--on",
        ON.isoformat(),
    ]
    ours = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell lets what it runs behind ignore it
    process = subprocess.Popen(typed, stderr=subprocess.PIPE, text=True)
    signal.signal(signal.SIGINT, ours)
    until = time.monotonic() + 60
    while not (tmp_path / "store").exists() and time.monotonic() < until:
        time.sleep(0.02)  # there is no event to wait for in another process
    time.sleep(0.05)  # within the build
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert f"What was read is kept. To go on: peelian wash build {told} --store {tmp_path / 'store'}" in said
    with opened(tmp_path / "store") as store:
        build(store, load_manifest(told), on=ON)
        run(store, load_model())
        report(store)
