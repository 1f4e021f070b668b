"""How submissions come into a class: nbgrader's own ways, made safe against what a student may hand in.

nbgrader is told of the classes in `nbgrader_config.py`. Without them one bad archive ends the collecting for all, a
link in the exchange is followed with the rights of the instructor, and a hand-in after the deadline, by accident or
not, takes the place of the one before it.
"""

import os
import re
import shutil
import tempfile
import zipfile
from datetime import UTC, datetime
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from nbgrader.exchange.default.collect import ExchangeCollect
from nbgrader.exchange.default.release_feedback import ExchangeReleaseFeedback
from nbgrader.plugins import ExtractorPlugin, FileNameCollectorPlugin
from traitlets import Enum, Set

from ..judge.judging import judge_submission
from ..judge.submission import read_submission
from . import access, deadlines, handed_in, placeholders, source, store
from .deadlines import Attempt
from .lateness import Lateness

_MAX_ARCHIVE_BYTES = 200 * 2**20
_MAX_ARCHIVE_FILES = 2000
_DOUBTFUL_SECONDS = 600


class Collect(ExchangeCollect):
    """`nbgrader collect` that takes the attempt that counts, copies links as links, and goes on where it cannot copy.

    What was collected before is replaced where another attempt counts now, without `--update`.
    """

    attempt = Enum(
        [attempt.value for attempt in Attempt], Attempt.LAST_BEFORE_DEADLINE.value, help="Which of several counts."
    ).tag(config=True)

    def init_src(self) -> None:
        """Called by nbgrader to find what is to be collected: one record for each student."""
        super().init_src()
        course, name = Path(self.coursedir.root), self.coursedir.assignment_id
        found = deadlines.find(course, name)
        pattern = f"{self.coursedir.student_id or '*'}+{name}+*"
        records = sorted(
            (self._path_to_record(str(path)) for path in Path(self.inbound_path).glob(pattern)),
            key=lambda record: record["username"],
        )
        self.src_records = [
            self._counting(student, list(theirs), found)
            for student, theirs in groupby(records, key=lambda record: record["username"])
        ]
        self.before_duedate = True  # by which nbgrader copies whatever has another time than what is there

    def _counting(self, student: str, records: list[Any], found: deadlines.Deadlines) -> Any:
        """The record of a student's attempts that counts."""
        late = [found.seconds_late(student, record["timestamp"]) for record in records]
        place = deadlines.counts(
            [record["timestamp"] for record in records],
            found.of(student),
            Attempt(self.attempt),
            lambda place: self._points(student, records[place]["filename"], late[place]),
        )
        if len(records) > 1 and any(late):
            when = deadlines.said(deadlines.aware(records[place]["timestamp"]), found.zone)
            self.log.info("%s handed in %d times, also late: the one of %s counts.", student, len(records), when)
        self._doubt(student, records[place], found)
        return records[place]

    def _doubt(self, student: str, record: Any, found: deadlines.Deadlines) -> None:
        """The student's own program names the time of a hand-in; the file system knows when its folder was written."""
        written = datetime.fromtimestamp(Path(self.inbound_path, record["filename"]).stat().st_ctime, UTC)
        if found.seconds_late(student, written) > _DOUBTFUL_SECONDS > found.seconds_late(student, record["timestamp"]):
            self.log.warning(
                "%s of %s says that it is in time, but was written on %s.",
                record["filename"],
                student,
                deadlines.said(written, found.zone),
            )

    def _points(self, student: str, name: str, seconds_late: float) -> float:
        """Points of an attempt in the exchange, less what lateness takes off."""
        course = Path(self.coursedir.root)
        worth = source.points(course / "source" / self.coursedir.assignment_id)
        verdict = judge_submission(
            read_submission(Path(self.inbound_path, name)), tuple(worth), seed=store.seed_in_class(course, student)
        )
        points = sum(verdict.exercises[exercise].score(each) for exercise, each in worth.items())
        return points * (1 - Lateness(config=self.config).share(seconds_late))

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
        access.take_over(Path(dest).parent, Path(self.coursedir.root))


class ReleaseFeedback(ExchangeReleaseFeedback):
    """`nbgrader release_feedback` of pages that only the instructor can read in the class."""

    def copy_files(self) -> None:
        """Called by nbgrader to put the pages in the exchange, each under a name that only its student can know."""
        super().copy_files()
        for page in Path(self.dest_path).glob("*.html"):
            if page.stat().st_uid == os.geteuid():
                page.chmod(0o644)


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
        # An archive sets the rights of its files, also those to read.
        os.chmod(submitted_file, access.modes(Path.cwd()).file)
        return found
