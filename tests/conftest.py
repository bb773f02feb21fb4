"""Fixtures every folder of tests shares; a folder's own fixtures are in its own conftest."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.environment.needs import CHROMIUM_NAMES, ROOT, program, vectors_folder

# Chromium asks the network for nothing of its own, and runs as root in a container.
CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test marked `browser` is skipped without Chromium, and fails under CI."""
    if item.get_closest_marker("browser"):
        program(*CHROMIUM_NAMES, package="chromium")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout's folder."""
    return ROOT


@pytest.fixture(scope="session")
def vectors_dir() -> Path:
    """The folder of published test data that nobody on this project wrote."""
    return vectors_folder()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for the whole run; each test opens its own context in it."""
    executable = program(*CHROMIUM_NAMES, package="chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable, args=list(CHROMIUM_ARGUMENTS)
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def pdftotext() -> str:
    """The path of poppler's pdftotext."""
    return program("pdftotext", package="poppler-utils")


@pytest.fixture(scope="session")
def pdftoppm() -> str:
    """The path of poppler's pdftoppm."""
    return program("pdftoppm", package="poppler-utils")


@pytest.fixture
def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
