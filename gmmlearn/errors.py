"""The class of an error says whose mistake it is; `cli.py` turns `exit_code` into the exit status."""


class GmmlearnError(Exception):
    """Ours: a fault of the project or of the machine. Base of all that the project raises on purpose."""

    exit_code = 3


class UsageError(GmmlearnError):
    """The caller's: a folder that cannot be read, a name that does not exist. The text says what to do."""

    exit_code = 2

    def _render_traceback_(self) -> list[str]:
        """Called by IPython: the sentence, without our own lines."""
        return [f"{type(self).__name__}: {self}"]


class NotPassed(GmmlearnError):
    """A student's: a check does not pass while nbgrader runs the notebook, which reads an error as "failed"."""

    exit_code = 1

    def _render_traceback_(self) -> list[str]:
        """Called by IPython: the report, without our own lines."""
        return str(self).splitlines()
