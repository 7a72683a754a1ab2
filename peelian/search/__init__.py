"""Words to record keys, on SQLite FTS5 and on PostgreSQL, without any statistic of the whole collection.

In: text of one record, written in the transaction of the act that wrote the text. Out: keys that match, unranked.
Must never know: who is asking; the caller narrows the keys through the walls.
"""
