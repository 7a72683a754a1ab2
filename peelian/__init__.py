"""Peelian: professional standards and service performance for a police force in England and Wales.

Each folder is a room with one purpose, said in its own docstring. A room imports only from rooms below it;
`.importlinter` holds the list and fails the build. `docs/explanation/house.md` draws it.
"""
