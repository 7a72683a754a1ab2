"""Matters: recording them, what is owed on them, what happened, who may see them and work on them."""
