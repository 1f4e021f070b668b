"""Reruns the model that a student's project declares, in a process of its own that is ended when it takes too long.

The declaration is read off the notebook as values. None of the student's code is run, so no sandbox is needed.
"""

import json
import os
import subprocess
import sys
from html import escape

from ...errors import GmmlearnError

SECONDS = 180.0
TOO_LONG = f"The declared model could not be fitted again in {SECONDS:g} seconds, so its numbers are not compared."
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def rerun(notebook: bytes, seconds: float = SECONDS) -> str:
    """The panel on a declared model, as HTML with every word of the student's escaped.

    Parameters
    ----------
    notebook : bytes
        As it was handed in.
    seconds : float
        After which it ends.

    Returns
    -------
    str

    Raises
    ------
    GmmlearnError
        For a fault that is ours.
    """
    command = [sys.executable, "-P", "-m", "gmmlearn.project.rerun"]
    try:
        done = subprocess.run(
            command, input=notebook, capture_output=True, timeout=seconds, env=os.environ | _ONE_THREAD, check=False
        )
    except subprocess.TimeoutExpired:
        return f"<p>{escape(TOO_LONG)}</p>"
    if done.returncode:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise GmmlearnError(f"The declared model could not be fitted again: {' '.join(last)}")
    return json.loads(done.stdout)["html"]
