"""Casework pages: the stages of a matter, one step, the joint view, what waits for a second person."""
