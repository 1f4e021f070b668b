"""What a mixture says of the plane: its density, and to whom each place would belong."""

import numpy as np


def soft_grid(weights, means, covariances, box, shape: tuple[int, int]) -> dict:
    """The share of each component at the nodes of a grid, and by how much each but the last leads.

    Parameters
    ----------
    weights, means, covariances
        A mixture in the plane; a component that has collapsed is left out.
    box : sequence of 4 numbers
        Least and greatest coordinate along each axis.
    shape : tuple
        Nodes along each axis.

    Returns
    -------
    dict
        `soft_shares` (K, nodes) and `soft_leads` (K - 1, nodes): the log joint density of a component less the
        greatest of the others.
    """
    joint = _log_joint(weights, means, covariances, box, shape)
    others = [np.delete(joint, k, axis=0).max(axis=0) for k in range(len(joint) - 1)]
    leads = np.array([own - other for own, other in zip(joint, others)]).reshape(len(joint) - 1, joint.shape[1])
    return {"soft_shares": np.exp(joint - np.logaddexp.reduce(joint, axis=0)), "soft_leads": leads}


def density_grid(weights, means, covariances, box, shape: tuple[int, int]):
    """Density of the mixture over the box; a component that has collapsed is left out."""
    return np.exp(_log_joint(weights, means, covariances, box, shape)).sum(axis=0)


def _log_joint(weights, means, covariances, box, shape: tuple[int, int]):
    """Log joint density (K, nodes) on a grid over the box; -inf for a component that has collapsed or is empty."""
    x, y = (np.linspace(low, high, count) for low, high, count in zip(box[::2], box[1::2], shape))
    nodes = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    joint = np.full((len(weights), len(nodes)), -np.inf)
    for k, (weight, mean, covariance) in enumerate(zip(weights, means, covariances)):
        covariance = np.asarray(covariance)
        if weight > 0 and np.linalg.det(covariance) > 0:
            off = nodes - mean
            distances = np.einsum("ni,ij,nj->n", off, np.linalg.inv(covariance), off)
            joint[k] = np.log(weight) - np.log(2 * np.pi) - 0.5 * (np.linalg.slogdet(covariance)[1] + distances)
    return joint
