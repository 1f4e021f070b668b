"""The browser's files by the tools of their own language: Node's test runner, tsc and ESLint."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from gmmlearn.errors import GmmlearnError
from gmmlearn.explore import browser

HERE = Path(__file__).parent
TYPESCRIPT = "typescript@5.9.3"
ESLINT = "eslint@9.39.5"


def test_sessions_and_axes_pass_their_tests_in_node():
    node = shutil.which("node")
    if not node:
        pytest.skip("no Node here: it runs the unit tests of the browser's files (Debian's package nodejs)")
    tests = sorted(map(str, (HERE / "browser").glob("*.test.mjs")))
    command = [node, "--experimental-detect-module", "--test", *tests]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-1000:]
    assert "# pass 0" not in run.stdout


def by_npm(package: str, program: str, *arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess:
    """A run of a program that npm brings; skips where it cannot."""
    npm = shutil.which("npm")
    if not npm:
        pytest.skip("no npm here: it brings what reads the browser's files (Debian's package npm)")
    command = [npm, "exec", "--yes", f"--package={package}", "--", program]
    options = {
        "cwd": cwd,
        "env": os.environ | {"npm_config_update_notifier": "false", "npm_config_fetch_retries": "0"},
        "capture_output": True,
        "text": True,
        "check": False,
    }
    there = subprocess.run([*command, "--version"], **options)
    if there.returncode:
        pytest.skip(f"{package} is not in npm's cache, and no registry answers: {there.stderr.strip()[-200:]}")
    return subprocess.run([*command, *arguments], **options)


def test_types_hold(tmp_path):
    """`tsc --noEmit` over the files that are shipped."""
    options = {"allowJs": True, "checkJs": True, "noEmit": True, "target": "es2022", "module": "esnext", "types": []}
    options |= {"lib": ["es2022", "dom", "dom.iterable"], "moduleResolution": "bundler"}
    (tmp_path / "tsconfig.json").write_text(
        json.dumps({"compilerOptions": options, "include": [f"{browser.FOLDER}/*.js"]})
    )
    run = by_npm(TYPESCRIPT, "tsc", "-p", ".", cwd=tmp_path)
    assert run.returncode == 0, run.stdout


def test_eslint_finds_nothing():
    run = by_npm(ESLINT, "eslint", "--config", HERE / "browser" / "eslint.config.mjs", ".", cwd=browser.FOLDER)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize(
    "line",
    [
        'import maths from "./maths.js";',
        'import {\n  clamp,\n} from "./maths.js";',
        'import { clamp as within } from "./maths.js";',
        "export default 1;",
        "const a = 1;\nexport { a };",
        'const later = import("./maths.js");',
        "export async function f() {}",
    ],
)
def test_what_cannot_be_bundled_is_refused(tmp_path, monkeypatch, line):
    """Rather than joined into a script that fails in the reader's browser."""
    monkeypatch.setattr(browser, "FOLDER", tmp_path)
    (tmp_path / "maths.js").write_text("export const clamp = 1;\n")
    (tmp_path / "entry.js").write_text(line + "\n")
    with pytest.raises(GmmlearnError, match=r"entry\.js: only"):
        browser.script.__wrapped__("entry")


def test_modules_that_need_each_other_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(browser, "FOLDER", tmp_path)
    (tmp_path / "a.js").write_text('import { b } from "./b.js";\nexport const a = 1;\n')
    (tmp_path / "b.js").write_text('import { a } from "./a.js";\nexport const b = 1;\n')
    with pytest.raises(GmmlearnError, match="a imports b imports a"):
        browser.script.__wrapped__("a")
