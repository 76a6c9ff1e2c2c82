"""The programs that a framework provides for checking and timing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from problems import Problem


@dataclass(frozen=True)
class Program:
    """One problem in one framework.

    Calls may return before the work is done. `fetch` waits for it and returns the value as NumPy.
    """

    #: Performs a forward pass and returns the outputs.
    predict: Callable[[], Any]
    #: Performs a training step and returns the loss before it; None for inference only.
    train: Callable[[], Any] | None
    fetch: Callable[[Any], np.ndarray] = np.asarray
    #: True if its LSTM has a single bias, as in Keras and MLX; false for two, as in PyTorch.
    has_one_bias: bool = True


class Framework(Protocol):
    """The functions that each module of `frameworks` defines."""

    def version(self) -> str:
        """Returns the version of the framework."""

    def configure(self, threads: int) -> None:
        """Sets the number of threads. It is called before all other functions."""

    def build(self, problem: Problem, variant: str) -> Program:
        """Returns the program of a problem, in one of the framework's forms."""
