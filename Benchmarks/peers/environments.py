"""Virtual environments, one per file of `requirements`, which pip creates when first needed."""

import os
import subprocess
import sys
from pathlib import Path

PEERS_DIRECTORY = Path(__file__).resolve().parent
PACKAGE_DIRECTORY = PEERS_DIRECTORY.parents[1]
#: The environments, and the files that programs keep between runs.
BUILD_DIRECTORY = PACKAGE_DIRECTORY / ".build" / "peers"

#: The index of PyTorch's builds for CPUs, which the Python package index does not have.
PYTORCH_INDEX = "https://download.pytorch.org/whl/cpu"


class InstallationError(Exception):
    """An error with pip's last line: an environment could not be created."""


def python_of(name: str) -> Path:
    """Returns the Python of an environment, which is created if it is missing or out of date."""
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
    """Runs a command quietly. If it fails, raises an error with its last line."""
    finished = subprocess.run(command, capture_output=True, text=True, env=isolated())
    if finished.returncode != 0:
        lines = (finished.stderr + finished.stdout).strip().splitlines()
        raise InstallationError(lines[-1] if lines else f"status {finished.returncode}")


def isolated() -> dict[str, str]:
    """Returns the environment variables without those that add other packages to a Python."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
