"""The small co-op that the stories are told on."""

from pathlib import Path

import pytest

from tests.capture.small_farm import SmallFarm, make_farm


@pytest.fixture
def farm(tmp_path: Path) -> SmallFarm:
    """A fresh small co-op."""
    return make_farm(tmp_path)
