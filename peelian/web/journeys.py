"""The journeys whose pages are served. A journey's views register their pages when they are imported here."""

from types import ModuleType

from peelian.web.front import views as front
from peelian.web.law import views as law
from peelian.web.oversight import views as oversight
from peelian.web.people import views as people
from peelian.web.search import views as search

JOURNEYS: tuple[ModuleType, ...] = (front, law, oversight, people, search)
