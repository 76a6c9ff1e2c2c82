"""Runs of this package, in turn with its peers."""

import json
import re
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import processes
from environments import PACKAGE_DIRECTORY

NAME = "foresight"
TITLE = "Foresight"

EXECUTABLES = PACKAGE_DIRECTORY / ".build" / "release"


def version() -> str:
    """Returns the name of the current commit."""
    command = ["git", "-C", str(PACKAGE_DIRECTORY), "describe", "--always", "--dirty"]
    finished = subprocess.run(command, capture_output=True, text=True)
    return finished.stdout.strip() or "no commit"


def measure(paths: Sequence[str], threads: int, is_quick: bool) -> list[dict[str, Any]]:
    """Returns the rows of cases, each named as `suite/case`, from the benchmark executable.

    The row of a failed case has the reason. Ends the program if all cases fail.
    """
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory) / "rows.jsonl"
        # Here the reference kernels only check results. `make bench` times them.
        command = [str(EXECUTABLES / "Benchmarks"), "--threads", str(threads), "--json", str(file)]
        command += ["--reference-limit", "0"]
        for path in paths:
            command += ["--filter", f"^{re.escape(path)}$"]
        finished = processes.run(command + (["--quick"] if is_quick else []), threads)
        rows = [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []
    if not rows:
        raise SystemExit(f"Benchmarks measured nothing: {finished.last_error}")
    rows += failures(paths, threads, finished.errors)
    return [row | {"peer": NAME, "version": version()} for row in rows]


def failures(paths: Iterable[str], threads: int, errors: str) -> list[dict[str, Any]]:
    """Returns a row for each case that an error line, `Error: suite/case: why`, names."""
    return [
        {"suite": suite, "case": case, "threads": threads, "error": line.removeprefix(start)}
        for path in paths
        for suite, case in [path.split("/", 1)]
        for line in errors.splitlines()
        if line.startswith(start := f"Error: {path}: ")
    ]


def run(command: Sequence[str], threads: int) -> processes.Finished:
    """Runs one of the package's executables. Ends the program if it fails."""
    finished = processes.run(
        [str(EXECUTABLES / command[0]), *command[1:]], threads, {"FORESIGHT_THREADS": str(threads)}
    )
    if finished.status != 0:
        raise SystemExit(f"{command[0]} failed: {finished.last_error}")
    return finished
