"""Where a process spends its processor time: looked at two hundred times in each second of it, whatever else runs."""

import gc
import signal
import time
from collections import Counter
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).parents[2]
OURS = ("rooms", "signaling")
EVERY_S = 0.005
COLLECTOR = "garbage collector"


class Hottest:
    """Counts by place: the innermost function of ours, with all that it calls of others; else whose library it is.

    By SIGPROF, so that a process that waits is not looked at, and one that is kept waiting by others neither.
    """

    def __init__(self) -> None:
        self._found: Counter[str] = Counter()
        self._began_s = 0.0

    def watch(self) -> None:
        """From now on."""
        self._found.clear()
        self._began_s = time.thread_time()
        gc.callbacks.append(self._collects)
        signal.signal(signal.SIGPROF, self._look)
        signal.setitimer(signal.ITIMER_PROF, EVERY_S, EVERY_S)

    def told(self) -> dict[str, float]:
        """Each place's share until now; nobody looks any more."""
        signal.setitimer(signal.ITIMER_PROF, 0)
        gc.callbacks.remove(self._collects)
        looks = self._found.total()
        return {place: count / looks for place, count in self._found.most_common()}

    def _look(self, _signal: int, frame: FrameType | None) -> None:
        self._found[_place(frame)] += 1

    def _collects(self, phase: str, _about: dict[str, int]) -> None:
        """A collection lets no signal in until it is over."""
        if phase == "start":
            self._began_s = time.thread_time()
        else:
            self._found[COLLECTOR] += round((time.thread_time() - self._began_s) / EVERY_S)


def _place(frame: FrameType | None) -> str:
    library = ""
    while frame is not None:
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in OURS:
            return f"`{path.relative_to(ROOT).with_suffix('')}`, `{frame.f_code.co_qualname}`"
        if not library:
            library = _library(path)
        frame = frame.f_back
    return library


def _library(path: Path) -> str:
    """The package that a file is of."""
    parts = path.parts
    return parts[parts.index("site-packages") + 1] if "site-packages" in parts else "Python itself"
