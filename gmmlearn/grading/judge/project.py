"""Reruns the model that a student's project declares, in a process of its own that is ended when it takes too long.

The declaration is read off the notebook as values. None of the student's code is run, so no sandbox is needed.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from html import escape
from typing import Any

from ...checks.reporting.drawing import render
from ...errors import GmmlearnError
from ..processes import end_with_parent
from .verdict_report import TEMPLATES

SECONDS = 180.0
TOO_LONG = f"The declared model could not be fitted again in {SECONDS:g} seconds, so its numbers are not compared."
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


@dataclass(frozen=True, slots=True)
class Rerun:
    """What came of a declared model that was fitted again.

    Attributes
    ----------
    html : str
        The panel, with every word of the student's escaped.
    problem : str
        Why nothing could be compared; empty otherwise.
    reproduced, claims : int
        So many of so many declared numbers.
    traps : tuple of str
        Names of the traps that were seen.
    """

    html: str
    problem: str = ""
    reproduced: int = 0
    claims: int = 0
    traps: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Rerun":
        """What `asdict` and JSON have left of one."""
        return cls(**data | {"traps": tuple(data["traps"])})

    def __str__(self) -> str:
        """In a sentence or two, for tables."""
        if self.problem:
            return self.problem
        numbers = f"{self.reproduced} of {self.claims} numbers reproduced." if self.claims else "No numbers declared."
        return f"{numbers} Asked about: {', '.join(self.traps) or 'nothing'}."


def rerun(notebook: bytes, seconds: float = SECONDS) -> Rerun:
    """Fit a declared model again.

    Parameters
    ----------
    notebook : bytes
        As it was handed in.
    seconds : float
        After which it ends.

    Returns
    -------
    Rerun

    Raises
    ------
    GmmlearnError
        For a fault that is ours.
    """
    command = [sys.executable, "-P", "-m", "gmmlearn.grading.judge.fit_again"]
    try:
        done = subprocess.run(
            command, input=notebook, capture_output=True, timeout=seconds, env=os.environ | _ONE_THREAD, check=False,
            preexec_fn=end_with_parent,
        )  # fmt: skip
        said = done.stdout
    except subprocess.TimeoutExpired as late:
        done, said = None, late.stdout or b""
    if done is not None and done.returncode:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise GmmlearnError(f"The declared model could not be fitted again: {' '.join(last)}")
    whole = [json.loads(line) for line in said.splitlines(keepends=True) if line.endswith(b"\n")]
    if not whole:
        return Rerun(f"<p>{escape(TOO_LONG)}</p>", TOO_LONG)
    report, *pictures = whole
    shown = report["html"] + render("pictures", TEMPLATES, pictures=pictures)
    return Rerun.from_json(report | {"html": shown})
