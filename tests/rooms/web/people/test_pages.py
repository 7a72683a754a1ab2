"""The register as pages."""

import pytest
from django.test import Client

from tests.rooms.web.people.conftest import Force

pytestmark = pytest.mark.usefixtures("optional_second_factor")


def test_list(reader: Client, force: Force) -> None:
    answer = reader.get("/people/")
    assert answer.status_code == 200, answer.content.decode()
    words = answer.content.decode()
    assert "Ada Shaw" in words


def test_person(reader: Client, force: Force) -> None:
    answer = reader.get(f"/people/{force.constable}/")
    words = answer.content.decode()
    assert answer.status_code == 200, words
    open("/tmp/peelian/person.html", "w").write(words)
