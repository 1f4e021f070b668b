"""Loads a student's modules afresh, from their text.

While one exercise is looked at, the exercises before it in the contract are those of `gmmlearn.library`, so that an
earlier mistake never costs twice; the exercise itself and later ones are always the student's. With `own=True` the
student's functions are used throughout.
"""

import builtins
import difflib
import functools
import importlib
import importlib.abc
import importlib.machinery
import inspect
import linecache
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from .calls import Call, Outcome
from .contract import CHAPTERS, EXERCISES, TESTS, Exercise, earlier_than, exercise_of_test, exercises_of
from .file_kinds import not_python
from .manifest import OURS, is_students
from .performing import perform

Subject = Callable[[Call], Outcome]
"""What is checked: something that makes a call of one function, here or elsewhere, and says what came of it."""


class NotWritten(NotImplementedError):
    """The file or the function is not there at all."""


class RefusedImport(ImportError):
    """A module that this exercise has to do without."""


def stub_message(exercise: Exercise) -> str:
    """What the stub of an exercise raises.

    Examples
    --------
    >>> stub_message(EXERCISES["assign"])
    'Exercise 4.2: write assign in gmmlearn/e_step.py'
    """
    return f"Exercise {exercise.number}: write {exercise.name} in {exercise.file}"


def read(folder: Path) -> dict[str, bytes]:
    """The modules of a folder that a student may write, by name: the chapters and any of their own."""
    return {path.stem: path.read_bytes() for path in sorted(folder.glob("*.py")) if _may_be_theirs(path)}


def _may_be_theirs(path: Path) -> bool:
    return is_students(path.stem) and path.is_file()


def load(name: str, folder: Path, *, own: bool = False) -> Callable[..., Any]:
    """The function of an exercise as it is in the files of a folder.

    Parameters
    ----------
    name : str
        Name of the exercise, a key of `EXERCISES`.
    folder : Path
        Folder of the student's modules, the package `gmmlearn` itself or a copy of it.
    own : bool
        Whether the earlier functions of the contract are the student's as well, not those of `gmmlearn.library`.

    Returns
    -------
    callable
        The student's function; what it imports while it runs comes from the same folder.

    Raises
    ------
    NotWritten
        When the file or the function is missing.
    Exception
        Whatever the student's module raises while it is imported, `SyntaxError` among them.
    """
    loader = Loader(read(folder), name, own=own, folder=folder)
    function = loader.function()

    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        with loader.installed():
            return function(*args, **kwargs)

    return call


def subject(name: str, folder: Path, *, own: bool = False) -> Subject:
    """The same as something to check; raises as `load` does."""
    function = load(name, folder, own=own)
    files = {str(folder / f"{stem}.py") for stem in read(folder)}
    return lambda call: perform(function, call, files)


class Loader(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """A student's modules, importable as `gmmlearn.<chapter>` while they are installed.

    Parameters
    ----------
    sources : mapping of str to bytes
        Module name -> text, for the chapters and for modules of the student's own.
    exercise : str
        Name of the exercise that is looked at.
    own : bool
        Whether all functions are the student's.
    folder : Path, optional
        Where the texts come from, for tracebacks.
    """

    def __init__(
        self, sources: Mapping[str, bytes], exercise: str, *, own: bool = False, folder: Path | None = None
    ) -> None:
        self.sources = sources
        self.exercise = EXERCISES[exercise]
        self.own = own
        self.folder = folder
        self.twins: dict[str, Any] = {}
        if not own:
            library = importlib.import_module("gmmlearn.library")
            self.twins = {name: getattr(library, name) for name in earlier_than(exercise)}
        self.names = {f"gmmlearn.{stem}" for stem in {*CHAPTERS, *sources}}
        self._loaded: dict[str, ModuleType] = {}

    def file_of(self, stem: str) -> str:
        """Name of a module's file, as tracebacks show it."""
        return str(self.folder / f"{stem}.py") if self.folder else f"gmmlearn/{stem}.py"

    def function(self) -> Callable[..., Any]:
        """The function of the exercise; raises `NotWritten` or what its module raises."""
        if self.exercise.module not in self.sources:
            raise NotWritten(stub_message(self.exercise))
        with self.installed():
            module = importlib.import_module(f"gmmlearn.{self.exercise.module}")
        function = getattr(module, self.exercise.name, None)
        if not callable(function):
            own = [name for name, value in vars(module).items() if callable(value) and name not in EXERCISES]
            alike = difflib.get_close_matches(self.exercise.name, own, 1, 0.8)
            other = f", but one named {alike[0]}" if alike else ""
            if not self.sources[self.exercise.module].strip():
                raise NotWritten(f"{self.exercise.file} is empty")
            raise NotWritten(f"{self.exercise.file} has no function {self.exercise.name}{other}")
        return function

    def tests(self) -> list[Callable[..., Any]]:
        """The student's tests of the exercise, in their order; raises what their module raises."""
        with self.installed():
            module = importlib.import_module(f"gmmlearn.{TESTS}")
        named = vars(module).items()
        return [one for name, one in named if inspect.isfunction(one) and exercise_of_test(name) == self.exercise.name]

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Within it `import gmmlearn.<chapter>` gives the student's modules; after it all is as before."""
        package = importlib.import_module("gmmlearn")
        before = {name: sys.modules.pop(name) for name in self.names if name in sys.modules}
        attributes = {stem: vars(package).pop(stem) for stem in self._stems() if stem in vars(package)}
        self._put(package, self._loaded)
        sys.meta_path.insert(0, self)
        try:
            yield
        finally:
            sys.meta_path.remove(self)
            self._loaded = {name: sys.modules.pop(name) for name in self.names if name in sys.modules}
            for stem in self._stems():
                vars(package).pop(stem, None)
            self._put(package, before)
            vars(package).update(attributes)

    def _stems(self) -> list[str]:
        return [name.partition(".")[2] for name in self.names]

    def _put(self, package: ModuleType, modules: Mapping[str, ModuleType]) -> None:
        sys.modules.update(modules)
        for name, module in modules.items():
            setattr(package, name.partition(".")[2], module)

    # The two halves of an importer, called by Python's import system.

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> Any:
        """Called for every import that is not loaded yet; takes those of the student's modules."""
        if fullname in self.names:
            return importlib.machinery.ModuleSpec(fullname, self)
        return None

    def exec_module(self, module: ModuleType) -> None:
        """Called once per module: runs the student's text, or fills in the library's functions."""
        stem = module.__name__.partition(".")[2]
        exercises = [exercise.name for exercise in exercises_of(stem)]
        if exercises and all(name in self.twins for name in exercises):
            vars(module).update({name: self.twins[name] for name in exercises})
            vars(module)["__getattr__"] = functools.partial(self._beyond_the_contract, stem)
        else:
            self._run(stem, module)

    def _beyond_the_contract(self, stem: str, name: str) -> Any:
        """A name that only the student's own text of another chapter defines: a function of theirs, a constant."""
        if name.startswith("__") or stem not in self.sources:
            raise AttributeError(f"module 'gmmlearn.{stem}' has no attribute {name!r}")
        module = ModuleType(f"gmmlearn.{stem}")
        self._run(stem, module)
        try:
            return vars(module)[name]
        except KeyError:
            raise AttributeError(f"module 'gmmlearn.{stem}' has no attribute {name!r}") from None

    def _run(self, stem: str, module: ModuleType) -> None:
        if stem not in self.sources:  # a chapter that was not handed in counts as its stub
            for exercise in exercises_of(stem):
                setattr(module, exercise.name, _stub(exercise))
            return
        filename = self.file_of(stem)
        source = self.sources[stem]
        if what := not_python(source):
            raise SyntaxError(f"gmmlearn/{stem}.py {what}")
        if self.folder is None:  # else a traceback finds the file itself, also after a later change
            lines = source.decode("utf-8", "replace").splitlines(keepends=True)
            linecache.cache[filename] = (len(source), None, lines, filename)
        module.__file__ = filename
        module.__package__ = "gmmlearn"
        chapter = stem if stem in CHAPTERS else self.exercise.module
        guarded = functools.partial(_guarded_import, stem, chapter)
        vars(module)["__builtins__"] = vars(builtins) | {"__import__": guarded}
        exec(compile(source, filename, "exec", dont_inherit=True), vars(module))
        self._replace(module)

    def _replace(self, module: ModuleType) -> None:
        """Put the library's functions where the student's earlier ones are, also under another name in the module."""
        names = vars(module)
        own = {id(names[name]): twin for name, twin in self.twins.items() if inspect.isroutine(names.get(name))}
        for name, value in list(names.items()):
            if id(value) in own:
                names[name] = own[id(value)]


def _stub(exercise: Exercise) -> Callable[..., Any]:
    def stub(*args: Any, **kwargs: Any) -> Any:
        raise NotWritten(stub_message(exercise))

    return stub


def _guarded_import(
    stem: str,
    chapter: str,
    name: str,
    globals: Any = None,
    locals: Any = None,
    fromlist: Any = (),
    level: int = 0,
) -> Any:
    """`__import__` for a student's module: refuses what would do the exercise in the student's place."""
    wanted = _imported(name, fromlist or (), level)
    of_sklearn = {module for module in wanted if _within(module, ("sklearn",))}
    allowed = exercises_of(chapter)[0].sklearn
    # `from sklearn import mixture` names the package as well, which holds nothing by itself.
    refused = sorted(module for module in of_sklearn - {"sklearn"} or of_sklearn if not _within(module, allowed))
    if refused:
        only = f", with scikit-learn only for {' and '.join(allowed)}" if allowed else ""
        raise RefusedImport(
            f"gmmlearn/{stem}.py imports {refused[0]}, but this exercise is to be written by hand{only}."
        )
    for module in sorted(wanted):
        package, _, rest = module.partition(".")
        if package == "gmmlearn" and rest.partition(".")[0] in OURS:
            raise RefusedImport(f"gmmlearn/{stem}.py imports {module}, but this exercise is to be written by hand.")
    return builtins.__import__(name, globals, locals, fromlist, level)


def _imported(name: str, names: Collection[str], level: int) -> set[str]:
    """Full names of what an import statement may load: a module, and what is taken out of it.

    >>> sorted(_imported("sklearn", ("mixture",), 0)), sorted(_imported("em", ("fit",), 1))
    (['sklearn', 'sklearn.mixture'], ['gmmlearn.em', 'gmmlearn.em.fit'])
    """
    module = ".".join(filter(None, ("gmmlearn", name))) if level else name
    return {module, *(f"{module}.{one}" for one in names)}


def _within(module: str, allowed: tuple[str, ...]) -> bool:
    return any(module == prefix or module.startswith(prefix + ".") for prefix in allowed)
