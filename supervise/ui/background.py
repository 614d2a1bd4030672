"""The one place that knows threads.

A worker holds plain values, never a Qt object or a connection: a function without arguments goes out, and
what it gives comes back by one queued signal to one object that lives as long as the window. Slow work that
needs the store stays in the window's own thread, as a generator that is asked again and again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from supervise.errors import SuperviseError

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

BROKEN = (
    "Something went wrong in the program itself; your records are as they were.",
    "Try again. If it goes wrong again, tell whoever looks after the program.",
)
"""What is said where an answer was waited for that will not come."""

Steps = Generator[tuple[int, int], None, Any]
"""Slow work: each step says how many are done of how many; what it returns is the result."""


class Job:
    """Something under way. `cancel` asks it to stop; then neither `done` nor `failed` is called."""

    def __init__(self, done: Callable[[Any], None], failed: Callable[[SuperviseError], None]) -> None:
        self.done, self.failed = done, failed
        self.cancelled = threading.Event()

    def cancel(self) -> None:
        """Its result, if there still is one, is thrown away."""
        self.cancelled.set()


class Background(QObject):
    """Runs one thing at a time beside the window, and steps through generators inside it."""

    _finished = Signal(object, object, object)  # job, result, error
    stepped = Signal(object, int, int)  # job, done, of how many

    def __init__(self, crashed: Callable[[BaseException], None], parent: QObject | None = None) -> None:
        """`crashed` is told of errors that are the program's own fault."""
        super().__init__(parent)
        self._crashed = crashed
        self._pool: ThreadPoolExecutor | None = None
        self._jobs: set[Job] = set()
        self._finished.connect(self._hand_over)

    def run(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[SuperviseError], None],
    ) -> Job:
        """Do that work beside the window, then call `done` with what it gave, or `failed`: also when the
        program itself is at fault, so that nothing waits for ever; `crashed` is told of that as well."""
        job = Job(done, failed)
        self._jobs.add(job)
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor

            self._pool = ThreadPoolExecutor(1, thread_name_prefix="background")
        self._pool.submit(self._work, job, work)
        return job

    def _work(self, job: Job, work: Callable[[], Any]) -> None:
        if job.cancelled.is_set():
            self._finished.emit(job, None, None)
            return
        try:
            result = work()
        except BaseException as error:  # noqa: BLE001 - one of the three places that may: handed over
            self._finished.emit(job, None, error)
        else:
            self._finished.emit(job, result, None)

    def _hand_over(self, job: Job, result: Any, error: BaseException | None) -> None:
        self._jobs.discard(job)
        if job.cancelled.is_set():
            return
        if error is None:
            job.done(result)
        elif isinstance(error, SuperviseError):
            job.failed(error)
        else:
            try:
                job.failed(SuperviseError(*BROKEN))
            finally:
                self._crashed(error)  # last: what it says tells more

    def step(
        self, steps: Steps, done: Callable[[Any], None], failed: Callable[[SuperviseError], None]
    ) -> Job:
        """Step through slow work in the window's own thread, letting the window breathe between."""
        job = Job(done, failed)
        self._jobs.add(job)
        timer = QTimer(self)
        timer.setInterval(0)
        timer.timeout.connect(lambda: self._one_step(job, steps, timer))
        timer.start()
        return job

    def _one_step(self, job: Job, steps: Steps, timer: QTimer) -> None:
        try:
            if job.cancelled.is_set():
                steps.close()
            else:
                self.stepped.emit(job, *next(steps))
                return
        except StopIteration as ended:
            self._end(timer)
            self._hand_over(job, ended.value, None)
        except BaseException as error:  # noqa: BLE001 - as above
            self._end(timer)
            self._hand_over(job, None, error)
        else:
            self._end(timer)
            self._jobs.discard(job)

    def _end(self, timer: QTimer) -> None:
        timer.stop()
        timer.deleteLater()

    def another(self, parent: QObject | None = None) -> Background:
        """A worker beside this one, for what may be kept waiting by something that does not answer."""
        return Background(self._crashed, parent)

    @property
    def is_busy(self) -> bool:
        """Whether anything is under way."""
        return bool(self._jobs)

    def close(self) -> None:
        """Ask everything to stop, and wait until no thread is left."""
        for job in list(self._jobs):
            job.cancel()
        self._jobs.clear()
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None
