"""Processes that the tests start, talk to and kill."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from supervise.places import Places

ROOT = Path(__file__).parent.parent.parent

#: sqlite-utils takes pandas and numpy in where it finds them, which takes half a second.
_LIGHTLY = """
import runpy, sys
sys.modules["pandas"] = sys.modules["numpy"] = None
runpy.run_module(sys.argv.pop(1), run_name="__main__", alter_sys=False)
"""


class Child:
    """A process running tests.store.child, or another module like it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.said: list[str] = []

    def hears(self) -> str:
        """The next line it says; empty when it has ended."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline().strip()
        if line:
            self.said.append(line)
        return line

    def goes_on(self, word: str = "") -> None:
        """Lets it take its next step."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()

    def kill_within(self, seconds: float) -> None:
        """Lets it run on for that long, kills it, and hears what it still said."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=seconds)
        self.process.kill()
        while self.hears():
            pass

    def close(self) -> None:
        """Ends its input and waits for it."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()

    def kill(self) -> None:
        """Kills it where it stands."""
        self.process.kill()
        self.process.wait()


@contextmanager
def child(do: str, places: Places, secret: str, module: str = "tests.store.child") -> Iterator[Child]:
    """A process in which that module does that with that store; it is killed, if it still runs, when the block
    ends."""
    command = [sys.executable, "-W", "error", "-c", _LIGHTLY, module, do, str(places.store)]
    with subprocess.Popen(
        command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        process.stdin.write(secret + "\n")
        process.stdin.flush()
        try:
            yield Child(process)
        finally:
            process.kill()
            process.stdin.close()
