"""Writing proceedings: opening them, who sits, objections, papers and reply, witnesses, the chair's directions."""

from peelian.proceedings.actions.deciding import decide
from peelian.proceedings.actions.directing import arrange, direct_publication, direct_witnesses
from peelian.proceedings.actions.objecting import answer_objection, record_objection
from peelian.proceedings.actions.opening import open_proceeding
from peelian.proceedings.actions.papers import add_papers, list_witness, record_reply
from peelian.proceedings.actions.seating import name_member, stand_down

__all__ = [
    "add_papers",
    "answer_objection",
    "arrange",
    "decide",
    "direct_publication",
    "direct_witnesses",
    "list_witness",
    "name_member",
    "open_proceeding",
    "record_objection",
    "record_reply",
    "stand_down",
]
