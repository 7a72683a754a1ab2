"""One box over people, matters and what arrived, through the walls."""
