"""Chapter 7, scikit-learn: the same model from a library, and how many components to ask for.

Exercises 7.1 `fit_sklearn`, 7.2 `n_parameters`, 7.3 `bic`, 7.4 `select_n_components`. Put your code in the
place of each `raise` line. NumPy, SciPy and scikit-learn are yours to use.
"""

# ruff: noqa: F401  (the imports are here for your code)
import numpy as np
from sklearn.mixture import GaussianMixture


def fit_sklearn(X, n_components, *, covariance_type="full", init_params="kmeans", n_init=1, random_state=None):
    """Fit a Gaussian mixture with scikit-learn (exercise 7.1).

    `sklearn.mixture.GaussianMixture` holds the EM of chapter 6, ready to use. Make one with these arguments
    and call its method `fit`. It stores what it found under names that end in an underscore: `weights_`,
    `means_`, `covariances_`, `converged_`, `n_iter_`; and it offers `predict`, `predict_proba`, `score`,
    `bic`, `sample`.

    Parameters
    ----------
    X : ndarray of shape (n, d)
        Samples, one in each row.
    n_components : int
        Number of components K, at most n.
    covariance_type : {"full", "tied", "diag", "spherical"}, default "full"
        What the covariances may look like: any matrix for each component; one matrix that all share; a
        diagonal matrix for each; one variance for each. `covariances_` then has shape (K, d, d), (d, d),
        (K, d) or (K,).
    init_params : str, default "kmeans"
        How to begin: "kmeans", "k-means++", "random" or "random_from_data".
    n_init : int, default 1
        Number of starts; scikit-learn keeps the fit with the highest likelihood.
    random_state : int or None, default None
        Seed of the starts. A `Generator` is refused.

    Returns
    -------
    sklearn.mixture.GaussianMixture
        The fitted model.

    References
    ----------
    The page of `sklearn.mixture.GaussianMixture` in the documentation of scikit-learn.

    Examples
    --------
    Old Faithful: short eruptions after short waits, and long ones after long waits.

    >>> from gmmlearn.data import old_faithful
    >>> model = fit_sklearn(old_faithful(), 2, random_state=0)
    >>> model.means_[np.argsort(model.means_[:, 0])].round(1)
    array([[ 2. , 54.5],
           [ 4.3, 80. ]])
    """
    raise NotImplementedError("Exercise 7.1: write fit_sklearn in gmmlearn/with_sklearn.py")


def n_parameters(n_components, n_features, covariance_type="full"):
    """Count the free parameters of a Gaussian mixture (exercise 7.2).

        n_parameters = (K - 1) weights  +  K d means  +  covariances

    The last weight is not free, because the weights sum to 1. A covariance matrix is symmetric, so it has
    d (d + 1) / 2 free entries. How many the covariances have in all depends on their type:

        full       K d (d + 1) / 2
        tied       d (d + 1) / 2
        diag       K d
        spherical  K

    Parameters
    ----------
    n_components : int
        Number of components K.
    n_features : int
        Number of features d.
    covariance_type : {"full", "tied", "diag", "spherical"}, default "full"
        What the covariances may look like; see `fit_sklearn`.

    Returns
    -------
    int
        The number of free parameters.

    References
    ----------
    The user guide of scikit-learn, Gaussian mixture models, shows the four types side by side.

    Examples
    --------
    Two components in two dimensions: 1 weight, 4 coordinates of means, and 6, 3, 4 or 2 for the covariances.

    >>> [n_parameters(2, 2, name) for name in ("full", "tied", "diag", "spherical")]
    [11, 8, 9, 7]
    """
    raise NotImplementedError("Exercise 7.2: write n_parameters in gmmlearn/with_sklearn.py")


def bic(log_likelihood, n_parameters, n_samples):
    """Bayesian information criterion, lower is better (exercise 7.3).

        bic = n_parameters log(n_samples) - 2 log_likelihood

    The likelihood alone always favours more components. Here every parameter costs log(n_samples). The sign
    is scikit-learn's; some other software, R's mclust for one, has the negative, where higher is better.

    Parameters
    ----------
    log_likelihood : float
        The log-likelihood of the fitted model, summed over the samples. (In this function a number, not the
        function of exercise 3.3. Note that `GaussianMixture.score` gives the mean over the samples.)
    n_parameters : int
        Number of free parameters. (A number as well, not the function of exercise 7.2.)
    n_samples : int
        Number of samples n.

    Returns
    -------
    float
        The criterion. The logarithm is the natural one.

    References
    ----------
    Schwarz (1978), Estimating the dimension of a model, Annals of Statistics 6, 461-464. Bishop (2006),
    Pattern Recognition and Machine Learning, eq. 4.139, is -1/2 times this one.

    Examples
    --------
    11 log(272) = 61.664, and twice the log-likelihood is -2260.528.

    >>> round(bic(-1130.264, 11, 272), 3)
    2322.192
    """
    raise NotImplementedError("Exercise 7.3: write bic in gmmlearn/with_sklearn.py")


def select_n_components(X, candidates, *, n_init=5, random_state=None):
    """Choose the number of components by the lowest BIC (exercise 7.4).

    Fit a mixture with full covariances for each candidate and give back the candidate whose fit has the
    lowest BIC: the candidate itself, not its place in the list. Several starts for each keep one poor start
    from deciding.

    Parameters
    ----------
    X : ndarray of shape (n, d)
        Samples, one in each row.
    candidates : sequence of int
        The numbers of components to try, in any order.
    n_init : int, default 5
        Number of starts for each candidate.
    random_state : int or None, default None
        Seed of the starts, the same for each candidate.

    Returns
    -------
    int
        The candidate with the lowest BIC.

    Notes
    -----
    Your `fit_sklearn`, `n_parameters` and `bic` do it all; a fitted `GaussianMixture` has a method `bic` too.

    References
    ----------
    Fraley and Raftery (2002), Model-based clustering, discriminant analysis, and density estimation, Journal
    of the American Statistical Association 97, 611-631.

    Examples
    --------
    >>> from gmmlearn.data import old_faithful
    >>> select_n_components(old_faithful(), [4, 2, 1], random_state=0)
    2
    """
    raise NotImplementedError("Exercise 7.4: write select_n_components in gmmlearn/with_sklearn.py")
