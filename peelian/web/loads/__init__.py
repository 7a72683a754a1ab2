"""Loads of outside files: the list, a new one, its report, the rows it set aside and what it changed."""
