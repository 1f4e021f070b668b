"""How submissions come into a class: nbgrader's own ways, made safe against what a student may hand in.

nbgrader is told of the three classes in `nbgrader_config.py`. Without them one bad archive ends the collecting for
all, and a link in the exchange is followed with the rights of the instructor.
"""

import os
import re
import shutil
import tempfile
import zipfile
from functools import partial
from pathlib import Path
from typing import Any

from nbgrader.exchange.default.collect import ExchangeCollect
from nbgrader.plugins import ExtractorPlugin, FileNameCollectorPlugin
from traitlets import Set

from . import handed_in, placeholders

_MAX_ARCHIVE_BYTES = 200 * 2**20
_MAX_ARCHIVE_FILES = 2000


class Collect(ExchangeCollect):
    """`nbgrader collect` that copies links as links, and goes on where a file cannot be copied."""

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


class Extract(ExtractorPlugin):
    """`nbgrader zip_collect` that goes on where an archive cannot be opened."""

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Called by nbgrader once, with the folder of all archives."""
        for archive in sorted(path for path in Path(archive_path).rglob("*") if path.is_file()):
            with tempfile.TemporaryDirectory() as folder:
                alone = Path(folder, archive.relative_to(archive_path))
                alone.parent.mkdir(parents=True, exist_ok=True)
                alone.symlink_to(archive.resolve())
                try:
                    _refuse_bomb(archive)
                    super().extract(folder, extracted_path)
                except Exception as error:  # every kind of archive has its own kinds of errors
                    self.log.error("%s cannot be opened and is left out: %s", archive, error)
                    out = Path(extracted_path, archive.relative_to(archive_path).with_suffix(""))
                    shutil.rmtree(out.with_name(out.name.removesuffix(".tar")), ignore_errors=True)


def _refuse_bomb(archive: Path) -> None:
    if zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as file:
            members = file.infolist()
        if len(members) > _MAX_ARCHIVE_FILES or sum(member.file_size for member in members) > _MAX_ARCHIVE_BYTES:
            raise ValueError(f"it holds more than {_MAX_ARCHIVE_FILES} files or {_MAX_ARCHIVE_BYTES >> 20} MB")


class Name(FileNameCollectorPlugin):
    """Finds the student in a file's name as `named_regexp` says; takes each file of a student once."""

    taken = Set(help="Student and name of the files so far.")

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        """Called by nbgrader for each file; None leaves it out."""
        found = super().collect(submitted_file)
        if found is None:
            return None
        file = (found["student_id"], found["file_id"])
        if file in self.taken:
            self.log.warning("%s is left out: the archive of %s holds two of it.", submitted_file, file[0])
            return None
        self.taken.add(file)
        os.chmod(submitted_file, 0o644)  # an archive sets the rights of its files, also those to read
        return found
