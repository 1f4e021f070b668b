"""Whose mistake it is stands in the class of an error; `cli.py` turns `exit_code` into the exit status."""


class GmmlearnError(Exception):
    """Ours: a fault of the project or of the machine. Base of all that the project raises on purpose."""

    exit_code = 3


class UsageError(GmmlearnError):
    """The caller's: a folder that cannot be read, a name that does not exist. The text says what to do."""

    exit_code = 2
