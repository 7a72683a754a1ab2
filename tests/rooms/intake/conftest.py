"""The cast of the walls' tests, for what arrives."""

from tests.walls.conftest import cast

__all__ = ["cast"]
