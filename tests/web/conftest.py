"""The Chromium of the explorations' tests, and a server of static files."""

import functools
import http.server
import threading
from contextlib import contextmanager
from pathlib import Path

from ..explore.conftest import chromium

__all__ = ["ROOT", "chromium", "served"]

ROOT = Path(__file__).parents[2]


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *words):
        """Called for each request."""


@contextmanager
def served(folder):
    """The address of a folder served on a free port."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
