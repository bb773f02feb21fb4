"""The folders are the architecture: who may import what, how long a module may be, where SQL is.

The tables are those of the design. Every check is a function of one module's source, so that the
last tests can show it catching what it must.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# What a module may import beside the standard library, by the beginning of its path. A module that
# several rows fit has the rights of all; the single modules named here are the design's exceptions.
ARROWS: dict[str, frozenset[str]] = {
    "run": frozenset({"trace.commands"}),
    "trace/version": frozenset(),
    "trace/domain": frozenset({"trace.domain", "cryptography", "rfc8785", "stdnum"}),
    "trace/repository": frozenset(
        {"trace.domain", "trace.repository", "sqlite_utils", "PIL", "pypdfium2", "cryptography"}
    ),
    "trace/capture": frozenset({"trace.domain", "trace.repository", "trace.capture"}),
    "trace/query": frozenset({"trace.domain", "trace.repository", "trace.query"}),
    "trace/query/label_text": frozenset({"labels.text"}),
    # exports are queries: the one place that writes a spreadsheet
    "trace/query/record_workbook": frozenset({"openpyxl"}),
    "trace/web": frozenset(
        {"trace.domain", "trace.capture", "trace.query", "trace.web", "trace.version"}
        | {"flask", "werkzeug", "jinja2", "markupsafe", "flask_babel", "babel"}
    ),
    "trace/web/packing": frozenset({"labels"}),
    # a paper of words already chosen and translated is drawn by labels.record_sheet
    "trace/web/papers/files": frozenset({"labels"}),
    # a recall's poster is paper and ink as labels are, and is drawn while the manager waits
    "trace/web/manage/recall_room": frozenset({"labels"}),
    "trace/web/link_picture": frozenset({"qrcode"}),
    "trace/jobs": frozenset(
        {"trace.domain", "trace.capture", "trace.query", "trace.jobs", "trace.version", "labels"}
    ),
    "labels": frozenset({"labels", "qrcode", "reportlab", "PIL", "pypdfium2", "zxingcpp"}),
}
MAY_IMPORT_ANYTHING = "trace/commands/"

LONGEST_MODULE = 300
NAMES_THAT_SAY_NOTHING = frozenset({"utils", "util", "helpers", "helper", "manager", "common"})
ROOT_FOLDER = frozenset(
    {".ci", ".gitignore", "CHANGELOG.md", "LICENSE", "Makefile", "README.md", "README.zh.md"}
    | {"instance", "labels", "pyproject.toml", "requirements.txt", "run.py", "setup.cfg"}
    | {"templates", "tests", "trace"}
)

# Modules of the standard library by which a clock, a file, the network or chance would come in.
IMPURE_MODULES = frozenset(
    {"time", "random", "secrets", "os", "pathlib", "io", "tempfile", "shutil", "glob", "subprocess"}
    | {"socket", "ssl", "http", "urllib.request", "sqlite3", "threading", "multiprocessing"}
    | {"asyncio", "importlib", "logging"}
)
# Calls that do the same, by their last two names. A clock passed in is called `now()`, and may be.
IMPURE_CALLS = frozenset(
    {"datetime.now", "datetime.utcnow", "datetime.today", "date.today"}
    | {"uuid.uuid1", "uuid.uuid4", "uuid1", "uuid4", "open", "input", "print"}
)

SQL = re.compile(
    r"\s*(?:SELECT\s.*\sFROM\s|SELECT\s+\S+\(|INSERT\s+(?:OR\s+\w+\s+)?INTO\s|UPDATE\s+\S+\s+SET\s"
    r"|DELETE\s+FROM\s|WITH\s.*\sAS\s*\(|PRAGMA\s|(?:ALTER|DROP)\s+TABLE\s"
    r"|CREATE\s+(?:UNIQUE\s+|TEMP\s+|VIRTUAL\s+)*(?:TABLE|INDEX|VIEW|TRIGGER)\s)",
    re.DOTALL,
)


def program_modules() -> list[Path]:
    """Every module of the program, relative to the root; the tests are not among them."""
    folders = [path for name in ("trace", "labels") for path in (ROOT / name).rglob("*.py")]
    return [path.relative_to(ROOT) for path in [ROOT / "run.py", *sorted(folders)]]


def imports(path: Path, source: str) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of every import, relative ones worked out: `trace.domain.lot`."""
    folder = path.parent.parts
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield node.lineno, name.name
        elif isinstance(node, ast.ImportFrom):
            above = folder[: len(folder) - node.level + 1] if node.level else ()
            whole = [*above, *(node.module or "").split(".")]
            for name in node.names:
                yield node.lineno, ".".join(part for part in [*whole, name.name] if part)


def is_under(name: str, prefixes: frozenset[str]) -> bool:
    """Whether a dotted name is one of these or inside one of them."""
    return any(name == prefix or name.startswith(f"{prefix}.") for prefix in prefixes)


def wrong_arrows(path: Path, source: str) -> Iterator[str]:
    """Imports that the design's table does not allow this module."""
    here = path.with_suffix("").as_posix()
    if here.startswith(MAY_IMPORT_ANYTHING):
        return
    rows = [row for row in ARROWS if here == row or here.startswith(f"{row}/")]
    allowed = frozenset[str]().union(*(ARROWS[row] for row in rows))
    for line, name in imports(path, source):
        first = name.split(".")[0]
        ours = first == "labels" or (first == "trace" and name != "trace")
        if not is_under(name, allowed) and (ours or first not in sys.stdlib_module_names):
            yield f"{path}:{line} imports {name}"


def absolute_imports_of_trace(path: Path, source: str) -> Iterator[str]:
    """Imports of `trace` by its name inside trace/, which may find Python's own module instead."""
    if path.parts[0] != "trace":
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [node.module or ""]
        else:
            continue
        if any(is_under(name, frozenset({"trace"})) for name in names):
            yield f"{path}:{node.lineno} imports trace by its name, not relatively"


def impurities(path: Path, source: str) -> Iterator[str]:
    """Clock, files, network and chance in trace/domain."""
    if path.parts[:2] != ("trace", "domain"):
        return
    for line, name in imports(path, source):
        if is_under(name, IMPURE_MODULES):
            yield f"{path}:{line} imports {name}"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            called = ".".join(ast.unparse(node.func).split(".")[-2:])
            if called in IMPURE_CALLS:
                yield f"{path}:{node.lineno} calls {called}()"


def sql(path: Path, source: str) -> Iterator[str]:
    """String literals that begin as an SQL statement does, outside trace/repository."""
    if path.parts[:2] == ("trace", "repository"):
        return
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and (SQL.match(node.value) or (node.value.islower() and SQL.match(node.value.upper())))
        ):
            yield f"{path}:{node.lineno} {node.value.strip()[:40]!r}"


def length(path: Path, source: str) -> Iterator[str]:
    """A module of more than LONGEST_MODULE lines."""
    if (lines := len(source.splitlines())) > LONGEST_MODULE:
        yield f"{path} has {lines} lines, at most {LONGEST_MODULE}"


Check = Callable[[Path, str], Iterator[str]]
CHECKS: tuple[Check, ...] = (wrong_arrows, absolute_imports_of_trace, impurities, sql, length)


@pytest.mark.parametrize("check", CHECKS, ids=[check.__name__ for check in CHECKS])
def test_no_module_of_the_program_breaks_the_layout(check: Check) -> None:
    modules = program_modules()
    assert len(modules) > 10
    breaches = [
        breach
        for path in modules
        for breach in check(path, (ROOT / path).read_text(encoding="utf-8"))
    ]
    assert breaches == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [path for path in program_modules() if path.stem in NAMES_THAT_SAY_NOTHING] == []


def test_the_root_folder_holds_only_what_the_design_names() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip(
            "not a git checkout: what belongs to it cannot be told from what was made in it"
        )
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    tracked = {name.split("/")[0] for name in listed.stdout.decode().split("\0") if name}
    assert tracked - ROOT_FOLDER == set()


@pytest.mark.parametrize(
    ("check", "path", "source"),
    [
        (wrong_arrows, "trace/domain/lot.py", "from ..repository import lots"),
        (wrong_arrows, "trace/domain/lot.py", "from .. import repository"),
        (wrong_arrows, "trace/domain/lot.py", "import flask"),
        (wrong_arrows, "trace/repository/lots.py", "from ..capture.recording import record_event"),
        (wrong_arrows, "trace/capture/recording.py", "import sqlite_utils"),
        (wrong_arrows, "trace/capture/recording.py", "from ..query import lots"),
        (wrong_arrows, "trace/query/label_text.py", "from labels import sheet"),
        (wrong_arrows, "trace/query/lots.py", "from labels import text"),
        (wrong_arrows, "trace/web/scan.py", "from ..repository import lots"),
        (wrong_arrows, "trace/web/scan.py", "def page():\n    import labels"),
        (wrong_arrows, "trace/web/scan.py", "from ..jobs import queue"),
        (wrong_arrows, "trace/jobs/labels.py", "from ..web import scan"),
        (wrong_arrows, "labels/text.py", "from trace.domain import lot"),
        (wrong_arrows, "labels/text.py", "import trace.domain"),
        (absolute_imports_of_trace, "trace/web/scan.py", "from trace.query import lots"),
        (absolute_imports_of_trace, "trace/web/scan.py", "import trace"),
        (impurities, "trace/domain/lot.py", "import os.path"),
        (impurities, "trace/domain/lot.py", "from urllib.request import urlopen"),
        (impurities, "trace/domain/lot.py", "from time import monotonic"),
        (impurities, "trace/domain/lot.py", "today = date.today()"),
        (impurities, "trace/domain/lot.py", "text = open('x').read()"),
        (impurities, "trace/domain/unit_code.py", "code = uuid.uuid4()"),
        (sql, "trace/query/lots.py", "rows = db.query('SELECT * FROM lot WHERE id = ?', [1])"),
        (sql, "trace/query/lots.py", "rows = db.query(f'''\n select * from {table}''')"),
        (sql, "trace/commands/check.py", "db.execute('PRAGMA integrity_check')"),
        (length, "labels/text.py", "x = 1\n" * 301),
    ],
)
def test_the_check_catches_what_it_must(check: Check, path: str, source: str) -> None:
    assert list(check(Path(path), source))


@pytest.mark.parametrize(
    ("check", "path", "source"),
    [
        (wrong_arrows, "trace/query/label_text.py", "from labels.text import Line"),
        (wrong_arrows, "trace/web/packing/__init__.py", "from labels import sheet"),
        (wrong_arrows, "trace/web/packing.py", "import labels.sheet"),
        (
            wrong_arrows,
            "trace/commands/serve.py",
            "from ..repository import database\nimport granian",
        ),
        (wrong_arrows, "trace/web/manage/lots.py", "from ...capture import recording"),
        (impurities, "trace/domain/lot.py", "from urllib.parse import quote"),
        (impurities, "trace/repository/files.py", "import os, secrets"),
        (impurities, "trace/domain/hold.py", "first_day = day_of(now())"),
        (sql, "trace/web/scan.py", "label = _('Select a lot from the list')"),
        (sql, "trace/repository/lots.py", "text = 'DELETE FROM lot'"),
        (length, "labels/text.py", "x = 1\n" * 300),
    ],
)
def test_the_check_lets_pass_what_the_design_allows(check: Check, path: str, source: str) -> None:
    assert list(check(Path(path), source)) == []
