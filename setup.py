"""Puts into a wheel what a student's copy is made from: the notebooks, and the stubs as they are now."""

import shutil
import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent


class BuildWithCourse(build_py):
    """`build_py` and the course; an editable install has both in the clone."""

    def run(self) -> None:
        """Called by setuptools."""
        super().run()
        if self.editable_mode:
            return
        sys.path.insert(0, str(ROOT))
        from gmmlearn.terminal import stubs

        package = Path(self.build_lib) / "gmmlearn"
        stubs.write(package)
        shutil.rmtree(package / "course", ignore_errors=True)
        (package / "course").mkdir()
        for notebook in (ROOT / "course").glob("*.ipynb"):
            shutil.copy(notebook, package / "course")


setup(cmdclass={"build_py": BuildWithCourse})
