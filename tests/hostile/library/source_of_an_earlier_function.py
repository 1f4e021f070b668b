"""The file of an earlier function that comes from the library, by `inspect`."""

import inspect


def find(name):
    from gmmlearn.mixtures import gaussian_log_density

    space = {"__name__": "gmmlearn.copy", "__package__": "gmmlearn"}
    with open(inspect.getsourcefile(inspect.unwrap(gaussian_log_density))) as file:
        exec(file.read(), space)
    return space[name]
