"""Opens JupyterLab where notebooks and stubs are both in sight."""

import os
from pathlib import Path

from ..errors import UsageError

SETTINGS = Path(__file__).parent
"""Holds `labconfig`: no question about news before the text, long lines of code wrapped, no buttons for teachers."""
STARTUP = Path(__file__).with_name("startup.py")
"""Run by each kernel, unless you have such a file of your own."""
CLONE = (
    "This is the clone of the course, which a later version would overwrite: to work in a copy of your own, "
    "stop this and run `gmmlearn start DIR`, then `gmmlearn lab DIR`."
)


def options(folder: Path) -> list[str]:
    """What JupyterLab is started with: the folder as its root, its first notebook, and quick messages from the kernel.

    Raises
    ------
    UsageError
        When the folder is neither a student's copy nor a clone.
    """
    folder = folder.resolve()
    found = sorted([*folder.glob("0*.ipynb"), *folder.glob("course/0*.ipynb")])
    if not found or not (folder / "gmmlearn").is_dir():
        raise UsageError(
            f"{folder} has no notebooks beside a folder gmmlearn: "
            "give your copy of the course, or make one with `gmmlearn start DIR`."
        )
    as_root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return [
        f"--ServerApp.root_dir={folder}",
        # Else the file browser follows the notebook into its folder, where a clone has no stubs.
        f"--LabApp.default_url=/lab/tree/{found[0].relative_to(folder).as_posix()}?file-browser-path=/",
        "--ServerApp.jpserver_extensions=gmmlearn.explore.server=True",
        *as_root,
    ]


def run(folder: Path, more: tuple[str, ...] = ()) -> None:
    """Open it and stay until it is stopped."""
    arguments = options(folder)
    # Read first of all the places that Jupyter knows; what you set in JupyterLab yourself comes before these defaults.
    paths = [str(SETTINGS), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, paths))
    os.environ.setdefault("PYTHONSTARTUP", str(STARTUP))
    try:
        from jupyterlab.labapp import main
    except ImportError:
        raise UsageError("JupyterLab is not installed: `python -m pip install jupyterlab`.") from None
    main([*arguments, *more])
