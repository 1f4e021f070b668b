"""One run at a time on a class."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ...errors import UsageError


@contextmanager
def only_one(file: Path, what: str) -> Iterator[None]:
    """Hold a lock in a file; it ends with the process, however that ends.

    Parameters
    ----------
    file : Path
        Made if it is not there.
    what : str
        What is going on, for the sentence to whoever comes second: `"/class is being graded"`.

    Raises
    ------
    UsageError
        When another process holds it.
    """
    with open(file, "w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise UsageError(f"{what} by another process: wait for it to end.") from None
        yield
