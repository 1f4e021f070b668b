"""How submissions come into a class from nbgrader's exchange, made safe against what a student may hand in.

nbgrader is told of the classes in `nbgrader_config.py`. Without them a link in the exchange is followed with the rights
of the instructor, what was collected stays writable by everybody, and a hand-in after the deadline, by accident or not,
takes the place of the one before it. Archives: see `classroom/zip_collect.py`.
"""

import glob
import os
import re
import shutil
import tempfile
from datetime import UTC, datetime
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from nbgrader.exchange.default.collect import ExchangeCollect
from nbgrader.exchange.default.release_feedback import ExchangeReleaseFeedback
from traitlets import Enum

from ..judge.judging import judge_submission
from ..judge.submission import read_submission
from . import access, deadlines, handed_in, placeholders, source, store
from .deadlines import Attempt

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
        late = any(found.seconds_late(student, record["timestamp"]) for record in records)
        place = deadlines.counts(
            [record["timestamp"] for record in records],
            found.of(student),
            Attempt(self.attempt),
            lambda place: self._points(student, records[place]["filename"]),
        )
        if len(records) > 1 and late:
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

    def _points(self, student: str, name: str) -> float:
        """Points of an attempt in the exchange."""
        course = Path(self.coursedir.root)
        worth = source.points(course / "source" / self.coursedir.assignment_id)
        verdict = judge_submission(
            read_submission(Path(self.inbound_path, name)), tuple(worth), seed=store.seed_in_class(course, student)
        )
        return sum(verdict.exercises[exercise].score(each) for exercise, each in worth.items())

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
        folders = {Path(page).parent for page in glob.glob(f"{self.src_path}/*.html")}
        others = {
            one.parent.name for one in folders if not all((one / name).is_file() for name in handed_in.OF_THE_EXCHANGE)
        }
        if others:  # nbgrader would stop at the first of them, and release nothing of those after
            excluded = {*filter(None, self.coursedir.student_id_exclude.split(",")), *others}
            self.coursedir.student_id_exclude = ",".join(sorted(excluded))
            self.log.warning(
                "Not handed in through the exchange, so send the pages in feedback/ yourself: %s.",
                ", ".join(sorted(others)),
            )
        super().copy_files()
        for page in Path(self.dest_path).glob("*.html"):
            if page.stat().st_uid == os.geteuid():
                page.chmod(0o644)
