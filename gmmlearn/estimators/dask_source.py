"""Dask's arrays and frames as a source: a task for each partition, and their sum by pairs.

Where the tasks run is Dask's own business: threads of this process, or a cluster, if a `distributed.Client` is there.
The tree of the sum is fixed by the partitions, so that the result does not depend on who made which part, nor on a
worker that was lost and whose tasks were made again.
"""

import numpy as np

from .sources import Source, checked, checked_weights


class DaskSource(Source):
    """Partitions of a Dask array of shape (n, d) or of a Dask frame."""

    def __init__(self, X, sample_weight=None):
        self.columns = [str(name) for name in X.columns] if hasattr(X, "columns") else None
        self.partitions = _partitions(X)
        self.weights = [None] * len(self.partitions)
        if sample_weight is not None:
            if type(sample_weight).__module__.partition(".")[0] not in ("dask", "dask_expr"):
                raise TypeError("With a Dask collection, sample_weight is a Dask collection with the same partitions.")
            self.weights = list(np.ravel(sample_weight.to_delayed()))
            if len(self.weights) != len(self.partitions):
                raise ValueError(
                    f"sample_weight has {len(self.weights)} partitions, the samples have {len(self.partitions)}; "
                    "they should be divided in the same way."
                )

    def _tasks(self, function, args):
        import dask

        task = dask.delayed(_on_partition, pure=False)
        return [task(X, weight, function, *args) for X, weight in zip(self.partitions, self.weights)]

    def blocks(self):
        """Pairs of rows and their weights, brought here one partition at a time."""
        import dask

        for pair in zip(self.partitions, self.weights):
            X, sample_weight = dask.compute(*pair)
            yield checked(X, 0), None if sample_weight is None else checked_weights(sample_weight, len(X))

    def total(self, function, *args, watch=iter):
        """Sum of `function(rows, weights, *args)`; `watch` sees nothing of tasks that run elsewhere."""
        import dask

        del watch
        values, plus = self._tasks(function, args), dask.delayed(_plus, pure=False)
        while len(values) > 1:
            pairs = [plus(a, b) for a, b in zip(values[::2], values[1::2])]
            values = pairs + values[len(pairs) * 2 :]
        return values[0].compute()

    def each(self, function, *args):
        """List of `function(rows, weights, *args)`."""
        import dask

        return list(dask.compute(*self._tasks(function, args)))


def _partitions(X):
    """Delayed partitions that hold whole rows."""
    if not hasattr(X, "to_delayed"):
        raise TypeError(f"A Dask array or data frame is expected, not a {type(X).__name__}: it has no partitions.")
    if hasattr(X, "columns"):
        return list(X.to_delayed())
    if X.ndim != 2:
        raise ValueError(f"A Dask array of shape (n, d) is expected; this one has {X.ndim} dimensions.")
    return list(np.ravel(X.rechunk({1: -1}).to_delayed()))


def _on_partition(X, sample_weight, function, *args):
    X = checked(X, 0)
    weight = None if sample_weight is None else checked_weights(np.asarray(sample_weight), len(X))
    return function(X, weight, *args)


def _plus(a, b):
    return a + b
