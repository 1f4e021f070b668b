"""The model that follows from a declaration: the same rows, the same starts, the same numbers, whoever fits it."""

import warnings
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path

import numpy as np
from sklearn.decomposition import PCA
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture
from sklearn.preprocessing import StandardScaler

from ..errors import UsageError
from .declaration import ALL, Project
from .tables import SHIPPED, Table, table

TOL, MAX_ITER = 1e-4, 500
N_SINGLE = 10
"""How many single starts show how much a start decides."""


@dataclass(frozen=True)
class Split:
    """The rows of a project, as its model sees them.

    Attributes
    ----------
    table : Table
    features : tuple of str
        Names of the columns that were used.
    train, held_out : ndarray of shape (n, d)
        Scaled and reduced as declared, by the training rows alone.
    train_labels, held_out_labels : ndarray of shape (n,)
        Their labels as text; empty texts if there are none.
    train_rows : ndarray of int
        The places of the training rows in the table.
    n_left_out : int
        Rows that lack a value in one of the features.
    """

    table: Table
    features: tuple[str, ...]
    train: np.ndarray
    held_out: np.ndarray
    train_labels: np.ndarray
    held_out_labels: np.ndarray
    train_rows: np.ndarray
    n_left_out: int
    _steps: tuple

    def seen(self, features) -> np.ndarray:
        """Rows of features as the model sees them."""
        return _through(self._steps, np.asarray(features, float))

    def back(self, X) -> np.ndarray:
        """Points of the model in the units of the features; what PCA has left out stays at its mean."""
        X = np.asarray(X, float)
        for step in reversed(self._steps):
            X = step.inverse_transform(X)
        return X


def split(project: Project) -> Split:
    """The training rows and the held-out rows of a project.

    Raises
    ------
    UsageError
        For features, labels or numbers that the data do not allow.

    Examples
    --------
    >>> rows = split(Project("penguins", ["bill_length_mm", "bill_depth_mm"], n_components=3, candidates=[3]))
    >>> rows.train.shape, rows.held_out.shape, rows.n_left_out
    ((256, 2), (86, 2), 2)
    """
    return _split(_key(project), project.settings)


def _key(project: Project) -> float:
    """When a file of the student's own was last changed."""
    path = Path(project.data)
    return path.stat().st_mtime if project.data not in SHIPPED and path.is_file() else 0.0


def _declared(settings: tuple) -> Project:
    names = (one.name for one in fields(Project) if one.name != "claims")
    return Project(**dict(zip(names, settings)))


@lru_cache(maxsize=16)
def _split(_changed: float, settings: tuple) -> Split:
    project = _declared(settings)
    data = table(project.data)
    names = project.features
    if names == ALL:
        names = tuple(name for name in data.columns if name != project.labels)
    features = data.features(names)
    labels = data.labels(project.labels) if project.labels else np.full(len(data), "")
    whole = np.flatnonzero(~np.isnan(features).any(axis=1))
    if len(whole) < max(len(data) / 2, 2):
        raise UsageError(
            f"Only {len(whole)} of {len(data)} rows of {project.data} have a value in all of these features: leave out "
            "the feature that lacks most."
        )
    mixed = whole[np.random.default_rng(project.random_state).permutation(len(whole))]
    n_held_out = round(project.held_out * len(whole))
    held_out, train = np.sort(mixed[:n_held_out]), np.sort(mixed[n_held_out:])
    if len(train) < 2 * max(project.candidates):
        raise UsageError(
            f"{len(train)} training rows are too few for {max(project.candidates)} components: take fewer components, "
            "or a smaller share held_out."
        )
    most = min(len(names), len(train))
    if project.pca is not None and project.pca > most:
        raise UsageError(f"pca is {project.pca}; expected at most {most}, the number of features or of training rows.")
    steps, seen = [], features[train]
    if project.scaling == "standard":
        steps.append(StandardScaler().fit(seen))
        seen = steps[-1].transform(seen)
    if project.pca is not None:
        steps.append(PCA(project.pca, svd_solver="full").fit(seen))
        seen = steps[-1].transform(seen)
    return Split(
        table=data,
        features=names,
        train=seen,
        held_out=_through(steps, features[held_out]) if n_held_out else np.empty((0, seen.shape[1])),
        train_labels=labels[train],
        held_out_labels=labels[held_out],
        train_rows=train,
        n_left_out=len(data) - len(whole),
        _steps=tuple(steps),
    )


def _through(steps, X: np.ndarray) -> np.ndarray:
    for step in steps:
        X = step.transform(X)
    return X


def fitted(project: Project, n_components: int | None = None, **settings) -> GaussianMixture:
    """The declared model, fitted to the training rows.

    Parameters
    ----------
    project : Project
    n_components : int, optional
        Another number of components than the declared one.
    **settings
        `n_init` and `random_state` if they are to be others.

    Returns
    -------
    GaussianMixture
        Fitted once and then kept, so do not change it.

    Examples
    --------
    >>> project = Project("penguins", ["bill_length_mm", "bill_depth_mm"], n_components=3, candidates=[3])
    >>> fitted(project).means_.shape, fitted(project, 2).means_.shape
    ((3, 2), (2, 2))
    """
    wanted = {"n_init": project.n_init, "random_state": project.random_state} | settings
    return _fitted(
        _key(project), project.settings, n_components or project.n_components, wanted["n_init"], wanted["random_state"]
    )


@lru_cache(maxsize=256)
def _fitted(changed: float, settings: tuple, n_components: int, n_init: int, random_state: int) -> GaussianMixture:
    project = _declared(settings)
    return _fit(project, _split(changed, settings).train, n_components, n_init, random_state)


def _fit(project: Project, X: np.ndarray, n_components: int, n_init: int, random_state: int) -> GaussianMixture:
    model = GaussianMixture(
        n_components,
        covariance_type=project.covariance_type,
        init_params=project.init_params,
        n_init=n_init,
        reg_covar=project.reg_covar,
        tol=TOL,
        max_iter=MAX_ITER,
        random_state=random_state,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # `converged_` says it, and the check reads that
        try:
            return model.fit(X)
        except ValueError as error:  # a covariance that has no Cholesky factor, or numbers too large to square
            raise UsageError(
                f"scikit-learn cannot fit {n_components} components with reg_covar={project.reg_covar:g} to these "
                'features: try scaling="standard", a larger reg_covar or fewer components.'
            ) from error


def single_starts(project: Project) -> list[GaussianMixture]:
    """Ten fits of the declared model from one start each."""
    first = project.random_state + 1
    return [fitted(project, n_init=1, random_state=seed) for seed in range(first, first + N_SINGLE)]


def curve(project: Project, by: str) -> dict[int, float]:
    """What each candidate reaches by a criterion: `"bic"`, `"aic"`, `"train"`, `"held_out"` or `"validation"`.

    For validation a quarter of the training rows is kept back from the fit.
    """
    rows = split(project)
    if by == "validation":
        return dict(_validation(_key(project), project.settings))
    found = {}
    for n_components in sorted(set(project.candidates)):
        model = fitted(project, n_components)
        if by in ("bic", "aic"):
            found[n_components] = float(getattr(model, by)(rows.train))
        else:
            found[n_components] = float(model.score(rows.train if by == "train" else rows.held_out))
    return found


@lru_cache(maxsize=8)
def _validation(changed: float, settings: tuple) -> tuple[tuple[int, float], ...]:
    project, X = _declared(settings), _split(changed, settings).train
    mixed = np.random.default_rng(project.random_state).permutation(len(X))
    kept_back, rest = X[mixed[: len(X) // 4]], X[mixed[len(X) // 4 :]]
    return tuple(
        (number, float(_fit(project, rest, number, project.n_init, project.random_state).score(kept_back)))
        for number in sorted(set(project.candidates))
    )
