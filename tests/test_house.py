"""The house around the program: its version, its locks, its command line, and how it is started."""

import configparser
import os
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from click.testing import CliRunner
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.environment import needs
from tests.test_layout import imports, program_modules
from trace.commands import COMMANDS, main
from trace.version import parse_version, program_version

LOCKS = ("requirements.txt", "tests/requirements.txt")


def settings(root: Path) -> configparser.ConfigParser:
    """setup.cfg as read by its readers."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(root / "setup.cfg", encoding="utf-8")
    return parser


def wanted(root: Path, lock: str) -> list[Requirement]:
    """What setup.cfg asks of a lock."""
    parser = settings(root)
    lines = parser["options"]["install_requires"].split("\n")
    if lock != LOCKS[0]:
        lines += parser["options.extras_require"]["test"].split("\n")
    return [Requirement(line) for line in lines if line]


def locked(root: Path, lock: str) -> dict[str, str]:
    """Pinned version by package."""
    text = (root / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ]+)", text, re.MULTILINE))


def run(*arguments: str, folder: Path) -> str:
    """What this Python prints with these arguments in that folder; a failure fails the test."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ).stdout


def test_the_version_is_the_top_heading_of_the_changelog(root: Path) -> None:
    assert settings(root)["metadata"]["version"] == program_version()
    assert f"## [{program_version()}] - " in (root / "CHANGELOG.md").read_text(encoding="utf-8")
    assert parse_version("# Changelog\n\n## [1.2.3] - 2026-03-01\n\n## [1.2.2] - x\n") == "1.2.3"


@pytest.mark.parametrize(
    "text", ["# Changelog\n", "## Unreleased\n\n## [1.0.0] - x\n", "## [1] - x"]
)
def test_a_changelog_without_a_version_on_top_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="top heading"):
        parse_version(text)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_all_that_setup_cfg_asks_for(root: Path, lock: str) -> None:
    pins = locked(root, lock)
    unmet = [
        str(requirement)
        for requirement in wanted(root, lock)
        if (pin := pins.get(canonicalize_name(requirement.name))) is None
        or Version(pin) not in requirement.specifier
    ]
    assert unmet == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_pins_with_hashes_and_nothing_else(root: Path, lock: str) -> None:
    text = (root / lock).read_text(encoding="utf-8")
    hashed = re.compile(r"[a-z0-9-]+==\S+( ; .+)? \\(\n    --hash=sha256:[0-9a-f]{64}( \\)?)+\n")
    assert re.sub(r"^#.*\n", "", hashed.sub("", text), flags=re.MULTILINE) == ""


def test_program_and_tests_run_on_the_same_versions(root: Path) -> None:
    assert locked(root, LOCKS[0]).items() <= locked(root, LOCKS[1]).items()


def test_every_library_the_program_imports_is_locked(root: Path) -> None:
    packages = packages_distributions()
    pins = locked(root, LOCKS[0])
    strangers = {
        name.split(".")[0]
        for path in program_modules()
        for _, name in imports(path, (root / path).read_text(encoding="utf-8"))
        if (first := name.split(".")[0]) not in sys.stdlib_module_names | {"labels"}
        and not any(canonicalize_name(known) in pins for known in packages.get(first, []))
    }
    assert strangers == set()


def test_the_command_line_works_from_an_empty_folder(root: Path, tmp_path: Path) -> None:
    printed = run("-P", str(root / "run.py"), "--help", folder=tmp_path)
    assert "Usage: run.py" in printed
    assert list(tmp_path.iterdir()) == []


def test_a_worker_process_that_imports_run_py_finds_our_trace(root: Path, tmp_path: Path) -> None:
    program = (
        "import runpy, sys\n"
        f"runpy.run_path({str(root / 'run.py')!r}, run_name='__mp_main__')\n"
        "print(sys.modules['trace'].__file__)"
    )
    printed = run("-P", "-c", program, folder=tmp_path)
    assert Path(printed.strip()) == root / "trace" / "__init__.py"


def test_the_help_page_imports_no_command(root: Path) -> None:
    program = (
        "import sys\nfrom trace.commands import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "print(sorted(name for name in sys.modules if name.startswith(('trace.', 'flask'))))"
    )
    printed = run("-c", program, folder=root)
    assert printed.splitlines()[-1] == "['trace.commands', 'trace.version']"


def test_the_command_line_says_its_version() -> None:
    assert CliRunner().invoke(main, ["--version"]).output.strip().endswith(program_version())


def test_every_command_of_the_table_can_be_called_and_has_help() -> None:
    page = CliRunner().invoke(main, ["--help"]).output
    for name, row in COMMANDS.items():
        answer = CliRunner().invoke(main, [name, "--help"])
        assert (name, answer.exit_code) == (name, 0), answer.output
        assert row.short_help and f"  {name} " in page


def test_an_unknown_command_is_a_usage_error() -> None:
    answer = CliRunner().invoke(main, ["harvest-moon"])
    assert (answer.exit_code, "No such command 'harvest-moon'" in answer.output) == (2, True)


def test_make_lists_its_commands(root: Path) -> None:
    printed = subprocess.run(
        ["make", "--no-print-directory"], cwd=root, check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    commands = [line.split()[1] for line in printed.splitlines()]
    assert commands == ["help", "install", "run", "test", "lint", "bench", "soak"]


def test_a_missing_program_is_a_skip_and_under_ci_a_failure(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="apt-get install chromium"):
        needs.program("chromium", package="chromium")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="apt-get install chromium"):
        needs.program("chromium", package="chromium")


def test_missing_test_data_is_a_skip_and_a_failure_where_required(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("VECTORS_DIR", str(tmp_path / "nowhere"))
    monkeypatch.delenv("VECTORS_REQUIRED", raising=False)
    with pytest.raises(pytest.skip.Exception, match="VECTORS_DIR"):
        needs.vectors_folder()
    monkeypatch.setenv("VECTORS_REQUIRED", "1")
    with pytest.raises(pytest.fail.Exception, match="VECTORS_DIR"):
        needs.vectors_folder()
    monkeypatch.setenv("VECTORS_DIR", str(tmp_path))
    assert needs.vectors_folder() == tmp_path
