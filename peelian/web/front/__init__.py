"""The front of the house: where a signed-in user lands, and what anybody may read about Peelian."""
