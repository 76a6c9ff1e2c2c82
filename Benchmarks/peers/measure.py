"""Checks and times one peer, and prints each row as a line of JSON.

    python measure.py torch --threads 1 --filter "B32 T28"

Use the Python of the peer's environment, as `run.py` does.
"""

import argparse
import importlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

import reference
from arguments import pattern, thread_count
from cases import CASES, TRAINING, Case, kinds_of
from peers import PEERS
from problems import Problem, make_problem
from processes import use_cores
from program import Framework, Program
from timing import measure

#: Outputs and losses are of the order of 1 and computed in single precision.
TOLERANCE = 2e-4


def main() -> None:
    options = parse_options()
    peer = PEERS[options.peer]
    use_cores(options.threads)
    framework: Framework = importlib.import_module(f"frameworks.{peer.module}")
    framework.configure(options.threads)
    source = {"peer": peer.name, "version": framework.version(), "threads": options.threads}
    for case in CASES:
        if kinds := kinds_of(case, options.filter):
            for row in rows_of(case, kinds, framework, peer.variant, options):
                print(json.dumps(source | row), flush=True)


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("peer", choices=PEERS)
    parser.add_argument("--threads", type=thread_count, default=1)
    parser.add_argument(
        "--filter",
        type=pattern,
        default="",
        help="a regular expression found in `suite/case`",
    )
    parser.add_argument("--seconds", type=float, default=0.5, help="the time for a row")
    parser.add_argument("--cache", type=Path, default=Path(".build/peers/expected"))
    return parser.parse_args()


def rows_of(
    case: Case, kinds: list[str], framework: Framework, variant: str, options: argparse.Namespace
) -> Iterator[dict[str, Any]]:
    """Returns the rows of a case. The row of a failure has the reason."""
    names = {kind: {"suite": case.suite, "case": f"{kind} {case.name}"} for kind in kinds}
    try:
        problem = make_problem(case)
        program = framework.build(problem, variant)
        check(program, problem, options.cache)
        for kind in kinds:
            call = program.train if kind == TRAINING else program.predict
            if call is not None:
                yield names.pop(kind) | timed(call, program, options.seconds)
    except Exception as error:  # any error of a framework: the other cases can still be timed
        for name in names.values():
            yield name | {"error": f"{type(error).__name__}: {error}".splitlines()[0]}


def check(program: Program, problem: Problem, cache: Path) -> None:
    """Raises an error unless the program computes the expected outputs and losses."""
    if program.has_one_bias:
        problem = problem.with_one_bias()
    expected = reference.expected(problem, cache)
    compare("outputs", program.fetch(program.predict()), expected.outputs)
    if program.train is not None:
        losses = [program.fetch(program.train()) for _ in expected.losses]
        compare("losses", np.array(losses), expected.losses)


def compare(what: str, values: np.ndarray, expected: np.ndarray) -> None:
    if values.shape != expected.shape or not np.allclose(values, expected, TOLERANCE, TOLERANCE):
        raise ValueError(f"its {what} are {values.ravel()[:3]}…, not {expected.ravel()[:3]}…")


def timed(call: Callable[[], Any], program: Program, seconds: float) -> dict[str, float]:
    """Returns the seconds per call."""

    def work(calls: int) -> None:
        for _ in range(calls):
            result = call()
        program.fetch(result)

    timing = measure(work, seconds)
    return {"median_s": timing.median, "min_s": timing.least, "samples": timing.samples}


if __name__ == "__main__":
    main()
