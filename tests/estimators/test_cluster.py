"""On a Dask cluster of two workers the fit is that of one process, also when a worker dies in the middle."""

import os
import signal
import subprocess
import sys

import numpy as np
import pytest

from gmmlearn.estimators import StreamingGaussianMixture

from .test_mixture import difference, samples

distributed = pytest.importorskip("distributed", reason="distributed is not installed (extra `dask`)")
arrays = pytest.importorskip("dask.array", reason="Dask is not installed")

FITTED = ["weights_", "means_", "covariances_", "lower_bounds_"]


@pytest.fixture
def client():
    """A scheduler, and two workers in processes of their own, on loopback."""
    cluster = distributed.LocalCluster(n_workers=0, dashboard_address=None, host="127.0.0.1")
    command = [sys.executable, "-m", "dask", "worker", cluster.scheduler_address, "--no-nanny", "--no-dashboard"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with cluster, distributed.Client(cluster) as client:
        workers = [subprocess.Popen([*command, "--nthreads", "1"], **quiet) for _ in range(2)]
        try:
            client.wait_for_workers(2, timeout=120)
            yield client
        finally:
            for worker in workers:
                worker.kill()
                worker.wait()


def lazy(X, marker):
    """A Dask array whose blocks are made anew in every pass.

    The worker that makes the sixth of them ends itself, once, if the marker is there.
    """

    def block(block_info=None):
        (position, _) = block_info[None]["chunk-location"]
        if position == 5 and marker.exists():
            marker.unlink()
            os.kill(os.getpid(), signal.SIGKILL)
        return X[1000 * position : 1000 * (position + 1)]

    return arrays.map_blocks(block, chunks=((1000,) * (len(X) // 1000), (X.shape[1],)), dtype=float)


def fitted(X, marker, die=False):
    """A fit of which the first iteration ends before the marker is laid down."""
    model = StreamingGaussianMixture(3, random_state=0, max_iter=1, tol=1e9, warm_start=True).fit(lazy(X, marker))
    if die:
        marker.touch()
    return model.set_params(max_iter=100, tol=1e-3).fit(lazy(X, marker))


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_a_worker_that_dies_changes_nothing(client, tmp_path):
    X, marker = samples(10_000), tmp_path / "die"
    together = fitted(X, marker)
    assert len(client.scheduler_info()["workers"]) == 2
    disturbed = fitted(X, marker, die=True)
    assert not marker.exists()
    assert len(client.scheduler_info()["workers"]) == 1
    for name in FITTED:
        np.testing.assert_array_equal(getattr(disturbed, name), getattr(together, name))
    alone = StreamingGaussianMixture(3, random_state=0, max_iter=1, tol=1e9, warm_start=True).fit(X)
    assert difference(together, alone.set_params(max_iter=100, tol=1e-3).fit(X), FITTED) < 1e-10
