"""A class to collect into, and the real command."""

import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from gmmlearn.cli import main
from gmmlearn.grading.classroom import making


class CollectingClass:
    """A class of chapters 4 and 5, and `gmmlearn class collect` on it."""

    def __init__(self, folder: Path, chapters: range = range(4, 6)) -> None:
        self.folder = making.create(folder / "class", chapters=chapters)
        self.downloads = folder / "downloads"
        self.downloads.mkdir()
        self.status, self.said = 0, ""

    def command(self, *arguments: str | Path) -> list[str]:
        """The command line, by default for all downloads."""
        paths = [argument for argument in arguments if isinstance(argument, Path)] or [self.downloads]
        options = [argument for argument in arguments if isinstance(argument, str)]
        return ["class", "collect", *map(str, [self.folder, *paths]), *options]

    def collect(self, *arguments: str | Path) -> "CollectingClass":
        """Run the command in this process, which saves loading nbformat; keeps its status and what it said."""
        said = io.StringIO()
        umask = os.umask(0o022)  # which the command sets
        with redirect_stdout(said), redirect_stderr(said), pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "argv", ["gmmlearn", *self.command(*arguments)])
            with pytest.raises(SystemExit) as ended:
                main()
        os.umask(umask)
        self.status, self.said = ended.value.code, said.getvalue()
        return self

    def collect_apart(self, *arguments: str | Path) -> "CollectingClass":
        """Run the command as a person would, in a process of its own."""
        command = [sys.executable, "-m", "gmmlearn", *self.command(*arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
        self.status, self.said = done.returncode, done.stdout + done.stderr
        return self

    def download(self, name: str, data: bytes) -> Path:
        (self.downloads / name).parent.mkdir(parents=True, exist_ok=True)
        (self.downloads / name).write_bytes(data)
        return self.downloads / name

    def roster(self, *lines: str) -> None:
        (self.folder / "roster.csv").write_text("\n".join(["id,name,lms_id", *lines]) + "\n", encoding="utf-8")

    def submitted(self, student: str) -> Path:
        return self.folder / "submitted" / student / "gmm"

    def files(self, student: str) -> dict[str, bytes]:
        """What is in `submitted/` of a student, without the record of collecting."""
        folder = self.submitted(student)
        return {
            str(path.relative_to(folder)): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file() and path.parent.name != ".gmmlearn"
        }

    def students(self) -> set[str]:
        return {path.name for path in (self.folder / "submitted").glob("*")}

    def line(self, student: str) -> str:
        """What was said of a student."""
        return "\n".join(line for line in self.said.splitlines() if line.startswith(f"{student}: "))
