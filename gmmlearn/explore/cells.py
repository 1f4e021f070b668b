"""Pictures that belong to a cell of a notebook: when the cell runs again, those of its last run are closed.

The views go with the cell's old output. Without this, kernel and browser would keep the state of each of them for ever.
"""

from typing import Any, Protocol

from IPython import get_ipython


class Closable(Protocol):
    """What can be closed."""

    def close(self) -> None: ...


_made: dict[str, tuple[str, list[Closable]]] = {}


def running() -> tuple[str, str] | None:
    """The cell that runs now and the request that runs it, where the notebook says so."""
    kernel = getattr(get_ipython(), "kernel", None)
    try:
        parent: dict[str, Any] = kernel.get_parent("shell")
        return parent["metadata"]["cellId"], parent["header"]["msg_id"]
    except (AttributeError, KeyError, TypeError, LookupError):
        return None


def belongs(picture: Closable) -> None:
    """Note that the running cell has made a picture, and close what an earlier run of it has made."""
    now = running()
    if now is None:
        return
    cell, request = now
    before, pictures = _made.get(cell, (request, []))
    if before != request:
        for old in pictures:
            old.close()
        pictures = []
    _made[cell] = request, [*pictures, picture]
