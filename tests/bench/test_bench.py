"""Every benchmark runs, small, and prints its goals: correctness only, seconds are never judged."""

import subprocess
import sys
from pathlib import Path

import pytest

BENCHES = sorted(Path(__file__).parent.glob("bench_*.py"))


@pytest.mark.parametrize("script", BENCHES, ids=lambda path: path.stem)
def test_the_benchmark_runs_and_prints_its_goals(script: Path, root: Path) -> None:
    ran = subprocess.run(
        [sys.executable, str(script), "--small"],
        capture_output=True,
        text=True,
        timeout=300,
        cwd=root,
        env={"PYTHONPATH": str(root), "PATH": "/usr/bin:/bin"},
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert "goal" in ran.stdout
