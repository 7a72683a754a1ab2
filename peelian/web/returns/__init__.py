"""Returns of the force: the list, each of them, what is recorded of it, the answer to a super-complaint."""
