"""An extension of Jupyter Server that sends the messages of a kernel at once, for pictures computed in the kernel.

Jupyter Server leaves Nagle's algorithm on for the connection between kernel and browser: a small message waits until
the browser has confirmed the one before, up to 40 ms, so that whatever a kernel computes arrives at most about twenty
times a second. This extension switches it off for kernel connections and does nothing else.

It is not switched on by itself::

    jupyter server extension enable gmmlearn.explore.server
    jupyter server extension list
    jupyter server extension disable gmmlearn.explore.server

Pictures that the browser computes do not need it.
"""

import functools
from typing import Any


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "gmmlearn.explore.server"}]


def _load_jupyter_server_extension(app: Any) -> None:
    """Called by Jupyter Server when it starts."""
    from jupyter_server.services.kernels.websocket import KernelWebsocketHandler

    KernelWebsocketHandler.open = without_delay(KernelWebsocketHandler.open)
    app.log.info("gmmlearn: kernel messages are sent without delay")


def without_delay(opened: Any) -> Any:
    """A handler's `open` that sets TCP_NODELAY first."""

    @functools.wraps(opened)
    async def open_(handler: Any, kernel_id: str) -> Any:
        handler.set_nodelay(True)
        return await opened(handler, kernel_id)

    return open_
