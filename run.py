"""Start of the program: `python run.py COMMAND`, from any folder.

The service's package is called `trace`, as is a module of Python's own, so the folder of this file
goes first on `sys.path` before anything of ours is imported. Worker processes import this file too
(as `__mp_main__`), and need the path as much.
"""

import sys
from pathlib import Path

ROOT = str(Path(__file__).resolve().parent)
if sys.path[:1] != [ROOT]:
    sys.path.insert(0, ROOT)

from trace.commands import main  # noqa: E402 - only importable once the path above is set

if __name__ == "__main__":
    main(prog_name="run.py")
