"""How submissions come into a class from nbgrader's exchange, made safe against what a student may hand in.

nbgrader is told of this class in `nbgrader_config.py`. Without it a link in the exchange is followed with the rights
of the instructor, and what was collected stays writable by everybody. Archives: see `classroom/zip_collect.py`.
"""

import re
import shutil
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from nbgrader.exchange.default.collect import ExchangeCollect

from ..collecting import modes
from . import handed_in, placeholders


class Collect(ExchangeCollect):
    """`nbgrader collect` that copies links as links, goes on where a file cannot be copied, and lets no other write."""

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """Called by nbgrader for each submission, from the exchange to `submitted/`."""
        if not re.fullmatch(r"[\w.@+ -]+", student := Path(dest).parent.name):
            self.log.error("%r is not a name of a student: %s is not collected.", student, src)
            return
        limit = 1000 * self.coursedir.max_dir_size
        if self.get_size(src) > limit:
            self.log.error("%s has more than %d bytes and is not collected.", src, limit)
            return
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder, "copy")
            unread = []
            try:
                shutil.copytree(src, copy, symlinks=True, copy_function=partial(shutil.copy2, follow_symlinks=False))
            except shutil.Error as error:
                unread = [(Path(target), why) for _, target, why in error.args[0]]
            except OSError as error:
                self.log.error("%s is not collected: %s", src, error)
                return
            ours = Path(self.coursedir.root, self.coursedir.source_directory, self.coursedir.assignment_id)
            for name, why in handed_in.set_aside(copy, ours, None).items():
                self.log.warning("%s in %s %s", name, src, why)
            for target, why in unread:
                self.log.warning("%s in %s was not collected: %s", target.relative_to(copy), src, why)
                placeholders.leave(target, "cannot be read; hand it in again.")
            super().do_copy(str(copy), dest, log)
        modes.restrict(Path(dest).parent)
