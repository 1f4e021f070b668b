"""Fetches the few JavaScript packages that the sites bring along, by npm's own client, and keeps them."""

import json
import shutil
import subprocess
import tarfile
from pathlib import Path

from gmmlearn.errors import GmmlearnError

CACHE = Path(__file__).parents[1] / "build" / "npm"
INTEGRITY = {
    "mathjax@3.2.2": (
        "sha512-Bt+SSVU8eBG27zChVewOicYs7Xsdt40qm4+UpHyX7k0/O9NliPc+x77k1/FEsPsjKPZGJvtRZM1vO+geW0OhGw=="
    ),
    # The latest release whose compiled packages a package of PyPI brings along, for a trial with NumPy in a browser.
    "pyodide@0.27.7": (
        "sha512-RUSVJlhQdfWfgO9hVHCiXoG+nVZQRS5D9FzgpLJ/VcgGBLSAKoPL8kTiOikxbHQm1kRISeWUBdulEgO26qpSRA=="
    ),
    "pyodide@314.0.7": (
        "sha512-0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pOttyMcWkwq+HbE5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A=="
    ),
}
"""What we have looked at; npm compares what it downloads with what the registry says, and we with this."""


class NoPackage(GmmlearnError):
    """A package could not be had."""


def package(name: str) -> Path:
    """The folder of a package of `INTEGRITY`, as in `pyodide@314.0.7`.

    Raises
    ------
    NoPackage
        Without npm, without a network the first time, or when the package is another than the one we know.
    """
    folder = CACHE / name
    if folder.exists():
        return folder / "package"
    if not shutil.which("npm"):
        raise NoPackage(f"{name} comes from npm, which is not installed here: install Node.js.")
    CACHE.mkdir(parents=True, exist_ok=True)
    command = ["npm", "pack", "--silent", "--json", "--pack-destination", str(CACHE), name]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise NoPackage(f"npm could not fetch {name}: {done.stderr.strip() or done.stdout.strip()}")
    (told,) = json.loads(done.stdout)
    archive = CACHE / told["filename"]
    if told["integrity"] != INTEGRITY[name]:
        archive.unlink()
        raise NoPackage(f"{name} is not the package that was tried: its digest is {told['integrity']}.")
    unfinished = CACHE / f"{name}.tmp"
    shutil.rmtree(unfinished, ignore_errors=True)
    with tarfile.open(archive) as opened:
        opened.extractall(unfinished, filter="data")
    archive.unlink()
    unfinished.rename(folder)
    return folder / "package"
