"""Every source of samples gives the fit of the array that it holds, in memory that does not grow with its length."""

import subprocess
import sys

import numpy as np
import pytest

from gmmlearn.estimators import StreamingGaussianMixture, sources

from .test_mixture import difference, samples

FITTED = ["weights_", "means_", "covariances_", "lower_bounds_"]


@pytest.fixture(scope="module")
def X():
    return samples(9000)


@pytest.fixture(scope="module")
def whole(X):
    return StreamingGaussianMixture(3, random_state=0).fit(X)


def mapped(X, folder):
    rows = np.memmap(folder / "rows", dtype=X.dtype, mode="w+", shape=X.shape)
    rows[:] = X
    return np.memmap(folder / "rows", dtype=X.dtype, mode="r", shape=X.shape)


def parquet(X, folder):
    table = pytest.importorskip("pyarrow", reason="pyarrow is not installed (extra `parquet`)")
    from pyarrow import parquet

    path = folder / "rows.parquet"
    parquet.write_table(table.table({f"x{j}": column for j, column in enumerate(X.T)}), path, row_group_size=2000)
    return path


def dask_array(X, folder):
    return pytest.importorskip("dask.array", reason="Dask is not installed").from_array(X, chunks=(2500, 2))


def dask_frame(X, folder):
    pandas = pytest.importorskip("pandas", reason="pandas is not installed, which Dask's frames need")
    frames = pytest.importorskip("dask.dataframe", reason="Dask's frames need pyarrow as well")
    return frames.from_pandas(pandas.DataFrame(X, columns=["x0", "x1", "x2"]), npartitions=4)


class Again:
    """Blocks that are made anew at each iteration, some of them empty."""

    def __init__(self, X):
        self.X = X

    def __iter__(self):
        for first in range(0, len(self.X), 1300):
            yield self.X[first : first + 1300]
            yield self.X[:0]


def frames(X, folder):
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    return [pandas.DataFrame(part) for part in np.array_split(X, 3)]


MADE = {
    "list of frames": frames,
    "memory map": mapped,
    "list of blocks": lambda X, folder: [X[:4000], X[4000:4001], X[4001:]],
    "object that can be iterated again": lambda X, folder: Again(X),
    "function": lambda X, folder: lambda: iter(np.array_split(X, 7)),
    "Parquet": parquet,
    "Dask array": dask_array,
    "Dask frame": dask_frame,
}


@pytest.mark.filterwarnings("error:X does not have valid feature names")
@pytest.mark.parametrize("name", MADE)
def test_a_source_is_the_array_that_it_holds(name, X, whole, tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "SLICE", 4096)
    source = MADE[name](X, tmp_path)
    model = StreamingGaussianMixture(3, random_state=0).fit(source)
    assert difference(model, whole, FITTED) < 1e-10
    assert model.n_features_in_ == 3
    np.testing.assert_allclose(model.score_samples(source), whole.score_samples(X), rtol=1e-9)
    np.testing.assert_array_equal(model.predict(source), whole.predict(X))
    assert model.bic(source) == pytest.approx(whole.bic(X))
    if name in ("Parquet", "Dask frame"):
        assert list(model.feature_names_in_) == ["x0", "x1", "x2"]
    assert model.partial_fit(source).n_iter_ > whole.n_iter_


def test_weights_come_with_blocks_and_columns(X, tmp_path):
    weights = np.random.default_rng(0).uniform(0, 2, len(X))
    given = {"n_components": 3, "means_init": X[:3], "weights_init": np.full(3, 1 / 3)}
    given["precisions_init"] = [np.eye(3)] * 3
    expected = StreamingGaussianMixture(**given).fit(X, sample_weight=weights)
    blocks = [(X[:5000], weights[:5000]), (X[5000:], weights[5000:])]
    assert difference(StreamingGaussianMixture(**given).fit(blocks), expected, FITTED) < 1e-10
    path = parquet(np.column_stack([X, weights]), tmp_path)
    assert difference(StreamingGaussianMixture(**given).fit(path, sample_weight="x3"), expected, FITTED) < 1e-10
    arrays = pytest.importorskip("dask.array", reason="Dask is not installed")
    dask_rows, dask_weights = arrays.from_array(X, chunks=(2500, 3)), arrays.from_array(weights, chunks=2500)
    model = StreamingGaussianMixture(**given).fit(dask_rows, sample_weight=dask_weights)
    assert difference(model, expected, FITTED) < 1e-10
    with pytest.raises(TypeError, match="name of a column"):
        StreamingGaussianMixture(**given).fit(path, sample_weight="none of them")


def test_samples_of_another_shape_get_a_sentence(X, whole, tmp_path):
    with pytest.raises(ValueError, match="X has 2 features, but the mixture was fitted to 3"):
        whole.predict([X[:, :2]])
    model = StreamingGaussianMixture(3, random_state=0).fit(parquet(X, tmp_path))
    with pytest.raises(ValueError, match=r"\['x0', 'x1'\], but the mixture was fitted to \['x0', 'x1', 'x2'\]"):
        model.score(parquet(X[:, :2], tmp_path))
    with pytest.raises(ValueError, match=r"\['x0', 'x1'\], but the mixture was fitted to"):
        model.partial_fit(parquet(X[:, :2], tmp_path))
    with pytest.raises(ValueError, match="X has 2 features, but the mixture was fitted to 3"):
        whole.partial_fit([X[:, :2]])


def test_blocks_alone_give_the_number_and_the_names_of_features(X, tmp_path):
    model = StreamingGaussianMixture(3, random_state=0).partial_fit(parquet(X, tmp_path))
    assert (model.n_features_in_, list(model.feature_names_in_)) == (3, ["x0", "x1", "x2"])
    model.fit([X])
    assert not hasattr(model, "feature_names_in_")


def test_the_start_of_a_long_source_is_a_sample_of_it(X):
    model = StreamingGaussianMixture(3, init_size=500, random_state=0, tol=1e-8, max_iter=500).fit(Again(X))
    whole = StreamingGaussianMixture(3, random_state=0, tol=1e-8, max_iter=500).fit(X)
    assert model.lower_bound_ == pytest.approx(whole.lower_bound_, abs=1e-6)


def test_integers_in_a_file_are_read_as_floats(tmp_path):
    X = np.round(100 * samples(500)).astype(np.int16)
    got = StreamingGaussianMixture(2, random_state=0).fit(mapped(X, tmp_path))
    assert difference(got, StreamingGaussianMixture(2, random_state=0).fit(X.astype(float)), FITTED) < 1e-10


@pytest.mark.parametrize(("module", "sentence"), [("pyarrow", "pip install pyarrow")])
def test_what_is_not_installed_is_named(module, sentence, monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ImportError, match=sentence):
        StreamingGaussianMixture(2).fit(tmp_path / "rows.parquet")


BOUNDED = """
import resource, sys, warnings
import numpy as np
from gmmlearn.estimators import StreamingGaussianMixture

rng = np.random.default_rng(0)
first = np.where(rng.random((200_000, 1)) < 0.4, -4.0, 4.0) + rng.normal(size=(200_000, 10))

def blocks():
    for i in range(15):  # 15 times 16 MB
        yield first + 1e-3 * i

def rows():
    return np.memmap(sys.argv[1], dtype=float, mode="r", shape=(3_000_000, 10))

warnings.simplefilter("ignore")
StreamingGaussianMixture(2).fit(np.random.default_rng(0).normal(size=(500, 10)))  # loads what is loaded once
with open(sys.argv[1], "wb") as file:
    for block in blocks():
        file.write(block.tobytes())
used = int(next(line for line in open("/proc/self/status") if line.startswith("VmData")).split()[1]) * 1024
resource.setrlimit(resource.RLIMIT_DATA, (used + 160_000_000,) * 2)
try:
    np.ones(30_000_000)
except MemoryError:
    print("the samples do not fit")
for source in (blocks, rows()):
    model = StreamingGaussianMixture(2, max_iter=1, init_size=2000, random_state=0).fit(source)
    print(np.sort(model.means_[:, 0]).round(1), np.sort(model.weights_).round(1))
"""


def test_memory_is_bounded_by_the_block(tmp_path):
    """240 MB of samples in a process that may hold 160 MB beside its libraries."""
    command = [sys.executable, "-c", BOUNDED, tmp_path / "rows"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["the samples do not fit"] + 2 * ["[-4.  4.] [0.4 0.6]"]
