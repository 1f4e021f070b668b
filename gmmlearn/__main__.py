"""`python -m gmmlearn`: the command line, also where only this folder is at hand."""

import sys
from pathlib import Path

from .checks.notebook import hiding

if __name__ == "__main__":  # a process that judges imports this file as well
    said = hiding(Path.cwd())
    print(*said, sep="\n", end="\n" if said else "", file=sys.stderr)
    try:
        from .cli import main

        main()
    except Exception:  # a student's numpy.py in the place of NumPy may raise anything
        if not said:
            raise
        sys.exit(2)
