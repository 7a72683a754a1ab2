"""The append-only record of every act, look and refusal, chained, signed and verifiable by an outsider.

In: who, what, which record, why. Out: entries, proofs, checkpoints, an export. Must never know: what a record means,
or who may see it.
"""
