"""Which samples pull hardest on a mean.

In the M-step a mean moves by the sum over all samples of r / N times the way from the mean to the sample, where N is
the sum of the responsibilities r of its component. The length of one term is the pull of that sample.
"""

import numpy as np

SHOWN = 12


def pulls_on(X, responsibilities, means, k: int) -> dict:
    """The samples that pull hardest on the mean of component k, as lines from the mean; none without an E-step.

    Examples
    --------
    >>> pulls_on(np.array([[0.0, 0.0], [3.0, 4.0]]), np.array([[1.0], [0.5]]), np.zeros((1, 2)), 0)["pull_shares"]
    array([1., 0.])
    """
    if responsibilities is None or not 0 <= k < len(means):
        return {"pull_links": [], "pull_shares": [], "pull_points": []}
    mean = np.asarray(means[k])
    pulls = responsibilities[:, k] * np.linalg.norm(X - mean, axis=1)
    hardest = np.argsort(-pulls, kind="stable")[:SHOWN]
    return {
        "pull_links": [[mean.tolist(), X[i].tolist()] for i in hardest],
        "pull_shares": pulls[hardest] / (pulls.max() or 1.0),
        "pull_points": X[hardest],
    }
