"""The server extension: it does one thing, and can be seen and switched off."""

import logging
from types import SimpleNamespace

import pytest
from jupyter_server.extension.utils import get_metadata, validate_extension
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler

from gmmlearn.explore import server


def test_jupyter_server_knows_it_as_an_extension():
    assert validate_extension("gmmlearn.explore.server")
    _, points = get_metadata("gmmlearn.explore.server")
    assert points == [{"module": "gmmlearn.explore.server"}]


def test_a_connection_is_opened_as_before_but_without_delay():
    done = []

    async def opened(handler, kernel_id):
        done.append(kernel_id)
        return "open"

    handler = SimpleNamespace(set_nodelay=lambda value: done.append(value))
    # Driven by hand, since a loop may be running here already.
    with pytest.raises(StopIteration, match="open"):
        server.without_delay(opened)(handler, "k1").send(None)
    assert done == [True, "k1"]


def test_loading_it_changes_the_handler(monkeypatch):
    monkeypatch.setattr(KernelWebsocketHandler, "open", before := KernelWebsocketHandler.open)
    server._load_jupyter_server_extension(SimpleNamespace(log=logging.getLogger("test")))
    assert KernelWebsocketHandler.open.__wrapped__ is before
