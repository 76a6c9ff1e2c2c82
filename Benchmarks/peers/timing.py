"""Times a function like the Swift benchmarks: warm-up, samples, their median and minimum."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

#: The intended time of a sample, in seconds. Short calls are repeated, so that reading the clock
#: and waiting for a framework's last result are negligible.
SAMPLE_SECONDS = 0.002
#: The minimum number of samples, unless a single call takes LIMIT_SECONDS.
LEAST_SAMPLES = 3
LIMIT_SECONDS = 2.0


@dataclass(frozen=True)
class Timing:
    """The seconds per call."""

    median: float
    least: float
    samples: int


def measure(work: Callable[[int], None], budget: float) -> Timing:
    """Times `work(n)`, which makes n calls and waits for the last, for about `budget` seconds."""
    once = _seconds(work, 1)
    if once < LIMIT_SECONDS:
        once = _warm(work, budget / 4)
    calls = max(1, round(SAMPLE_SECONDS / once))
    samples = []
    deadline = time.perf_counter() + budget
    while not samples or time.perf_counter() < deadline or _is_short_of(samples):
        samples.append(_seconds(work, calls) / calls)
    return Timing(statistics.median(samples), min(samples), len(samples))


def _is_short_of(samples: list[float]) -> bool:
    return len(samples) < LEAST_SAMPLES and max(samples) < LIMIT_SECONDS


def _warm(work: Callable[[int], None], seconds: float) -> float:
    """Runs for some time and returns the seconds of the fastest call."""
    deadline = time.perf_counter() + seconds
    best = float("inf")
    while time.perf_counter() < deadline:
        best = min(best, _seconds(work, 1))
    return best


def _seconds(work: Callable[[int], None], calls: int) -> float:
    start = time.perf_counter()
    work(calls)
    return time.perf_counter() - start
