"""Long work as rows in the database: progress, cancelling, a sweeper that returns a killed worker's job to the queue.

In: a task's name and arguments. Out: a job row with its progress. Must never know: what the work means.
"""
