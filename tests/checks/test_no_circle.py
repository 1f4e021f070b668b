"""No module of the checks imports another that imports it, however late and over however many others."""

from tests.test_imports import files_of, imports_of, module_name

PACKAGES = {f"gmmlearn.checks{part}" for part in ("", ".comparing", ".diagnosing", ".reporting")}


def graph():
    """Module -> the modules of the checks that it imports, anywhere in its text."""
    paths = {module_name(path): path for path in files_of("gmmlearn/checks")}
    return {module: {name for name in imports_of(path) if name in paths} for module, path in paths.items()}


def test_no_circle_of_imports():
    imported = {module: names - PACKAGES for module, names in graph().items()}
    assert len(imported) > 20
    while free := [module for module, names in imported.items() if not names]:
        imported = {module: names - {*free} for module, names in imported.items() if module not in free}
    assert imported == {}
