"""Builds the wrong functions of the bug hunt from known mistakes and from mechanical mutants of the library.

They go into every copy of the course, so nothing of the reference is in them: the library is there anyway.
"""

import ast
import gzip
import inspect
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict

from .. import library, private
from ..calls import Status, Stopped
from ..checks import limits
from ..checks.diagnosing.answer_key import answers
from ..checks.diagnosing.engine import Diagnosis, diagnose
from ..contract import EXERCISES
from ..hunting.bugs import PATH, Bug
from ..performing import perform

N_BUGS = 12
MOST_MUTANTS = 60
"""Mutants of one exercise that are tried, spread over all of them."""
SECONDS = 5.0
UNCHANGED = "whether your function leaves its inputs unchanged"


def write() -> str:
    """Choose the wrong functions of all exercises and store them; says how many."""
    chosen = {name: chosen_for(name) for name in EXERCISES}
    data = {name: [asdict(bug) for bug in bugs] for name, bugs in chosen.items()}
    PATH.write_bytes(gzip.compress(json.dumps(data).encode(), mtime=0))
    n_bugs = sum(map(len, chosen.values()))
    return f"{PATH.name}: {n_bugs} wrong functions, {PATH.stat().st_size / 1024:.0f} kB."


def chosen_for(exercise: str) -> list[Bug]:
    """A dozen wrong functions that a test of shapes does not catch, of as many kinds as there are.

    The kind is the set of public cases in which the function is wrong. Those that are wrong in few cases come first.
    """
    by_kind: dict[frozenset[str], list[Bug]] = {}
    for source, sentence in candidates(exercise):
        found = _diagnosed(exercise, Bug(exercise, source, sentence, "").function())
        if found and found.failed and not _is_caught_at_sight(found):
            wrong = frozenset(trial.case.about for trial in found.failed)
            by_kind.setdefault(wrong, []).append(Bug(exercise, source, sentence, question_of(found)))
    kinds = [by_kind[wrong] for wrong in sorted(by_kind, key=lambda wrong: (len(wrong), sorted(wrong)))]
    rounds = max(map(len, kinds), default=0)
    turns = [kind[place] for place in range(rounds) for kind in kinds if place < len(kind)]
    return turns[:N_BUGS]


def candidates(exercise: str) -> Iterator[tuple[str, str]]:
    """Source that runs by itself, and a sentence on what is wrong with it: mistakes first, then mutants."""
    from benchmarks import mutants

    for mistake in private.mistakes_of(exercise):
        module = inspect.getsource(inspect.getmodule(mistake.function))
        source = standalone(module, mistake.function.__name__, exercise)
        if source and not _holds_the_reference(source):
            yield source, mistake.sentence
    all_mutants = mutants.mutants_of(exercise, inspect.getsource(library))
    for mutant in all_mutants[:: len(all_mutants) // MOST_MUTANTS + 1]:
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
    defined: dict[str, ast.stmt] = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            defined[node.name] = node
        elif isinstance(node, ast.Assign):
            defined |= {target.id: node for target in node.targets if isinstance(target, ast.Name)}
    imported = {
        (alias.asname or alias.name).split(".")[0]: (node, alias)
        for node in tree.body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    function = defined[name]
    function.decorator_list = []
    function.body = function.body[1:] if ast.get_docstring(function) else function.body
    wanted, parts, lines = [name], [], []
    for one in wanted:
        if one in EXERCISES and one != name:
            lines.append(f"from gmmlearn.library import {one}")
        elif one in defined:
            parts.append(defined[one])
            names = {node.id for node in ast.walk(defined[one]) if isinstance(node, ast.Name)}
            wanted += sorted(names.intersection({*defined, *imported}).difference(wanted))
        else:
            node, alias = imported[one]
            if isinstance(node, ast.ImportFrom) and (node.level or (node.module or "").startswith("gmmlearn")):
                if alias.asname or not (hasattr(library, alias.name)):
                    return ""
                lines.append(f"from gmmlearn.library import {alias.name}")
            else:
                same = ast.Import([alias]) if isinstance(node, ast.Import) else ast.ImportFrom(node.module, [alias], 0)
                lines.append(ast.unparse(same))
    function.name = exercise
    parts = sorted({id(part): part for part in parts}.values(), key=lambda part: part.lineno)
    return "\n".join([*sorted(lines), "", "", *("\n\n" + ast.unparse(part) for part in parts)]).replace(
        "\n\n\n\n", "\n\n"
    )


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


def _diagnosed(exercise: str, function: Callable) -> Diagnosis | None:
    key = answers(exercise)
    try:
        with limits.limited(
            lambda: lambda call: perform(function, call), [case.calls for case in key.cases], SECONDS
        ) as subject:
            found = diagnose(key.cases, subject, key.sentences)
    except Stopped:
        return None
    return found if found.status in (Status.WRONG, Status.ERROR) else None
