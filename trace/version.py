"""The program's version: the top heading of CHANGELOG.md, so no release forgets what changed."""

import re
from functools import cache
from pathlib import Path

CHANGELOG = Path(__file__).resolve().parent.parent / "CHANGELOG.md"


def parse_version(changelog: str) -> str:
    """The version in the first `## [0.1.0] - 2026-03-01` heading.

    Raises ValueError where the first second-level heading names no version.
    """
    heading = re.search(r"^## (.*)$", changelog, re.MULTILINE)
    version = heading and re.fullmatch(r"\[(\d+\.\d+\.\d+)\] - \S.*", heading[1])
    if not version:
        found = heading[0] if heading else "no heading"
        raise ValueError(f"the changelog's top heading is {found!r}, expected '## [1.2.3] - DATE'")
    return version[1]


@cache
def program_version() -> str:
    """The running program's version, read once."""
    return parse_version(CHANGELOG.read_text(encoding="utf-8"))
