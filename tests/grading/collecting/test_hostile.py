"""Archives that want to harm: nothing leaves the hand-in of the one who made it, and nothing is read without bound."""

import gzip
import io
import os
import stat
import subprocess
import sys
import tarfile
import time
import zipfile

import pytest

from ..archives import tarred, tarred_members, zipped

WORK = {"gmmlearn/e_step.py": "# mine\n"}
BOB = "# bob's own\n"
LINK = stat.S_IFLNK | 0o777
MEGABYTE = b"\0" * 2**20


def member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "", size: int = 0) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname, info.size = kind, link, size
    return info


def zip_bomb(megabytes: int, name: str = "gmmlearn/e_step.py") -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open(name, "w", force_zip64=True) as file:
            for _ in range(megabytes):
                file.write(MEGABYTE)
    return data.getvalue()


def tar_bomb(megabytes: int) -> bytes:
    return gzip.compress(tarred({"gmmlearn/e_step.py": MEGABYTE * megabytes}), 1)


def many_small_bombs(n_archives: int, megabytes: int) -> bytes:
    return zipped({f"{number}.zip": zip_bomb(megabytes) for number in range(n_archives)})


def nested(depth: int) -> bytes:
    data = zipped(WORK)
    for _ in range(depth):
        data = zipped({"x.zip": data, "other.txt": "x"})
    return data


def backwards() -> bytes:
    """A tar whose header says a negative size, which Python 3.11 goes through for ever (CVE-2025-8194)."""
    data = bytearray(tarred(WORK))
    data[124:136] = b"\xff" * 10 + b"\xfe\x00"
    data[148:156] = b" " * 8
    data[148:156] = b"%06o\0 " % sum(data[:512])
    return bytes(data)


def long_header() -> bytes:
    """A tar of some kB with a header of 210 MB."""
    data = io.BytesIO()
    with gzip.open(data, "wb", compresslevel=1) as file:
        file.write(member("x", tarfile.XHDTYPE, size=210 * 2**20).tobuf(tarfile.USTAR_FORMAT))
        for _ in range(210):
            file.write(MEGABYTE)
    return data.getvalue()


ARCHIVES = {
    "climbs.zip": (zipped(WORK | {"../../submitted/bob/gmm/gmmlearn/e_step.py": "x"}), "leads out of the archive"),
    "absolute.zip": (zipped(WORK | {"/gmmlearn/em.py": "x"}), "gmmlearn/em.py leads out of the archive"),
    "drive.zip": (zipped(WORK | {"C:\\bob\\em.py": "x"}), "leads out of the archive"),
    "windows.zip": (zipped(WORK | {"..\\..\\bob\\e_step.py": "x"}), "bob/e_step.py leads out of the archive"),
    "climbs_tar.tar.gz": (tarred(WORK | {"../../bob/e_step.py": "x"}, "w:gz"), "leads out of the archive"),
    "link.zip": (zipped({"gmmlearn/e_step.py": "/etc/passwd"}, LINK), "gmmlearn/e_step.py is a link"),
    "link_tar.tar": (
        tarred_members(member("gmmlearn/e_step.py", tarfile.SYMTYPE, "/etc/passwd"), mode="w"),
        "gmmlearn/e_step.py is a link",
    ),
    "hard_link.tar.gz": (
        tarred_members(member("gmmlearn/e_step.py", tarfile.LNKTYPE, "/etc/passwd")),
        "gmmlearn/e_step.py is a link",
    ),
    "itself.tar.gz": (
        tarred_members(member("04_e_step.ipynb", tarfile.SYMTYPE, "04_e_step.ipynb")),
        "04_e_step.ipynb is a link",
    ),
    "device.tar.gz": (tarred_members(member("gmmlearn/e_step.py", tarfile.CHRTYPE)), "is not an ordinary file"),
    "pipe.tar.gz": (tarred_members(member("gmmlearn/e_step.py", tarfile.FIFOTYPE)), "is not an ordinary file"),
    "bomb.zip": (zip_bomb(210), "It holds more than the 200 MB"),
    "bomb_tar.tar.gz": (tar_bomb(210), "It holds more than the 200 MB"),
    "bombs.zip": (many_small_bombs(5, 42), "It holds more than the 200 MB"),
    "long_header.tar.gz": (long_header(), "It holds more than the 200 MB"),
    "many.zip": (zipped({f"gmmlearn/m{number}.py": "" for number in range(2001)}), "more than 2000 files"),
    "deep.zip": (nested(20), "too many times over"),
    "backwards.tar": (backwards(), "negative"),
    "escapes.zip": (zipped({"a\x1b[2J\r\nbob: collected.py": "x"}), "a\ufffd[2J\ufffd\ufffdbob: collected.py"),
}
"""Archive -> its bytes and what is said of it."""
COME_IN = ("climbs", "absolute", "drive", "windows", "climbs_tar", "into_bob")


@pytest.fixture(scope="module")
def hostile(class_of_module):
    course = class_of_module()
    for name, (data, _) in ARCHIVES.items():
        course.download(name, data)
    course.download("into_bob.zip", zipped({"extracted/bob/gmmlearn/e_step.py": "# mine\n"}))
    course.download("bob.zip", zipped({"gmmlearn/e_step.py": BOB}))
    (course.downloads / "folder" / "gmmlearn").mkdir(parents=True)
    (course.downloads / "folder" / "gmmlearn" / "e_step.py").symlink_to("/etc/passwd")
    (course.downloads / "folder" / "etc").symlink_to("/etc")
    os.mkfifo(course.downloads / "folder" / "gmmlearn" / "m_step.py")
    command = [sys.executable, "-m", "gmmlearn", *course.command()]
    began = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        course.said = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = course.status = os.waitstatus_to_exitcode(status)
    course.seconds, course.memory_bytes = time.monotonic() - began, usage.ru_maxrss * 1024
    return course


@pytest.mark.parametrize("name", ARCHIVES)
def test_what_is_refused_is_said_in_a_sentence(hostile, name):
    student = name.split(".")[0]
    assert ARCHIVES[name][1] in hostile.line(student)


def test_only_the_rest_of_an_archive_comes_in(hostile):
    assert hostile.students() == {*COME_IN, "bob"}
    for student in COME_IN:
        files = hostile.files(student)
        files.pop("timestamp.txt")
        assert files == {"gmmlearn/e_step.py": b"# mine\n"}


def test_nobody_writes_into_anothers_submission(hostile):
    assert hostile.files("bob")["gmmlearn/e_step.py"].decode() == BOB
    assert not [path for path in hostile.folder.rglob("*") if path.is_symlink() or path.is_fifo()]
    assert "folder: unread" in hostile.said


@pytest.mark.parametrize("roster", [(), ("mallory", "ada", "bob", "eve")])
@pytest.mark.parametrize(
    "forged",
    [
        {f"{name}_1_assignsubmission_file_/e_step.py": "x" for name in ("bob", "eve")},
        {f"gmm_{name}_attempt_2024-11-02-13-05-11_e_step.py": "x" for name in ("bob", "eve")},
        {f"{name}_1_2_e_step.py": "x" for name in ("bob", "eve")},
        {f"{name}/gmmlearn/e_step.py": "x" for name in ("bob", "eve")},
    ],
    ids=["moodle", "blackboard", "canvas", "folders"],
)
@pytest.mark.parametrize("name", ["mallory.zip", "stuff.zip"])
def test_one_students_work_cannot_pretend_to_be_that_of_a_class(new_class, roster, forged, name):
    if roster:
        new_class.roster(*roster)
    new_class.download("ada.zip", zipped(WORK))
    new_class.download(name, zipped(forged))
    new_class.collect()
    assert "ada" in new_class.students()
    assert not {"bob", "eve"} & new_class.students()
    new_class.collect("--from", "moodle")
    assert not {"bob", "eve"} & new_class.students()


def test_a_folder_within_a_students_folder_is_the_students(new_class):
    for name in ("ada/gmmlearn", "mallory/gmmlearn", "mallory/Bob Roe_1_assignsubmission_file_"):
        new_class.download(f"{name}/e_step.py", b"x = 1")
    new_class.collect()
    assert new_class.students() == {"ada", "mallory"}


def test_the_class_goes_on_within_bounds(hostile):
    assert f"{len(ARCHIVES) + 3} found: {len(COME_IN) + 1} collected" in hostile.said
    assert hostile.status == 3
    assert hostile.memory_bytes < 1.2 * 2**30
    assert hostile.seconds < 120


def test_no_escape_sequence_reaches_the_terminal(hostile):
    assert "\x1b" not in hostile.said
    assert not any(line.startswith("bob: collected") for line in hostile.said.splitlines())
