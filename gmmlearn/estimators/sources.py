"""Where samples come from: arrays, files, blocks that are made one after the other, Dask's collections.

A source gives, for a function of a block of rows and of their weights, the sum of its values over all blocks
(`total`), or the list of them (`each`). That is all that EM needs, so that memory is bounded by the block.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from sklearn.utils import check_array

from .summary import add

SLICE = 2**22
"""Numbers in a slice of an array or of a file that is read at a time: 32 MB in double precision."""


class UnreadableSource(TypeError):
    """What was given cannot be read as often as EM needs it; the sentence says what can."""


class Source:
    """Samples in blocks, which `blocks` gives anew for each pass.

    Attributes
    ----------
    columns : list of str or None
        Names of the features, where the samples have any.
    """

    columns = None

    def blocks(self):
        """Pairs of rows and their weights, None for no weights."""
        raise NotImplementedError

    def total(self, function, *args, watch=iter):
        """Sum of `function(rows, weights, *args)`; `watch` is handed the blocks and hands them on."""
        return add(function(*block, *args) for block in watch(self.blocks()))

    def each(self, function, *args):
        """List of `function(rows, weights, *args)`."""
        return [function(*block, *args) for block in self.blocks()]


class ArraySource(Source):
    """Rows of an array in memory, whose values were checked."""

    def __init__(self, X, sample_weight=None):
        self.X, self.sample_weight = X, sample_weight

    def blocks(self):
        """Slices of the array."""
        step = max(1, SLICE // max(1, self.X.shape[1]))
        for first in range(0, len(self.X), step):
            rows = slice(first, first + step)
            yield self.X[rows], None if self.sample_weight is None else self.sample_weight[rows]


class MappedSource(ArraySource):
    """Rows of an array in a file that NumPy maps, of which a slice is read and checked at a time."""

    def blocks(self):
        """Slices of the array, as floats."""
        first = 0
        for X, sample_weight in super().blocks():
            yield checked(X, first), sample_weight
            first += len(X)


class BlockSource(Source):
    """Blocks that `begin()` gives anew for each pass, as arrays (b, d) or pairs of an array and its weights."""

    def __init__(self, begin, columns=None):
        self.begin, self.columns = begin, columns

    def blocks(self):
        """The blocks, as floats and with as many columns each."""
        first, width = 0, None
        for block in self.begin():
            X, sample_weight = block if isinstance(block, tuple) else (block, None)
            X = checked(X, first)
            if width not in (None, X.shape[1]):
                raise ValueError(f"A block has {X.shape[1]} columns, and those before it {width}; all need the same.")
            width = X.shape[1]
            yield X, None if sample_weight is None else checked_weights(sample_weight, len(X))
            first += len(X)


def checked(X, first):
    """A block as floats, or a ValueError that names the first bad value and its row in the whole."""
    X = check_array(X, dtype=[np.float64, np.float32], ensure_min_samples=0, ensure_all_finite=False, input_name="X")
    if not np.isfinite(X.sum(dtype=float)) and not np.isfinite(X).all():
        row, column = np.argwhere(~np.isfinite(X))[0]
        value = X[row, column]
        raise ValueError(
            f"Input X contains {'NaN' if np.isnan(value) else 'infinity'}: {value} in row {first + row}, column "
            f"{column}. Leave such rows out, or fill in the values."
        )
    return X


def checked_weights(sample_weight, n_samples):
    """Weights of samples as floats of shape (n,), none negative and not all 0."""
    shape = np.asarray(sample_weight).shape
    if shape != (n_samples,):
        raise ValueError(f"sample_weight has the shape {shape}; it should be {(n_samples,)}, a weight a row.")
    weights = check_array(
        sample_weight, dtype=np.float64, ensure_2d=False, ensure_min_samples=0, input_name="sample_weight"
    )
    if np.any(weights < 0):
        raise ValueError("sample_weight has a negative value; weights are 0 or more.")
    return weights


def balanced(weights):
    """Weights with the mean 1: what they are measured in does not matter to a fit."""
    weights = weights / weights.max()
    return weights / weights.mean()


def as_source(X, sample_weight=None):
    """The source of samples that are not an array in memory; None for an array."""
    package = type(X).__module__.partition(".")[0]
    if isinstance(X, str | Path):
        return BlockSource(*_parquet(X, sample_weight))
    if package in ("dask", "dask_expr"):
        from .dask_source import DaskSource

        return DaskSource(X, sample_weight)
    if isinstance(X, np.memmap) and X.ndim == 2:
        weights = None if sample_weight is None else checked_weights(sample_weight, len(X))
        return MappedSource(X, weights)
    if isinstance(X, Iterator):
        raise UnreadableSource(
            f"fit reads the samples several times, and a {type(X).__name__} can be read once: give a list of blocks, a "
            "function that returns a new iterator, or give the blocks one by one to partial_fit."
        )
    if callable(X):
        begin = X
    elif _is_blocks(X):
        begin = X.__iter__
    else:
        return None
    if sample_weight is not None:
        raise UnreadableSource("With blocks, weights come with each block: give pairs (rows, weights).")
    return BlockSource(begin)


def _is_blocks(X):
    """Whether a list of blocks, or an object that can be iterated again, and not an array, frame or sparse matrix."""
    if isinstance(X, list | tuple):
        first = X[0] if X else None
        if isinstance(first, tuple):
            return np.ndim(first[0]) == 2
        return getattr(first, "ndim", 0) == 2
    return hasattr(X, "__iter__") and not any(
        hasattr(X, name) for name in ("__array__", "shape", "__dataframe__", "__len__")
    )


def _parquet(path, weight_column):
    """`begin` and the columns of a Parquet file, or of a folder of such files."""
    try:
        from pyarrow import dataset
    except ImportError:
        raise ImportError("Parquet is read by pyarrow, which is not installed: pip install pyarrow") from None

    files = dataset.dataset(path, format="parquet")
    if weight_column is not None and weight_column not in files.schema.names:
        raise UnreadableSource(
            f"With a Parquet file, sample_weight is the name of a column; {str(weight_column)[:60]!r} is none."
        )
    columns = [name for name in files.schema.names if name != weight_column]

    def rows(batch, names):
        return np.column_stack([batch.column(name).to_numpy(zero_copy_only=False) for name in names])

    def begin():
        # One group of rows at a time and none ahead: reading ahead would hold sixteen.
        batches = files.to_batches(
            batch_size=max(1, SLICE // 4 // len(files.schema.names)),
            batch_readahead=0,
            fragment_readahead=0,
            use_threads=False,
        )
        for batch in batches:
            if batch.num_rows and weight_column is None:
                yield rows(batch, columns)
            elif batch.num_rows:
                yield rows(batch, columns), rows(batch, [weight_column])[:, 0]

    return begin, columns
