"""Run as a module, in a process of its own: a project's notebook on standard input, what a rerun gives as JSON lines.

The pictures are ours, drawn from the declared model. Those in the notebook are the student's, files of any kind, and
nothing here opens them.
"""

import json
import resource
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from ...checks.reporting.drawing import visible
from ...errors import UsageError
from ...figures import project as figures
from ...figures import project_evidence as evidence
from ...project.checking import ProjectReport
from ...project.declaration import Project
from ...project.reading import declared_in
from ...project.rerun import rerun

MOST_BYTES = 4 * 2**30
"""Of addresses, of this process."""


def found(report: ProjectReport) -> dict[str, Any]:
    """What is shown of a rerun, and what is counted in a class."""
    return {
        "html": report._repr_html_(),
        "problem": visible(report.problem),  # a table is written with it
        "reproduced": sum(claim.reproduced for claim in report.claims),
        "claims": len(report.claims),
        "traps": [trap.name for trap in report.traps],
    }


def pictures(project: Project) -> Iterator[str]:
    """Pictures of the declared model, as HTML: what it is good for, what the labels say, how its size was chosen."""
    for draw in [figures.result, *([evidence.agreement] if project.labels else []), evidence.curves]:
        with suppress(UsageError):  # nothing of that kind can be drawn of this model
            yield draw(project)._repr_html_()


def main() -> None:
    """Write a line for the report and one for each picture, as soon as it is there."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    notebook = sys.stdin.buffer.read()
    report = rerun(notebook)
    print(json.dumps(found(report)), flush=True)
    for picture in [] if report.problem else pictures(declared_in(notebook)):
        print(json.dumps(picture), flush=True)


if __name__ == "__main__":
    main()
