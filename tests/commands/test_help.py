"""Every command explains itself."""

import pytest

from tests.commands.operating import run
from trace.commands import COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str) -> None:
    answer = run(name, "--help")
    assert answer.exit_code == 0, answer.output
    assert f"python run.py {name}" in answer.output
    assert max(len(line) for line in answer.output.splitlines()) <= 100
