import numpy as np

from gmmlearn.likelihood import log_joint


def responsibilities(X, weights, means, covariances):
    joint = np.array(log_joint(X, weights, means, covariances), dtype=float)
    if np.isneginf(joint).all(axis=1).any():
        raise ValueError("a sample that no component can explain")
    joint -= joint.max(axis=1, keepdims=True)
    np.exp(joint, out=joint)
    totals = joint.sum(axis=1, keepdims=True)
    assert (totals >= 1).all()
    joint /= totals
    assert np.allclose(joint.sum(axis=1), 1)
    return joint


def assign(responsibilities):
    table = np.array(responsibilities, dtype=float)
    if table.ndim != 2:
        raise ValueError("one row for each sample, one column for each component")
    assert np.allclose(table.sum(axis=1), 1, atol=1e-3), "rows of responsibilities sum to 1"
    labels = np.argmax(table, axis=1).astype(np.int32)
    assert labels.shape == (len(table),)
    return labels
