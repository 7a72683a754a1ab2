"""The process behind `benchmarks.pages`: pages of one world, asked for by name on standard input.

`python -m benchmarks.served WORLD.json TIMES`. It prints the kinds of page it has; then, for each kind named, the
seconds that each of TIMES pages took, by the clock and of the processor.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path, reverse

from benchmarks import ready  # noqa: F401 - before the rooms
from benchmarks.pages import BARE
from peelian.config.urls import handler400, handler403, handler404, handler500
from peelian.config.urls import urlpatterns as served
from peelian.people.models import Unit
from peelian.walls.models import User
from peelian.web.pages import registered_pages

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def bare(request: HttpRequest) -> HttpResponse:
    """A page of one query and nothing else."""
    return HttpResponse("\n".join(Unit.objects.order_by("name").values_list("name", flat=True)[:25]))


urlpatterns = [*served, path("bare/", bare, name="bare")]


def addresses(world: dict[str, Any]) -> dict[str, str]:
    """What is measured, with the address of each."""

    def record(name: str, ref: str) -> str:
        return reverse(name, kwargs={"ref": ref})

    def searched(words: str) -> str:
        return f"{reverse('search')}?{urlencode({'q': words})}"

    menu = {one.menu: reverse(one.name) for one in registered_pages() if one.menu}
    return {
        BARE: reverse("bare"),
        "My work (40 open matters)": menu["My work"],
        "a matter, closed": record("matter", world["matter"]),
        "a matter, open": record("matter", world["own_matter"]),
        "a person": record("person", world["person"]),
        "a person with 100 matters": record("person", world["long_history"]),
        "a search for a rare word": searched(world["rare_word"]),
        "a search for a word in a third of all matters": searched(world["common_word"]),
        "a search for the start of a common word": searched(world["common_word"][:4]),
        "a search for a common surname": searched(world["common_name"]),
        "the list of matters": menu["Matters"],
        "the matters of one category": f"{menu['Matters']}?{urlencode({'category': 'H4'})}",
        "the list of people": menu["People"],
        "the list of intake": menu["Intake"],
    }


def main(world: dict[str, Any], times: int) -> None:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(username=world["handler"]), settings.AUTHENTICATION_BACKENDS[0])
    asked = addresses(world)
    print(json.dumps(list(asked)), flush=True)
    for line in sys.stdin:
        print(json.dumps([seconds(client, asked[line.strip()]) for _ in range(times)]), flush=True)


def seconds(client: Client, address: str) -> tuple[float, float]:
    """By the clock on the wall, and of the processor: the second leaves out what else the machine did."""
    began, worked = time.perf_counter(), time.process_time()
    answer = client.get(address)
    taken = time.perf_counter() - began, time.process_time() - worked
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code} {answer.headers.get('Location', '')}")
    return taken


if __name__ == "__main__":
    with override_settings(ROOT_URLCONF="benchmarks.served"):
        main(json.loads(Path(sys.argv[1]).read_text()), int(sys.argv[2]))
