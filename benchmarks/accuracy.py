"""Right digits of one EM iteration, beside scikit-learn's: `python -m benchmarks.accuracy`.

Both take the same samples and the same start; the reference is the same iteration in the 80 bits of `numpy.longdouble`
(64 of them digits), written with residuals from each mean. On machines where `longdouble` is no longer than `float`,
it says so and ends.
"""

import sys
import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture

from gmmlearn.estimators import StreamingGaussianMixture

N_SAMPLES, N_FEATURES, N_COMPONENTS = 2000, 3, 4
LONG = np.longdouble
CASES = {
    "as usual": {},
    "offset 1e6": {"offset": 1e6},
    "offset 1e9": {"offset": 1e9},
    "condition 1e6": {"condition": 1e6},
    "condition 1e10": {"condition": 1e10},
    "condition 1e8, offset 1e6": {"condition": 1e8, "offset": 1e6},
    "features on scales 1e-4, 1, 1e4": {"scales": (1e-4, 1.0, 1e4)},
    "components 1e3 sd apart": {"separation": 1e3},
    "components 1e5 sd apart": {"separation": 1e5},
}


def problem(offset=0.0, condition=1.0, scales=(1.0, 1.0, 1.0), separation=3.0):
    """Samples of a mixture, and a start near its parameters: weights, means and precisions."""
    rng = np.random.default_rng(0)
    turn = np.linalg.qr(rng.normal(size=(N_FEATURES, N_FEATURES)))[0]
    roots = [turn * np.geomspace(1, condition**-0.5, N_FEATURES) * rng.uniform(0.7, 1.4) for _ in range(N_COMPONENTS)]
    middles = separation * rng.normal(size=(N_COMPONENTS, N_FEATURES))
    labels = np.arange(N_SAMPLES) % N_COMPONENTS
    X = middles[labels] + np.einsum("nij,nj->ni", np.array(roots)[labels], rng.normal(size=(N_SAMPLES, N_FEATURES)))
    X = X * scales + offset
    members = [X[labels == k] for k in range(N_COMPONENTS)]
    means = np.array([rows.mean(axis=0) for rows in members])
    precisions = np.array([np.linalg.inv(np.cov((rows - mean).T)) for rows, mean in zip(members, means)])
    precisions = (precisions + precisions.transpose(0, 2, 1)) / 2
    return X, np.array([0.1, 0.2, 0.3, 0.4]), means, precisions


def cholesky(matrix):
    """Lower triangular root, in whatever precision the matrix has."""
    root = np.zeros_like(matrix)
    for j in range(len(matrix)):
        root[j, j] = np.sqrt(matrix[j, j] - root[j, :j] @ root[j, :j])
        for i in range(j + 1, len(matrix)):
            root[i, j] = (matrix[i, j] - root[i, :j] @ root[j, :j]) / root[j, j]
    return root


def reference(X, weights, means, precisions):
    """Mean log-likelihood at the parameters, then means and covariances one iteration later, in 80 bits."""
    X, means = X.astype(LONG), means.astype(LONG)
    joint = np.empty((len(X), len(weights)), LONG)
    for k, (weight, mean, precision) in enumerate(zip(weights.astype(LONG), means, precisions.astype(LONG))):
        root = cholesky(precision)
        y = (X - mean) @ root
        joint[:, k] = np.log(weight) + np.log(np.diag(root)).sum() - (y * y).sum(axis=1) / 2
    joint -= LONG(X.shape[1]) / 2 * np.log(2 * LONG("3.14159265358979323846264338327950288"))
    top = joint.max(axis=1, keepdims=True)
    shares = np.exp(joint - top)
    totals = shares.sum(axis=1, keepdims=True)
    shares /= totals
    new_means = shares.T @ X / shares.sum(axis=0)[:, np.newaxis]
    residuals = [X - mean for mean in new_means]
    covariances = np.array([(share * r.T) @ r / share.sum() for share, r in zip(shares.T, residuals)])
    return (top + np.log(totals)).mean(), new_means, covariances


def errors(kind, X, weights, means, precisions):
    """Errors of the log-likelihood, of the means in standard deviations, of the worst covariance by its largest."""
    model = kind(
        N_COMPONENTS, weights_init=weights, means_init=means, precisions_init=precisions, reg_covar=0, max_iter=1
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(X)
    log_likelihood, new_means, covariances = reference(X, weights, means, precisions)
    deviations = np.sqrt(np.diagonal(covariances, axis1=1, axis2=2))
    scale = deviations[:, :, np.newaxis] * deviations[:, np.newaxis]
    return (
        float(abs(model.lower_bounds_[0] - log_likelihood) / max(1, abs(log_likelihood))),
        float(np.max(np.abs(model.means_ - new_means) / deviations)),
        float(np.max(np.abs(model.covariances_ - covariances) / scale)),
    )


def main():
    if np.finfo(LONG).eps >= np.finfo(float).eps:
        print("numpy.longdouble is no longer than float on this machine, so there is nothing to compare with.")
        return 1
    print("| case | scikit-learn: log-likelihood, means, covariances | here |\n|---|---|---|")
    for name, case in CASES.items():
        given = problem(**case)
        theirs, ours = errors(GaussianMixture, *given), errors(StreamingGaussianMixture, *given)
        print(f"| {name} | {', '.join(f'{x:.0e}' for x in theirs)} | {', '.join(f'{x:.0e}' for x in ours)} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
