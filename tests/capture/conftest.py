"""A small co-op for each test, on a real database in a folder of its own."""

from pathlib import Path

import pytest

from .small_farm import SmallFarm, make_farm


@pytest.fixture
def farm(tmp_path: Path) -> SmallFarm:
    """A fresh small co-op."""
    return make_farm(tmp_path)
