"""Virtual environments, one a file of `requirements`, made by pip when first needed."""

import os
import subprocess
import sys
from pathlib import Path

PEERS_DIRECTORY = Path(__file__).resolve().parent
PACKAGE_DIRECTORY = PEERS_DIRECTORY.parents[1]
#: Environments, and what programs keep from run to run.
BUILD_DIRECTORY = PACKAGE_DIRECTORY / ".build" / "peers"

#: Where PyTorch publishes its builds for CPUs, which the Python package index does not have.
PYTORCH_INDEX = "https://download.pytorch.org/whl/cpu"


class InstallationError(Exception):
    """An environment cannot be made: the last thing that pip said."""


def python_of(name: str) -> Path:
    """The Python of an environment; it is made if it is not there, or its requirements changed."""
    requirements = PEERS_DIRECTORY / "requirements" / f"{name}.txt"
    directory = BUILD_DIRECTORY / name
    python = directory / "bin" / "python"
    stamp = directory / "installed-requirements.txt"
    wanted = requirements.read_text()
    if python.exists() and stamp.exists() and stamp.read_text() == wanted:
        return python
    print(f"Installing {name}, for minutes if it is large", file=sys.stderr, flush=True)
    call(sys.executable, "-m", "venv", "--clear", str(directory))
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    install += ["--requirement", str(requirements)]
    try:
        call(*install)
    except InstallationError:
        if "+cpu" not in wanted:
            raise
        call(*install, "--extra-index-url", PYTORCH_INDEX)
    stamp.write_text(wanted)
    return python


def call(*command: str) -> None:
    """Runs a command quietly. Throws what it said last if it fails."""
    finished = subprocess.run(command, capture_output=True, text=True, env=isolated())
    if finished.returncode != 0:
        lines = (finished.stderr + finished.stdout).strip().splitlines()
        raise InstallationError(lines[-1] if lines else f"status {finished.returncode}")


def isolated() -> dict[str, str]:
    """The present variables without those that would lead a Python to other packages."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
