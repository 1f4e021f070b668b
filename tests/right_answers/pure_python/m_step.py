from math import fsum

from .likelihood import log_joint


def update_weights(responsibilities):
    n = len(responsibilities)
    return [fsum(column) / n for column in zip(*responsibilities)]


def update_means(X, responsibilities):
    d = len(X[0])
    means = []
    for column in zip(*responsibilities):
        owned = fsum(column)
        if owned == 0:
            means.append([0.0] * d)
        else:
            means.append([fsum(r * row[j] for r, row in zip(column, X)) / owned for j in range(d)])
    return means


def update_covariances(X, responsibilities, means, reg_covar=1e-6):
    d = len(X[0])
    answer = []
    for column, mean in zip(zip(*responsibilities), means):
        owned = fsum(column) or 1.0
        matrix = [[0.0] * d for _ in range(d)]
        for i in range(d):
            for j in range(i + 1):
                products = [r * (row[i] - mean[i]) * (row[j] - mean[j]) for r, row in zip(column, X)]
                matrix[i][j] = matrix[j][i] = fsum(products) / owned
            matrix[i][i] += reg_covar
        answer.append(matrix)
    return answer


def expected_log_likelihood(X, responsibilities, weights, means, covariances):
    table = log_joint(X, weights, means, covariances)
    terms = []
    for shares, values in zip(responsibilities, table):
        for share, value in zip(shares, values):
            if share != 0:
                terms.append(share * value)
    return sum(terms)
