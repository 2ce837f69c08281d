"""Builds the web part into the wheel: a wheel without its pages would be a counter without a door."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WebPart(BuildHookInterface):  # type: ignore[type-arg]  # hatchling leaves its parameter open
    """Makes `signaling/static/` current before a wheel is packed; an editable install needs none."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # hatchling's signature
        """Build what is missing or stale, with the same tool as `make run`."""
        if version == "editable":
            return
        bootstrap = Path(self.root) / "tools" / "bootstrap.py"
        subprocess.run([sys.executable, str(bootstrap), "web"], check=True)  # noqa: S603  # our own file
