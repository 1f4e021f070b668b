from math import exp

from . import likelihood


def responsibilities(X, weights, means, covariances):
    answer = []
    for row in likelihood.log_joint(X, weights, means, covariances):
        best = max(row)
        odds = [exp(value - best) for value in row]
        total = sum(odds)
        answer.append([odd / total for odd in odds])
    return answer


def assign(responsibilities):
    labels = []
    for row in responsibilities:
        row = list(row)
        labels.append(row.index(max(row)))
    return labels
