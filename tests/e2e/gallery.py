"""The gallery of states (`web/src/states`), built and served on loopback for those who look at it."""

import functools
import http.server
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.e2e.house import ROOT


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Files of one folder."""

    def log_message(self, *_: object) -> None:
        """Nothing: a test's output is for what went wrong."""


@contextmanager
def open_gallery() -> Iterator[str]:
    """The gallery's address while the block lasts; `?screen=<name>` is one state."""
    build = [sys.executable, "tools/bootstrap.py", "npm", "run", "build:states", "--", "--logLevel", "error"]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    handler = functools.partial(Quiet, directory=str(ROOT / "web/dist-states"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/states.html"
        server.shutdown()
