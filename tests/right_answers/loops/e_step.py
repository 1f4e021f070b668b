import math

from .likelihood import log_joint


def responsibilities(X, weights, means, covariances):
    rows = []
    for row in log_joint(X, weights, means, covariances):
        top = max(row)
        parts = [math.exp(value - top) for value in row]
        rows.append([part / sum(parts) for part in parts])
    return rows


def assign(responsibilities):
    labels = []
    for row in responsibilities:
        best = 0
        for k in range(1, len(row)):
            if row[k] > row[best]:
                best = k
        labels.append(best)
    return labels
