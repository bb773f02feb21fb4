"""One example on one server for all browser tests of pages; each opens windows of its own."""

from collections.abc import Iterator

import pytest

from tests.browser.running import Running, running_example


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The example, served for real."""
    with running_example(tmp_path_factory.mktemp("example")) as running:
        yield running
