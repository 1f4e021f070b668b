"""On a Dask cluster of two workers the fit is that of one process, also when a worker dies in the middle."""

import os
import signal

import numpy as np
import pytest

from gmmlearn.estimators import StreamingGaussianMixture

from .test_mixture import difference, samples

distributed = pytest.importorskip("distributed", reason="distributed is not installed (extra `dask`)")
arrays = pytest.importorskip("dask.array", reason="Dask is not installed")

FITTED = ["weights_", "means_", "covariances_", "lower_bounds_"]


@pytest.fixture(scope="module")
def client():
    """A scheduler and two workers in processes of their own, on loopback."""
    cluster = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    )
    with cluster, distributed.Client(cluster) as client:
        yield client


class DyingOnce:
    """Blocks as a function: the first process that makes block 5 after the marker is there takes itself away."""

    def __init__(self, X, marker):
        self.X, self.marker = X, marker

    def __call__(self, block_info=None):
        position = block_info[None]["chunk-location"][0]
        if position == 5 and self.marker.exists():
            self.marker.unlink()
            os.kill(os.getpid(), signal.SIGKILL)
        return self.X[1000 * position : 1000 * (position + 1)]


def lazy(X, marker):
    """A Dask array whose blocks are made anew in every pass."""
    return arrays.map_blocks(DyingOnce(X, marker), chunks=((1000,) * (len(X) // 1000), (X.shape[1],)), dtype=float)


def test_a_worker_that_dies_changes_nothing(client, tmp_path):
    X, marker = samples(10_000), tmp_path / "die"
    alone = StreamingGaussianMixture(3, random_state=0).fit(X)
    together = StreamingGaussianMixture(3, random_state=0).fit(lazy(X, marker))
    assert difference(together, alone, FITTED) < 1e-10

    pids = set(client.run(os.getpid).values())
    begun = StreamingGaussianMixture(3, random_state=0, max_iter=1, tol=1e9).fit(lazy(X, marker))
    marker.touch()
    begun.set_params(warm_start=True, max_iter=100, tol=1e-3).fit(lazy(X, marker))
    assert not marker.exists()
    client.wait_for_workers(2, timeout=30)
    assert len(pids - set(client.run(os.getpid).values())) == 1, "one worker was lost and another came"
    marker.unlink(missing_ok=True)
    undisturbed = StreamingGaussianMixture(3, random_state=0, max_iter=1, tol=1e9, warm_start=True).fit(lazy(X, marker))
    undisturbed.set_params(max_iter=100, tol=1e-3).fit(lazy(X, marker))
    for name in FITTED:
        np.testing.assert_array_equal(getattr(begun, name), getattr(undisturbed, name))
