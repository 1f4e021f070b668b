"""Makes the file that is handed in: the notebooks and the modules in one zip."""

import getpass
import io
import re
import sys
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import Path

from .. import atomic
from ..calls import Status
from ..checks.checking import report_on_file
from ..checks.reporting.report import Report
from ..checks.wording import naming
from ..contract import EXERCISES, notebook_of
from ..errors import UsageError
from .kit import Kit

TOO_LARGE = 20 * 2**20


@dataclass(frozen=True)
class HandIn:
    """A zip that was made.

    Attributes
    ----------
    path : Path
    names : tuple of str
        What is in it.
    missing : tuple of str
        Notebooks that were handed out and are not.
    """

    path: Path
    names: tuple[str, ...]
    missing: tuple[str, ...]


def asked(kit: Kit) -> set[str]:
    """The exercises of the notebooks that were handed out."""
    notebooks = kit.handed_out
    return {name for name, exercise in EXERCISES.items() if notebook_of(exercise.module) in notebooks}


def unfinished(kit: Kit) -> list[Report]:
    """The reports of the exercises that do not pass the public checks; of those not asked for, what was begun."""
    reports = (report_on_file(exercise, kit.package) for exercise in EXERCISES.values())
    open_ones = (report for report in reports if not report.passed)
    names = asked(kit)
    return [one for one in open_ones if one.name in names or one.status is not Status.NOT_STARTED]


def contents(kit: Kit) -> dict[str, Path]:
    """Name in the zip -> file.

    Raises
    ------
    UsageError
        When there is nothing to hand in, or far too much.
    """
    files = {path.name: path for path in kit.notebooks}
    files |= {f"gmmlearn/{path.name}": path for path in kit.modules}
    if not any(name.endswith(".py") for name in files):
        raise UsageError(f"{kit.root} has no gmmlearn/*.py to hand in: go to the folder with your notebooks.")
    size = sum(path.stat().st_size for path in files.values())
    if size > TOO_LARGE:
        largest = max(files, key=lambda name: files[name].stat().st_size)
        raise UsageError(
            f"Your files have {size / 2**20:.0f} MB, more than the {TOO_LARGE // 2**20} MB that can be handed in; "
            f"the largest is {largest}. Clear the outputs of the notebooks and save them."
        )
    return files


def name_of_account() -> str:
    """A name for the file from that of the account, which on Windows may hold spaces, an apostrophe or a domain.

    Raises
    ------
    UsageError
        When the machine does not say who is working.
    """
    try:
        account = "" if sys.platform == "emscripten" else getpass.getuser()  # in a browser all are called web_user
    except (ImportError, KeyError, OSError):  # without the variables, and on Windows without the module pwd
        account = ""
    name = safe(account)
    if not name:
        raise UsageError(f"This machine does not say who you are: give your name as `{naming('NAME')}`.")
    return name


def safe(account: str) -> str:
    """The name of an account as it may stand in a file's name.

    >>> safe("Anna Müller"), safe("O'Brien"), safe("SCHOOL\\\\ada"), safe("ada@school.edu")
    ('Anna-Müller', 'O-Brien', 'ada', 'ada@school.edu')
    """
    last = unicodedata.normalize("NFC", account).rpartition("\\")[2]
    return re.sub(r"[^\w.@-]+", "-", last).strip("-.")


def make(kit: Kit, name: str) -> HandIn:
    """Write `<name>.zip`, with the files at its top level as nbgrader's `zip_collect` takes them.

    Raises
    ------
    UsageError
        When the name cannot be a student's, or the folder holds nothing to hand in.
    """
    if not re.fullmatch(r"[\w.@-]+", name):
        instead = safe(name)
        raise UsageError(
            f"{name!r} cannot be your name in a file, which has letters, digits, dots, dashes and underscores"
            + (f": give `{naming(instead)}`." if instead else ".")
        )
    files = contents(kit)
    path = kit.root / f"{name}.zip"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for inside, file in files.items():
            archive.write(file, inside)
    atomic.write(path, made.getvalue())
    return HandIn(path, tuple(files), tuple(notebook for notebook in kit.handed_out if notebook not in files))
