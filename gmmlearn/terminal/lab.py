"""Opens JupyterLab where notebooks and stubs are both in sight."""

import os
from pathlib import Path

from ..errors import UsageError


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
    try:
        from jupyterlab.labapp import main
    except ImportError:
        raise UsageError("JupyterLab is not installed: `python -m pip install jupyterlab`.") from None
    main([*arguments, *more])
