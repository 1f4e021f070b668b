"""Builds the wrong functions of the bug hunt from known mistakes and from mechanical mutants of the library.

Those of practice go into every copy of the course, so nothing of the reference is in them: the library is there anyway.
Those that grade a hunt in a class do something else than each of practice, and stay with the private half.
"""

import ast
import gzip
import inspect
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from .. import library, private
from ..calls import Call, Items, Outcome, Status, Stopped
from ..checks import limits
from ..checks.diagnosing.answer_key import answers
from ..checks.diagnosing.engine import Diagnosis, diagnose
from ..contract import EXERCISES
from ..hunting.bugs import PATH, Bug, bugs_of
from ..performing import perform

N_BUGS = 12
MOST_MUTANTS = 60
"""Mutants of one function that are tried, spread over all of them."""
ENOUGH = 16
"""Wrong functions from which those are chosen that grade."""
DIGITS = 6
"""Significant digits by which two functions are told apart."""
SECONDS = 60.0
"""For the public cases of one function: a busy machine should choose the same ones."""
UNCHANGED = "whether your function leaves its inputs unchanged"


def write() -> str:
    """Choose the wrong functions of practice for all exercises and store them; says how many."""
    return _stored(PATH, {name: chosen_for(name) for name in EXERCISES})


def write_grading() -> str:
    """Choose those that grade, other ones than those of practice as they are stored; says how many."""
    return _stored(private.BUGS, {name: chosen_for_grading(name) for name in EXERCISES})


def _stored(path: Path, chosen: dict[str, list[Bug]]) -> str:
    data = {name: [asdict(bug) for bug in bugs] for name, bugs in chosen.items()}
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(gzip.compress(json.dumps(data).encode(), mtime=0))
    return f"{path.name}: {sum(map(len, chosen.values()))} wrong functions, {path.stat().st_size / 1024:.0f} kB."


def chosen_for(exercise: str) -> list[Bug]:
    """A dozen wrong functions that a test of shapes does not catch, of as many kinds as there are."""
    return in_turns(wrong_ones(exercise, candidates(exercise)))


def chosen_for_grading(exercise: str) -> list[Bug]:
    """The same of others: each does something else than all of practice, and than those before it."""
    known = [_diagnosed(exercise, bug.function()) for bug in bugs_of(exercise)]
    done = {behaviour(found) for found in known if found is not None}
    practice = {bug.source for bug in bugs_of(exercise)}
    new: list[tuple[Bug, Diagnosis]] = []
    sources = chain(answers_of_others(exercise), candidates(exercise), mutants_of_others(exercise))
    for bug, found in wrong_ones(exercise, sources):
        if (does := behaviour(found)) not in done and bug.source not in practice:
            done.add(does)
            new.append((bug, found))
        if len(new) == ENOUGH:
            break
    return in_turns(new)


def wrong_ones(exercise: str, sources: Iterable[tuple[str, str]]) -> Iterator[tuple[Bug, Diagnosis]]:
    """Those of some functions that are wrong, and not at first sight."""
    for source, sentence in sources:
        bug = Bug(exercise, source, sentence, "")
        found = _diagnosed(exercise, bug.function())
        if found and found.failed and not _is_caught_at_sight(found):
            yield replace(bug, question=question_of(found)), found


def in_turns(wrong: Iterable[tuple[Bug, Diagnosis]]) -> list[Bug]:
    """One wrong function of each kind, then a second of each, and so on, up to a dozen.

    The kind is the set of public cases in which the function is wrong. Those that are wrong in few cases come first.
    """
    by_kind: dict[frozenset[str], list[Bug]] = {}
    for bug, found in wrong:
        by_kind.setdefault(frozenset(trial.case.about for trial in found.failed), []).append(bug)
    kinds = [by_kind[wrong] for wrong in sorted(by_kind, key=lambda wrong: (len(wrong), sorted(wrong)))]
    rounds = max(map(len, kinds), default=0)
    return [kind[place] for place in range(rounds) for kind in kinds if place < len(kind)][:N_BUGS]


def behaviour(found: Diagnosis) -> tuple[Any, ...]:
    """What a function did in the public cases: two that did the same are one for any test."""
    return tuple(_did(outcome) for trial in found.trials for outcome in trial.outcomes)


def _did(outcome: Outcome) -> tuple[Any, ...]:
    return (outcome.failure.name if outcome.failure else "", outcome.changed, _rounded(outcome.value))


def _rounded(value: Any) -> Any:
    if isinstance(value, Items):
        return tuple(map(_rounded, value.items))
    if isinstance(value, np.ndarray | float):
        return np.shape(value), tuple(f"{one:.{DIGITS}g}" for one in np.ravel(value))
    return repr(value)


def candidates(exercise: str) -> Iterator[tuple[str, str]]:
    """Source that runs by itself, and a sentence on what is wrong with it: mistakes first, then mutants."""
    for mistake in private.mistakes_of(exercise):
        module = inspect.getsource(inspect.getmodule(mistake.function))
        source = standalone(module, mistake.function.__name__, exercise)
        if source and not _holds_the_reference(source):
            yield source, mistake.sentence
    yield from mutated(exercise, inspect.getsource(library))


def answers_of_others(exercise: str) -> Iterator[tuple[str, str]]:
    """Wrong answers as people write them, from `tests/wrong_answers`, with what their docstrings say."""
    for path in sorted((private.ROOT / "tests" / "wrong_answers").glob(f"{exercise}*.py")):
        module = _with_siblings(path)
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            is_one = isinstance(node, ast.FunctionDef) and node.name.startswith(f"{exercise}__")
            if is_one and (source := standalone(module, node.name, exercise)):
                yield source, " ".join((ast.get_docstring(node) or "").split())


def _with_siblings(path: Path) -> str:
    """The source of a module, after that of the modules beside it from which it imports."""
    source = path.read_text(encoding="utf-8")
    nodes = [node for node in ast.parse(source).body if isinstance(node, ast.ImportFrom) and node.level == 1]
    return "\n".join([*(_with_siblings(path.with_name(f"{node.module}.py")) for node in nodes), source])


def mutants_of_others(exercise: str) -> Iterator[tuple[str, str]]:
    """Mutants of right answers in other styles, from `tests/right_answers`."""
    for path in sorted((private.ROOT / "tests" / "right_answers").glob(f"*/{EXERCISES[exercise].module}.py")):
        module = path.read_text(encoding="utf-8")
        if any(isinstance(node, ast.FunctionDef) and node.name == exercise for node in ast.parse(module).body):
            yield from mutated(exercise, module)


def mutated(exercise: str, module: str) -> Iterator[tuple[str, str]]:
    """Mutants of a function of a module, spread over all of them where there are many."""
    from benchmarks import mutants

    found = mutants.mutants_of(exercise, module)
    for mutant in found[:: len(found) // MOST_MUTANTS + 1]:
        if source := standalone(mutant.source, exercise, exercise):
            yield source, f"It has `{mutant.after}` where a right one has `{mutant.before}`."


def _holds_the_reference(source: str) -> bool:
    """Whether all statements of a function of the reference are in a source; a single one may have to be."""
    for path in sorted((private.ROOT / "solutions").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                if len(body) > 1 and all(ast.unparse(statement) in source for statement in body):
                    return True
    return False


def standalone(module: str, name: str, exercise: str) -> str:
    """A function with all that it uses of its module, functions of other chapters from the library; else empty."""
    tree = ast.parse(module)
    defined, imported = _defined_in(tree), _imported_in(tree)
    function = defined[name]
    function.decorator_list = []
    function.body = function.body[1:] if ast.get_docstring(function) else function.body
    used = _used_by(name, defined, {*defined, *imported})
    earlier = {one for one in used if one in EXERCISES and one != name}
    imports = [f"from gmmlearn.library import {one}" for one in earlier]
    imports += [_import_line(*imported[one]) for one in used - earlier - defined.keys()]
    if not all(imports):
        return ""
    parts = {id(defined[one]): defined[one] for one in used - earlier if one in defined}  # `a = b = 1` is one part
    function.name = exercise
    texts = [ast.unparse(part) for part in sorted(parts.values(), key=lambda part: part.lineno)]
    return "\n".join([*sorted(imports), "", "", *("\n\n" + text for text in texts)]).replace("\n\n\n\n", "\n\n")


def _defined_in(tree: ast.Module) -> dict[str, Any]:
    """Name -> the function or the assignment of a module that defines it."""
    defined: dict[str, Any] = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            defined[node.name] = node
        elif isinstance(node, ast.Assign):
            defined |= {target.id: node for target in node.targets if isinstance(target, ast.Name)}
    return defined


def _imported_in(tree: ast.Module) -> dict[str, tuple[ast.Import | ast.ImportFrom, ast.alias]]:
    """Name -> the import of a module that gives it."""
    return {
        (alias.asname or alias.name).split(".")[0]: (node, alias)
        for node in tree.body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }


def _used_by(name: str, defined: Mapping[str, ast.stmt], known: Collection[str]) -> set[str]:
    """A function and the known names that it uses, directly or through others that are not exercises."""
    used: set[str] = set()
    waiting = {name}
    while waiting:
        one = waiting.pop()
        used.add(one)
        if one in defined and (one == name or one not in EXERCISES):
            words = {node.id for node in ast.walk(defined[one]) if isinstance(node, ast.Name)}
            waiting |= words.intersection(known) - used
    return used


def _import_line(node: ast.Import | ast.ImportFrom, alias: ast.alias) -> str:
    """An import as it can stand in any module; empty for what is only in the module's own package."""
    if isinstance(node, ast.Import):
        return ast.unparse(ast.Import([alias]))
    if not node.level and not (node.module or "").startswith("gmmlearn"):
        return ast.unparse(ast.ImportFrom(node.module, [alias], 0))
    if alias.asname or not hasattr(library, alias.name):
        return ""
    return f"from gmmlearn.library import {alias.name}"


def question_of(found: Diagnosis) -> str:
    """What a test that does not catch this function may be lacking, asked without showing the function."""
    failed = list(dict.fromkeys(trial.case.about for trial in found.failed))
    passed = [trial.case.about for trial in found.trials if not trial.mismatch and trial.case.about not in failed]
    if set(failed) == {UNCHANGED}:
        return "One of them changes its inputs. Do you look at them after the call?"
    if len(failed) <= 2:
        return f"One of them is wrong only with inputs like these: {'; '.join(failed)}. Do you try any?"
    right = [about for about in dict.fromkeys(passed) if about != UNCHANGED]
    if right:
        return f"One of them is right with inputs like these: {'; '.join(right[:2])}. Do you try others?"
    return "One of them is wrong with nearly any input. Do you compare the values, all of them?"


def _is_caught_at_sight(found: Diagnosis) -> bool:
    """Whether it raises or returns something of another kind, for ordinary inputs."""
    first = found.trials[0].mismatch
    return first is not None and (first.problem.is_basic or found.trials[0].shown.failure is not None)


def _performed(function: Callable, call: Call) -> Outcome:
    """Without what a hunt in a class cannot see, since values travel: that a result is a view of an argument."""
    return replace(perform(function, call), aliased=())


def _diagnosed(exercise: str, function: Callable) -> Diagnosis | None:
    key = answers(exercise)
    try:
        with limits.limited(
            lambda: lambda call: _performed(function, call), [case.calls for case in key.cases], SECONDS
        ) as subject:
            found = diagnose(key.cases, subject, key.sentences)
    except Stopped:
        return None
    return found if found.status in (Status.WRONG, Status.ERROR) else None
