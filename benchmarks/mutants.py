"""Mechanical mutants of the reference: the function of an exercise with one small mistake in it.

A check that lets a mutant pass overlooks a mistake, unless the mutant is none: those that are the same function
for all inputs of the contract stand in `equivalent.toml`, each with the reason.

`python -m benchmarks.mutants [EXERCISE]` lists the mutants, one a line, and counts them by exercise.
"""

import ast
import builtins
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gmmlearn.contract import EXERCISES

SOLUTIONS = Path(__file__).parents[1] / "solutions"

SYMBOLS = {
    **{"add": "+", "sub": "-", "mult": "*", "div": "/", "floordiv": "//", "pow": "**", "matmult": "@"},
    **{"lt": "<", "lte": "<=", "gt": ">", "gte": ">=", "eq": "==", "noteq": "!="},
}
"""Class of an operator in the syntax tree, in small letters -> the operator, where that is not the same."""

EXCHANGED = {
    **{"add": ("sub", "mult"), "sub": ("add",), "mult": ("div", "add"), "div": ("mult",), "pow": ("mult",)},
    **{"floordiv": ("div", "mult"), "matmult": ("mult",), "and": ("or",), "or": ("and",), "notin": ("in",)},
    **{"lt": ("lte", "gt", "gte"), "gt": ("gte", "lt", "lte"), "eq": ("noteq", "lte", "gte")},
}
ONE_WAY = ("sub", "div", "pow", "matmult")
"""Operators that do not give the same with their operands exchanged."""

FAMILIES = (
    *(("sum", "mean", "prod", "max", "min"), ("log", "log2", "log10", "log1p"), ("exp", "expm1")),
    *(("sqrt", "square"), ("argmax", "argmin"), ("cumsum", "cumprod"), ("maximum", "minimum")),
    *(("random", "standard_normal", "standard_exponential"), ("score", "bic", "aic")),
)
RENAMED = {name: tuple(other for other in family if other != name) for family in FAMILIES for name in family} | {
    **{"eye": ("ones", "zeros"), "empty": ("ones",), "cholesky": ("inv",), "ValueError": ("KeyError",)},
    **{"tiny": ("eps",), "pi": ("e",)},
}
UNWRAPPED = ("array", "cholesky", "cumsum", "diag", "exp", "float", "int", "log", "maximum", "sqrt")
STRINGS = {
    **{"kmeans": ("random",), "random": ("kmeans",), "right": ("left",), "ignore": ("raise",)},
    **{"full": ("diag", "tied"), "tied": ("full",), "diag": ("spherical",), "spherical": ("diag",)},
}
ARRAYS = ("x", "X", "responsibilities", "weights", "mean", "means", "covariance", "covariances", "variances")
"""Names of arguments that are arrays; the `mean` of `gaussian_density` is a number."""

RESULTS_ARE_INTEGERS = ("sample_categorical", "assign", "n_parameters", "select_n_components")
RESULTS_ARE_OBJECTS = ("fit", "fit_sklearn")


@dataclass(frozen=True, slots=True)
class Mutant:
    """The reference of one exercise with one change.

    Attributes
    ----------
    exercise : str
        Name of the function.
    id : str
        Exercise, line of the module and kind of the change, `"responsibilities:12:axis-1-to-0"`.
    line : int
        Where the change begins in the chapter's module.
    before, after : str
        The smallest piece of code that holds the change.
    source : str
        The whole text of the chapter's module with that one change.
    """

    exercise: str
    id: str
    line: int
    before: str
    after: str
    source: str


Edit = tuple[str, str]  # the kind of a change, for the id, and the code to put in the place of a node
code = ast.unparse


def mutants_of(exercise: str, text: str = "") -> list[Mutant]:
    """All mutants of an exercise, no two alike.

    The helper functions and constants of the module that the function uses by themselves are changed as well;
    functions that belong to another exercise are not. Another text than the reference's may be given.
    """
    text = text or (SOLUTIONS / f"{EXERCISES[exercise].module}.py").read_text(encoding="utf-8")
    tree = ast.parse(text)
    seen, kinds, mutants = {code(tree)}, Counter(), []
    for node, kind, new in _edits(tree, exercise):
        source = _spliced(text, node, new)
        if (meaning := code(ast.parse(source))) in seen:
            continue
        seen.add(meaning)
        kinds[node.lineno, kind] += 1
        number = f"-{kinds[node.lineno, kind]}" if kinds[node.lineno, kind] > 1 else ""
        before, after = (" ".join(part.replace(":\n", ": ").replace("\n", "; ").split()) for part in (code(node), new))
        mutants.append(Mutant(exercise, f"{exercise}:{node.lineno}:{kind}{number}", node.lineno, before, after, source))
    return mutants


def load(mutant: Mutant) -> Callable[..., Any]:
    """The function of a mutant, which sees the reference for every other chapter; `sys.modules` keeps nothing of it."""
    name = f"solutions.{EXERCISES[mutant.exercise].module}"
    namespace = {"__name__": name, "__package__": "solutions"}
    exec(compile(mutant.source, f"<{mutant.id}>", "exec"), namespace)
    return namespace[mutant.exercise]


def _spliced(text: str, node: Any, new: str) -> str:
    """The text with other code in the place of a node, in parentheses where it would mean another thing without."""
    lines = text.encode().splitlines(keepends=True)
    start = sum(map(len, lines[: node.lineno - 1])) + node.col_offset
    end = sum(map(len, lines[: node.end_lineno - 1])) + node.end_col_offset
    new = code(ast.parse(new)).replace("\n", "\n" + " " * node.col_offset)
    plain, enclosed = (f"{text.encode()[:start].decode()}{n}{text.encode()[end:].decode()}" for n in (new, f"({new})"))
    return plain if isinstance(node, ast.stmt) or code(ast.parse(plain)) == code(ast.parse(enclosed)) else enclosed


def _edits(tree: ast.Module, exercise: str) -> Iterator[tuple[Any, str, str]]:
    """Every node that changes, the kind of the change and the new code."""
    top = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    top |= {code(node.targets[0]): node for node in tree.body if isinstance(node, ast.Assign)}
    used: list[str] = []
    waiting = [exercise]
    while waiting:
        name = waiting.pop(0)
        used.append(name)
        called = {node.id for node in ast.walk(top[name]) if isinstance(node, ast.Name)}
        own = [one for one in top if one in called and (one.startswith("_") or one.isupper())]
        waiting += [one for one in own if one not in (*used, *waiting)]
    for name in used:
        arguments = [node.arg for node in ast.walk(top[name]) if isinstance(node, ast.arg)]
        arrays = [a for a in ARRAYS if a in arguments and not (a == "mean" and "variance" in arguments)]
        for parent, node in _nodes(top[name]):
            yield from ((node, *edit) for edit in _edits_of(node, parent, arrays, top[name]))
        if isinstance(top[name], ast.FunctionDef):
            yield from _edits_of_results(top[name], arrays)


def _nodes(parent: ast.AST) -> Iterator[tuple[ast.AST, Any]]:
    """Every node below a node, with its parent, but for docstrings and the inside of f-strings."""
    for node in ast.iter_child_nodes(parent):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        yield parent, node
        if not isinstance(node, ast.JoinedStr):
            yield from _nodes(node)


def _edits_of(node: Any, parent: Any, arrays: list[str], function: ast.AST) -> Iterator[Edit]:
    if node is getattr(parent, "test", None):
        yield "negate-condition", f"not ({code(node)})"
    match node:
        case ast.BinOp(left, op, right) | ast.Compare(left, [op], [right]) | ast.BoolOp(op, [left, right]):
            yield from _operators(type(op).__name__.lower(), code(left), code(right), isinstance(node, ast.Compare))
            if isinstance(op, ast.Sub) and code(left) in arrays:
                yield "in-place", f"np.subtract({code(left)}, {code(right)}, out={code(left)})"
        case ast.UnaryOp(op, operand):
            yield f"drop-{type(op).__name__.lower()}", code(operand)
        case ast.Constant(value) if getattr(parent, "arg", None) != "axis":
            yield from _constants(value, negated=isinstance(parent, ast.UnaryOp))
        case ast.Call():
            yield from _calls(node)
        case ast.Attribute(value, "T"):
            yield "drop-T", code(value)
        case ast.Attribute(value, name) if node is not getattr(parent, "func", None):
            yield from ((f"{name}-to-{other}", f"{code(value)}.{other}") for other in RENAMED.get(name, ()))
        case ast.Name("rng"):
            yield from (("rng-to-fixed", "np.random.default_rng(0)"), ("rng-to-fresh", "np.random.default_rng()"))
        case ast.Subscript(value, index):
            yield "drop-index", code(value)
            parts = [code(part) for part in index.elts] if isinstance(index, ast.Tuple) else []
            for new in (parts[::-1], *_without_one(parts)) if parts else ():
                yield f"index-{','.join(new)}".replace("np.newaxis", "new"), f"{code(value)}[{', '.join(new)}]"
        case ast.JoinedStr():
            yield "empty-message", "''"
        case ast.Dict(keys, values):
            for i, new in enumerate(_swapped([code(value) for value in values])):
                yield f"swap-values-{i}", "{" + ", ".join(f"{code(key)}: {one}" for key, one in zip(keys, new)) + "}"
        case ast.stmt():
            yield from _statements(node, function)


def _operators(name: str, left: str, right: str, compares: bool) -> Iterator[Edit]:
    for other in EXCHANGED.get(name, ()):
        yield f"{name}-to-{other}", f"({left}) {SYMBOLS.get(other, other)} ({right})"
    if name in ONE_WAY:
        yield f"swap-{name}", f"({right}) {SYMBOLS[name]} ({left})"
    if not compares:
        yield from (("keep-left", left), ("keep-right", right))


def _constants(value: Any, negated: bool) -> Iterator[Edit]:
    others = STRINGS.get(value, ())
    if isinstance(value, bool):
        others = [not value]
    elif isinstance(value, int):
        others = [value + 1, value - 1, 0, value if negated else -value]
    elif isinstance(value, float):
        scaled = [float(f"{value * factor:g}") for factor in (10, 0.1, 2)]
        others = [*scaled, 0.0, value if negated else -value]
    yield from ((f"{value}-to-{other}".lower(), repr(other)) for other in dict.fromkeys(others) if other != value)


def _calls(node: ast.Call) -> Iterator[Edit]:
    name = code(node.func).rpartition(".")[2]
    owner = code(node.func).removesuffix(name)
    given, named = [code(argument) for argument in node.args], [code(keyword) for keyword in node.keywords]

    def call(function: str = owner + name, given: list[str] = given, named: list[str] = named) -> str:
        return f"{function}({', '.join([*given, *named])})"

    for other in RENAMED.get(name, ()):
        if owner or hasattr(builtins, other):
            yield f"{name}-to-{other}", call(owner + other)
    if name in UNWRAPPED and given:
        yield f"drop-{name}", given[0]
    if name in ("range", "len"):
        others = {"range": ("range(1, {})", "range({} - 1)"), "len": ("{}.size", "{}.shape[-1]")}[name]
        yield from ((f"{name}-to-{other.format('n')}", other.format(given[0])) for other in others if len(given) == 1)
    if name != "maximum":
        yield from ((f"swap-arguments-{i}", call(given=new)) for i, new in enumerate(_swapped(given)))
    if len(given) > 1 or name in ("random", "standard_normal"):
        yield "drop-argument", call(given=given[:-1])
    for i, keyword in enumerate(node.keywords):
        for other in ("0", "1", "-1", "None") if keyword.arg == "axis" else ():
            new = [*named[:i], f"axis={other}", *named[i + 1 :]]
            yield f"axis-{code(keyword.value)}-to-{other}".lower(), call(named=new)
        if keyword.arg not in ("axis", "keepdims"):
            yield f"drop-{keyword.arg}", call(named=_without_one(named)[i])


def _swapped(parts: list[str]) -> list[list[str]]:
    return [[*parts[:i], parts[i + 1], parts[i], *parts[i + 2 :]] for i in range(len(parts) - 1)]


def _without_one(parts: list[str]) -> list[list[str]]:
    return [parts[:i] + parts[i + 1 :] for i in range(len(parts))]


def _statements(node: ast.stmt, function: ast.AST) -> Iterator[Edit]:
    match node:
        case ast.Assign([target], value):
            stored = [n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
            if isinstance(target, ast.Subscript) or stored.count(code(target)) > 1:
                yield "delete-statement", "pass"
            if isinstance(value, ast.BinOp):
                yield "negate-value", f"{code(target)} = -({code(value)})"
        case ast.AugAssign(target, op, value):
            yield "delete-statement", "pass"
            yield "plain-assignment", f"{code(target)} = {code(value)}"
            for other in EXCHANGED[type(op).__name__.lower()]:
                yield f"to-{other}", f"{code(target)} {SYMBOLS[other]}= {code(value)}"
        case ast.If() | ast.Raise() | ast.Expr():
            yield "delete-statement", "pass"
        case ast.With(_, body):
            yield "drop-with", "\n".join(map(code, body))
        case ast.Return(ast.BinOp() | ast.Call() as value):
            yield "negate-value", f"return -({code(value)})"


def _edits_of_results(function: ast.FunctionDef, arrays: list[str]) -> Iterator[tuple[Any, str, str]]:
    """Changes of what goes in and comes out as a whole: its precision, and what becomes of the arguments."""
    below = [node for _, node in _nodes(function)]
    inner = [node for f in below if isinstance(f, ast.FunctionDef) for node in ast.walk(f)]
    first = next(node for node in below if isinstance(node, ast.stmt))
    if arrays:
        yield first, "single-inside", f"{arrays[0]} = {arrays[0]}.astype(np.float32)\n{code(first)}"
    for node in (node for node in below if isinstance(node, ast.Return) and node not in inner):
        parts = [code(part) for part in (node.value.elts if isinstance(node.value, ast.Tuple) else [node.value])]
        for i, new in enumerate(_swapped(parts)):
            yield node, f"swap-results-{i}", f"return {', '.join(new)}"
        for i, part in enumerate(parts if function.name not in RESULTS_ARE_OBJECTS else []):
            forms = {"single": f"np.float32({part})", "rounded": f"np.round({part}, 3)"}
            if function.name in RESULTS_ARE_INTEGERS or part == "labels":
                del forms["rounded"]
            for kind, new in forms.items():
                yield node, f"{kind}-result-{i}", f"return {', '.join([*parts[:i], new, *parts[i + 1 :]])}"
        for array in [] if function.name.startswith("_") else arrays:
            yield node, f"changes-{array}", f"result = {code(node.value)}\n{array} += 1\nreturn result"
        if "x" in arrays:
            yield node, "returns-x", f"x[:] = {code(node.value)}\nreturn x"


def main(exercises: list[str]) -> None:
    """Print the mutants of some exercises, or of all."""
    mutants = [mutant for exercise in exercises or EXERCISES for mutant in mutants_of(exercise)]
    for mutant in mutants:
        print(f"{mutant.id:60} {mutant.line:3}  {mutant.before} -> {mutant.after}")
    for exercise, count in Counter(mutant.exercise for mutant in mutants).items():
        print(f"{count:5} {exercise}")
    print(f"{len(mutants):5} in all")


if __name__ == "__main__":
    main(sys.argv[1:])
