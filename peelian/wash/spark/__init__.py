"""The wash past one machine: pairs are put together and weighed by Spark, in the very words that DuckDB is given.

In: the store, and the two queries of a part of a run (which pairs, and what they weigh). Out: rows of scores in the
store, from which all else is made as ever. Needs the extra requirement `spark` (PySpark, Splink's sqlglot) and Java.
"""
