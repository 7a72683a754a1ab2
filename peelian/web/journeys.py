"""The journeys whose pages are served. A journey's views register their pages when they are imported here."""

from types import ModuleType

from peelian.web.calibration import views as calibration
from peelian.web.contact import views as contact
from peelian.web.decisions import views as decisions
from peelian.web.disclosure import views as disclosure
from peelian.web.disparity import views as disparity
from peelian.web.evidence import views as evidence
from peelian.web.front import views as front
from peelian.web.intake import views as intake
from peelian.web.investigations import views as investigations
from peelian.web.law import views as law
from peelian.web.letters import views as letters
from peelian.web.loads import views as loads
from peelian.web.lookback import views as lookback
from peelian.web.matches import figures as wash_figures
from peelian.web.matches import reach as wash_reach
from peelian.web.matches import rules as wash_rules
from peelian.web.matches import views as matches
from peelian.web.matches import washing
from peelian.web.matters import views as matters
from peelian.web.oversight import views as oversight
from peelian.web.own import views as own
from peelian.web.people import views as people
from peelian.web.proceedings import views as proceedings
from peelian.web.recommendations import views as recommendations
from peelian.web.retention import sources as retention_sources
from peelian.web.retention import views as retention
from peelian.web.returns import views as returns
from peelian.web.sampling import views as sampling
from peelian.web.search import views as search
from peelian.web.vetting import views as vetting
from peelian.web.work import views as work

JOURNEYS: tuple[ModuleType, ...] = (
    front,
    calibration,
    contact,
    decisions,
    disclosure,
    disparity,
    evidence,
    intake,
    investigations,
    law,
    letters,
    matches,
    wash_figures,
    wash_reach,
    wash_rules,
    washing,
    matters,
    loads,
    lookback,
    oversight,
    own,
    people,
    proceedings,
    recommendations,
    retention,
    retention_sources,
    returns,
    sampling,
    search,
    vetting,
    work,
)
