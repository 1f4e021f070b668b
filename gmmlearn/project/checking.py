"""The answer of `check("project")`: the declared numbers beside those of a rerun, and questions. It gives no points."""

import sys
from collections.abc import Iterable
from contextlib import chdir
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..checks import record
from ..checks.reporting.drawing import render, wrapped
from ..contract import PROJECT_NOTEBOOK
from ..errors import UsageError
from .declaration import CHOICES, Project
from .fitting import split
from .numbers import Claim, claims
from .reading import NAME, declarations, declared_in
from .traps import Trap, traps

WIDTH = 92
NO_POINTS = "Questions, not marks: this check gives no points. Answer them by a better model, or in your report."


@dataclass(frozen=True)
class ProjectReport:
    """What there is to ask about a project; shows itself in a notebook and in a terminal.

    Attributes
    ----------
    about : str
        The declared model in one line.
    claims : tuple of Claim
    traps : tuple of Trap
    problem : str
        Why nothing could be looked at; empty otherwise.
    notes : tuple of str
    """

    about: str = ""
    claims: tuple[Claim, ...] = ()
    traps: tuple[Trap, ...] = ()
    problem: str = ""
    notes: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The result in one line."""
        if self.problem:
            return "8 project: there is nothing to look at yet"
        n, right = len(self.traps), sum(claim.reproduced for claim in self.claims)
        asked = f"{n} question{'' if n == 1 else 's'}" if n else "nothing to ask"
        numbers = f"{right} of {len(self.claims)} numbers reproduced" if self.claims else "no numbers to reproduce"
        return f"8 project: {asked}, {numbers}"

    def __str__(self) -> str:
        lines = [self.title]
        for text in (self.problem, self.about):
            lines += [f"  {line}" for line in wrapped(text, WIDTH)] if text else []
        lines += [f"  {'✓' if claim.reproduced else '✗'} {claim}" for claim in self.claims]
        for trap in self.traps:
            lines += ["", f"  {trap.name}"]
            lines += [f"    {line}" for text in (trap.saw, trap.question) for line in wrapped(text, WIDTH - 2)]
        for note in self.notes:
            lines += ["", *(f"  {line}" for line in wrapped(note, WIDTH))]
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return render("project", Path(__file__).parent, report=self)


def report_on(project: Any = None, note: str = "") -> ProjectReport:
    """Fit the declared model again and look for traps.

    Parameters
    ----------
    project : Project, optional
        By default the variable `project` of the notebook.
    note : str
        To be shown as well.
    """
    if project is None:
        project = getattr(sys.modules.get("__main__"), NAME, None)
    if not isinstance(project, Project):
        return ProjectReport(problem=f"Run the cell that says {NAME} = Project(...), then this one again.")
    try:
        rows = split(project)
        found = ProjectReport(_about(project), tuple(claims(project)), tuple(traps(project)))
    except UsageError as error:
        return ProjectReport(problem=str(error))
    notes = [NO_POINTS] if found.traps else ["Can a friend who has never heard of mixtures follow your summary?"]
    if note:
        notes.insert(0, note)
    if rows.n_left_out:
        n = rows.n_left_out
        notes.insert(0, f"{n} of {len(rows.table)} rows lack a value in these features and are left out.")
    return ProjectReport(found.about, found.claims, found.traps, notes=tuple(notes))


def kept(report: ProjectReport, where: Path) -> ProjectReport:
    """The report, after it was written into the record of a folder for `progress`; not where there is a problem."""
    if not report.problem:
        right = sum(claim.reproduced for claim in report.claims)
        seen = {"reproduced": right, "claims": len(report.claims), "traps": [trap.name for trap in report.traps]}
        record.save(replace(record.load(where), project=seen), where)
    return report


def report_on_notebook(notebooks: Iterable[Path], root: Path) -> ProjectReport:
    """The report on the declaration in the notebook of chapter 8, read without running it.

    Parameters
    ----------
    notebooks : iterable of Path
        Among which it is.
    root : Path
        Where it would be expected.

    Raises
    ------
    UsageError
        When it is not there, or has no declaration that can be read.
    """
    path = next((path for path in notebooks if path.name == PROJECT_NOTEBOOK), root / PROJECT_NOTEBOOK).resolve()
    project = declared_in(path)
    with chdir(path.parent):  # a path in the declaration is meant from there
        return kept(report_on(project, note_on(path)), root)


def note_on(notebook: bytes | Path) -> str:
    """That a notebook has several declarations, where it has."""
    n = len(declarations(notebook))
    return f"The notebook gives {NAME} in {n} places, and the last one is looked at: keep that one." if n > 1 else ""


def _about(project: Project) -> str:
    rows = split(project)
    n, d = rows.train.shape
    scaled = "standardized" if project.scaling == "standard" else "as they are"
    reduced = f", reduced to {d} principal component{'' if d == 1 else 's'}" if project.pca is not None else ""
    return (
        f"{project.data}: {n} training rows and {len(rows.held_out)} held-out rows of {len(rows.features)} "
        f"feature{'' if len(rows.features) == 1 else 's'}, {scaled}{reduced}. {project.n_components} "
        f"component{'' if project.n_components == 1 else 's'}, "
        f"{project.covariance_type}, chosen by {CHOICES[project.chosen_by]} among "
        f"{', '.join(map(str, project.candidates))}; {project.n_init} start{'' if project.n_init == 1 else 's'}."
    )
