"""`StreamingGaussianMixture` beside pomegranate and R's mclust, where they are installed: `python -m benchmarks.peers`.

Full covariances, the same samples, the same parameters to begin with, the same number of EM iterations, one thread
each, in turns. Times are those of the iterations alone, without the start of R. What is not installed is named.
This is how to have it:

    apt-get install r-cran-mclust    # Debian; elsewhere install.packages("mclust") in R
    python -m venv PEERS && PEERS/bin/pip install torch pomegranate -e .
    PEERS/bin/python -m benchmarks.peers

pomegranate has an environment of its own, because torch is large. It fails where log-likelihoods differ by more
than a millionth; mclust and pomegranate do not add to variances, and so neither do ours and scikit-learn's here.
"""

import argparse
import importlib.metadata
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from sklearn.mixture import GaussianMixture
from threadpoolctl import threadpool_limits

from benchmarks.scale import prepared, problem, seconds
from gmmlearn.estimators import StreamingGaussianMixture, fitting
from gmmlearn.estimators.sources import ArraySource

CASES = ((10_000, 2, 3), (100_000, 2, 3), (100_000, 10, 10), (10_000, 50, 20))
"""Numbers of samples, features and components."""

EM_IN_R = """
suppressMessages(library(mclust))
given <- commandArgs(trailingOnly = TRUE)
sizes <- as.integer(given[2:5]); n <- sizes[1]; d <- sizes[2]; K <- sizes[3]
file <- file(given[1], "rb")
X <- matrix(readBin(file, "double", n * d), n, d, byrow = TRUE)
pro <- readBin(file, "double", K)
mean <- matrix(readBin(file, "double", d * K), d, K)
sigma <- array(readBin(file, "double", d * d * K), c(d, d, K))
cholsigma <- array(apply(sigma, 3, chol), c(d, d, K))
variance <- list(modelName = "VVV", d = d, G = K, sigma = sigma, cholsigma = cholsigma)
control <- emControl(tol = c(0, 0), itmax = rep(sizes[4], 2))
begin <- list(pro = pro, mean = mean, variance = variance)
took <- system.time(fit <- em(X, "VVV", parameters = begin, control = control))
last <- estep(X, "VVV", parameters = fit$parameters)
cat("took", sum(took[1:2]), "\\nloglik", format(last$loglik / n, digits = 17), "\\n")
"""


def ours(X, parameters, iterations):
    """Seconds of so many iterations, and the mean log-likelihood at the parameters that they end with."""
    centre, source = X.mean(axis=0), ArraySource(X)
    new = [prepared(StreamingGaussianMixture, X, parameters)._parameters(centre)]

    def run():
        for _ in range(iterations):
            new[0], _ = fitting.iteration(source, new[0], 0.0, X.dtype)

    took = seconds(run)
    return took, fitting.iteration(source, new[0], 0.0, X.dtype)[1]


def scikit_learn(X, parameters, iterations):
    """The same by scikit-learn."""
    model = prepared(GaussianMixture, X, parameters)
    model.reg_covar = 0.0

    def run():
        for _ in range(iterations):
            _, log_shares = model._e_step(X)
            model._m_step(X, log_shares)

    return seconds(run), model.score(X)


def pomegranate(X, parameters, iterations):
    """The same by pomegranate, which counts in the precision of its parameters."""
    import torch
    from pomegranate.distributions import Normal
    from pomegranate.gmm import GeneralMixtureModel

    torch.set_num_threads(1)
    weights, means, covariances = parameters
    components = [Normal(torch.tensor(m), torch.tensor(c)) for m, c in zip(means, covariances)]
    model = GeneralMixtureModel(components, priors=torch.tensor(weights), max_iter=iterations, tol=-np.inf)
    samples = torch.tensor(X)
    took = seconds(model.fit, samples)
    return took, float(model.log_probability(samples).mean())


def mclust(X, parameters, iterations):
    """The same by mclust's `em`."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "samples"
        with open(path, "wb") as file:
            for array in (X, *parameters):
                np.asarray(array, float).tofile(file)
        sizes = [str(size) for size in (*X.shape, len(parameters[0]), iterations)]
        command = ["Rscript", "-e", EM_IN_R, str(path), *sizes]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    said = done.stdout.split()
    return float(said[said.index("took") + 1]), float(said[said.index("loglik") + 1])


def version_of_mclust():
    """The version, or None without R or mclust."""
    if shutil.which("Rscript") is None:
        return None
    command = ["Rscript", "-e", 'cat(as.character(packageVersion("mclust")))']
    done = subprocess.run(command, capture_output=True, text=True)
    return done.stdout.strip() or None if done.returncode == 0 else None


def version(package):
    """The version of a package of Python, or None."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--largest", type=int, default=100_000, help="most samples (default 100000)")
    given = parser.parse_args()
    peers = {"scikit-learn": (scikit_learn, version("scikit-learn"))}
    peers["pomegranate"] = (pomegranate, version("pomegranate"))
    peers["mclust"] = (mclust, version_of_mclust())
    for name in [name for name, (_, found) in peers.items() if found is None]:
        print(f"{name} is not installed here; `{Path(__file__).name}` says at its head how to have it.")
        del peers[name]
    print("| n | d | K | iterations | " + " | ".join(f"{name} {found}" for name, (_, found) in peers.items()) + " |")
    print("|" + "---|" * (4 + len(peers)))
    fine = True
    with threadpool_limits(1):
        for n, d, K in CASES:
            if n > given.largest:
                continue
            X, parameters = problem(n, d, K, np.float64)
            iterations = max(2, min(20, 100_000_000 // (n * d * d * K)))
            ratios, wrong = [], []
            for _ in range(given.repetitions):
                took, bound = ours(X, parameters, iterations)
                theirs = [function(X, parameters, iterations) for function, _ in peers.values()]
                ratios.append([time / took for time, _ in theirs])
                wrong = [name for name, (_, other) in zip(peers, theirs) if not abs(other / bound - 1) < 1e-6]
            cells = [
                f"{low:.1f} ({least:.1f} to {most:.1f})"
                for least, low, most in np.percentile(ratios, [25, 50, 75], 0).T
            ]
            print(f"| {n:,} | {d} | {K} | {iterations} | " + " | ".join(cells) + " |", flush=True)
            if wrong:
                print(f"  another log-likelihood: {', '.join(wrong)}")
                fine = False
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
