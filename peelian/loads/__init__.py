"""The load of an outside export into the case record: staged in short batches, published by one pointer.

In: rows from `feeds`. Out: people, matters and intake items through their own actions, and a report that adds up.
Must never know: a page.
"""
