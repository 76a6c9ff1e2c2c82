"""This package, as one more to be run in turn."""

import json
import re
import subprocess
import sys
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
    """The commit that is checked out."""
    command = ["git", "-C", str(PACKAGE_DIRECTORY), "describe", "--always", "--dirty"]
    finished = subprocess.run(command, capture_output=True, text=True)
    return finished.stdout.strip() or "no commit"


def measure(paths: Iterable[str], threads: int, is_quick: bool) -> list[dict[str, Any]]:
    """The rows of cases, each named as `suite/case`, by the benchmark executable.

    Ends the program if there are none. Cases that fail are left out, and standard error says why.
    """
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory) / "rows.jsonl"
        # The reference kernels are `make bench`'s matter: here they check, but are not timed.
        command = [str(EXECUTABLES / "Benchmarks"), "--threads", str(threads), "--json", str(file)]
        command += ["--reference-limit", "0"]
        for path in paths:
            command += ["--filter", f"^{re.escape(path)}$"]
        finished = processes.run(command + (["--quick"] if is_quick else []), threads)
        rows = [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []
    if finished.status != 0:
        print(finished.errors, file=sys.stderr, end="")
    if not rows:
        raise SystemExit(f"Benchmarks measured nothing: {finished.last_error}")
    return [row | {"peer": NAME, "version": version()} for row in rows]


def run(command: Sequence[str], threads: int) -> processes.Finished:
    """Runs one of the package's executables. Ends the program if it fails."""
    finished = processes.run(
        [str(EXECUTABLES / command[0]), *command[1:]], threads, {"FORESIGHT_THREADS": str(threads)}
    )
    if finished.status != 0:
        raise SystemExit(f"{command[0]} failed: {finished.last_error}")
    return finished
