"""Known mistakes of `update_means`."""

import numpy as np

from .registry import mistake


def _owned(responsibilities):
    return responsibilities.sum(axis=0)


@mistake("update_means")
def update_means_divided_by_n(X, responsibilities):
    """The values are exactly those you get when the weighted sums are divided by the number of samples. A component
    owns only part of the samples, so its mean is pulled toward 0."""
    return responsibilities.T @ X / len(X)


@mistake("update_means")
def update_means_reshaped(X, responsibilities):
    """The values are exactly those you get when the responsibilities are reshaped to (K, n). Reshaping keeps the
    numbers in reading order; it does not exchange rows and columns."""
    rows = responsibilities.reshape(responsibilities.shape[1], -1)
    return rows @ X / _owned(responsibilities)[:, np.newaxis]


@mistake("update_means")
def update_means_not_divided(X, responsibilities):
    """The values are exactly the weighted sums. To get a mean, you still have to divide by what the component owns."""
    return responsibilities.T @ X


@mistake("update_means")
def update_means_hard(X, responsibilities):
    """The values are exactly those you get when each sample belongs wholly to its most probable component.
    Responsibilities share a sample among the components."""
    hard = np.eye(responsibilities.shape[1])[np.argmax(responsibilities, axis=1)]
    with np.errstate(invalid="ignore"):
        return hard.T @ X / _owned(hard)[:, np.newaxis]


@mistake("update_means")
def update_means_no_new_axis(X, responsibilities):
    """The sums, of shape (K, d), are divided by numbers of shape (K,). NumPy lines those up with the features: where
    K = d there is no error, but the values are wrong."""
    return responsibilities.T @ X / _owned(responsibilities)


@mistake("update_means")
def update_means_global(X, responsibilities):
    """Every component has the mean of all samples: the responsibilities have no effect."""
    return np.tile(X.mean(axis=0), (responsibilities.shape[1], 1))


@mistake("update_means")
def update_means_squared_responsibilities(X, responsibilities):
    """The values are exactly those you get when each responsibility is replaced by its square."""
    squares = responsibilities**2
    return squares.T @ X / _owned(squares)[:, np.newaxis]


@mistake("update_means")
def update_means_transposed(X, responsibilities):
    """Rows and columns are exchanged. Expected is a row for each component and a column for each feature."""
    return (responsibilities.T @ X / _owned(responsibilities)[:, np.newaxis]).T


@mistake("update_means")
def update_means_last_sample(X, responsibilities):
    """The values are exactly those you get when only the last sample is in the sums, as when each sample replaces the
    sum so far. Every sample adds to it."""
    return np.outer(responsibilities[-1] / _owned(responsibilities), X[-1])


@mistake("update_means")
def update_means_first_only(X, responsibilities):
    """Only the first component has its mean and all other rows are 0, as when the function returns inside its loop
    over the components."""
    means = responsibilities.T @ X / _owned(responsibilities)[:, np.newaxis]
    means[1:] = 0
    return means


@mistake("update_means")
def update_means_one_number(X, responsibilities):
    """Each mean has the same number for all features: exactly the weighted sum over samples and features, divided by
    what the component owns. For example, `sum` without an axis adds up the features as well."""
    sums = (responsibilities.T @ X).sum(axis=1)
    return np.repeat((sums / _owned(responsibilities))[:, np.newaxis], X.shape[1], axis=1)
