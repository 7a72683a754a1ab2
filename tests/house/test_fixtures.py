"""The test surroundings keep their promises."""

import os
import socket
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.databases import Database


def test_the_home_of_the_tests_is_a_temporary_folder() -> None:
    assert Path(os.environ["PEELIAN_TEST_HOME"]) in settings.HOME.parents


def test_a_test_cannot_reach_the_network() -> None:
    with socket.socket() as elsewhere, pytest.raises(AssertionError, match="reached for the network"):
        elsewhere.connect(("192.0.2.1", 80))


def test_a_database_of_its_own_is_seen_by_another_process(own_database: Database) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE note (words text)")
        cursor.execute("INSERT INTO note VALUES ('kept')")
    assert "up to date" in own_database.run("migrate").stderr
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM note")
        assert cursor.fetchall() == [("kept",)]


def test_a_database_of_its_own_starts_without_what_another_test_wrote(own_database: Database) -> None:
    assert "note" not in connection.introspection.table_names()
