"""An operator's surroundings: an instance folder named by the environment, and nothing else set.

The example season is loaded once for all tests that only read it.
"""

from pathlib import Path

import pytest

from tests.capture.small_farm import SmallFarm, make_farm
from tests.commands.example_season import NOON, load_at
from trace.commands.example.loading import Example
from trace.repository.instance import Instance
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


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Instance, Example]:
    """The season loaded at noon, and what the loading gave back."""
    return load_at(tmp_path_factory.mktemp("season"), NOON)


@pytest.fixture(scope="session")
def season(loaded: tuple[Instance, Example]) -> Instance:
    """The season as it stands at noon; no test writes in it."""
    return loaded[0]
