"""Pages of the look-back: cohorts and their cases for who leads them, reviews and tasks for who does them."""
