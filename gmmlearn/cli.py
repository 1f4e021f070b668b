"""The command line `gmmlearn`: its commands, and what becomes of their errors.

A student's commands are in `terminal/commands.py`. Those of people who grade are in `grading/commands/`, and those of
people who carry on the work in `dev/commands.py`; a student's copy has neither.
"""

import errno
import sys
from typing import NoReturn

import click

from . import __version__
from .errors import GmmlearnError
from .terminal.commands import COMMANDS
from .terminal.group import Commands
from .terminal.printing import program, say

OF_THE_MACHINE = {getattr(errno, name, None) for name in ("EACCES", "EDQUOT", "EFBIG", "ENOSPC", "EPERM", "EROFS")}
"""Errors of the system that its user can fix: a full disk, a folder that may not be written to."""


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
@click.pass_context
def cli(context: click.Context) -> None:
    """Learn Gaussian mixtures: check your exercises, get hints, hand in."""
    from .checks.wording import in_terminal

    context.with_resource(in_terminal(program()))


for _command in COMMANDS:
    cli.add_command(_command)


def main() -> NoReturn:
    """The entry point: an error of ours or of the caller becomes one sentence on stderr and an exit status."""
    # To be imported it takes two seconds; jsonschema, which all of Jupyter imports, does without it where it is not
    # there, and no notebook asks for what it checks (github.com/python-jsonschema/jsonschema/issues/1428).
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # an old terminal may know no ✓
    try:
        cli(prog_name=program(), standalone_mode=False)
    except GmmlearnError as error:
        say(str(error), err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        asked = f" `{context.command_path} --help` says more." if context else ""
        say(f"{error.format_message()}{asked}", err=True)
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except BrokenPipeError:  # `gmmlearn check | head`
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        if error.errno not in OF_THE_MACHINE:
            raise
        where = f" ({error.filename})" if error.filename else ""
        say(f"This machine says: {error.strerror}{where}. Fix that, and run the command again.", err=True)
        sys.exit(GmmlearnError.exit_code)
    sys.exit(0)
