"""The cast of the walls' own tests."""

from tests.walls.conftest import cast

__all__ = ["cast"]
