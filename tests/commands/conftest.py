"""An operator's surroundings: an instance folder named by the environment, and nothing else set."""

from pathlib import Path

import pytest

from tests.capture.small_farm import SmallFarm, make_farm
from trace.web.settings import NAMES


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that QIJIMU_INSTANCE names; it does not exist yet."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("QIJIMU_INSTANCE", str(tmp_path / "instance"))
    return tmp_path / "instance"


@pytest.fixture
def recorded(folder: Path) -> SmallFarm:
    """A small co-op in that folder, from planting to packed lot."""
    farm = make_farm(folder.parent)
    farm.pack(farm.harvest(farm.plant()))
    return farm
