"""The real data of the course."""

from pathlib import Path

import numpy as np

_FAITHFUL = Path(__file__).parent / "datasets" / "faithful.csv"


def old_faithful():
    """Eruptions of the geyser Old Faithful: how long each lasted, and how long the wait until the next.

    Returns
    -------
    ndarray of shape (272, 2)
        Length of the eruption and waiting time, both in minutes.

    References
    ----------
    Azzalini and Bowman (1990), Applied Statistics 39, 357-365; Härdle (1991), Smoothing Techniques with
    Implementation in S. The table is R's `faithful`.

    Examples
    --------
    >>> old_faithful()[:2]
    array([[ 3.6, 79. ],
           [ 1.8, 54. ]])
    """
    return np.loadtxt(_FAITHFUL, delimiter=",", skiprows=1)
