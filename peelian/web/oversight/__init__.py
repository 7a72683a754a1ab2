"""Pages of those who watch over others: the journal, broken glass, delegates, users and their roles, jobs."""
