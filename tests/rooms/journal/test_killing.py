"""Processes that write at once are killed at random moments: nothing acknowledged is lost, no chain is broken."""

import os
import random
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.db import connection

from peelian.journal import checkpoints, verification
from peelian.journal.models import Entry

ROOT = Path(__file__).resolve().parents[3]
WRITER = Path(__file__).with_name("writer.py")
ROUNDS = 3
WRITERS = 2


def started(database, name: str) -> subprocess.Popen[str]:
    environment = {
        **database.environment,
        "DJANGO_SETTINGS_MODULE": "tests.rooms.journal.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
    }
    words = [sys.executable, str(WRITER), name]
    return subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def acknowledged(process: subprocess.Popen[str], until: int) -> list[str]:
    assert process.stdout is not None
    return [process.stdout.readline().strip() for _ in range(until)]


def test_no_acknowledged_act_is_lost_and_no_chain_is_broken(own_database, own_home, monkeypatch, at):
    monkeypatch.setattr(settings, "PEELIAN_HOME", own_home)  # the writers' keys
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE acts (name varchar(40) PRIMARY KEY)")
    drawn = random.Random(20261123)
    promised: set[str] = set()
    for turn in range(ROUNDS):
        writers = [started(own_database, f"w{turn}{letter}") for letter in "ab"[:WRITERS]]
        try:
            for writer in writers:
                promised |= set(acknowledged(writer, drawn.randint(1, 40)))
        finally:
            for writer in writers:
                writer.kill()
        for writer in writers:
            rest, _ = writer.communicate()
            promised |= set(rest.split("\n")[:-1])  # the last line may have been cut in the middle
        checkpoints.make(at=at)  # each round is signed, so that a loss in the next would show
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM acts")
        acts = {row[0] for row in cursor.fetchall()}
    entries = list(Entry.objects.order_by("seq").values_list("seq", "key"))
    assert len(promised) > ROUNDS * WRITERS
    assert promised <= acts
    assert acts == {key for _, key in entries}
    assert [seq for seq, _ in entries] == list(range(1, len(entries) + 1))
    verdict = verification.verify()
    assert verdict.is_whole, verdict.findings
    assert verdict.texts == len(entries)


def test_writers_at_once_wait_for_one_another_and_none_fails(own_database, own_home, monkeypatch):
    monkeypatch.setattr(settings, "PEELIAN_HOME", own_home)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE acts (name varchar(40) PRIMARY KEY)")
    writers = [started(own_database, f"w{number}") for number in range(3)]
    try:
        for writer in writers:
            assert all(acknowledged(writer, 30))
            assert writer.poll() is None
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()
    assert verification.verify().is_whole
