"""Python for a browser tab: Pyodide's core, and its packages from the site, a folder or an address."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path
from typing import Any

from gmmlearn.errors import GmmlearnError, UsageError

from . import npm

CORE = "pyodide@314.0.7"
ADDRESS = f"https://cdn.jsdelivr.net/pyodide/v{CORE.partition('@')[2]}/full/"
"""Where Pyodide itself publishes its packages."""
FOR_THE_KERNEL = ("micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython")
"""What the kernel would else install when it starts, each time."""
FOR_THE_COURSE = ("numpy", "scipy", "scikit-learn", "matplotlib", "pillow", "threadpoolctl", "jinja2", "click")
OF_PYTHON = ("ipywidgets", "anywidget", "comm", "psygnal", "prompt-toolkit")
"""Needed, but none of Pyodide's packages: the versions of this environment."""
SHIMS = ("piplite", "ipykernel", "pyodide-kernel", "widgetsnbextension")
"""What the kernel's extension brings along itself."""
PRELOADED = (*FOR_THE_KERNEL, *FOR_THE_COURSE, "ipywidgets", "anywidget")


class NotDownloaded(GmmlearnError):
    """pip could not fetch a package."""


def lay_out(target: Path, extension: Path, packages: str = ADDRESS, core: str = CORE) -> None:
    """Write the core, its lock file and all wheels of pure Python into a folder of the site.

    Parameters
    ----------
    target : Path
    extension : Path
        The folder of the kernel's extension, which has wheels of its own.
    packages : str
        Where the compiled packages are: an address, or a folder of this machine, whose wheels go into the site.
    core : str
        Release of Pyodide, as in `web.npm.INTEGRITY`; another than `CORE` has other versions of all packages.

    Raises
    ------
    UsageError
        When the folder lacks one of them.
    """
    release = npm.package(core)
    target.mkdir(parents=True)
    for path in (release / "pyodide.mjs", *release.glob("pyodide.asm.*"), release / "python_stdlib.zip"):
        shutil.copy(path, target)
    lock = json.loads((release / "pyodide-lock.json").read_text("utf-8"))
    known = lock["packages"]
    for name in SHIMS:
        (wheel, *_) = sorted((extension / "static" / "pypi").glob(f"{name.replace('-', '_')}-*.whl"), reverse=True)
        known[name] = _entry(name, Path(shutil.copy(wheel, target)))
    pure = _downloaded(target, [f"{name}=={metadata.version(name)}" for name in OF_PYTHON])
    known |= {name: _entry(name, wheel) for name, wheel in pure.items()}
    _widen(known)
    wanted = _with_dependencies(PRELOADED, known)
    lock["packages"] = known = {name: known[name] for name in sorted(wanted)}
    here = {entry["file_name"] for entry in known.values() if (target / entry["file_name"]).exists()}
    others = {name: entry for name, entry in known.items() if entry["file_name"] not in here}
    missing = {}
    folder = Path(packages) if "://" not in packages else None
    for name, entry in others.items():
        if folder and (wheel := _in_folder(folder, name, entry["file_name"])):
            shutil.copy(wheel, target)
            if wheel.name != entry["file_name"]:  # else its digest stays Pyodide's, which the browser compares
                known[name] |= _file(wheel)
        else:
            missing[name] = entry
    pure = {name: entry for name, entry in missing.items() if entry["file_name"].endswith("none-any.whl")}
    found = _downloaded(target, [f"{name}=={entry['version']}" for name, entry in pure.items()])
    for name, wheel in found.items():
        known[name] |= _file(wheel)
    compiled = sorted(missing.keys() - found.keys())
    if folder and compiled:
        raise UsageError(
            f"{folder} lacks Pyodide's wheels of {', '.join(compiled)}: unpack the file pyodide-*.tar.bz2 of the "
            f"release of {core.replace('@', ' ')} there, or give an address."
        )
    for name in compiled:
        known[name]["file_name"] = packages.rstrip("/") + "/" + known[name]["file_name"]
    (target / "pyodide-lock.json").write_text(json.dumps(lock), "utf-8")


def _in_folder(folder: Path, name: str, file: str) -> Path | None:
    """Pyodide's own file of a package, or a wheel of pure Python that stands in for it."""
    if (folder / file).is_file():
        return folder / file
    return next((path for path in folder.glob("*-none-any.whl") if _normal(path.name.partition("-")[0]) == name), None)


def _downloaded(target: Path, requirements: list[str]) -> dict[str, Path]:
    """Wheels of pure Python by pip, as it is configured here: name -> file."""
    if not requirements:
        return {}
    before = set(target.glob("*.whl"))
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:"]
    # For the Python of the tab, so that a package with compiled parts is refused and not taken for this machine.
    command += ["--python-version=3.14", "--implementation=py", "--abi=none", "--platform=any", "--dest", str(target)]
    done = subprocess.run([*command, *requirements], capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise NotDownloaded(f"pip could not fetch the packages for the tab. {done.stderr[-1000:]}")
    return {_normal(path.name.partition("-")[0]): path for path in sorted(set(target.glob("*.whl")) - before)}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _file(wheel: Path) -> dict[str, Any]:
    return {"file_name": wheel.name, "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest()}


def _entry(name: str, wheel: Path) -> dict[str, Any]:
    """An entry of Pyodide's lock file; what a wheel depends on is told in `_widen`."""
    with zipfile.ZipFile(wheel) as opened:
        tops = {one.partition("/")[0] for one in opened.namelist() if "/" in one}
    return {
        "name": name,
        "version": wheel.name.split("-")[1],
        "install_dir": "site",
        "package_type": "package",
        "imports": sorted(top for top in tops if not top.endswith((".dist-info", ".data"))),
        "depends": [],
        "unvendored_tests": False,
        **_file(wheel),
    }


def _widen(known: dict[str, Any]) -> None:
    """What the added wheels depend on; their own list has much that is not for a browser."""
    known["ipywidgets"]["depends"] = ["comm", "ipython", "traitlets", "widgetsnbextension"]
    known["anywidget"]["depends"] = ["ipywidgets", "psygnal", "typing-extensions"]
    known["comm"]["depends"] = ["traitlets"]
    known["prompt-toolkit"]["depends"] = ["wcwidth"]


def _with_dependencies(names: Any, known: dict[str, Any]) -> set[str]:
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = _normal(waiting.pop())
        if name not in found:
            found.add(name)
            waiting += known[name]["depends"]
    return found
