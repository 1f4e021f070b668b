"""The commands of those who grade, which `cli.py` adds where this folder is: `gmmlearn judge` and `gmmlearn class`.

What a command needs is imported when it runs: nbformat alone takes longer to load than to judge.
"""

from . import collecting, explaining, grading, making, reporting, teaching, term
from .group import class_group
from .judging import judge_command

__all__ = ["collecting", "explaining", "grading", "making", "reporting", "teaching", "term"]

COMMANDS = {"judge": judge_command, "class": class_group}
