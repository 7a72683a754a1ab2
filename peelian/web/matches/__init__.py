"""What the wash found, as pages: the queue, one pair side by side, the second person, what follows, runs in figures."""
