"""The browser's random numbers, made again in NumPy, so that both draw the same samples."""

import numpy as np


def uniform(seed: int, count: int):
    """The first numbers of a stream, uniform on [0, 1).

    The generator is Mulberry32, whose state is a counter: number i depends on the seed and on i alone.

    Parameters
    ----------
    seed : int
    count : int

    Returns
    -------
    ndarray of shape (count,)

    References
    ----------
    Tommy Ettinger (2017), mulberry32, public domain.

    Examples
    --------
    >>> u = uniform(1, 10_000)
    >>> bool(0 <= u.min() and u.max() < 1 and abs(u.mean() - 0.5) < 0.01)
    True
    """
    with np.errstate(over="ignore"):
        a = np.uint32(seed * 0x9E3779B1 & 0xFFFFFFFF) + np.arange(1, count + 1, dtype=np.uint32) * np.uint32(0x6D2B79F5)
        a = (a ^ (a >> np.uint32(15))) * (a | np.uint32(1))
        a = a ^ (a + (a ^ (a >> np.uint32(7))) * (a | np.uint32(61)))
    return (a ^ (a >> np.uint32(14))) / 2**32


def normal_pairs(seed: int, count: int):
    """Pairs of independent standard normals, by Box and Muller's transform.

    Returns
    -------
    ndarray of shape (count, 2)

    Examples
    --------
    >>> normal_pairs(3, 5).shape
    (5, 2)
    """
    first, second = uniform(seed, 2 * count).reshape(count, 2).T
    radius, angle = np.sqrt(-2 * np.log(1 - first)), 2 * np.pi * second
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
