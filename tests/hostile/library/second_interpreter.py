"""A second Python, in which nothing was taken away."""

import pickle
import subprocess
import sys

LINE = (
    "import sys, pickle; sys.path[:0] = {path!r}; from gmmlearn import library; "
    "name, args, kwargs = pickle.loads(sys.stdin.buffer.read()); "
    "sys.stdout.buffer.write(pickle.dumps(getattr(library, name)(*args, **kwargs)))"
)


def find(name):
    def ask(*args, **kwargs):
        command = [sys.executable, "-S", "-c", LINE.format(path=sys.path)]
        said = subprocess.run(command, input=pickle.dumps((name, args, kwargs)), capture_output=True, check=True)
        return pickle.loads(said.stdout)

    return ask
