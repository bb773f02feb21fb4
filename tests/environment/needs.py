"""Looking for what a test needs on this machine, and saying so in one line where it is missing."""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM_NAMES = ("chromium", "chromium-browser")


def absent(what: str, *, fails: bool) -> NoReturn:
    """End the test: a skip with its reason, or a failure where nothing may be left out."""
    if fails:
        pytest.fail(f"{what} (and nothing may be left out here)", pytrace=False)
    pytest.skip(what)


def program(*names: str, package: str) -> str:
    """The path of the first of these programs that is installed; `package` is its name for apt."""
    for name in names:
        if path := shutil.which(name):
            return path
    absent(
        f"{names[0]} is not installed: apt-get install {package}",
        fails=os.environ.get("CI") == "true",
    )


def vectors_folder() -> Path:
    """The published test data: in VECTORS_DIR, else in ../shared/vectors beside the checkout."""
    folder = Path(os.environ.get("VECTORS_DIR") or ROOT.parent / "shared" / "vectors")
    if not folder.is_dir():
        absent(
            f"no published test data in {folder}: set VECTORS_DIR",
            fails=os.environ.get("VECTORS_REQUIRED") == "1",
        )
    return folder
