"""A call as lines to paste into Python, with exactly the inputs that it had."""

import base64
import zlib
from typing import Any

import numpy as np

from ...calls import Call, Items, Seed
from ...contract import EXERCISES

MAX_NUMBERS = 400
"""A larger array is not written number by number."""


def _packed(array: np.ndarray) -> str:
    """An expression for a large array: its bytes, compressed.

    >>> array = np.arange(600.0).reshape(2, 300)
    >>> np.array_equal(eval(_packed(array), {"np": np, "zlib": zlib, "base64": base64}), array)
    True
    """
    data = base64.encodebytes(zlib.compress(array.tobytes(), 9)).decode()
    return (
        f'np.frombuffer(zlib.decompress(base64.b64decode("""\n{data}""")), {array.dtype.str!r})'
        f".reshape({array.shape}).copy()"
    )


def as_python(exercise: str, call: Call) -> str:
    """The lines that make a call.

    >>> print(as_python("assign", Call({"responsibilities": np.array([[0.25, 0.75]])})))
    import numpy as np
    from gmmlearn.e_step import assign
    <BLANKLINE>
    responsibilities = np.array([[0.25, 0.75]])
    assign(responsibilities)
    """
    assigned, imports = [], ["import numpy as np"]
    for name, value in {**call.arguments, **call.options}.items():
        if isinstance(value, np.ndarray):
            is_large = value.size > MAX_NUMBERS
            if is_large:
                imports = ["import base64", "import zlib", "", "import numpy as np"]
            assigned.append(f"{name} = {_packed(value) if is_large else _literal(value, f'{name} = ')}")
    written = [name if isinstance(value, np.ndarray) else _plain(value) for name, value in call.arguments.items()]
    written += [f"{name}={name if isinstance(one, np.ndarray) else _plain(one)}" for name, one in call.options.items()]
    imports.append(f"from gmmlearn.{EXERCISES[exercise].module} import {exercise}")
    return "\n".join([*imports, "", *assigned, f"{exercise}({', '.join(written)})"])


def _literal(array: np.ndarray, before: str) -> str:
    """An array with as many digits as tell its numbers from all others.

    >>> _literal(np.array([0.1, np.nan, -np.inf]), ""), _literal(np.zeros((0, 2)), "")
    ('np.array([0.1, np.nan, -np.inf])', 'np.empty((0, 2))')
    """
    if not array.size:
        return f"np.empty({array.shape})"
    text = np.array2string(
        array,
        separator=", ",
        threshold=array.size + 1,
        max_line_width=100,
        formatter={"float_kind": _number},
        prefix=f"{before}np.array(",
    )
    dtype = "" if array.dtype in (np.float64, np.int64, np.bool_) else f", np.{array.dtype.name}"
    return f"np.array({text}{dtype})"


def _number(x: float) -> str:
    return repr(float(x)) if np.isfinite(x) else f"{'-' if x < 0 else ''}np.{abs(x)}"


def _plain(value: Any) -> str:
    """A number, a text, a tuple or a generator.

    >>> _plain(Seed(5)), _plain(Items("tuple", (3, 1))), _plain(float("inf"))
    ('np.random.default_rng(5)', '(3, 1)', "float('inf')")
    """
    if isinstance(value, Seed):
        return f"np.random.default_rng({value.value})"
    if isinstance(value, Items):
        value = value.items
    if isinstance(value, tuple):
        return f"({', '.join(map(_plain, value))}{',' if len(value) == 1 else ''})"
    if isinstance(value, float) and not np.isfinite(value):
        return f"float({str(float(value))!r})"
    return repr(value.item() if isinstance(value, np.generic) else value)
