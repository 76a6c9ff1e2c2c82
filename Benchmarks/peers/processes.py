"""Processes on some of the machine's cores, with their wall time and peak memory."""

import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

#: The variables that libraries of the frameworks read before they start threads.
THREAD_VARIABLES = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")


def use_cores(count: int) -> None:
    """Limits this process and its children to as many cores as threads."""
    os.sched_setaffinity(0, first_cores(count))
    for name in THREAD_VARIABLES:
        os.environ[name] = str(count)


def first_cores(count: int) -> list[int]:
    """Returns the numbers of some cores, or ends the program if there are too few."""
    available = sorted(os.sched_getaffinity(0))
    if not 1 <= count <= len(available):
        raise SystemExit(f"{count} threads requested, but there are {len(available)} cores")
    return available[:count]


@dataclass(frozen=True)
class Finished:
    """A process that has ended."""

    output: str
    errors: str
    status: int
    seconds: float
    #: The peak resident memory, in bytes.
    peak_memory: int
    #: True if it was ended since it took too long.
    is_stopped: bool = False

    @property
    def last_error(self) -> str:
        """Returns the last nonempty line of the errors."""
        lines = [line for line in self.errors.splitlines() if line.strip()]
        if self.status < 0:
            return f"ended by {signal.Signals(-self.status).name}"
        return lines[-1].strip() if lines else f"ended with status {self.status}"


def run(
    command: Sequence[str],
    threads: int,
    environment: Mapping[str, str] | None = None,
    limit: float | None = None,
) -> Finished:
    """Runs a command on as many cores as threads until it ends, or for at most `limit` seconds."""
    first_cores(threads)  # reports an error here instead of between fork and exec
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            stdout=output,
            stderr=errors,
            env={**os.environ, **(environment or {})},
            preexec_fn=lambda: use_cores(threads),
            # A group of its own, to end the processes that it started as well.
            process_group=0 if limit else None,
        )
        stopped = threading.Event()

        def stop() -> None:
            stopped.set()
            os.killpg(process.pid, signal.SIGKILL)

        timer = threading.Timer(limit, stop) if limit else None
        try:
            if timer:
                timer.start()
            # Unlike Popen.wait, this returns the usage of one process, not of all children so far.
            _, status, usage = os.wait4(process.pid, 0)
        except KeyboardInterrupt:
            if limit:
                stop()
            raise
        finally:
            if timer:
                timer.cancel()
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        return Finished(
            output.read(),
            errors.read(),
            process.returncode,
            seconds,
            usage.ru_maxrss * 1024,
            stopped.is_set(),
        )
