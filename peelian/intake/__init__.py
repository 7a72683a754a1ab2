"""What arrived, word for word: reports, letters, findings of analytics, and the outside files that were loaded.

In: words, a channel, a day. Out: items waiting for assessment, sources and their loads. Must never know: what became
of an item beyond its own state.
"""
