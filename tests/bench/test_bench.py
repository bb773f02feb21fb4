"""Every benchmark runs, small, and prints its ratio: correctness only, seconds are never judged."""

import subprocess
import sys
from pathlib import Path

import pytest

BENCHES = sorted(Path(__file__).parent.glob("bench_*.py"))


@pytest.mark.parametrize("script", BENCHES, ids=lambda path: path.stem)
def test_the_benchmark_runs_and_prints_a_ratio(script: Path, root: Path) -> None:
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
    assert "ratio" in ran.stdout or "×" in ran.stdout
