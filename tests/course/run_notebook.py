"""Run one notebook and write down what came: `python run_notebook.py NOTEBOOK REPORT`.

A process of its own, so that it can be started where there is no network. The kernel is spoken to over Unix
sockets, since not even the local host answers there.
"""

import json
import resource
import sys
import time
from pathlib import Path

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError


def main(path: str, report: str) -> None:
    """Execute the notebook in its own folder; a cell that raises without leave ends the run."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(notebook, km=AsyncKernelManager(kernel_name="python3", transport="ipc"), timeout=120)
    failed_cell = None
    began = time.monotonic()
    try:
        client.execute(cleanup_kc=True)
    except CellExecutionError:
        failed_cell = next(
            cell.id
            for cell in reversed(notebook.cells)
            if any(output.output_type == "error" for output in cell.get("outputs", []))
        )
    seconds = time.monotonic() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)  # the kernel has ended by now
    table = Path("/proc/net/dev")
    lines = table.read_text().splitlines()[2:] if table.exists() else ["unknown:"]
    Path(report).write_text(
        json.dumps(
            {
                "notebook": nbformat.writes(notebook),
                "seconds": seconds,
                "cpu_seconds": used.ru_utime + used.ru_stime,
                "interfaces": [line.split(":")[0].strip() for line in lines],
                "failed_cell": failed_cell,
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
